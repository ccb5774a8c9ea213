"""Cells of .xlsx and .xlsm keep their positions, and nothing that a reader of values would lose is lost."""

import io
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from pipelines.uploads.template_id import read_template_id
from spreadsheets import read_file
from spreadsheets.workbook import FileKind
from tests.messages import swedish
from tests.spreadsheets.raw_workbooks import MAIN, TYPE, office, office_parts, rows, zipped

PERCENT = '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
CODES = '<numFmts><numFmt numFmtId="164" formatCode="0.0&quot; %&quot;"/><numFmt numFmtId="165" formatCode="0.00%"/></numFmts>'


def saved(book):
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def write_workbook(fill, **options):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, **options}) as book:
        fill(book)
    return made.getvalue()


def only_sheet(content, name="fil.xlsx"):
    (sheet,) = read_file(content, name).sheets
    return sheet


def test_cell_c14_is_c14_though_all_cells_above_and_left_are_empty():
    book = openpyxl.Workbook()
    book.active["C14"] = 66
    sheet = only_sheet(saved(book))
    assert sheet.cells.shape == (14, 3)
    assert sheet.cells[13, 2] == 66.0
    assert [cell for cell in sheet.cells.ravel() if cell is not None] == [66.0]


def test_dates_are_datetimes_and_times_of_day_are_text():
    book = openpyxl.Workbook()
    book.active.append(
        [
            date(2023, 5, 1),
            datetime.fromisoformat("2023-05-01T03:04"),
            time(3, 4),
            timedelta(hours=30),
            True,
            2023,
            " x ",
        ]
    )
    assert only_sheet(saved(book)).cells[0].tolist() == [
        datetime.fromisoformat("2023-05-01"),
        datetime.fromisoformat("2023-05-01T03:04"),
        "03:04:00",
        "1 day, 6:00:00",
        True,
        2023.0,
        " x ",
    ]


def test_an_error_cell_is_empty_and_its_error_is_reported():
    book = openpyxl.Workbook()
    book.active.append([1, "#DIV/0!", 3])
    book.active.append([4, 5, "#N/A"])
    sheet = only_sheet(saved(book))
    assert sheet.errors == {(1, 2): "#DIV/0!", (2, 3): "#N/A"}
    assert sheet.cells.tolist() == [[1.0, None, 3.0], [4.0, 5.0, None]]


def test_an_error_beyond_the_last_value_makes_the_sheet_larger():
    sheet = only_sheet(
        office(
            rows('<row r="1"><c r="A1"><v>1</v></c></row><row r="4"><c r="D4" t="e"><v>#REF!</v></c></row>')
        )
    )
    assert sheet.cells.shape == (4, 4)
    assert sheet.errors == {(4, 4): "#REF!"}


def test_a_formula_without_a_stored_result_is_known_from_one_with():
    cells = (
        '<c r="A1"><f>1+1</f></c>'  # never computed
        '<c r="B1"><f>1+2</f><v>3</v></c>'
        '<c r="C1"><f>1+2</f><v/></c>'  # never computed
        '<c r="D1" t="str"><f>IF(A1=1,"","")</f><v></v></c>'  # an empty text is a result
        '<c r="E1"><f t="shared" si="0"/><v>0</v></c>'
    )
    sheet = only_sheet(office(rows(f'<row r="1">{cells}</row>')))
    assert sheet.unread_formulas == {(1, 1), (1, 3)}
    assert sheet.cells[0].tolist() == [None, 3.0, None, None, 0.0]


@pytest.mark.parametrize("program", ["openpyxl", "xlsxwriter"])
def test_formulas_of_programs_that_cannot_compute_have_no_result_whatever_zero_they_leave(program):
    if program == "openpyxl":
        book = openpyxl.Workbook()
        book.active.append([1, "=A1+1"])
        content = saved(book)
    else:
        content = write_workbook(lambda book: book.add_worksheet().write_row(0, 0, [1, "=A1+1"]))
    sheet = only_sheet(content)
    assert sheet.unread_formulas == {(1, 2)}
    assert sheet.cells.tolist() == [[1.0, None]]


