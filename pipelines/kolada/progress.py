"""Progress reports of a running sync."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from domain.message import Message


class Stage(StrEnum):
    """The steps of a run, in their order."""

    CATALOGUE = "catalogue"
    FETCH = "fetch"
    SHAPE = "shape"
    CHECK = "check"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class Progress:
    """One step forward: `done` of `total` pages or parts; `total` is a guess while pages are fetched."""

    stage: Stage
    done: int
    total: int
    message: Message


Watcher = Callable[[Progress], None]


def ignore_progress(_progress: Progress) -> None:
    """Ignore all progress reports."""
