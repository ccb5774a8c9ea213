"""The demonstration's catalogue, places and groups. Names and codes are real; descriptions say that everything else is made up."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from domain.measure import CuratedMeasure, MeasureKind, MeasureSet
from domain.place import Place, PlaceKind, alphabetical
from domain.unit import read_title
from pipelines.demonstration.population import NOT_DIVIDED_BY_GENDER
from pipelines.demonstration.profiles import Profile
from pipelines.demonstration.truths import BREAK_BETWEEN_RELEASES_TITLE_ENDING, LEVEL_BREAKS, SODERTORN

MADE_UP: Final = "Påhittade demonstrationsvärden, inte kommunens riktiga resultat."
PERSPECTIVES: Final = {
    MeasureKind.QUALITY: "Kvalitet och resultat",
    MeasureKind.SATISFACTION: "Kvalitet och resultat",
    MeasureKind.COST: "Resurser",
    MeasureKind.VOLUME: "Volymer",
    MeasureKind.CONDITIONS: "Övrigt",
}
NETWORKS: Final = (
    ("G96274", "Södertörnskommunerna", SODERTORN),
    ("G114798", "4M – Fyra Mälarstäder", ("0381", "0484", "0486", "1980")),
    (
        "G128518",
        "Familjen Helsingborg",
        ("1214", "1257", "1260", "1275", "1276", "1277", "1278", "1282", "1283", "1284", "1292"),
    ),
)
SIMILAR_MEMBERS: Final = 7
DISTANCE_TO_ANOTHER_KIND: Final = 1.0  # as far as a municipality e times as large


def kpis(
    profiles: tuple[Profile, ...],
    curated: Mapping[str, CuratedMeasure],
    sets: tuple[MeasureSet, ...],
    *,
    is_earlier: bool,
) -> pd.DataFrame:
    """Return the catalogue in the store's columns; the earlier release's has the unit that was redefined since."""
    by_id = {profile.kpi_id: profile for profile in profiles}
    areas: dict[str, str] = {}
    for measure_set in sets:
        for measure_id in measure_set.measure_ids:
            areas.setdefault(measure_id, measure_set.name)
    rescaled = {level_break.kpi_id for level_break in LEVEL_BREAKS if level_break.first_year is None}
    rows = []
    for kpi_id, measure in curated.items():
        profile = by_id.get(kpi_id)
        ending = profile.title_ending if profile else _ending_of_inhabitants(measure)
        if is_earlier and kpi_id in rescaled:
            ending = BREAK_BETWEEN_RELEASES_TITLE_ENDING
        title = f"{measure.short_title}, {ending}"
        rows.append(
            {
                "id": kpi_id,
                "title": title,
                "unit": read_title(title).unit,
                "description": f"{MADE_UP} {measure.resident_sentence}",
                "is_divided_by_gender": profile.is_divided_by_gender
                if profile
                else kpi_id not in NOT_DIVIDED_BY_GENDER,
                "municipality_type": profile.municipality_type if profile else "A",
                "operating_area": areas[kpi_id],
                "perspective": PERSPECTIVES[measure.kind],
                "publication_date": None,
                "prel_publication_date": None,
                "publication_period": None,
            }
        )
    return pd.DataFrame(rows)


def municipalities(places: Mapping[str, Place]) -> pd.DataFrame:
    """Return id, title and type: K for municipalities, L for regions and Riket."""
    return pd.DataFrame(
        [
            (place.code, place.name, "K" if place.kind is PlaceKind.MUNICIPALITY else "L")
            for place in places.values()
        ],
        columns=["id", "title", "type"],
    )


def groups(places: Mapping[str, Place]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return groups and their members: three real networks, and seven made-up similar municipalities for each municipality."""
    named = [place for place in places.values() if place.kind is PlaceKind.MUNICIPALITY]
    named.sort(key=lambda place: alphabetical(place.name))
    in_order = {place.code: position for position, place in enumerate(named)}
    all_groups = [
        (group_id, title, sorted(codes, key=in_order.__getitem__)) for group_id, title, codes in NETWORKS
    ]
    all_groups += [
        (f"G9{code}", f"Liknande kommuner, övergripande, {places[code].name}, 2024", list(codes))
        for code, codes in similar(named).items()
    ]
    return (
        pd.DataFrame([(group_id, title) for group_id, title, _ in all_groups], columns=["group_id", "title"]),
        pd.DataFrame(
            [
                (group_id, code, position)
                for group_id, _, codes in all_groups
                for position, code in enumerate(codes)
            ],
            columns=["group_id", "municipality_id", "position"],
        ),
    )


def similar(named: list[Place]) -> dict[str, tuple[str, ...]]:
    """Return each municipality's nearest by the logarithm of inhabitants and by SKR group, nearest first."""
    size = np.log([place.population[-1][1] for place in named])
    kind = np.array([place.skr_group for place in named])
    distance = np.hypot(size[:, None] - size, DISTANCE_TO_ANOTHER_KIND * (kind[:, None] != kind))
    np.fill_diagonal(distance, np.inf)
    nearest = np.argsort(distance, axis=1, kind="stable")[:, :SIMILAR_MEMBERS]
    return {
        place.code: tuple(named[other].code for other in nearest[position])
        for position, place in enumerate(named)
    }


def level_breaks(run_id: str) -> pd.DataFrame:
    """Return the level breaks in the store's columns."""
    return pd.DataFrame(
        {
            "kpi_id": [level_break.kpi_id for level_break in LEVEL_BREAKS],
            "first_year": pd.array([level_break.first_year for level_break in LEVEL_BREAKS], dtype="Int32"),
            "factor": [level_break.factor for level_break in LEVEL_BREAKS],
            "share_of_places": [1.0 for _ in LEVEL_BREAKS],
            "found_by_run": run_id,
            "kind": [
                "between_releases" if level_break.first_year is None else "between_years"
                for level_break in LEVEL_BREAKS
            ],
        }
    )


def _ending_of_inhabitants(measure: CuratedMeasure) -> str:
    return "antal" if measure.decimals == 0 else "andel (%)"
