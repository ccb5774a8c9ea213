"""The sheet itself on the page Ladda upp: where each cell is, how it is read, and the words beside the colours."""

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_pages.upload.preview import MOST_ROWS, Marks, cell_text, render_preview
from domain.upload import Address, ColumnMapping, ColumnRole, Finding, FindingLevel, SheetMapping
from domain.value import Gender
from spreadsheets.workbook import Sheet

NOTHING = Marks(findings={}, own=set(), left_out={})
NAMES = {"trygga": "Trygga elever"}


def sheet_of(*rows: tuple[object, ...], **facts: object) -> Sheet:
    cells = np.empty((len(rows), len(rows[0])), dtype=object)
    for row, values in enumerate(rows):
        cells[row] = values
    return Sheet("Enkät", cells, **facts)  # type: ignore[arg-type]


WIDE = sheet_of(
    ("Resultat", None, None),
    ("Kommun", "2022", "2023"),
    ("Haninge", 61.25, 63.0),
    ("Alla kommuner, ovägt medel", 60.0, 61.0),
    ("Källa: enkäten", None, None),
)
WIDE_MAPPING = SheetMapping(
    "Enkät",
    is_read=True,
    heading_rows=(2,),
    first_row=3,
    last_row=4,
    columns=(
        ColumnMapping(1, "Kommun", ColumnRole.MUNICIPALITY, why="2 av 2 celler är kommuner"),
        ColumnMapping(2, "2022", ColumnRole.VALUE, "trygga", "2022", Gender.WOMEN, why="rubriken är ett år"),
        ColumnMapping(3, "2023", ColumnRole.VALUE, "trygga", "2023", is_by_hand=True),
    ),
)


def test_each_column_says_how_it_is_read_and_why():
    html = render_preview(WIDE, WIDE_MAPPING, NOTHING, NAMES)
    assert '<span title="2 av 2 celler är kommuner">kommun</span>' in html
    assert "värde: Trygga elever · 2022 · kvinnor" in html
    assert "värde: Trygga elever · 2023</span> <small>vald för hand</small>" in html


def test_rows_that_are_not_read_say_so_in_words():
    marks = Marks(findings={}, own=set(), left_out={4: "läses inte"})
    html = render_preview(WIDE, WIDE_MAPPING, marks, NAMES)
    assert '<tr class="out"><th scope="row">1<small>läses inte</small></th>' in html
    assert '<tr class="heading"><th scope="row">2<small>rubrik</small></th>' in html
    assert '<tr><th scope="row">3</th>' in html
    assert '<tr class="out"><th scope="row">4<small>läses inte</small></th>' in html
    assert '<tr class="out"><th scope="row">5<small>läses inte</small></th>' in html


def test_hidden_rows_and_columns_are_shown_as_hidden():
    hidden = Sheet("Enkät", WIDE.cells, hidden_rows=frozenset({3}), hidden_columns=frozenset({2}))
    html = render_preview(hidden, WIDE_MAPPING, NOTHING, NAMES)
    assert '<th scope="row">3<small>dold, läses inte</small></th>' in html
    assert "B <small>dold, läses inte</small></th>" in html


def test_a_finding_is_in_its_cell_with_a_sign_and_its_message():
    finding = Finding("x", FindingLevel.STRUCTURE, "range", "633 % är mer än 100 %.", Address("Enkät", 3, 3))
    html = render_preview(WIDE, WIDE_MAPPING, Marks({(3, 3): finding}, {(3, 3)}, {}), NAMES)
    assert (
        '<td class="value figure own stops" title="633 % är mer än 100 %."><i aria-hidden="true">✕</i>'
        '<span class="unseen">633 % är mer än 100 %. </span>63</td>'
    ) in html


def test_a_transposed_sheet_says_beside_each_row_how_it_is_read():
    lying = sheet_of(("Kommun", "Haninge"), ("2023", 63.0))
    mapping = SheetMapping(
        "Enkät",
        is_read=True,
        first_row=2,
        last_row=2,
        is_transposed=True,
        columns=(
            ColumnMapping(1, "Kommun", ColumnRole.MUNICIPALITY),
            ColumnMapping(2, "2023", ColumnRole.VALUE, period="2023"),
        ),
    )
    html = render_preview(lying, mapping, NOTHING, NAMES)
    assert '<th scope="row">2</th><td class="value"><span>värde: 2023</span></td>' in html


@pytest.mark.parametrize(
    ("value", "is_percent", "shown"),
    [
        (2023.0, False, "2023"),
        (-3.25, False, "−3,25"),
        (0.665, True, "66,5\u00a0%"),
        (123456.0, False, "123\u00a0456"),
        (0.1 + 0.2, False, "0,3"),
        (datetime.fromisoformat("2023-05-01"), False, "2023-05-01"),
        (True, False, "SANT"),
        (None, False, ""),
        ("..", False, ".."),
    ],
)
def test_a_cell_reads_as_a_person_would_write_it(value: object, is_percent: bool, shown: str):
    sheet = sheet_of((value,), is_percent=np.array([[is_percent]]))
    assert cell_text(sheet, 1, 1) == shown


def test_an_error_cell_shows_the_spreadsheets_own_word():
    assert cell_text(sheet_of((None,), errors={(1, 1): "#REF!"}), 1, 1) == "#REF!"


@given(st.text(max_size=200))
def test_nothing_in_a_cell_becomes_markup(text: str):
    html = render_preview(
        sheet_of((f"<script>{text}",)), SheetMapping("Enkät", is_read=False), NOTHING, NAMES
    )
    assert "<script>" not in html


def test_a_long_sheet_says_how_much_more_there_is():
    rows = [("Kommun",), *(("Haninge",) for _ in range(1_200))]
    html = render_preview(sheet_of(*rows), SheetMapping("Enkät", is_read=False), NOTHING, NAMES)
    assert html.count("<tr") == MOST_ROWS + 2
    assert "1\u00a0171 rader till" in html


def test_the_own_row_far_down_is_shown_below_the_first_ones():
    rows = [("Kommun", "2023"), *((f"Kommun {number}", 1.0) for number in range(1, 290))]
    marks = Marks(findings={}, own={(201, 2)}, left_out={})
    html = render_preview(sheet_of(*rows), SheetMapping("Enkät", is_read=False), marks, NAMES)
    assert '<tr class="gap"><th scope="row">…</th>' in html
    assert '<th scope="row">201</th>' in html
    assert '<th scope="row">200</th>' not in html
    assert "259 rader till" in html
