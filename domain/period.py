"""What a reported value is about in time: a year, or a part of one where a measure is reported more often."""

import re
from dataclasses import dataclass
from typing import Final, Self

from domain.errors.choices import UnreadablePeriodError
from domain.message import Message, to_translate
from domain.network_measure import ReportingInterval

PARTS: Final = {
    ReportingInterval.YEARLY: ("",),
    ReportingInterval.TERM: ("VT", "HT"),
    ReportingInterval.QUARTERLY: ("Q1", "Q2", "Q3", "Q4"),
    ReportingInterval.MONTHLY: tuple(f"{month:02}" for month in range(1, 13)),
}
PART_NAMES: Final = {
    "VT": to_translate("vårterminen {year}"),
    "HT": to_translate("höstterminen {year}"),
    "Q1": to_translate("kvartal 1 {year}"),
    "Q2": to_translate("kvartal 2 {year}"),
    "Q3": to_translate("kvartal 3 {year}"),
    "Q4": to_translate("kvartal 4 {year}"),
    "01": to_translate("januari {year}"),
    "02": to_translate("februari {year}"),
    "03": to_translate("mars {year}"),
    "04": to_translate("april {year}"),
    "05": to_translate("maj {year}"),
    "06": to_translate("juni {year}"),
    "07": to_translate("juli {year}"),
    "08": to_translate("augusti {year}"),
    "09": to_translate("september {year}"),
    "10": to_translate("oktober {year}"),
    "11": to_translate("november {year}"),
    "12": to_translate("december {year}"),
}
_WRITTEN: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<part>VT|HT|Q[1-4]|0[1-9]|1[0-2]))?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year (`part` is empty), a term, a quarter or a month: `2023`, `2023-VT`, `2023-Q1`, `2023-05`."""

    year: int
    part: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """The period that is written exactly so. Raises `UnreadablePeriodError`."""
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise UnreadablePeriodError(period=text)
        return cls(int(match["year"]), match["part"] or "")

    def __str__(self) -> str:
        return f"{self.year}-{self.part}" if self.part else str(self.year)

    @property
    def in_words(self) -> Message | str:
        """The period in words: “2023”, “vårterminen 2023”, “maj 2023”."""
        return Message(PART_NAMES[self.part], year=self.year) if self.part else str(self.year)

    @property
    def interval(self) -> ReportingInterval:
        """How often something is reported that is reported for such periods."""
        return next(interval for interval, parts in PARTS.items() if self.part in parts)

    @property
    def year_before(self) -> "Period":
        return Period(self.year - 1, self.part)


def periods_of(year: int, interval: ReportingInterval) -> tuple[Period, ...]:
    """The periods of a year, in order."""
    return tuple(Period(year, part) for part in PARTS[interval])
