"""What a file is, by its first bytes and its parts, whatever it is called."""

from enum import Enum, auto
from typing import Final
from xml.etree.ElementTree import Element

from domain.errors.files import EncryptedFileError, NotASpreadsheetError
from domain.message import Message, to_translate
from spreadsheets.archive import Archive
from spreadsheets.workbook import FileKind


class Container(Enum):
    """What the cells are packed in."""

    NOTHING = auto()
    ZIP = auto()
    COMPOUND = auto()
    TEXT = auto()


_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BYTE_ORDER_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_OLD_EXCEL: Final = to_translate("ett Excelark från före 1997")
_OTHERS: Final = (
    (b"MZ", to_translate("ett program")),
    (b"\x7fELF", to_translate("ett program")),
    (b"%PDF", to_translate("en PDF")),
    (b"\x89PNG", to_translate("en bild")),
    (b"\xff\xd8\xff", to_translate("en bild")),
    (b"GIF8", to_translate("en bild")),
    (b"PK\x05\x06", to_translate("ett tomt zip-arkiv")),
    (b"Rar!", to_translate("ett packat arkiv")),
    (b"7z\xbc\xaf", to_translate("ett packat arkiv")),
    (b"\x1f\x8b", to_translate("ett packat arkiv")),
    (b"BZh", to_translate("ett packat arkiv")),
    (b"\xfd7zXZ", to_translate("ett packat arkiv")),
    (b"PAR1", to_translate("en Parquet-fil")),
    (b"SQLite format 3", to_translate("en databas")),
    (b"{\\rtf", to_translate("ett textdokument i RTF")),
    (b"\x09\x00\x04\x00", _OLD_EXCEL),
    (b"\x09\x02\x06\x00", _OLD_EXCEL),
    (b"\x09\x04\x06\x00", _OLD_EXCEL),
    (b"\x09\x08\x08\x00", _OLD_EXCEL),
)
_WEB_PAGE: Final = to_translate("en webbsida")
_BINARY: Final = to_translate("ingen text och inget känt format")
_MARKUP: Final = (
    (b"<!doctype html", _WEB_PAGE),
    (b"<html", _WEB_PAGE),
    (b"<table", _WEB_PAGE),
    (b"<head", _WEB_PAGE),
    (b"<?xml", to_translate("XML")),
    (b"<!doctype", to_translate("XML")),
    (b"{", to_translate("JSON")),
    (b"[{", to_translate("JSON")),
)
_LOOKED_AT: Final = 4_096
_CONTENT_TYPES: Final = "[Content_Types].xml"
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."
_OFFICE_KINDS: Final = (
    ("sheet.macroEnabled.main+xml", FileKind.XLSM),
    ("template.macroEnabled.main+xml", FileKind.XLSM),
    ("sheet.main+xml", FileKind.XLSX),
    ("template.main+xml", FileKind.XLSX),
)
_OTHER_OFFICE: Final = (
    ("sheet.binary", to_translate("en binär arbetsbok, .xlsb")),
    ("wordprocessingml", to_translate("ett Word-dokument")),
    ("presentationml", to_translate("en presentation")),
)


def container_of(content: bytes, file_name: str) -> Container:
    """How the file is packed. Raises `NotASpreadsheetError` for what can hold no cells."""
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        return Container.NOTHING
    if content.startswith(_ZIP):
        return Container.ZIP
    if content.startswith(_COMPOUND):
        return Container.COMPOUND
    for start, kind in _OTHERS:
        if content.startswith(start):
            raise not_a_spreadsheet(file_name, kind)
    head = content[:_LOOKED_AT]
    if not content.startswith(_BYTE_ORDER_MARKS[1:]):
        text = head.removeprefix(_BYTE_ORDER_MARKS[0]).lstrip().lower()
        for start, kind in _MARKUP:
            if text.startswith(start):
                raise not_a_spreadsheet(file_name, _WEB_PAGE if b"<html" in text else kind)
        if b"\x00" in content:
            raise not_a_spreadsheet(file_name, _BINARY)
    return Container.TEXT


def kind_in_archive(archive: Archive) -> FileKind:
    """Which kind of workbook a zip archive is. Raises `NotASpreadsheetError`, or `EncryptedFileError` for a locked .ods."""
    if "mimetype" in archive:
        mime_type = archive.unpack("mimetype")[:_LOOKED_AT].decode("ascii", "replace").strip()
        if mime_type.startswith(f"{_OPEN_DOCUMENT}spreadsheet"):
            _refuse_locked(archive)
            return FileKind.ODS
        if mime_type.startswith(_OPEN_DOCUMENT):
            raise not_a_spreadsheet(archive.file_name, to_translate("ett annat OpenDocument"))
    if _CONTENT_TYPES not in archive:
        raise not_a_spreadsheet(archive.file_name, to_translate("ett zip-arkiv"))
    types = _content_types(archive.tree(_CONTENT_TYPES))
    for ending, kind in _OFFICE_KINDS:
        if any(content_type.endswith(ending) for content_type in types):
            return kind
    for part, other in _OTHER_OFFICE:
        if any(part in content_type for content_type in types):
            raise not_a_spreadsheet(archive.file_name, other)
    raise not_a_spreadsheet(archive.file_name, to_translate("ett zip-arkiv"))


def not_a_spreadsheet(file_name: str, kind: str) -> NotASpreadsheetError:
    return NotASpreadsheetError(file=file_name, kind=Message(kind))


def _content_types(tree: Element) -> tuple[str, ...]:
    return tuple(element.get("ContentType", "") for element in tree.iter())


def _refuse_locked(archive: Archive) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest not in archive:
        return
    # LibreOffice writes a document type into no manifest; older programs did, so it is searched and not parsed.
    if b"encryption-data" in archive.unpack(manifest):
        raise EncryptedFileError(file=archive.file_name)
