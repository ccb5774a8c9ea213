"""Files that are broken, locked, disguised or made to hurt: a clear error, and memory and time that stay bounded."""

import io
import struct
import tracemalloc
import zipfile
import zlib
from contextlib import contextmanager

import openpyxl
import pytest

from domain.errors.files import (
    BrokenFileError,
    EmptyFileError,
    EncryptedFileError,
    FileTooLargeError,
    HostileFileError,
    NotASpreadsheetError,
    TooManyCellsError,
    TooManySheetsError,
    UnpacksTooLargeError,
)
from domain.errors.user_error import UserError
from spreadsheets import read_file
from spreadsheets.limits import MOST_UNPACKED_BYTES
from tests.spreadsheets.compound_files import compound
from tests.spreadsheets.raw_workbooks import (
    office,
    office_parts,
    open_document,
    open_document_parts,
    rows,
    zipped,
)

ONE = rows('<row r="1"><c r="A1"><v>1</v></c></row>')


@contextmanager
def at_most(megabytes):
    """Checks that Python's memory stays under the limit, whatever the file claims."""
    tracemalloc.start()
    try:
        yield
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < megabytes * 1_000_000


def test_a_file_of_200_mb_is_refused_by_its_size():
    with pytest.raises(FileTooLargeError, match=r"är 200 MB\. Högst 25 MB"):
        read_file(bytes(200_000_000), "stor.xlsx")


@pytest.mark.parametrize("content", [b"", b"   \r\n\t", "\ufeff".encode(), bytes(500), b";;;\n;;;\n"])
def test_an_empty_file_is_reported_as_empty(content):
    with pytest.raises(EmptyFileError):
        read_file(content, "tom.csv")


def test_a_workbook_without_a_filled_cell_is_empty():
    with pytest.raises(EmptyFileError):
        read_file(office(rows('<row r="1"><c r="A1" s="0"/></row>')), "tom.xlsx")


DISGUISED = {
    "a program": (b"MZ\x90\x00\x03" + bytes(400), "ett program"),
    "a pdf": (b"%PDF-1.7\n%\xe2\xe3", "en PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(40), "en bild"),
    "a web page": (
        b"\xef\xbb\xbf  <html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>1",
        "en webbsida",
    ),
    "an XML file": (b"<?xml version='1.0'?><Workbook/>", "XML"),
    "json": (b'[{"kommun": "Haninge"}]', "JSON"),
    "bytes": (b"Haninge;1\n" + bytes(range(256)), "ingen text"),
    "any zip": (zipped({"a.txt": "hej"}), "ett zip-arkiv"),
    "a Word document": (
        office(
            ONE,
            content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        ),
        "ett Word-dokument",
    ),
    "a binary workbook": (
        office(ONE, content_type="application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
        "en binär arbetsbok, .xlsb",
    ),
    "a text document": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
        "ett annat OpenDocument",
    ),
}


@pytest.mark.parametrize("case", DISGUISED)
def test_a_file_that_is_not_a_spreadsheet_is_identified_whatever_its_name(case):
    content, kind = DISGUISED[case]
    with pytest.raises(NotASpreadsheetError) as refused:
        read_file(content, "resultat.xlsx")
    assert kind in str(refused.value)


def test_a_zip_bomb_is_refused_by_what_it_would_unpack_to():
    made = io.BytesIO(office(ONE))
    with (
        zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as adding,
        adding.open("xl/media/b.xml", "w") as part,
    ):
        for _ in range(MOST_UNPACKED_BYTES // 1_000_000 + 1):
            part.write(bytes(1_000_000))
    with at_most(10), pytest.raises(UnpacksTooLargeError, match="202 MB"):
        read_file(made.getvalue(), "bomb.xlsx")


def lying(name, content, claimed_content):
    """The archive with another unpacked size and checksum in its directory and header for one part."""
    changed = bytearray(content)
    checksum = struct.pack("<I", zlib.crc32(bytes(claimed_content)))
    for sign, checksum_at, size_at, name_at in ((b"PK\x01\x02", 16, 24, 46), (b"PK\x03\x04", 14, 22, 30)):
        at = changed.find(sign)
        while at >= 0:
            if changed[at + name_at : at + name_at + len(name)] == name.encode():
                changed[at + checksum_at : at + checksum_at + 4] = checksum
                changed[at + size_at : at + size_at + 4] = struct.pack("<I", claimed_content)
            at = changed.find(sign, at + 4)
    return bytes(changed)


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/media/image1.png", "xl/theme.xml"])
def test_a_directory_with_false_sizes_is_detected_before_more_is_unpacked(name):
    parts = {**office_parts(ONE), name: b"\x00" * 60_000_000}
    content = lying(name, zipped(parts), 10)
    with at_most(10), pytest.raises(BrokenFileError, match="innehållsförteckning"):
        read_file(content, "fil.xlsx")


def test_a_workbook_of_300_sheets_is_refused_by_their_number():
    with pytest.raises(TooManySheetsError, match="har 300 blad, och högst 60"):
        read_file(office(*[ONE] * 300), "fil.xlsx")


def test_a_part_that_is_every_sheet_is_refused():
    parts = office_parts(ONE, ONE)
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace("sheet2.xml", "sheet1.xml")
    with pytest.raises(BrokenFileError):
        read_file(zipped(parts), "fil.xlsx")


@pytest.mark.parametrize(
    "far",
    [
        '<c r="XFD1048576"><v>1</v></c>',
        '<c r="A99999999"><v>1</v></c>',
        '<c r="ZZZZZZZZ1"><v>1</v></c>',
        '<c r="A0"><v>1</v></c>',
        '<c s="0" r="XFD1048576"><v>1</v></c>',
        '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="ZZZ9999999"><x:v>1</x:v></x:c>',
    ],
)
def test_one_cell_very_far_out_does_not_make_a_sheet_of_billions(far):
    with at_most(10), pytest.raises((TooManyCellsError, BrokenFileError)):
        read_file(office(rows(f'<row r="1"><c r="A1"><v>1</v></c>{far}</row>')), "fil.xlsx")


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1" s="1" r="XFD1048576"><v>1</v></c></row>',  # asked for 549 GB, and ended the process
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row></c>',
        '<row r="1"><c r="A1"><v>1 & 2</v></c></row>',
    ],
)
def test_cells_that_are_not_well_formed_or_out_of_order_or_beyond_the_last_are_refused(cells):
    with pytest.raises((BrokenFileError, TooManyCellsError)):
        read_file(office(rows(cells)), "blad.xlsx")


