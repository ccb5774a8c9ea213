"""Raw pages, saved before anything is derived from them: `raw/kolada/<run id>/`.

A run's folder holds `plan.json` (what was asked for), `pages/000001.json.zst` … (the bodies, zstd-compressed) and
`manifest.jsonl` (one line per page: address, time, checksum, size, rows, the page that follows). A page is first written
whole under another name and then named, and only then listed, so a run killed at any moment leaves whole pages behind. A
new run with the same question resumes such a folder and requests only the missing pages.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self

import msgspec
import pyarrow as pa

from data.store.connection import is_full_disk
from domain.errors.source import UnreadableRawPagesError
from domain.errors.storage import DiskFullError
from pipelines.kolada.page_forms import Envelope

RESUMABLE_FOR: Final = timedelta(hours=24)  # older pages may mix two states of the source
ABANDONED_AFTER: Final = timedelta(days=7)


class RawPagesPlan(msgspec.Struct, frozen=True):
    """What a run requested. Two runs with an equal `question` may share pages."""

    question: dict[str, str]
    started_at: datetime
    resumed_from: tuple[str, ...] = ()


class RawPage(msgspec.Struct, frozen=True, gc=False):
    """One line of the manifest. `sha256` and `size` are those of the body before compression."""

    number: int
    url: str
    fetched_at: datetime
    sha256: str
    size: int
    rows: int
    next_url: str | None = None


class RawPages:
    """The folder of one run's raw pages."""

    def __init__(self, folder: Path, plan: RawPagesPlan) -> None:
        self.folder = folder
        self.plan = plan
        self._pages: dict[str, RawPage] = {}
        self._verified: set[int] = set()
        self._next_number = 1
        self.taken_over = 0
        self._read_manifest()

    @property
    def run_id(self) -> str:
        return self.folder.name

    @property
    def staged_folder(self) -> Path:
        """Where the transformed pages are until they are in the store."""
        return self.folder / "staged"

    @classmethod
    def begin(cls, root: Path, run_id: str, question: dict[str, str]) -> Self:
        """Open this run's folder: the one that an interrupted run with the same question left, or a new one.

        Only for a run that holds the writing lock. Folders that no run can resume any more are removed.
        """
        folder = root / run_id
        now = datetime.now(UTC)
        with _report_full_disk(root):
            for unfinished in sorted(_unfinished(root), reverse=True):
                plan = _read_plan(unfinished)
                age = now - plan.started_at if plan else ABANDONED_AFTER
                if plan and _can_be_resumed(unfinished, plan, question) and not folder.exists():
                    unfinished.rename(folder)
                    resumed = RawPagesPlan(question, plan.started_at, (*plan.resumed_from, unfinished.name))
                    _write_atomically(folder / "plan.json", msgspec.json.encode(resumed))
                elif age >= ABANDONED_AFTER:
                    shutil.rmtree(unfinished)
            (folder / "pages").mkdir(parents=True, exist_ok=True)
            if not (folder / "plan.json").exists():
                _write_atomically(folder / "plan.json", msgspec.json.encode(RawPagesPlan(question, now)))
            shutil.rmtree(folder / "staged", ignore_errors=True)
        return cls(folder, _read_plan(folder) or RawPagesPlan(question, now))

    def page(self, url: str) -> RawPage | None:
        """The stored page of an address, or None if it must be fetched: never fetched, or damaged since."""
        page = self._pages.get(url)
        if page is None or page.number in self._verified:
            return page
        try:
            self.body(page)
        except UnreadableRawPagesError:
            del self._pages[url]
            return None
        self._verified.add(page.number)
        self.taken_over += 1
        return page

    def keep(self, url: str, body: bytes, envelope: Envelope, next_url: str | None) -> RawPage:
        """Keep the body of a page. Raises `DiskFullError`."""
        page = RawPage(
            number=self._next_number,
            url=url,
            fetched_at=datetime.now(UTC),
            sha256=hashlib.sha256(body).hexdigest(),
            size=len(body),
            rows=len(envelope.rows),
            next_url=next_url,
        )
        self._next_number += 1
        with _report_full_disk(self.folder):
            _write_atomically(self._file(page), pa.compress(body, codec="zstd", asbytes=True))
            with (self.folder / "manifest.jsonl").open("ab") as manifest:
                manifest.write(msgspec.json.encode(page) + b"\n")
        self._pages[url] = page
        self._verified.add(page.number)
        return page

    def body(self, page: RawPage) -> bytes:
        """The body of a stored page, verified against its checksum. Raises `UnreadableRawPagesError`."""
        return read_body(self._file(page), page)

    def files(self, pages: Iterable[RawPage]) -> list[tuple[Path, RawPage]]:
        return [(self._file(page), page) for page in pages]

    def forget(self) -> None:
        """Discard all fetched pages: they contradict what the source says now, or cannot be used."""
        with _report_full_disk(self.folder):
            shutil.rmtree(self.folder / "pages", ignore_errors=True)
            shutil.rmtree(self.staged_folder, ignore_errors=True)
            (self.folder / "manifest.jsonl").unlink(missing_ok=True)
            (self.folder / "pages").mkdir()
            plan = RawPagesPlan(self.plan.question, datetime.now(UTC))
            _write_atomically(self.folder / "plan.json", msgspec.json.encode(plan))
        self.plan = plan
        self._pages.clear()
        self._verified.clear()
        self.taken_over = 0

    def refuse(self, reason: str) -> None:
        """Keep the pages for inspection, but let no later run resume them: they cannot be used."""
        with _report_full_disk(self.folder):
            _write_atomically(self.folder / "refused", reason.encode())
        shutil.rmtree(self.staged_folder, ignore_errors=True)

    def largest_data_pages(self, most: int) -> list[RawPage]:
        """The resumed pages with the most rows: those most likely to show that the source has changed."""
        data = [page for page in self._pages.values() if "/data/" in page.url and page.rows]
        return sorted(data, key=lambda page: (-page.rows, page.number))[:most]

    def finish(self) -> None:
        """Mark the pages as used by a release and delete what can be derived from them again."""
        with _report_full_disk(self.folder):
            _write_atomically(self.folder / "finished", b"")
        shutil.rmtree(self.staged_folder, ignore_errors=True)

    def _file(self, page: RawPage) -> Path:
        return self.folder / "pages" / f"{page.number:06d}.json.zst"

    def _read_manifest(self) -> None:
        path = self.folder / "manifest.jsonl"
        if not path.exists():
            return
        for line in path.read_bytes().splitlines(keepends=True):
            try:
                page = msgspec.json.decode(line, type=RawPage)
            except msgspec.DecodeError:
                continue  # the line that a killed run was writing
            self._pages[page.url] = page
            self._next_number = max(self._next_number, page.number + 1)
        if not path.read_bytes().endswith(b"\n"):
            with path.open("ab") as manifest:
                manifest.write(b"\n")


