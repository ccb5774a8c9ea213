"""`.ods`: what another program writes is read, and repetition is a number, never a million cells."""

import io
from datetime import datetime

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P

from domain.errors.files import TooManyCellsError, TooManySheetsError
from spreadsheets import read_file
from spreadsheets.workbook import FileKind
from tests.spreadsheets.raw_workbooks import open_document


def cell(text="", **attributes):
    made = TableCell(**attributes)
    if text:
        made.addElement(P(text=text))
    return made


def row(*cells, **attributes):
    made = TableRow(**attributes)
    for cell in cells:
        made.addElement(cell)
    return made


def saved(*tables, styles=()):
    document = OpenDocumentSpreadsheet()
    for style in styles:
        document.automaticstyles.addElement(style)
    for table in tables:
        document.spreadsheet.addElement(table)
    made = io.BytesIO()
    document.write(made)
    return made.getvalue()


def test_values_of_every_kind_stay_in_their_cells():
    sheet = Table(name="Resultat")
    sheet.addElement(row(cell(), numberrowsrepeated=13))
    sheet.addElement(
        row(
            cell(numbercolumnsrepeated=2),
            cell("66,5", valuetype="float", value="66.5"),
            cell("66 %", valuetype="percentage", value="0.66"),
            cell("Södertälje", valuetype="string"),
            cell("2023-05-01", valuetype="date", datevalue="2023-05-01"),
            cell("SANT", valuetype="boolean", booleanvalue="true"),
        )
    )
    workbook = read_file(saved(sheet), "fil.ods")
    assert workbook.kind is FileKind.ODS
    (read,) = workbook.sheets
    assert read.cells.shape == (14, 7)
    assert read.cells[13].tolist() == [
        None,
        None,
        66.5,
        0.66,
        "Södertälje",
        datetime.fromisoformat("2023-05-01"),
        True,
    ]
    assert [content is not None for content in read.cells.ravel()].count(True) == 5
    assert read.is_percent[13].tolist() == [False, False, False, True, False, False, False]


def test_repeated_cells_and_rows_are_as_many_as_they_say():
    sheet = Table(name="A")
    sheet.addElement(
        row(cell("0", valuetype="float", value="0", numbercolumnsrepeated=3), numberrowsrepeated=2)
    )
    sheet.addElement(row(cell("1", valuetype="float", value="1")))
    assert read_file(saved(sheet), "fil.ods").sheets[0].cells.tolist() == [
        [0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0],
        [1.0, None, None],
    ]


def test_a_million_empty_rows_of_sixteen_thousand_columns_are_nothing():
    sheet = Table(name="A")
    sheet.addElement(row(cell("1", valuetype="float", value="1"), cell(numbercolumnsrepeated=16_383)))
    sheet.addElement(row(cell(numbercolumnsrepeated=16_384), numberrowsrepeated=1_048_575))
    assert read_file(saved(sheet), "fil.ods").sheets[0].cells.tolist() == [[1.0]]


@pytest.mark.parametrize(
    "attributes",
    [{"numberrowsrepeated": 1_048_576}, {"numberrowsrepeated": 10**15}, {"numberrowsrepeated": 300}],
)
def test_a_value_repeated_beyond_what_is_read_is_refused(attributes):
    sheet = Table(name="A")
    sheet.addElement(row(cell("1", valuetype="float", value="1", numbercolumnsrepeated=16_384), **attributes))
    with pytest.raises(TooManyCellsError, match="Bladet ”A”"):
        read_file(saved(sheet), "fil.ods")


def test_more_sheets_than_are_read_are_refused():
    with pytest.raises(TooManySheetsError):
        read_file(saved(*(Table(name=f"A{place}") for place in range(300))), "fil.ods")


def test_errors_and_formulas_without_result_are_reported():
    sheet = Table(name="A")
    sheet.addElement(
        row(
            cell("#DIV/0!", formula="of:=1/0", valuetype="string", stringvalue=""),
            cell("Err:502", formula="of:=FEL()", valuetype="float", value="0"),
            cell(formula="of:=1+1"),
            cell("2", formula="of:=1+1", valuetype="float", value="2"),
            cell("Fel:12", valuetype="string"),
        )
    )
    (read,) = read_file(saved(sheet), "fil.ods").sheets
    assert read.errors == {(1, 1): "#DIV/0!", (1, 2): "Err:502"}
    assert read.unread_formulas == {(1, 3)}
    assert read.cells[0].tolist() == [None, None, None, 2.0, "Fel:12"]


def test_hidden_and_merged_parts_are_reported():
    hidden = Style(name="gömd", family="table")
    hidden.addElement(TableProperties(display="false"))
    seen = Table(name="Synligt")
    seen.addElement(TableColumn())
    seen.addElement(TableColumn(visibility="collapse"))
    seen.addElement(row(cell("Andel", numbercolumnsspanned=2, numberrowsspanned=1), CoveredTableCell()))
    seen.addElement(row(cell("a"), cell("b"), visibility="filter"))
    unseen = Table(name="Gömt", stylename=hidden)
    unseen.addElement(row(cell("a")))
    workbook = read_file(saved(seen, unseen, styles=[hidden]), "fil.ods")
    assert workbook.sheets[0].hidden_rows == {2}
    assert workbook.sheets[0].hidden_columns == {2}
    assert workbook.sheets[0].merged == ((1, 1, 1, 2),)
    assert [sheet.is_hidden for sheet in workbook.sheets] == [False, True]


def test_comments_and_inner_tables_are_not_the_cells_text():
    content = open_document(
        "<table:table table:name='A'><table:table-row>"
        "<table:table-cell office:value-type='string'><office:annotation><text:p>läs inte</text:p></office:annotation>"
        "<text:p>två<text:s text:c='2'/>mellanslag</text:p><text:p>ny <text:span>rad</text:span></text:p></table:table-cell>"
        "<table:table-cell><table:table table:name='inre'><table:table-row><table:table-cell><text:p>9</text:p>"
        "</table:table-cell></table:table-row></table:table></table:table-cell>"
        "<table:table-cell office:value-type='float' office:value='7'/></table:table-row></table:table>"
    )
    (read,) = read_file(content, "fil.ods").sheets
    assert read.cells.tolist() == [["två  mellanslag\nny rad", None, 7.0]]
    assert read.comments == {(1, 1): "läs inte"}


def test_rows_in_groups_and_headings_are_rows_like_others():
    content = open_document(
        "<table:table table:name='A'><table:table-header-rows><table:table-row><table:table-cell><text:p>Kommun</text:p>"
        "</table:table-cell></table:table-row></table:table-header-rows><table:table-row-group><table:table-row>"
        "<table:table-cell><text:p>Haninge</text:p></table:table-cell></table:table-row></table:table-row-group></table:table>"
    )
    assert read_file(content, "fil.ods").sheets[0].cells.tolist() == [["Kommun"], ["Haninge"]]
