"""The tracked tables follow their own rules, and agree with the real world where its facts are available."""

import csv
import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from data.reference import corrections, curated_measures, measure_sets, places, tile_positions
from domain.measure import CountModel, Direction, MeasureKind
from domain.place import PlaceKind

SHARED = Path(__file__).parents[3] / "shared"
MUNICIPALITIES = {code: place for code, place in places().items() if place.kind is PlaceKind.MUNICIPALITY}
WITH_REAL_VALUES = [
    "N00943",
    "N00945",
    "N07907",
    "N07914",
    "N09805",
    "N09811",
    "N09890",
    "N11050",
    "N11051",
    "N11052",
    "N11821",
    "N15030",
    "N15428",
    "N15813",
    "N15816",
    "N17461",
    "N17538",
    "N17625",
    "N17813",
    "U07417",
    "U07452",
    "U09800",
    "U09808",
]


def test_sweden_has_290_municipalities_21_regions_and_itself():
    assert Counter(place.kind for place in places().values()) == {
        PlaceKind.MUNICIPALITY: 290,
        PlaceKind.REGION: 21,
        PlaceKind.NATION: 1,
    }
    assert len({place.name for place in MUNICIPALITIES.values()}) == 290


def test_a_municipality_lies_in_the_county_that_its_code_begins_with():
    assert [
        code
        for code, place in MUNICIPALITIES.items()
        if place.county_code != code[:2] or not place.county_name
    ] == []
    assert len({place.county_name for place in MUNICIPALITIES.values()}) == 21


def test_every_municipality_has_an_skr_group_and_three_years_of_inhabitants():
    assert len({place.skr_group for place in MUNICIPALITIES.values()}) == 9
    assert {tuple(year for year, _ in place.population) for place in MUNICIPALITIES.values()} == {
        (2019, 2021, 2023)
    }
    total_2023 = sum(dict(place.population)[2023] for place in MUNICIPALITIES.values())
    assert total_2023 == pytest.approx(10_551_707, rel=0.001)  # Statistics Sweden, 31 December 2023


def test_at_least_sixty_measures_are_curated_and_all_that_have_real_values():
    assert len(curated_measures()) >= 75
    assert [kpi_id for kpi_id in WITH_REAL_VALUES if kpi_id not in curated_measures()] == []


def test_short_titles_fit_on_a_row_and_are_distinct():
    titles = [measure.short_title for measure in curated_measures().values()]
    assert [title for title in titles if len(title) > 45] == []
    assert [title for title, count in Counter(titles).items() if count > 1] == []


@pytest.mark.parametrize("measure", curated_measures().values(), ids=lambda measure: measure.kpi_id)
def test_a_resident_gets_one_plain_sentence(measure):
    sentence = measure.resident_sentence
    assert sentence.endswith(".")
    assert not re.search(r"[.!?] [A-ZÅÄÖ]", sentence)
    assert sentence[0].isupper()
    assert 50 <= len(sentence) <= 190
    assert sentence != measure.short_title
    assert "Kolada" not in sentence


def test_costs_and_conditions_that_nobody_agrees_on_are_neutral():
    agreed = {"N03055", "N66077", "N07907", "N07914", "N00952"}  # debt, poverty, crowding, unequal income
    leaning = [
        measure.kpi_id
        for measure in curated_measures().values()
        if measure.kind in {MeasureKind.COST, MeasureKind.CONDITIONS}
        and measure.direction is not Direction.NEUTRAL
    ]
    assert set(leaning) == agreed


def test_every_denominator_is_itself_a_curated_count_without_decimals():
    for measure in curated_measures().values():
        if measure.basis:
            denominator = curated_measures()[measure.basis.denominator_id]
            assert denominator.decimals == 0
            assert denominator.direction is Direction.NEUTRAL
            assert measure.basis.multiplier == 100 or measure.basis.model is CountModel.RATE


def test_the_first_set_is_about_children_and_holds_most_measures_with_real_values():
    first = measure_sets()[0]
    assert first.id == "barn"
    by_count = Counter(
        {
            measure_set.id: len(set(measure_set.measure_ids) & set(WITH_REAL_VALUES))
            for measure_set in measure_sets()
        }
    )
    assert by_count.most_common(1)[0][0] == "barn"


