"""The demonstration's data files: a network, the result files that its members upload, stories, and who tries them.

A moment that must be relative to today is written `{{now}}`: it becomes the time at which the file is read, and each
`{{now}}` of a file is a millisecond later than the one before, so that their order is kept.
"""

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Final

from data.yaml_files.reading import YamlReader
from domain.case import Reuse, ReuseState
from domain.rights import Person

NETWORK_FILE: Final = "sodertorn.yml"
STORY_FILES: Final = ("cases.yml", "methods.yml", "programmes.yml")
_FOLDER: Final = Path(__file__).parent
_NOW: Final = "{{now}}"
_STEP: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class CellExplanation:
    """What the controller answers to the findings about one measure in one period."""

    measure_id: str
    period: str
    text: str


@dataclass(frozen=True, slots=True)
class ResultFile:
    """One upload: whose it is, the file in `results/`, the name that it is uploaded under, and the reason for publishing."""

    municipality_code: str
    period: str
    file: str
    file_name: str
    person_id: str
    reason: str
    explanations: tuple[CellExplanation, ...] = ()

    @property
    def content(self) -> bytes:
        return (_FOLDER / "results" / self.file).read_bytes()


@dataclass(frozen=True, slots=True)
class Results:
    """What the network's members upload, in the order of publication, and the people who are needed for it."""

    people: tuple[Person, ...]
    uploads: tuple[ResultFile, ...]
    default_explanation: str


def read_network_text() -> str:
    """Return the network's file, in the format of `pipelines.networks.exchange`."""
    text = (_FOLDER / "networks" / NETWORK_FILE).read_text(encoding="utf-8")
    moment = datetime.now(UTC) - text.count(_NOW) * _STEP
    while _NOW in text:
        text = text.replace(_NOW, moment.isoformat(), 1)
        moment += _STEP
    return text


@cache
def read_results() -> Results:
    """Return the uploads."""
    file = _FOLDER / "results" / "uploads.yml"
    reader = YamlReader(file.name)
    return reader.read_dataclass(Results, reader.parse(file.read_text(encoding="utf-8")))


def read_story_text(file: str) -> str:
    """Return one of `STORY_FILES`, in the format of `pipelines.stories.exchange`."""
    return (_FOLDER / "stories" / file).read_text(encoding="utf-8")


def read_beside_stories(name: str) -> bytes:
    """Return a picture or an attachment that a story file names."""
    return (_FOLDER / "stories" / name).read_bytes()


@cache
def read_reuses() -> tuple[Reuse, ...]:
    """Return who tries the made-up cases."""
    rows = csv.DictReader(StringIO(read_story_text("reuses.csv")), delimiter=";")
    return tuple(
        Reuse(
            case_id=row["case_id"],
            municipality_code=row["municipality_code"],
            state=ReuseState(row["state"]),
            started_on=date.fromisoformat(row["started_on"]) if row["started_on"] else None,
            how_it_went=row["how_it_went"],
        )
        for row in rows
    )