def test_zero_as_a_result_that_was_computed_is_zero():
    sheet = only_sheet(office(rows('<row r="1"><c r="A1"><f>1-1</f><v>0</v></c></row>')))
    assert sheet.cells.tolist() == [[0.0]]
    assert not sheet.unread_formulas


def test_percentages_are_known_by_the_number_format_and_not_by_a_percent_sign_in_quotes():
    cells = '<c r="A1"><v>0.66</v></c><c r="B1" s="1"><v>0.66</v></c><c r="C1" s="2"><v>66</v></c><c r="D1" s="3"><v>0.66</v></c><c r="E1" s="1"/>'
    sheet = only_sheet(office(rows(f'<row r="1">{cells}</row>'), styles=CODES + PERCENT))
    assert sheet.is_percent.tolist() == [[False, True, False, True]]


def test_a_text_in_a_cell_formatted_as_a_percentage_is_no_percentage():
    book = openpyxl.Workbook()
    book.active.append(["66 %", 0.66])
    for cell in book.active[1]:
        cell.number_format = "0%"
    assert only_sheet(saved(book)).is_percent.tolist() == [[False, True]]


def test_hidden_parts_are_read_and_reported():
    book = openpyxl.Workbook()
    for row in range(1, 10):
        book.active.append([row, row, row])
    for row in (4, 7, 8, 9):
        book.active.row_dimensions[row].hidden = True
    book.active.column_dimensions["B"].hidden = True
    for name, state in (("Gömt", "hidden"), ("Djupt gömt", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet["A1"] = 1
        sheet.sheet_state = state
    workbook = read_file(saved(book), "fil.xlsx")
    assert [sheet.is_hidden for sheet in workbook.sheets] == [False, True, True]
    assert workbook.sheets[0].hidden_rows == {4, 7, 8, 9}
    assert workbook.sheets[0].hidden_columns == {2}
    assert [swedish(note.message) for note in workbook.notes] == [
        "Bladet ”Sheet” har dolda rader: 4, 7–9.",
        "Bladet ”Sheet” har dolda kolumner: B.",
        "Bladet ”Gömt” är dolt.",
        "Bladet ”Djupt gömt” är dolt.",
    ]


def test_merged_areas_are_reported_from_first_cell_to_last():
    book = openpyxl.Workbook()
    book.active["B2"] = "Andel"
    book.active.merge_cells("B2:D3")
    assert only_sheet(saved(book)).merged == ((2, 2, 3, 4),)


def test_a_comment_on_a_cell_is_kept_beside_it():
    book = openpyxl.Workbook()
    book.active["B2"] = 66
    book.active["B2"].comment = Comment("Ny skola sedan i höstas", "Controller")
    assert only_sheet(saved(book)).comments == {(2, 2): "Ny skola sedan i höstas"}


def test_macros_are_neither_run_nor_read_and_are_reported():
    macros = {
        **office_parts(
            rows('<row r="1"><c r="A1"><v>1</v></c></row>'),
            content_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0",
    }
    workbook = read_file(zipped(macros), "fil.xlsm")
    assert workbook.kind is FileKind.XLSM
    assert [swedish(note.message) for note in workbook.notes] == [
        "Filen innehåller makron. De är inte körda och inte lästa."
    ]


def test_the_template_is_known_by_its_property():
    def fill(book):
        book.set_custom_property("jamfor-template", "1;sodertorn;0136;2023")
        book.add_worksheet().write(0, 0, 1)

    assert read_template_id(read_file(write_workbook(fill), "mall.xlsx")) == ("sodertorn", "0136", "2023")
    assert (
        read_template_id(
            read_file(write_workbook(lambda book: book.add_worksheet().write(0, 0, 1)), "a.xlsx")
        )
        is None
    )


def test_the_template_is_known_by_its_cell_where_a_program_has_dropped_its_properties():
    book = openpyxl.Workbook()
    book.active.title = "Rapportering"
    book.active["A1"] = "Resultat 2023"
    book.active["A2"] = "jamfor-template;1;sodertorn;0136;2023"
    assert read_template_id(read_file(saved(book), "mall.xlsx")) == ("sodertorn", "0136", "2023")
    book.active.title = "Annat"
    assert read_template_id(read_file(saved(book), "mall.xlsx")) is None


def test_charts_have_no_cells_and_do_not_move_the_sheets_after_them():
    def fill(book):
        book.add_worksheet("Före").write(0, 0, "före")
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Före!$A$1:$A$2"})
        book.add_chartsheet("Bild").set_chart(chart)
        book.add_worksheet("Efter").write(0, 0, "efter")

    assert [
        (sheet.name, sheet.cells[0, 0]) for sheet in read_file(write_workbook(fill), "fil.xlsx").sheets
    ] == [
        ("Före", "före"),
        ("Efter", "efter"),
    ]


UNUSUAL = {
    "prefixes": f'<x:sheetData xmlns:x="{MAIN}"><x:row r="2"><x:c r="B2" t="e"><x:v>#REF!</x:v></x:c><x:c r="C2"><x:v>1</x:v></x:c></x:row></x:sheetData>',
    "no references": "<sheetData><row/><row><c/><c t='e'><v>#REF!</v></c><c><v>1</v></c></row></sheetData>",
    "single quotes": "<sheetData><row r='2'><c r='B2' t='e'><v>#REF!</v></c><c r='C2'><v>1</v></c></row></sheetData>",
    "reference last": '<sheetData><row r="2"><c t="e" r="B2"><v>#REF!</v></c><c s="0" r="C2"><v>1</v></c></row></sheetData>',
    "lines within a tag": '<sheetData><row\n r="2"><c\n r="B2"\n t="e"><v>#REF!</v></c><c r="C2"><v>1</v></c></row></sheetData>',
    "comments": '<sheetData><!-- <c r="A9"><v>9</v></c> --><row r="2"><c r="B2" t="e"><v>#REF!</v></c><c r="C2"><v>1</v></c></row></sheetData>',
}


@pytest.mark.parametrize("way", UNUSUAL)
def test_a_sheet_written_in_an_unusual_way_is_read_as_any_other(way):
    sheet = only_sheet(office(UNUSUAL[way]))
    assert sheet.cells.tolist() == [[None, None, None], [None, None, 1.0]]
    assert sheet.errors == {(2, 2): "#REF!"}


def test_text_that_is_not_a_number_is_an_error():
    sheet = only_sheet(
        office(
            rows(
                '<row r="1"><c r="A1"><v>NaN</v></c><c r="B1"><v>1E999</v></c><c r="C1"><v>1E2</v></c></row>'
            )
        )
    )
    assert sheet.cells.tolist() == [[None, None, 100.0]]
    assert set(sheet.errors.values()) == {"#NUM!"}


def test_columns_beyond_z_and_rows_beyond_99999_are_read():
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([None] * 29 + ["AD"])
    assert only_sheet(saved(book)).cells.shape == (1, 30)
    far = office(rows('<row r="100000"><c r="B100000"><v>7</v></c></row>'))
    assert only_sheet(far).cells[99_999].tolist() == [None, 7.0]


def test_templates_of_excel_are_workbooks_too():
    content = office(
        rows('<row r="1"><c r="A1"><v>1</v></c></row>'),
        content_type=TYPE.replace("sheet.main", "template.main"),
    )
    assert read_file(content, "fil.xltx").kind is FileKind.XLSX


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=8,
).filter(lambda text: not text.startswith(("=", "#")) and "_x" not in text)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    TEXTS,
    st.integers(-(10**9), 10**9).map(lambda number: number / 1000),
    st.integers(-999_999, 999_999),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    cells=st.dictionaries(st.tuples(st.integers(1, 40), st.integers(1, 30)), VALUES, min_size=1, max_size=12)
)
def test_every_value_comes_back_at_its_place(cells):
    book = openpyxl.Workbook()
    for (row, column), value in cells.items():
        book.active.cell(row, column, value)
    filled = {place: value for place, value in cells.items() if value is not None}
    if not filled:
        return
    sheet = only_sheet(saved(book))
    read = {
        (row + 1, column + 1): sheet.cells[row, column]
        for row in range(sheet.cells.shape[0])
        for column in range(sheet.cells.shape[1])
        if sheet.cells[row, column] is not None
    }
    assert read == filled
