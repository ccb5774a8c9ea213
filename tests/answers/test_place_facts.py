"""What kind of place a case comes from is looked up: reference first, density from the figures or not at all."""

import pandas as pd
import pytest

from answers.library import build_library
from answers.place_facts import load_place_facts
from data.store.lake import open_figures
from data.store.writing import write_release
from domain.errors.choices import UnknownPlaceError
from tests.homes import home_at

COLUMNS = ["kpi_id", "municipality_id", "year", "gender", "value", "reason", "is_deleted"]


def test_inhabitants_group_and_county_are_those_of_the_reference(library):
    facts = load_place_facts(library, "0136")

    assert (facts.name, facts.county_name, facts.inhabitants_year) == ("Haninge", "Stockholms län", 2023)
    assert facts.inhabitants == dict(library.places.find("0136").population)[2023]
    assert facts.skr_group
    with pytest.raises(UnknownPlaceError):
        load_place_facts(library, "9999")


def test_density_is_left_out_where_the_figures_do_not_hold_it(library):
    facts = load_place_facts(library, "0136")

    assert (facts.density, facts.density_year) == (None, None)


def test_density_is_the_published_one_or_follows_from_the_land_area(tmp_path):
    rows = [
        ("N02937", "0136", 2021, "T", 200.0, None, False),
        ("N02937", "0136", 2022, "T", 210.5, None, False),
        ("N02937", "0136", 2023, "T", None, "missing", False),
        ("N02993", "0127", 2022, "T", 200.0, None, False),
    ]
    table = pd.DataFrame(rows, columns=COLUMNS).astype({"year": "int32", "value": "float64"})
    table.to_parquet(tmp_path / "rows.parquet")
    figures = home_at(tmp_path).figures
    write_release(
        figures,
        lambda writer: writer.merge_indicator_values([tmp_path / "rows.parquet"]),
        run_id="run",
        description="täthet",
    )

    with open_figures(home_at(tmp_path)) as opened:
        library = build_library(opened, opened.latest_release())
        published, worked_out = load_place_facts(library, "0136"), load_place_facts(library, "0127")

    assert (published.density, published.density_year) == (210.5, 2022)
    assert worked_out.density == worked_out.inhabitants / 200
    assert worked_out.density_year == worked_out.inhabitants_year == 2023
