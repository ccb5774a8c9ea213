"""What the pages share: files to take along, the address, the small line, and which figures are opened."""

import csv as plain_csv
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app_pages.parts.address import Address
from app_pages.parts.downloads import MADE_UP_NOTE, Export, about, csv, excel
from app_pages.parts.sparkline import sparkline
from data.store.writing import FiguresWriter, write_release
from domain.errors.choices import UnreadableChoiceError
from domain.release import Release
from domain.series import Point, Series
from domain.value import Gender, Status
from tests.homes import home_at

RELEASE = Release(3, datetime(2024, 1, 30, 12, tzinfo=UTC), "run", "made for a test", is_made_up=True)


def same(text: str) -> str:
    return text


def exported(**changes: object) -> Export:
    table = pd.DataFrame(
        {
            "Kommun": ["=HYPERLINK(1)", "Åre"],
            "Kod": ["0127", "2321"],
            "Värde": [-3.25, None],
            "Blandat": ["saknas", 12.5],
            "Plats": pd.array([1, None], dtype="Int64"),
        }
    )
    facts = {
        "file_name": "prov",
        "title": "Botkyrka bland andra",
        "shown": table,
        "full": table,
        "about": about(
            title="Botkyrka bland andra",
            subtitle="2023",
            release=RELEASE,
            source="Påhittade demonstrationsvärden",
            method=("Medel: ovägt.",),
            translate=same,
        ),
        "is_made_up": True,
    }
    return Export(**(facts | changes))  # type: ignore[arg-type]


def test_a_workbook_keeps_numbers_as_numbers_and_texts_as_texts() -> None:
    book = openpyxl.load_workbook(BytesIO(excel(exported())))
    assert book.sheetnames == ["Visat", "Alla värden", "Om"]
    notice, heading, first, second = book["Visat"].iter_rows(max_row=4, values_only=True)
    assert notice[0] == MADE_UP_NOTE
    assert heading == ("Kommun", "Kod", "Värde", "Blandat", "Plats")
    assert first == ("=HYPERLINK(1)", "0127", -3.25, "saknas", 1)
    assert second == ("Åre", "2321", None, 12.5, None)
    assert book["Visat"]["A3"].data_type == "s"  # a text, not a formula


def test_a_workbook_says_what_it_is() -> None:
    book = openpyxl.load_workbook(BytesIO(excel(exported())))
    about_sheet = dict(book["Om"].iter_rows(max_col=2, values_only=True))
    assert about_sheet["Titel"] == "Botkyrka bland andra"
    assert about_sheet["Källa"] == "Påhittade demonstrationsvärden"
    assert about_sheet["Känt"] == "2024-01-30"
    assert about_sheet["Observera"] == MADE_UP_NOTE
    assert "inte om resultatet är bra i sig" in str(about_sheet["Färg"])
    assert about_sheet["Metod"] == "Medel: ovägt."


def test_a_text_file_has_decimal_commas_and_its_source_on_every_line() -> None:
    file = csv(exported(), is_full=False)
    assert file.startswith(b"\xef\xbb\xbf")
    heading, *lines = plain_csv.reader(StringIO(file.decode("utf-8-sig")), delimiter=";")
    assert heading == ["Kommun", "Kod", "Värde", "Blandat", "Plats", "Källa", "Känt", "Observera"]
    assert lines[0][2] == "-3,25"
    assert lines[1][3] == "12,5"
    assert lines[1][2] == ""
    assert {line[5] for line in lines} == {"Påhittade demonstrationsvärden"}
    assert {line[7] for line in lines} == {MADE_UP_NOTE}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_looks_like_a_formula_is_not_one(start: str) -> None:
    table = pd.DataFrame({f"{start}namn": [f"{start}1+1"]})
    lines = plain_csv.reader(
        StringIO(csv(exported(full=table), is_full=True).decode("utf-8-sig")), delimiter=";"
    )
    heading, line = lines
    assert heading[0] == f"'{start}namn"
    assert line[0] == f"'{start}1+1"


def test_an_unreadable_word_in_the_address_is_reported_with_what_was_expected() -> None:
    address = Address({"ar": "i fjol"})
    assert address.read("ar", int, 2023, kind="år", hint="Skriv till exempel 2023.") == 2023
    (problem,) = address.problems
    assert isinstance(problem, UnreadableChoiceError)
    assert str(problem) == "”i fjol” går inte att läsa som år. Skriv till exempel 2023."


def test_a_word_that_is_not_in_the_address_is_no_problem() -> None:
    address = Address({"ar": " "})
    assert address.read("ar", int, 2023, kind="år") == 2023
    assert address.problems == []


def draw_series(series: Series) -> str:
    return unquote(unescape(sparkline(series, "text")))


def lines_of(series: Series) -> int:
    return draw_series(series).count("<path d=")


def points(*values: float | None) -> tuple[Point, ...]:
    return tuple(
        Point(2018 + place, value, Status.MISSING if value is None else Status.OK)
        for place, value in enumerate(values)
    )


