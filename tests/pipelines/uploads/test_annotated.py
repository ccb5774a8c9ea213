"""The annotated workbook: the owner's file with every finding where it belongs, and nothing else touched."""

import io
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from domain.message import Message
from domain.upload import Address, Finding, FindingLevel, Note
from pipelines.uploads import annotated as module
from pipelines.uploads.annotated import annotate_file, name_annotated_file
from spreadsheets import read_file, workbook_copy
from spreadsheets.workbook import FileKind, Sheet, Workbook
from spreadsheets.workbook_copy import sheet_name

RED, YELLOW, BLUE = "FFF9D6D2", "FFFDE9B8", "FFD9E6F5"


def finding(cell, level=FindingLevel.STRUCTURE, *, sheet="Blad1", id_=None, message="Högst 100.", **fields):
    where = openpyxl.utils.cell.coordinate_from_string(cell) if cell else None
    address = Address(sheet, where[1], openpyxl.utils.column_index_from_string(where[0])) if where else None
    return Finding(id_ or f"range:{sheet}!{cell}", level, "range", message, address, **fields)


def cells(*rows):
    array = np.empty((len(rows), max(map(len, rows))), dtype=object)
    for place, row in enumerate(rows):
        array[place, : len(row)] = row
    return array


def read(*sheets, kind=FileKind.XLSX, file_name="resultat.xlsx"):
    return Workbook(file_name, kind, "0" * 64, 1000, sheets)