def test_a_million_empty_formatted_rows_are_not_cells():
    empty = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(2, 100_000))
    empty += "".join(f'<row r="{row}" ht="15"/>' for row in range(100_000, 1_000_001))
    sheet = '<dimension ref="A1:XFD1048576"/>' + rows(f'<row r="1"><c r="A1"><v>1</v></c></row>{empty}')
    content = office(sheet)
    with at_most(200):
        (read,) = read_file(content, "fil.xlsx").sheets
    assert read.cells.tolist() == [[1.0]]


def test_claims_of_many_texts_make_no_room_for_them():
    texts = '<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="4000000000" uniqueCount="4000000000"><si><t>Haninge</t></si></sst>'
    sheet = rows('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    assert read_file(office(sheet, texts=texts), "fil.xlsx").sheets[0].cells.tolist() == [["Haninge"]]


def test_a_text_that_is_not_there_is_a_broken_file():
    with pytest.raises(BrokenFileError):
        read_file(office(rows('<row r="1"><c r="A1" t="s"><v>9</v></c></row>')), "fil.xlsx")


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c SYSTEM "file:///etc/passwd">]><a>&c;</a>'
)


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "xl/drawings/drawing1.xml",
        "docProps/custom.xml",
    ],
)
def test_a_document_type_in_any_part_is_refused_before_it_is_parsed(part):
    with pytest.raises(HostileFileError, match="DOCTYPE"):
        read_file(zipped({**office_parts(ONE), part: ENTITIES}), "fil.xlsx")


def test_a_document_type_cannot_hide_in_another_encoding():
    for hidden in (
        ENTITIES.encode("utf-16"),
        ENTITIES.encode("utf-16-be"),
        b'<?xml version="1.0" encoding="cp037"?><a/>',
    ):
        with pytest.raises(HostileFileError, match="teckenkodning"):
            read_file(zipped({**office_parts(ONE), "xl/worksheets/sheet1.xml": hidden}), "fil.xlsx")