def raw_folder(home: Path) -> Path:
    """The folder of all runs' raw pages, the newest last by name."""
    return home / "raw" / "kolada"


def mark_finished(root: Path, run_ids: Iterable[str]) -> None:
    """Mark the folders of runs that had committed before they were killed."""
    for run_id in run_ids:
        folder = root / run_id
        if folder.is_dir() and not (folder / "finished").exists():
            _write_atomically(folder / "finished", b"")
            shutil.rmtree(folder / "staged", ignore_errors=True)


def read_body(file: Path, page: RawPage) -> bytes:
    """The body of a page in its file, verified against its checksum. Raises `UnreadableRawPagesError`."""
    try:
        body: bytes = pa.decompress(
            file.read_bytes(), decompressed_size=page.size, codec="zstd", asbytes=True
        )
    except (OSError, ValueError) as error:
        raise UnreadableRawPagesError(path=file) from error
    if hashlib.sha256(body).hexdigest() != page.sha256:
        raise UnreadableRawPagesError(path=file)
    return body


def _unfinished(root: Path) -> Iterator[Path]:
    if root.is_dir():
        yield from (
            folder for folder in root.iterdir() if folder.is_dir() and not (folder / "finished").exists()
        )


def _can_be_resumed(folder: Path, plan: RawPagesPlan, question: dict[str, str]) -> bool:
    is_young = datetime.now(UTC) - plan.started_at < RESUMABLE_FOR
    return is_young and plan.question == question and not (folder / "refused").exists()


def _read_plan(folder: Path) -> RawPagesPlan | None:
    try:
        return msgspec.json.decode((folder / "plan.json").read_bytes(), type=RawPagesPlan)
    except (OSError, msgspec.DecodeError):
        return None


def _write_atomically(path: Path, content: bytes) -> None:
    """Write under another name and rename, so that a file is either whole or absent."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


@contextmanager
def _report_full_disk(folder: Path) -> Iterator[None]:
    """Raise `DiskFullError` for a full disk."""
    try:
        yield
    except OSError as error:
        if is_full_disk(error):
            raise DiskFullError(folder=folder) from error
        raise
