"""One lake of figures: where it lies, and the lock that its writers hold."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from data.settings import FiguresLocation, Settings
from data.store.figures import Figures, open_lake
from data.store.writing import NOTHING_MORE, FiguresWriter, write_release
from data.store.writing_lock import LockHolder, lock_holder, writing_lock
from domain.errors import NothingKeptError

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Lake:
    """A lake that need not exist yet."""

    location: FiguresLocation
    lock_file: Path

    def open(self) -> Figures | None:
        """The figures to read; `None` if nothing was ever written. Raises `StoreUnreachableError`, `StoreTooNewError`."""
        return open_lake(self.location)

    def exists(self) -> bool:
        """Whether anything was ever written."""
        figures = self.open()
        if figures is None:
            return False
        figures.close()
        return True

    def has_release(self) -> bool:
        """Whether any release is stored."""
        figures = self.open()
        if figures is None:
            return False
        with figures:
            return bool(figures.releases())

    def write_release(
        self,
        work: Callable[[FiguresWriter], Result],
        *,
        run_id: str,
        description: str,
        is_made_up: bool = False,
        said: Mapping[str, object] = NOTHING_MORE,
    ) -> Result:
        """As `data.store.writing.write_release`."""
        return write_release(
            self.location, work, run_id=run_id, description=description, is_made_up=is_made_up, said=said
        )

    def writing_lock(self, run_id: str) -> AbstractContextManager[None]:
        """Hold the writing lock. Raises `AnotherRunError` if another run holds it, `DiskFullError`."""
        return writing_lock(self.lock_file, run_id=run_id)

    def lock_holder(self) -> LockHolder | None:
        """Who holds the writing lock now, or `None`."""
        return lock_holder(self.lock_file)


@dataclass(frozen=True, slots=True)
class Lakes:
    """The lake of real figures, and the lake of made-up ones."""

    real: Lake
    made_up: Lake

    def of(self, *, is_made_up: bool) -> Lake:
        """The made-up lake or the real one."""
        return self.made_up if is_made_up else self.real

    def are_empty(self) -> bool:
        """Whether neither lake has been written to; one in a database server counts as written to."""
        files = (self.real.location.catalogue_file, self.made_up.location.catalogue_file)
        return not any(file is None or file.exists() for file in files)

    def open_figures(self) -> Figures:
        """The real figures if any release of them is stored, else the made-up ones.

        Raises `NothingKeptError`, `StoreUnreachableError`, `StoreTooNewError`.
        """
        for lake in (self.real, self.made_up):
            figures = lake.open()
            if figures is None:
                continue
            if figures.releases():
                return figures
            figures.close()
        raise NothingKeptError


def find_lakes(settings: Settings) -> Lakes:
    """The lakes that the settings name. Opens nothing."""
    return Lakes(
        Lake(settings.figures, settings.home / "figures.lock"),
        Lake(settings.demonstration, settings.home / "demonstration.lock"),
    )


def open_figures(settings: Settings) -> Figures:
    """As `Lakes.open_figures`."""
    return find_lakes(settings).open_figures()
