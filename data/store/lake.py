"""A lake of figures: opened once for reading, and for writing once per release."""

import math
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from data.settings import FiguresLocation, Settings
from data.store.figures import Figures, open_lake
from domain.errors.storage import NothingKeptError

if TYPE_CHECKING:
    from data.store.writing import FiguresWriter
    from data.store.writing_lock import LockHolder

Result = TypeVar("Result")

REST_SECONDS: Final = 2  # a database server is asked no oftener whether a lake has been made
NOTHING_MORE: Final[Mapping[str, object]] = MappingProxyType({})


class Lake:
    """One lake, which may not exist yet. Safe to share between threads."""

    def __init__(self, location: FiguresLocation, lock_file: Path) -> None:
        self.location = location
        self.lock_file = lock_file
        self._lock = threading.Lock()
        self._figures: Figures | None = None
        self._opened_file: tuple[int, int] | None = None
        self._looked_at = -math.inf

    def figures(self) -> Figures | None:
        """Return the figures, opened once; `None` as long as nothing has been written.

        A lake whose catalogue file has been replaced is opened again; whoever reads the old one can go on. Raises
        `StoreUnreachableError`, `StoreTooNewError`.
        """
        with self._lock:
            file = _file_identity(self.location.catalogue_file)
            if file is None and self._figures is None and time.monotonic() < self._looked_at + REST_SECONDS:
                return None
            if self._figures is None or file != self._opened_file:
                self._figures, self._opened_file = open_lake(self.location), file
                self._looked_at = time.monotonic()
            return self._figures

    def has_release(self) -> bool:
        """Return whether any release is stored. Raises what `figures` raises."""
        figures = self.figures()
        return figures is not None and bool(figures.releases())

    def run_ids(self) -> set[str]:
        """Return the runs that have committed anything here. Raises what `figures` raises."""
        figures = self.figures()
        return set() if figures is None else figures.run_ids()

    def close(self) -> None:
        """Close the connection that is read from; `figures` opens a new one."""
        with self._lock:
            if self._figures is not None:
                self._figures.close()
            self._figures = None

    def write_release(
        self,
        work: "Callable[[FiguresWriter], Result]",
        *,
        run_id: str,
        description: str,
        is_made_up: bool = False,
        details: Mapping[str, object] = NOTHING_MORE,
    ) -> Result:
        """As `data.store.writing.write_release`."""
        from data.store.writing import write_release

        self._looked_at = -math.inf
        return write_release(
            self.location,
            work,
            run_id=run_id,
            description=description,
            is_made_up=is_made_up,
            details=details,
        )

    def writing_lock(self, run_id: str) -> AbstractContextManager[None]:
        """Hold the writing lock. Raises `AnotherRunError` if another run holds it, `DiskFullError`."""
        from data.store.writing_lock import writing_lock

        return writing_lock(self.lock_file, run_id=run_id)

    def lock_holder(self) -> "LockHolder | None":
        """Return who holds the writing lock, or `None`."""
        from data.store.writing_lock import lock_holder

        return lock_holder(self.lock_file)


class Lakes:
    """The lake of real figures and the lake of made-up ones."""

    def __init__(self, real: Lake, made_up: Lake) -> None:
        self.real = real
        self.made_up = made_up

    def of(self, *, is_made_up: bool) -> Lake:
        """Return the made-up lake or the real one."""
        return self.made_up if is_made_up else self.real

    def figures(self) -> Figures:
        """Return the real figures if any release of them is stored, else the made-up ones.

        Raises `NothingKeptError`, `StoreUnreachableError`, `StoreTooNewError`.
        """
        for lake in (self.real, self.made_up):
            figures = lake.figures()
            if figures is not None and figures.releases():
                return figures
        raise NothingKeptError

    def are_empty(self) -> bool:
        """Return whether neither lake has been written to; one on a database server counts as written."""
        files = (self.real.location.catalogue_file, self.made_up.location.catalogue_file)
        return not any(file is None or file.exists() for file in files)

    def close(self) -> None:
        """Close both."""
        self.real.close()
        self.made_up.close()


def find_lakes(settings: Settings) -> Lakes:
    """Return the lakes that the settings name, unopened."""
    return Lakes(
        Lake(settings.figures, settings.home / "figures.lock"),
        Lake(settings.demonstration, settings.home / "demonstration.lock"),
    )


def open_figures(settings: Settings) -> Figures:
    """As `Lakes.figures`, for callers that open and close only these."""
    return find_lakes(settings).figures()


def _file_identity(file: Path | None) -> tuple[int, int] | None:
    """Return the file's device and inode, which change when it is replaced; `None` where there is no file."""
    try:
        status = file.stat() if file else None
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if status else None
