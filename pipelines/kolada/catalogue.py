"""The catalogue pages as tables of the store: KPIs with the unit read from their title, places, Kolada's own groups."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

import msgspec
import pandas as pd

from data.contracts.patterns import GROUP_ID, ISO_DAY, PLACE_CODE
from domain.errors.source import EmptyAnswerError, UnreadableAnswerError
from domain.unit import read_title
from pipelines.kolada.page_forms import GroupPage, KpiEntry, KpiPage, MunicipalityPage

Page = TypeVar("Page", KpiPage, MunicipalityPage, GroupPage)
Bodies = Iterable[tuple[str, bytes]]

KPI_PATH: Final = "kpi"
MUNICIPALITY_PATH: Final = "municipality"
GROUP_PATH: Final = "municipality_groups"
CATALOGUE_PATHS: Final = (KPI_PATH, MUNICIPALITY_PATH, GROUP_PATH)
BOTH_KINDS: Final = "A"  # of a KPI that does not say whether it is for municipalities or regions


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the source has: `kpis`, `municipalities`, `groups`, `members` as the store's contracts have them."""

    kpis: pd.DataFrame
    municipalities: pd.DataFrame
    groups: pd.DataFrame
    members: pd.DataFrame

    @property
    def kpi_ids(self) -> list[str]:
        return self.kpis["id"].tolist()

    @property
    def place_ids(self) -> list[str]:
        return self.municipalities["id"].tolist()


def read_catalogue(kpi_pages: Bodies, municipality_pages: Bodies, group_pages: Bodies) -> Catalogue:
    """Read the (address, body) pages of the three lists. Raises `EmptyAnswerError`, `UnreadableAnswerError`."""
    kpis = pd.DataFrame(
        [_kpi_row(entry) for page in _pages(kpi_pages, KpiPage) for entry in page.rows],
        columns=pd.Index(_KPI_COLUMNS),
    )
    places = pd.DataFrame(
        [
            {"id": entry.id, "title": _single_spaced(entry.title), "type": entry.type}
            for page in _pages(municipality_pages, MunicipalityPage)
            for entry in page.rows
            if re.fullmatch(PLACE_CODE, entry.id)
        ],
        columns=pd.Index(["id", "title", "type"]),
    )
    entries = [
        entry
        for page in _pages(group_pages, GroupPage)
        for entry in page.rows
        if re.fullmatch(GROUP_ID, entry.id)
    ]
    groups = pd.DataFrame(
        [{"group_id": entry.id, "title": _single_spaced(entry.title)} for entry in entries],
        columns=pd.Index(["group_id", "title"]),
    )
    members = pd.DataFrame(
        [
            {"group_id": entry.id, "municipality_id": member.member_id, "position": position}
            for entry in entries
            for position, member in enumerate(entry.members)
            if re.fullmatch(PLACE_CODE, member.member_id)
        ],
        columns=pd.Index(["group_id", "municipality_id", "position"]),
    )
    for name, table in ((KPI_PATH, kpis), (MUNICIPALITY_PATH, places)):
        if table.empty:
            raise EmptyAnswerError(what=name)
    return Catalogue(
        kpis=kpis.drop_duplicates("id", ignore_index=True),
        municipalities=places.drop_duplicates("id", ignore_index=True),
        groups=groups.drop_duplicates("group_id", ignore_index=True),
        members=members.drop_duplicates(["group_id", "municipality_id"], ignore_index=True).astype(
            {"position": "int64"}
        ),
    )


def replace_units(kpis: pd.DataFrame, units: dict[str, str]) -> pd.DataFrame:
    """The catalogue with the units of some KPIs replaced."""
    return kpis.assign(
        unit=[units.get(kpi_id, unit) for kpi_id, unit in zip(kpis["id"], kpis["unit"], strict=True)]
    )


def add_vanished_kpis(kpis: pd.DataFrame, stored: pd.DataFrame, stored_ids: Iterable[str]) -> pd.DataFrame:
    """The catalogue plus those stored KPIs that the source has dropped but that have stored values."""
    vanished = stored[stored["id"].isin(set(stored_ids) - set(kpis["id"]))]
    return pd.concat([kpis, vanished[kpis.columns]], ignore_index=True) if len(vanished) else kpis


def _pages(bodies: Bodies, form: type[Page]) -> Iterator[Page]:
    for url, body in bodies:
        try:
            yield msgspec.json.decode(body, type=form)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise UnreadableAnswerError(url=url, reason=str(error)) from None


def _kpi_row(entry: KpiEntry) -> dict[str, object]:
    reading = read_title(entry.title or entry.id)
    return {
        "id": entry.id,
        "title": reading.title or entry.id,
        "unit": reading.unit,
        "description": (entry.description or "").strip(),
        "is_divided_by_gender": bool(entry.is_divided_by_gender),
        "municipality_type": entry.municipality_type if entry.municipality_type in {"K", "L"} else BOTH_KINDS,
        "operating_area": _single_spaced(entry.operating_area or ""),
        "perspective": _single_spaced(entry.perspective or ""),
        "publication_date": _day_or_none(entry.publication_date),
        "prel_publication_date": _day_or_none(entry.prel_publication_date),
        "publication_period": None if entry.publ_period is None else str(entry.publ_period),
    }


_KPI_COLUMNS: Final = (
    "id",
    "title",
    "unit",
    "description",
    "is_divided_by_gender",
    "municipality_type",
    "operating_area",
    "perspective",
    "publication_date",
    "prel_publication_date",
    "publication_period",
)


def _single_spaced(text: str) -> str:
    return " ".join(text.split())


def _day_or_none(text: str | None) -> str | None:
    """The day of an ISO date or time; anything else says nothing."""
    day = (text or "")[:10]
    return day if re.fullmatch(ISO_DAY, day) else None
