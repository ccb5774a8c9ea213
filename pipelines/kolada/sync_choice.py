"""What a person asks a sync to fetch, resolved once the catalogue is known."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from data.contracts import patterns
from domain.errors.choices import (
    UnknownMeasureError,
    UnknownPlaceError,
    UnknownSetError,
    UnreadableChoiceError,
)
from domain.measure import MeasureSet
from domain.message import Message, to_translate
from domain.suggestion import suggest_similar
from pipelines.kolada.source_address import DEFAULT_URL

ALL: Final = "all"
AUTO: Final = "auto"
NEVER: Final = "never"
SET_PREFIX: Final = "set:"
FIRST_YEAR: Final = 2000  # few KPIs reach further back
POSSIBLE_YEARS: Final = range(patterns.FIRST_YEAR, patterns.LAST_YEAR + 1)


@dataclass(frozen=True, slots=True)
class SyncChoice:
    """A sync as a person writes it. `kpi` None means the ready-made sets and all KPIs that are stored already."""

    url: str = DEFAULT_URL
    kpi: str | None = None
    municipality: str = ALL
    years: str | None = None
    since: str = AUTO

    def question(self) -> dict[str, str]:
        """The choice as plain words; runs with equal ones may share fetched pages."""
        return {
            "url": self.url,
            "kpi": self.kpi or "",
            "municipality": self.municipality,
            "years": self.years or "",
            "since": self.since,
        }


def parse_years(text: str | None, today: date) -> tuple[int, ...]:
    """`2010-2024`, `2022` or `2010,2012-2014`, rising; by default from 2000. Raises `UnreadableChoiceError`."""
    if not text:
        return tuple(range(FIRST_YEAR, today.year + 1))
    years: set[int] = set()
    for piece in text.split(","):
        match = re.fullmatch(r"\s*(\d{4})\s*(?:[-–]\s*(\d{4})\s*)?", piece)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if first > last or first not in POSSIBLE_YEARS or last not in POSSIBLE_YEARS:
            raise UnreadableChoiceError(
                value=text,
                kind=Message(to_translate("år")),
                hint=Message(to_translate("Skriv till exempel 2010-2024 eller 2022.")),
            )
        years.update(range(first, last + 1))
    return tuple(sorted(years))


def parse_since(text: str, today: date) -> date | str:
    """`auto`, `never` or a day that is not in the future. Raises `UnreadableChoiceError`."""
    word = text.strip().lower()
    if word in {AUTO, NEVER}:
        return word
    try:
        day = date.fromisoformat(word)
    except ValueError:
        day = date.max
    if day > today:
        raise UnreadableChoiceError(
            value=text,
            kind=Message(to_translate("auto, never eller en dag som har varit")),
            hint=Message(to_translate("Skriv till exempel 2024-01-30.")),
        )
    return day


def resolve_kpis(
    text: str | None, *, catalogue: Collection[str], stored: Collection[str], sets: Sequence[MeasureSet]
) -> tuple[str, ...]:
    """Resolve the choice to KPI ids, rising.

    A stored KPI that the catalogue no longer has is asked for only by its id: the source may refuse a whole question for it.
    Raises `UnknownMeasureError` and `UnknownSetError`, both with the nearest known words.
    """
    known = set(catalogue) | set(stored)
    if not text or not text.strip():
        ready_made = {kpi_id for measure_set in sets for kpi_id in measure_set.measure_ids}
        return tuple(sorted((ready_made | set(stored)) & set(catalogue)))
    if text.strip().lower() == ALL:
        return tuple(sorted(catalogue))
    chosen: set[str] = set()
    for piece in filter(None, (piece.strip() for piece in text.split(","))):
        if piece.lower().startswith(SET_PREFIX):
            chosen.update(set(_set_named(piece[len(SET_PREFIX) :].strip(), sets).measure_ids) & known)
        elif piece.upper() in known:
            chosen.add(piece.upper())
        else:
            raise UnknownMeasureError(measure=piece, suggestion=suggest_similar(piece, known))
    if not chosen:
        raise UnknownMeasureError(measure=text, suggestion="")
    return tuple(sorted(chosen))


def resolve_places(text: str, names: Mapping[str, str]) -> tuple[str, ...] | None:
    """Resolve the choice to place codes, rising; None for all. `names` maps code to name.

    Raises `UnknownPlaceError` with the nearest known codes and names.
    """
    if text.strip().lower() == ALL:
        return None
    code_of_name = {name.casefold(): code for code, name in names.items()}
    chosen: set[str] = set()
    for piece in filter(None, (piece.strip() for piece in text.split(","))):
        code = piece if piece in names else code_of_name.get(piece.casefold())
        if code is None:
            raise UnknownPlaceError(place=piece, suggestion=suggest_similar(piece, [*names, *names.values()]))
        chosen.add(code)
    if not chosen:
        raise UnknownPlaceError(place=text, suggestion="")
    return tuple(sorted(chosen))


def today() -> date:
    """The day in UTC, which in Sweden is never later than the calendar's: asking from it misses nothing."""
    return datetime.now(UTC).date()


def _set_named(name: str, sets: Sequence[MeasureSet]) -> MeasureSet:
    for measure_set in sets:
        if name.casefold() in {measure_set.id.casefold(), measure_set.name.casefold()}:
            return measure_set
    raise UnknownSetError(
        name=name, suggestion=suggest_similar(name, [measure_set.id for measure_set in sets])
    )