def test_sets_hold_only_curated_measures_and_every_measure_is_in_a_set():
    in_sets = {measure_id for measure_set in measure_sets() for measure_id in measure_set.measure_ids}
    assert in_sets == set(curated_measures())


def test_sets_have_ids_for_the_address_and_name_a_measure_once():
    assert [
        measure_set.id
        for measure_set in measure_sets()
        if not re.fullmatch(r"[a-z]+(-[a-z]+)*", measure_set.id)
    ] == []
    assert len({measure_set.id for measure_set in measure_sets()}) == len(measure_sets())
    assert [
        measure_set.id
        for measure_set in measure_sets()
        if len(set(measure_set.measure_ids)) != len(measure_set.measure_ids)
    ] == []


def test_every_municipality_has_a_tile_of_its_own():
    assert set(tile_positions()) == set(MUNICIPALITIES)
    assert len(set(tile_positions().values())) == 290
    assert min(column for column, _ in tile_positions().values()) == 0
    assert min(row for _, row in tile_positions().values()) == 0


def test_only_gotland_is_an_island_on_the_tile_map():
    taken = set(tile_positions().values())
    alone = [
        MUNICIPALITIES[code].name
        for code, (column, row) in tile_positions().items()
        if not taken & {(column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)}
    ]
    assert alone == ["Gotland"]


def test_north_is_up_on_the_tile_map():
    rows = [tile_positions()[code][1] for code in ("2584", "2480", "2281", "0180", "1480", "1280")]
    assert all(northern < southern for northern, southern in pairwise(rows))  # Kiruna … Malmö


def test_corrections_are_about_measures_that_we_ship():
    assert {correction.kpi_id for correction in corrections()} <= set(curated_measures())


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development material is not beside the project")
def test_places_agree_with_the_reference():
    with (SHARED / "reference" / "municipalities.csv").open(encoding="utf-8") as source:
        for row in csv.DictReader(source):
            place = places()[row["code"]]
            assert (place.name, place.county_name, place.skr_group) == (
                row["name"],
                row["county_name"],
                row["skr_group"],
            )
            assert dict(place.population) == {
                year: int(row[f"population_{year}"]) for year in (2019, 2021, 2023)
            }
    regions = json.loads((SHARED / "reference" / "regions.json").read_text(encoding="utf-8"))
    assert {region["id"]: region["title"] for region in regions} == {
        code: place.name for code, place in places().items() if code not in MUNICIPALITIES
    }


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development material is not beside the project")
def test_curated_measures_exist_for_municipalities_in_the_catalogue_and_are_not_discontinued():
    catalogue = {
        kpi["id"]: kpi for kpi in json.loads((SHARED / "kolada" / "kpi.json").read_text(encoding="utf-8"))
    }
    for kpi_id, measure in curated_measures().items():
        assert catalogue[kpi_id]["municipality_type"] in {"K", "A"}
        assert not re.search(r"\(\s*-\s*\d{4}\s*\)", catalogue[kpi_id]["title"])
        assert measure.resident_sentence not in catalogue[kpi_id]["description"]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development material is not beside the project")
def test_neighbours_in_the_country_are_near_on_the_tile_map():
    with (SHARED / "reference" / "positions.csv").open(encoding="utf-8") as source:
        where = {
            row["code"]: (float(row["longitude"]) * 52.3, float(row["latitude"]) * 111.3)
            for row in csv.DictReader(source)
        }

    def distance(here: tuple[float, float], other: tuple[float, float]) -> float:
        return ((here[0] - other[0]) ** 2 + (here[1] - other[1]) ** 2) ** 0.5

    steps = []
    for code, spot in where.items():
        nearest = min(
            (other for other in where if other != code), key=lambda other: distance(spot, where[other])
        )
        steps.append(distance(tile_positions()[code], tile_positions()[nearest]))
    assert sum(step < 2.3 for step in steps) / 290 > 0.9