def test_the_small_line_is_broken_where_the_series_is() -> None:
    assert lines_of(Series("0127", "Botkyrka", points(1, 2, 3, 4))) == 1
    assert lines_of(Series("0127", "Botkyrka", points(1, 2, None, 4))) == 2
    assert lines_of(Series("0127", "Botkyrka", points(1, 2, 300, 400), break_years=(2020,))) == 2
    assert "stroke-dasharray" in draw_series(
        Series("0127", "Botkyrka", points(1, 2, 300, 400), break_years=(2020,))
    )


def test_the_small_line_says_in_words_what_it_shows_and_is_nothing_without_values() -> None:
    assert 'alt="Från 1 till &#34;2&#34;"' in sparkline(Series("0127", "", points(1, 2)), 'Från 1 till "2"')
    assert sparkline(Series("0127", "", points(None, None)), "text") == ""
    assert "circle" in sparkline(Series("0127", "", points(5)), "text")


def keep_one_measure(home: Path, kpi_id: str) -> None:
    """Real values of one measure for four municipalities."""
    staged = home / "staged.parquet"
    codes = ("0126", "0127", "0136", "0138")
    pd.DataFrame(
        {
            "kpi_id": kpi_id,
            "municipality_id": codes,
            "year": pd.array([2023] * 4, dtype="int32"),
            "gender": Gender.TOTAL.value,
            "value": [80.0, 81.0, 82.0, 83.0],
            "reason": pd.array([None] * 4, dtype="str"),
            "is_deleted": False,
        }
    ).to_parquet(staged, index=False)

    def write(writer: FiguresWriter) -> None:
        writer.replace_kpis(
            pd.DataFrame(
                {
                    "id": [kpi_id],
                    "title": ["Elever i åk 9 som är behöriga till yrkesprogram, andel (%)"],
                    "unit": ["%"],
                    "description": [""],
                    "is_divided_by_gender": [True],
                    "municipality_type": ["K"],
                    "operating_area": [""],
                    "perspective": [""],
                    "publication_date": [None],
                    "prel_publication_date": [None],
                    "publication_period": [None],
                }
            )
        )
        writer.merge_indicator_values([staged])

    write_release(home_at(home).figures, write, run_id="sync", description="Kolada")


def test_an_empty_home_opens_on_made_up_values_and_real_ones_win_when_they_come(
    tmp_path: Path, demonstration: Path, monkeypatch: pytest.MonkeyPatch, page_html: Callable[[AppTest], str]
) -> None:
    monkeypatch.setenv("JAMFOR_HOME", str(tmp_path))
    page = AppTest.from_string("from app_pages.overview.page import show\nshow()", default_timeout=60).run()
    assert not page.exception
    assert "Påhittade demonstrationsvärden" in page_html(page)

    keep_one_measure(tmp_path, "N15428")
    page.query_params["med"] = "codes:0127,0126,0136,0138"
    page.run()
    assert not page.exception
    assert "Påhittade" not in page_html(page)
    assert "Källa: Kolada" in page_html(page)
    assert "<b>81,0</b>" in page_html(page)


def page_that(does: str) -> AppTest:
    return AppTest.from_string(
        f"from app_pages.parts import frame\nfrom app_pages.parts.address import PageName\n"
        f"from domain.errors.storage import NothingKeptError\nwith frame.page_frame(PageName.OVERVIEW):\n    {does}",
        default_timeout=60,
    ).run()


def test_an_error_for_people_is_a_calm_box_and_nothing_else(
    demonstration: Path, page_html: Callable[[AppTest], str]
) -> None:
    page = page_that("raise NothingKeptError")
    assert not page.exception
    assert "Det gick inte att visa sidan" in page_html(page)
    assert "Här finns inga värden ännu." in page_html(page)


def test_a_defect_is_reported_without_its_traceback_and_logged(
    demonstration: Path, page_html: Callable[[AppTest], str]
) -> None:
    page = page_that("1 / 0")
    assert page.exception
    assert "Det är vårt fel och är antecknat i loggen." in page_html(page)
    assert "ZeroDivision" not in page_html(page)


def test_a_small_fetch_is_its_own_measure_set_and_opens_first(
    tmp_path: Path, demonstration: Path, monkeypatch: pytest.MonkeyPatch, page_html: Callable[[AppTest], str]
) -> None:
    monkeypatch.setenv("JAMFOR_HOME", str(tmp_path))
    keep_one_measure(tmp_path, "N99999")
    page = AppTest.from_string("from app_pages.overview.page import show\nshow()", default_timeout=60)
    page.query_params["med"] = "codes:0127,0126,0136,0138"
    page.run()
    assert not page.exception
    assert page.selectbox(key="choice-samling").value == "hamtade"
    assert "<b>81,0</b>" in page_html(page)
    assert "Påhittade" not in page_html(page)
