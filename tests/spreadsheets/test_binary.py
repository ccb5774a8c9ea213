"""`.xls`: the same cells as another reader finds, and what that reader loses; nothing in the file is trusted."""

import io
import struct
from datetime import date, datetime
from pathlib import Path

import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from domain.errors.files import BrokenFileError, EncryptedFileError, NotASpreadsheetError
from domain.errors.user_error import UserError
from spreadsheets import read_file
from spreadsheets.cells import to_cells
from spreadsheets.workbook import FileKind
from tests.spreadsheets.compound_files import compound


def saved(book):
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def by_calamine(content):
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        return [
            to_cells(book.get_sheet_by_index(place).to_python(skip_empty_area=False)).tolist()
            for place in range(len(book.sheet_names))
        ]


def test_values_of_every_kind_stay_in_their_cells():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Resultat åäö")
    sheet.write(2, 1, "Södertälje")
    sheet.write(2, 2, 66.25)
    sheet.write(3, 2, 12)
    sheet.write(4, 2, True)
    sheet.write(5, 2, date(2023, 5, 1), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    sheet.write(6, 2, 0.66, xlwt.easyxf(num_format_str="0.0%"))
    sheet.write(7, 2, "€ – ”")
    workbook = read_file(saved(book), "fil.xls")
    assert workbook.kind is FileKind.XLS
    (read,) = workbook.sheets
    assert read.name == "Resultat åäö"
    assert read.cells.tolist() == [
        [None] * 3,
        [None] * 3,
        [None, "Södertälje", 66.25],
        [None, None, 12.0],
        [None, None, True],
        [None, None, datetime.fromisoformat("2023-05-01")],
        [None, None, 0.66],
        [None, None, "€ – ”"],
    ]
    assert [tuple(cell) for cell in zip(*read.is_percent.nonzero(), strict=True)] == [(6, 2)]


def test_errors_formulas_without_result_and_hidden_parts_are_reported():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Synligt")
    sheet.write(0, 0, 1)
    sheet.row(1).set_cell_error(1, "#REF!")
    sheet.write(2, 1, xlwt.Formula("A1+1"))
    sheet.write_merge(4, 4, 0, 2, "ihop")
    sheet.row(4).hidden = True
    sheet.col(1).hidden = True
    hidden = book.add_sheet("Gömt")
    hidden.write(0, 0, 1)
    hidden.visibility = 2
    visible, other = read_file(saved(book), "fil.xls").sheets
    assert visible.errors == {(2, 2): "#REF!"}
    assert visible.unread_formulas == {(3, 2)}
    assert visible.hidden_rows == {5}
    assert visible.hidden_columns == {2}
    assert visible.merged == ((5, 1, 5, 3),)
    assert (visible.is_hidden, other.is_hidden) == (False, True)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=300)
VALUES = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-(2**40), 2**40),
    st.floats(-1e12, 1e12),
    st.integers(-9999, 9999).map(lambda n: n / 100),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    cells=st.dictionaries(st.tuples(st.integers(0, 60), st.integers(0, 20)), VALUES, min_size=1, max_size=40)
)
def test_another_reader_finds_the_same_cells(cells):
    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    for (row, column), value in cells.items():
        sheet.write(row, column, value)
    content = saved(book)
    assert [sheet.cells.tolist() for sheet in read_file(content, "fil.xls").sheets] == by_calamine(content)


def test_texts_that_run_over_many_records_are_whole():
    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    texts = [("åäö" * 50 if row % 3 else "abc" * 60) + f"€{row}" * (row % 2) + str(row) for row in range(400)]
    for row, text in enumerate(texts):
        sheet.write(row, 0, text)
    assert read_file(saved(book), "fil.xls").sheets[0].cells[:, 0].tolist() == texts


def test_any_changed_byte_gives_cells_or_an_error_for_people():
    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    for row in range(40):
        sheet.write(row, 0, f"Kommun {row}")
        sheet.write(row, 1, row / 3)
    whole = saved(book)
    for place in range(0, len(whole), 13):
        changed = bytearray(whole)
        changed[place] ^= 0xFF
        try:
            read_file(bytes(changed), "fil.xls")
        except UserError:
            continue


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.95])
def test_a_file_cut_off_is_broken(share):
    book = xlwt.Workbook()
    for row in range(2_000):
        (book.get_sheet(0) if row else book.add_sheet("A")).write(row, 0, f"Kommun {row}")
    content = saved(book)
    with pytest.raises(BrokenFileError):
        read_file(content[: int(len(content) * share)], "fil.xls")


