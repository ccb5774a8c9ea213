"""The zip archive that most workbooks are, trusted in nothing: every part is unpacked here once, within bounds.

Zip readers differ in whom they believe, and a file can be made to show each another content or size. So nobody else
sees the file itself: what is read on is what came out here.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from domain.errors.files import BrokenFileError, EncryptedFileError, HostileFileError, UnpacksTooLargeError
from domain.message import Message, Value, to_translate
from spreadsheets.limits import (
    MEGABYTE,
    MOST_PARSED_BYTES,
    MOST_PARTS,
    MOST_UNPACKED_BYTES,
)

_STORED, _DEFLATED = 0, 8
_LOCAL_HEADER_BYTES: Final = 30
_CHUNK: Final = 1 << 20
_XML_ENDINGS: Final = (".xml", ".rels", ".vml", ".xhtml", ".svg")
_TRICKS: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING: Final = re.compile(rb"^[^>]{0,200}?encoding\s*=\s*[\"']([^\"'>]*)", re.IGNORECASE)
_KNOWN_ENCODINGS: Final = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})

_LYING: Final = to_translate("storlekarna i filens innehållsförteckning stämmer inte")
_CUT: Final = to_translate("zip-arkivet är inte helt")


class Archive:
    """The parts of a zip archive by name. Raises a `UserError` at once if any part is out of bounds or a trick."""

    def __init__(self, content: bytes, file_name: str) -> None:
        self.file_name = file_name
        self._content = content
        try:
            with zipfile.ZipFile(BytesIO(content)) as opened:
                parts = [entry for entry in opened.infolist() if not entry.is_dir()]
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError) as error:
            raise self.broken(_CUT) from error
        self._parts = {part.filename: part for part in parts}
        self._refuse(parts)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._parts)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def unpack(self, name: str) -> bytes:
        """The bytes of a part. Raises `BrokenFileError` if it is not there, not whole or of another size than said."""
        part = self._parts.get(name)
        if part is None:
            raise self.broken(to_translate("delen {part} saknas"), part=name)
        packed = self._packed(part)
        if part.compress_type == _STORED:
            unpacked = bytes(packed)
        else:
            inflating = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                unpacked = inflating.decompress(packed, part.file_size + 1)
            except zlib.error as error:
                raise self.broken(_CUT) from error
            if not inflating.eof:
                raise self.broken(_LYING if len(unpacked) > part.file_size else _CUT)
        if len(unpacked) != part.file_size or zlib.crc32(unpacked) != part.CRC:
            raise self.broken(_LYING)
        return unpacked

    def tree(self, name: str) -> Element:
        """A small XML part as a tree. Raises `BrokenFileError`, `HostileFileError` or `UnpacksTooLargeError`."""
        part = self._parts.get(name)
        if part is not None and part.file_size > MOST_PARSED_BYTES:
            raise self._too_large(part.file_size, MOST_PARSED_BYTES)
        text = self.unpack(name)
        self.refuse_tricks(text)
        try:
            tree: Element = fromstring(text, forbid_dtd=True)
        except DefusedXmlException as error:
            raise self._hostile() from error
        except (ParseError, ValueError, LookupError) as error:
            raise self.broken(to_translate("delen {part} är inte hel"), part=name) from error
        return tree

    def refuse_tricks(self, text: bytes) -> bool:
        """Raises `HostileFileError` for XML that declares entities or hides behind an odd encoding.

        Gives whether there are other declarations in it: comments or unparsed text.
        """
        if text[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in text[:4]:
            raise self._oddly_encoded()
        encoding_match = (
            _ENCODING.match(text[:300]) if text[:5] == b"<?xml" or text[3:8] == b"<?xml" else None
        )
        if encoding_match and encoding_match[1].lower() not in _KNOWN_ENCODINGS:
            raise self._oddly_encoded()
        has_declarations = b"!" in text and b"<!" in text  # a single byte is found ten times as fast
        if has_declarations and _TRICKS.search(text):
            raise self._hostile()
        return has_declarations

    def refuse_other_tricks(self, already: frozenset[str]) -> None:
        """Unpacks every part that nobody here reads, so that whoever opens the file later meets no trick in it."""
        for name, part in self._parts.items():
            if name in already:
                continue
            if name.lower().endswith(_XML_ENDINGS):
                self.refuse_tricks(self.unpack(name))
            else:
                for _ in self._pieces(part):
                    pass

    def broken(self, reason: str, **values: Value) -> BrokenFileError:
        return BrokenFileError(file=self.file_name, reason=Message(reason, **values))

    def _pieces(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """A part in pieces that are let go, so that pictures cost no memory."""
        packed = self._packed(part)
        if part.compress_type == _STORED:
            if len(packed) != part.file_size:
                raise self.broken(_LYING)
            return
        inflating, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
        try:
            piece = inflating.decompress(packed, _CHUNK)
            while piece or not inflating.eof:
                size += len(piece)
                if size > part.file_size or (not piece and not inflating.unconsumed_tail):
                    raise self.broken(_LYING)
                yield piece
                piece = inflating.decompress(inflating.unconsumed_tail, _CHUNK)
        except zlib.error as error:
            raise self.broken(_CUT) from error
        if size != part.file_size:
            raise self.broken(_LYING)

    def _packed(self, part: zipfile.ZipInfo) -> memoryview:
        at = part.header_offset
        header = self._content[at : at + _LOCAL_HEADER_BYTES]
        if len(header) < _LOCAL_HEADER_BYTES or header[:4] != b"PK\x03\x04":
            raise self.broken(_CUT)
        start = at + _LOCAL_HEADER_BYTES + int.from_bytes(header[26:28], "little")
        start += int.from_bytes(header[28:30], "little")
        packed = memoryview(self._content)[start : start + part.compress_size]
        if len(packed) != part.compress_size:
            raise self.broken(_CUT)
        return packed

    def _refuse(self, parts: list[zipfile.ZipInfo]) -> None:
        if any(part.flag_bits & 0x1 for part in parts):
            raise EncryptedFileError(file=self.file_name)
        if len(parts) > MOST_PARTS:
            raise HostileFileError(
                file=self.file_name, what=Message(to_translate("{parts} delar"), parts=len(parts))
            )
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MOST_UNPACKED_BYTES:
            raise self._too_large(unpacked, MOST_UNPACKED_BYTES)
        if any(part.compress_type not in (_STORED, _DEFLATED) for part in parts):
            raise HostileFileError(
                file=self.file_name,
                what=Message(
                    to_translate("delar som är packade på ett sätt som kalkylprogram inte använder")
                ),
            )
        if len({part.filename.lower().replace("\\", "/") for part in parts}) != len(parts):
            raise HostileFileError(
                file=self.file_name, what=Message(to_translate("två delar med samma namn"))
            )

    def _too_large(self, size: int, largest: int) -> UnpacksTooLargeError:
        return UnpacksTooLargeError(
            file=self.file_name, size=-(-size // MEGABYTE), largest=largest // MEGABYTE
        )

    def _hostile(self) -> HostileFileError:
        return HostileFileError(
            file=self.file_name,
            what=Message(to_translate("en dokumenttyp eller egna tecken (DOCTYPE, ENTITY)")),
        )

    def _oddly_encoded(self) -> HostileFileError:
        return HostileFileError(
            file=self.file_name, what=Message(to_translate("XML i en annan teckenkodning än UTF-8"))
        )
