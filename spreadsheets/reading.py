"""One file of any kind → a `Workbook`. The kind is found in the bytes; the name is only what a person calls it."""

import hashlib
from dataclasses import replace
from typing import Final

from domain.errors.files import (
    BrokenFileError,
    EmptyFileError,
    FileTooLargeError,
    PersonalIdentityNumberError,
)
from domain.message import Message, to_translate
from domain.upload import Address, Note
from spreadsheets.archive import Archive
from spreadsheets.binary_workbook import read_binary_workbook
from spreadsheets.delimited_text import read_delimited_text
from spreadsheets.file_kind import Container, container_of, kind_in_archive
from spreadsheets.hidden_cells import hidden_notes
from spreadsheets.identity_numbers import find_identity_numbers
from spreadsheets.limits import MEGABYTE, MOST_BYTES
from spreadsheets.office_open_xml import read_office_open_xml
from spreadsheets.open_document import read_open_document
from spreadsheets.workbook import FileKind, Workbook

_MOST_CELLS_NAMED: Final = 10
_MACROS: Final = to_translate("Filen innehåller makron. De är inte körda och inte lästa.")


def read_file(content: bytes, file_name: str) -> Workbook:
    """Read the cells of a file with their marks. Nothing is stored, run or followed.

    Raises the `UserError` that says what is wrong with the file as a whole: `FileTooLargeError`,
    `NotASpreadsheetError`, `EncryptedFileError`, `UnpacksTooLargeError`, `TooManySheetsError`, `TooManyCellsError`,
    `HostileFileError`, `BrokenFileError`, `EmptyFileError`, `PersonalIdentityNumberError`.
    """
    if len(content) > MOST_BYTES:
        raise FileTooLargeError(
            file=file_name, size=-(-len(content) // MEGABYTE), largest=MOST_BYTES // MEGABYTE
        )
    try:
        workbook = _read(content, file_name)
    except BaseException as error:  # a panic in the reader of values derives from nothing narrower
        if type(error).__name__ != "PanicException":
            raise
        raise BrokenFileError(
            file=file_name, reason=Message(to_translate("dess delar stämmer inte med varandra"))
        ) from error
    if not any(sheet.cells.size or sheet.errors or sheet.unread_formulas for sheet in workbook.sheets):
        raise EmptyFileError(file=file_name)
    identity_numbers = find_identity_numbers(workbook)
    if identity_numbers:
        raise PersonalIdentityNumberError(file=file_name, cells=_named(identity_numbers))
    return replace(
        workbook,
        notes=(*workbook.notes, *hidden_notes(workbook.sheets)),
    )


def _read(content: bytes, file_name: str) -> Workbook:
    workbook = Workbook(file_name, FileKind.TEXT, hashlib.sha256(content).hexdigest(), len(content), ())
    match container_of(content, file_name):
        case Container.NOTHING:
            raise EmptyFileError(file=file_name)
        case Container.ZIP:
            return _read_archive(Archive(content, file_name), workbook)
        case Container.COMPOUND:
            return replace(workbook, kind=FileKind.XLS, sheets=read_binary_workbook(content, file_name))
        case Container.TEXT:
            text = read_delimited_text(content, file_name)
            return replace(
                workbook,
                sheets=(text.sheet,),
                encoding=text.encoding,
                delimiter=text.delimiter,
                notes=text.notes,
            )


def _read_archive(archive: Archive, workbook: Workbook) -> Workbook:
    kind = kind_in_archive(archive)
    if kind is FileKind.ODS:
        return replace(workbook, kind=kind, sheets=read_open_document(archive))
    book = read_office_open_xml(archive)
    return replace(
        workbook,
        kind=kind,
        sheets=book.sheets,
        properties=book.properties,
        notes=(Note("macros", Message(_MACROS)),) if book.has_macros else (),
    )


def _named(cells: tuple[Address, ...]) -> Message | str:
    """List the addresses of the cells, never their content."""
    names = ", ".join(
        f"{address.sheet}!{address.cell}" if address.sheet else address.cell
        for address in cells[:_MOST_CELLS_NAMED]
    )
    if len(cells) <= _MOST_CELLS_NAMED:
        return names
    return Message(
        to_translate("{cells} och {rest} celler till"), cells=names, rest=len(cells) - _MOST_CELLS_NAMED
    )