def records(*listed):
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in listed)


BEGIN = (0x0809, struct.pack("<HH", 0x0600, 5) + bytes(12))
END = (0x0A, b"")


def book_of(*records_of_sheet, shared=()):
    """A workbook stream with one sheet."""
    name = b"\x01\x00A"
    first = records(BEGIN, *shared, (0x85, bytes(6) + name), END)
    listed = struct.pack("<IBB", len(first), 0, 0) + name
    stream = records(BEGIN, *shared, (0x85, listed), END) + records(BEGIN, *records_of_sheet, END)
    return compound({"Workbook": stream.ljust(4_096, b"\0")})


def test_a_locked_workbook_is_reported_as_locked():
    with pytest.raises(EncryptedFileError):
        read_file(book_of(shared=[(0x2F, bytes(6))]), "fil.xls")


def test_claims_of_many_cells_and_texts_make_no_room_for_them():
    vast = (0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    number = (0x0203, struct.pack("<HHHd", 2, 1, 0, 66.0))
    assert read_file(book_of(vast, number), "fil.xls").sheets[0].cells[2, 1] == 66.0
    with pytest.raises(BrokenFileError):
        read_file(
            book_of(number, shared=[(0xFC, struct.pack("<II", 1, 0x7FFFFFFF) + b"\x01\x00\x00a")]), "fil.xls"
        )


def test_formulas_keep_their_stored_result():
    def formula(row, result):
        return (0x06, struct.pack("<HHH", row, 0, 0) + result + struct.pack("<HI", 0, 0))

    sheet = read_file(
        book_of(
            formula(0, struct.pack("<d", 1.5)),
            formula(1, b"\x00" + bytes(5) + b"\xff\xff"),
            (0x0207, struct.pack("<HB", 2, 0) + b"ja"),
            formula(2, b"\x01\x00\x01\x00\x00\x00\xff\xff"),
            formula(3, b"\x02\x00\x07\x00\x00\x00\xff\xff"),
            formula(4, b"\x03\x00\x00\x00\x00\x00\xff\xff"),
        ),
        "fil.xls",
    ).sheets[0]
    assert sheet.cells[:, 0].tolist() == [1.5, "ja", True, None]
    assert sheet.errors == {(4, 1): "#DIV/0!"}
    assert not sheet.unread_formulas  # an empty text is a result, where others have been computed


@pytest.mark.parametrize(("text", "is_computed"), [("A1+1", False), ('IF(A1=1,"","x")', True)])
def test_an_empty_result_is_one_only_where_an_empty_text_can_come_of_the_formula(text, is_computed):
    book = xlwt.Workbook()
    book.add_sheet("A").write(0, 0, 1)
    book.get_sheet(0).write(0, 1, xlwt.Formula(text))
    (sheet,) = read_file(saved(book), "fil.xls").sheets
    assert sheet.unread_formulas == (frozenset() if is_computed else {(1, 2)})


def test_a_ring_of_sectors_ends():
    content = bytearray(book_of((0x0203, struct.pack("<HHHd", 0, 0, 0, 1.0))))
    content[512 + 4 : 512 + 8] = struct.pack("<I", 1)  # the directory goes on with itself
    with pytest.raises(BrokenFileError):
        read_file(bytes(content), "fil.xls")


def test_an_old_word_document_is_not_a_spreadsheet():
    with pytest.raises(NotASpreadsheetError, match="Word-dokument"):
        read_file(compound({"WordDocument": bytes(5_000)}), "fil.xls")


SHARED = Path(__file__).parents[3] / "shared" / "spreadsheets"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the development material is not beside the project")
@pytest.mark.parametrize(("name", "values"), [("N00800.xls", 2_610), ("N00084.xls", 1_160)])
def test_real_exports_are_read_as_another_reader_does(name, values):
    content = (SHARED / name).read_bytes()
    (sheet,) = read_file(content, name).sheets
    assert [sheet.cells.tolist()] == by_calamine(content)
    assert sum(isinstance(cell, float) for cell in sheet.cells[:, 3]) == values
