"""The compound file that binary workbooks are packed in ([MS-CFB]): one stream of it by name, within bounds.

Chains of sectors are followed at most as far as the file is long, so that a ring of them ends.
"""

import struct
from collections.abc import Iterator
from typing import Final

_HEADER_BYTES: Final = 512
_ENTRY_BYTES: Final = 128
_MINI_SECTOR_BYTES: Final = 64
_LAST_REGULAR: Final = 0xFFFFFFFA  # above it stand the marks of ends and of free sectors
_STREAM, _ROOT = 2, 5


class NotWholeError(ValueError):
    """The chains or the directory of the file do not hold together."""


class CompoundFile:
    """The streams of a compound file by name. Raises `NotWholeError`."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER_BYTES:
            raise NotWholeError
        self._content = content
        self._sector = 1 << min(struct.unpack_from("<H", content, 30)[0], 12)
        if self._sector < _HEADER_BYTES:
            raise NotWholeError
        directory, self._mini_cutoff, first_mini, _, first_more, _ = (
            struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60, 64, 68, 72)
        )
        self._most = len(content) // self._sector + 1
        self._next = self._table(first_more)
        entries = self._chained(directory)
        self._streams: dict[str, tuple[int, int]] = {}
        mini_start = mini_size = 0
        for at in range(0, len(entries) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            entry = entries[at : at + _ENTRY_BYTES]
            length, kind = struct.unpack_from("<HB", entry, 64)
            start, size = struct.unpack_from("<II", entry, 116)
            if kind == _ROOT:
                mini_start, mini_size = start, size
            elif kind == _STREAM:
                self._streams[entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")] = (
                    start,
                    size,
                )
        self._mini = self._chained(mini_start)[:mini_size] if mini_size else b""
        self._mini_next = _numbers(self._chained(first_mini)) if first_mini < _LAST_REGULAR else ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._streams)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream."""
        start, size = self._streams[name]
        if size > len(self._content):
            raise NotWholeError
        if size >= self._mini_cutoff:
            stream = self._chained(start)[:size]
        else:
            pieces = (
                self._mini[sector * _MINI_SECTOR_BYTES : (sector + 1) * _MINI_SECTOR_BYTES]
                for sector in self._chain(start, self._mini_next)
            )
            stream = b"".join(pieces)[:size]
        if len(stream) < size:
            raise NotWholeError
        return stream

    def _table(self, first_more: int) -> tuple[int, ...]:
        """For each sector the one after it."""
        holders = [
            sector for sector in struct.unpack_from("<109I", self._content, 76) if sector < _LAST_REGULAR
        ]
        more, steps = first_more, 0
        while more < _LAST_REGULAR:
            steps += 1
            if steps > self._most:
                raise NotWholeError
            *held, more = _numbers(self._bytes_of(more))
            holders += [sector for sector in held if sector < _LAST_REGULAR]
        if len(holders) > self._most:
            raise NotWholeError
        return tuple(number for holder in holders for number in _numbers(self._bytes_of(holder)))

    def _chained(self, start: int) -> bytes:
        return b"".join(self._bytes_of(sector) for sector in self._chain(start, self._next))

    def _chain(self, start: int, after: tuple[int, ...]) -> Iterator[int]:
        steps = 0
        while start < _LAST_REGULAR:
            steps += 1
            if steps > len(after) or start >= len(after):
                raise NotWholeError
            yield start
            start = after[start]

    def _bytes_of(self, sector: int) -> bytes:
        at = (sector + 1) * self._sector
        sector_bytes = self._content[at : at + self._sector]
        if not sector_bytes:
            raise NotWholeError
        return sector_bytes


def _numbers(sector: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])