def as_bytes(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def load_book(content, **how):
    return openpyxl.load_workbook(io.BytesIO(content), **how)


@pytest.fixture
def own():
    """A controller's workbook with formatting, a formula, a comment, a merged heading and a sheet of another kind."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Blad1"
    sheet["A1"] = "Resultat"
    sheet.merge_cells("A1:C1")
    sheet["A1"].fill = PatternFill("solid", fgColor="FF003366")
    sheet["A1"].font = Font(color="FFFFFFFF", bold=True)
    sheet["A2"], sheet["B2"], sheet["C2"] = "Haninge", 166, "=B2*2"
    sheet["B2"].number_format = "0.00"
    sheet["B2"].font = Font(name="Courier New", size=14)
    sheet["B2"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["A2"].comment = Comment("Från Eva", "Eva")
    sheet["A2"].comment.width = 300
    sheet.column_dimensions["A"].width = 33
    rule = DataValidation(type="decimal", operator="between", formula1="0", formula2="1000")
    rule.add("B2")
    sheet.add_data_validation(rule)
    sheet.protection.sheet = True
    book.create_sheet("Lars' blad")["A1"] = 1
    return as_bytes(book)


READ = read(
    Sheet("Blad1", cells(["Resultat", None, None], ["Haninge", 166.0, 332.0])),
    Sheet("Lars' blad", cells([1.0])),
)


def test_a_finding_is_a_coloured_cell_with_a_comment_and_the_rest_is_as_it_was(own):
    book = load_book(annotate_file(own, READ, [finding("B2", expected="0–100", advice="Rätta talet.")]))
    sheet = book["Blad1"]

    assert sheet["B2"].fill.fgColor.rgb == RED
    assert "Måste rättas: Högst 100." in sheet["B2"].comment.text
    assert "Väntat: 0–100" in sheet["B2"].comment.text
    assert "Att göra: Rätta talet." in sheet["B2"].comment.text
    assert (sheet["B2"].value, sheet["B2"].number_format) == (166, "0.00")
    assert (sheet["B2"].font.name, sheet["B2"].font.size) == ("Courier New", 14)
    assert sheet["C2"].value == "=B2*2"
    assert sheet["A2"].comment.text == "Från Eva"
    assert sheet.column_dimensions["A"].width == 33
    assert sheet.data_validations.dataValidation[0].formula2 == "1000"
    assert sheet.protection.sheet
    assert book.sheetnames == ["Anmärkningar", "Blad1", "Lars' blad"]


def test_a_formula_keeps_the_result_that_the_file_came_with(own):
    content = annotate_file(own, READ, [finding("B2")])

    assert load_book(content, data_only=True)["Blad1"]["C2"].value == 332
    assert load_book(content)["Blad1"]["C2"].value == "=B2*2"


@pytest.mark.parametrize(
    ("result", "stored"), [("text & <mer>", "text & <mer>"), (True, True), (0.1, 0.1), (None, None)]
)
def test_results_of_every_kind_are_stored(own, result, stored):
    file = read(Sheet("Blad1", cells(["Resultat", None, None], ["Haninge", 166.0, result])))

    assert load_book(annotate_file(own, file, []), data_only=True)["Blad1"]["C2"].value == stored


def test_the_colour_is_that_of_the_most_serious_and_the_comment_says_all(own):
    some = [finding("B2", FindingLevel.OTHERS, id_="a", message="Långt från andra."), finding("B2", id_="b")]

    cell = load_book(annotate_file(own, READ, some))["Blad1"]["B2"]

    assert cell.fill.fgColor.rgb == RED
    assert "Långt från andra." in cell.comment.text
    assert "Högst 100." in cell.comment.text


def test_an_existing_comment_comes_first_with_its_author(own):
    cell = load_book(annotate_file(own, READ, [finding("A2", FindingLevel.HISTORY)]))["Blad1"]["A2"]

    assert cell.comment.text.startswith("Från Eva\n")
    assert "Avviker från tidigare: Högst 100." in cell.comment.text
    assert cell.comment.author == "Eva"


def test_white_text_on_dark_is_made_readable_on_the_light_colour(own):
    cell = load_book(annotate_file(own, READ, [finding("A1")]))["Blad1"]["A1"]

    assert cell.font.color.rgb == "FF1C2733"
    assert cell.font.bold


def test_a_finding_within_a_merged_range_marks_its_corner(own):
    book = load_book(annotate_file(own, READ, [finding("C1")]))

    assert book["Blad1"]["A1"].fill.fgColor.rgb == RED
    assert list_rows(book)[0]["link"] == "'Blad1'!A1"


def list_rows(book, sheet="Anmärkningar"):
    """The rows of the list as mappings by heading, and where their links lead."""
    rows = list(book[sheet].iter_rows())
    head = next(place for place, row in enumerate(rows) if row[0].value == "Nivå")
    names = [cell.value for cell in rows[head]]
    return [
        {
            **{name: cell.value for name, cell in zip(names, row, strict=True)},
            "link": row[2].hyperlink.location if row[2].hyperlink else None,
        }
        for row in rows[head + 1 :]
    ]


def test_the_list_says_everything_and_leads_to_the_cells(own):
    some = [
        finding("", FindingLevel.READING, id_="whole", message="Filen är ofullständig."),
        finding("B2", found="166", expected="0–100", advice="Rätta.", row_name="Haninge", column_name="2023"),
        finding("A1", sheet="Lars' blad", level=FindingLevel.OTHERS, id_="c"),
    ]
    notes = [Note("hidden", "Bladet är dolt.", Address("Lars' blad", 1, 1))]

    book = load_book(annotate_file(own, READ, some, notes))
    whole, wrong, odd, note = list_rows(book)

    assert (whole["Nivå"], whole["Cell"], whole["link"]) == ("går inte att läsa", None, None)
    assert wrong == {
        "Nivå": "måste rättas", "Blad": "Blad1", "Cell": "B2", "Rad": "Haninge", "Kolumn": "2023",
        "Hittat": "166", "Väntat": "0–100", "Vad det gäller": "Högst 100.", "Att göra": "Rätta.",
        "Regel": "range", "Beteckning": "range:Blad1!B2", None: 0, "link": "'Blad1'!B2",
    }  # fmt: skip
    assert odd["link"] == "'Lars'' blad'!A1"
    assert (note["Nivå"], note["Vad det gäller"]) == ("upplysning", "Bladet är dolt.")
    assert book["Lars' blad"]["A1"].fill.fgColor.rgb == BLUE


def test_only_the_list_is_chosen_so_that_nothing_is_edited_in_two_sheets_at_once(own):
    book = load_book(annotate_file(own, READ, [finding("B2")]))

    assert book.active.title == "Anmärkningar"
    assert [sheet.sheet_view.tabSelected for sheet in book] == [True, False, False]


def test_a_corrected_file_loses_the_old_marks_and_regains_its_formatting(own):
    first = annotate_file(own, READ, [finding("B2"), finding("A2", FindingLevel.HISTORY), finding("A1")])
    again = read(Sheet("Anmärkningar", cells(["[Jämförelsebanken]"])), *READ.sheets)

    book = load_book(annotate_file(first, again, [finding("A2", FindingLevel.HISTORY)]))
    sheet = book["Blad1"]

    assert book.sheetnames == ["Anmärkningar", "Blad1", "Lars' blad"]
    assert sheet["B2"].fill.fgColor.rgb == "FF00FF00"
    assert sheet["B2"].comment is None
    assert sheet["A1"].font.color.rgb == "FFFFFFFF"
    assert sheet["A2"].comment.text.count("Högst 100.") == 1
    assert sheet["A2"].comment.text.startswith("Från Eva")
    assert sheet["A2"].fill.fgColor.rgb == YELLOW

    last = load_book(annotate_file(as_bytes(book), again, []))
    assert last["Blad1"]["A2"].comment.text == "Från Eva"
    assert last["Blad1"]["A2"].fill.patternType is None


def test_a_sheet_of_the_same_name_keeps_it():
    book = openpyxl.Workbook()
    book.active.title = "anmärkningar"
    book.active["A1"] = "Mina egna"
    file = read(Sheet("anmärkningar", cells(["Mina egna"])))

    made = load_book(annotate_file(as_bytes(book), file, [finding("A1", sheet="anmärkningar")]))

    assert made.sheetnames == ["Anmärkningar 2", "anmärkningar"]
    assert made["anmärkningar"]["A1"].value == "Mina egna"


def test_a_text_file_becomes_a_workbook_with_the_same_cells_and_no_formula():
    hostile = '=HYPERLINK("http://elak.example","klicka")'
    sheet = Sheet("", cells(["Kommun", "Värde"], [hostile, "+cmd|calc"], ["Haninge", "1,5"]))
    file = read(
        sheet, kind=FileKind.TEXT, file_name="min [fil] med ett mycket långt namn som inte får plats.csv"
    )

    book = load_book(annotate_file(b"...", file, [finding("B2", sheet="", found="+cmd|calc")]))
    made = book.worksheets[1]

    assert len(made.title) <= 31
    assert made["A2"].value == hostile
    assert (made["A2"].data_type, made["A2"].quotePrefix) == ("s", True)
    assert (made["B2"].data_type, made["B2"].fill.fgColor.rgb) == ("s", RED)
    assert made["B3"].value == "1,5"
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "omskriven" in book["Anmärkningar"]["A2"].value


@given(st.sampled_from("=+-@\t\r"), st.text(max_size=30))
@settings(max_examples=25, deadline=None)
def test_whatever_a_finding_quotes_stays_a_text(start, rest):
    text = start + rest
    file = read(Sheet("", cells([text])), kind=FileKind.TEXT, file_name="a.csv")
    odd_finding = finding("A1", sheet="", message=text, found=text, expected=text, advice=text, row_name=text)

    book = load_book(annotate_file(b"", file, [odd_finding]))

    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_texts_follow_the_language(own):
    odd_finding = finding("B2", message=Message("Högst {most}.", most=100))
    english = {"Högst {most}.": "At most {most}.", "måste rättas": "must be mended"}

    book = load_book(annotate_file(own, READ, [odd_finding], translate=lambda text: english.get(text, text)))

    assert "Must be mended: At most 100." in book["Blad1"]["B2"].comment.text


def test_more_findings_than_anybody_reads_are_counted(own, monkeypatch):
    monkeypatch.setattr(module, "MOST_LISTED", 3)
    monkeypatch.setattr(module, "MOST_COMMENTS", 2)
    some = [finding(f"B{row}") for row in range(2, 7)]

    book = load_book(annotate_file(own, READ, some))
    rows = list_rows(book)

    assert [row["Cell"] for row in rows] == ["B2", "B3", "B4", None]
    assert rows[-1]["Nivå"] == "… och 2 anmärkningar till."
    assert [book["Blad1"][f"B{row}"].comment is not None for row in range(2, 6)] == [True, True, False, False]
    assert book["Blad1"]["B4"].fill.fgColor.rgb == RED


def test_a_file_too_large_to_be_opened_with_its_formatting_keeps_its_cells(own, monkeypatch):
    monkeypatch.setattr(workbook_copy, "MOST_FORMATTED_CELLS", 3)

    book = load_book(annotate_file(own, READ, [finding("B2")]))

    assert (book["Blad1"]["B2"].value, book["Blad1"]["B2"].fill.fgColor.rgb) == (166, RED)
    assert book["Blad1"]["C2"].value == 332


def test_one_too_large_even_for_that_gets_the_list_alone(own, monkeypatch):
    monkeypatch.setattr(workbook_copy, "MOST_FORMATTED_CELLS", 3)
    monkeypatch.setattr(workbook_copy, "MOST_CELLS", 3)

    book = load_book(annotate_file(own, READ, [finding("B2")]))

    assert book.sheetnames == ["Anmärkningar"]
    assert list_rows(book)[0]["Cell"] == "B2"


def test_macros_are_left_out(own):
    with_macros = io.BytesIO(own)
    with zipfile.ZipFile(with_macros, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"makro")
    file = read(*READ.sheets, kind=FileKind.XLSM, file_name="a.xlsm")

    content = annotate_file(with_macros.getvalue(), file, [finding("B2")])

    assert "xl/vbaProject.bin" not in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert "Makron" in load_book(content)["Anmärkningar"]["A2"].value


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_every_sheet_gets_a_name_that_excel_accepts(names):
    taken = []
    for name in names:
        taken.append(sheet_name(name, taken))

    assert all(0 < len(name) <= 31 for name in taken)
    assert not [name for name in taken if set(name) & set("[]:*?/\\")]
    assert len({name.casefold() for name in taken}) == len(taken)


def test_the_file_that_is_handed_back_says_what_it_is():
    assert name_annotated_file("resultat 2023.csv") == "resultat 2023 – anmärkningar.xlsx"


SHARED = Path(__file__).parents[4] / "shared" / "spreadsheets"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the development material is not here")
@pytest.mark.parametrize(
    "name", ["Kolada_2005.xlsx", "Kolada_3.xlsx", "kommuner_invanare.xlsx", "N00084.xls", "N00800.xls"]
)
def test_a_real_export_handed_back_says_the_same_as_it_came(name):
    content = (SHARED / name).read_bytes()
    came = read_file(content, name)
    some = [
        Finding(f"x:{row}", FindingLevel.HISTORY, "x", "Avviker.", Address(came.sheets[0].name, row, 3))
        for row in range(2, 12)
    ]

    back = read_file(annotate_file(content, came, some), "tillbaka.xlsx")

    assert back.sheets[0].name == "Anmärkningar"
    assert [sheet.name for sheet in back.sheets[1:]] == [sheet.name for sheet in came.sheets]
    for before, after in zip(came.sheets, back.sheets[1:], strict=True):
        assert after.cells.tolist() == before.cells.tolist()
        assert after.merged == before.merged


def test_formulas_handed_back_still_have_their_results(own):
    came = read_file(own, "resultat.xlsx")  # written by a program that computes nothing
    assert (2, 3) in came.sheets[0].unread_formulas

    back = read_file(annotate_file(own, READ, [finding("B2")]), "tillbaka.xlsx")

    assert back.sheets[1].cells[1, 2] == 332
    assert not back.sheets[1].unread_formulas