def test_a_document_type_in_an_open_document_is_refused():
    with pytest.raises(HostileFileError):
        read_file(zipped({**open_document_parts(""), "content.xml": ENTITIES}), "fil.ods")


def test_two_parts_of_one_name_are_refused():
    made = io.BytesIO(office(ONE))
    with zipfile.ZipFile(made, "a") as adding:
        adding.writestr("XL/worksheets/Sheet1.xml", "<a/>")
    with pytest.raises(HostileFileError, match="samma namn"):
        read_file(made.getvalue(), "fil.xlsx")


def test_links_out_of_the_file_are_not_followed():
    parts = office_parts(ONE)
    relations = "xl/_rels/workbook.xml.rels"
    link = '<Relationship Id="r9" Type="x/worksheet" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    parts[relations] = parts[relations].replace("</Relationships>", link)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        "</sheets>", '<sheet name="Ute" sheetId="9" r:id="r9"/></sheets>'
    )
    assert [sheet.name for sheet in read_file(zipped(parts), "fil.xlsx").sheets] == ["Blad1"]
    parts[relations] = (
        parts[relations]
        .replace(' TargetMode="External"', "")
        .replace("file:///etc/passwd", "../../../../../../etc/passwd")
    )
    with pytest.raises(BrokenFileError, match="etc/passwd saknas"):
        read_file(zipped(parts), "fil.xlsx")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_truncated_file_is_reported_as_broken(kind, share):
    content = office(ONE) if kind == "xlsx" else open_document("<table:table table:name='A'/>")
    with pytest.raises(BrokenFileError, match="skadad eller avkortad"):
        read_file(content[: int(len(content) * share)], f"fil.{kind}")


def test_a_sheet_that_ends_in_the_middle_is_broken():
    parts = office_parts(ONE)
    sheet = "xl/worksheets/sheet1.xml"
    for length in range(120, len(parts[sheet]) - 12, 7):
        with pytest.raises(UserError):
            read_file(zipped({**parts, sheet: parts[sheet][:length]}), "fil.xlsx")


def test_any_changed_byte_gives_the_same_cells_or_an_error_for_people():
    book = openpyxl.Workbook()
    for row in range(20):
        book.active.append([f"Kommun {row}", row, row / 4])
    made = io.BytesIO()
    book.save(made)
    whole = made.getvalue()
    expected = read_file(whole, "fil.xlsx").sheets[0].cells.tolist()
    for place in range(0, len(whole), 41):
        changed = bytearray(whole)
        changed[place] ^= 0x55
        try:
            read = read_file(bytes(changed), "fil.xlsx").sheets[0].cells.tolist()
        except UserError:
            continue
        assert read == expected


def test_no_text_makes_the_searching_slow():
    """Patterns that backtrack would take hours here."""
    for sheet in (
        '<c r="A1" t="e">' * 100_000,
        '<c r="A1" ' * 100_000,
        '<c r="A1"><f>' * 100_000,
        "<mergeCell " * 100_000,
        '<row r="1" ' * 100_000,
        "<col " * 100_000,
    ):
        with pytest.raises(BrokenFileError):
            read_file(office(f"<sheetData>{sheet}"), "fil.xlsx")
    code = "[" * 1_000_000
    styles = f'<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>'
    assert read_file(office(ONE, styles=styles), "fil.xlsx").sheets[0].cells.tolist() == [[1.0]]


def test_millions_of_lines_and_delimiters_are_counted_before_they_are_parsed():
    for content in (b"1\n" * 10_000_000, b";" * 20_000_000, b"1\r" * 10_000_000):
        with at_most(150), pytest.raises(TooManyCellsError):
            read_file(content, "fil.csv")


def test_locked_workbooks_are_reported_as_locked():
    locked_office = compound({"EncryptedPackage": bytes(5_000), "EncryptionInfo": bytes(5_000)})
    manifest = '<manifest:manifest xmlns:manifest="m"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    locked_open = zipped(
        {**open_document_parts(""), "META-INF/manifest.xml": manifest, "content.xml": bytes(99)}
    )
    for content in (locked_office, locked_open):
        with pytest.raises(EncryptedFileError, match="låst med lösenord"):
            read_file(content, "fil.xlsx")
