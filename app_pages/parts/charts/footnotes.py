"""Footnotes: a small raised letter at a value leads to the explanation by those who reported it."""

import textwrap
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Final

from app_pages.parts.charts.chart import Translate
from domain.comparison import Comparison, Member

HOVER_WIDTH: Final = 56  # letters a line, so that the box fits on a phone
MOST_IN_HOVER: Final = 400  # letters; the whole text stands under the chart


def letter(place: int) -> str:
    """Return the letter at a position: a, b, … z, aa, ab …"""
    before, last = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("a") + last)


@dataclass(frozen=True, slots=True)
class Footnote:
    """One explained value: its letter, whose and when it is, and the explanation."""

    letter: str
    of: str
    text: str

    @property
    def line(self) -> str:
        """The line under a chart or table: `a) Haninge 2023: Ny enkät.`"""
        return f"{self.letter}) {self.of}: {self.text}"

    @property
    def on_hover(self) -> str:
        """The explanation alone, in lines that fit in a hover box."""
        return hover_lines(self.text)


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The explained values of one chart or table in reading order, by any key that identifies a value."""

    by_key: dict[Hashable, Footnote] = field(default_factory=dict)

    def raised(self, key: Hashable) -> str:
        """Return the raised letter as Plotly writes it; empty where the value is not explained."""
        footnote = self.by_key.get(key)
        return f"<sup>{footnote.letter}</sup>" if footnote else ""

    def after(self, key: Hashable) -> str:
        """Return the letter for text without raised letters: ` a)`."""
        footnote = self.by_key.get(key)
        return f" {footnote.letter})" if footnote else ""

    def opening(self, key: Hashable) -> dict[str, object]:
        """Return the properties that make an annotation in a chart open the explanation."""
        footnote = self.by_key.get(key)
        return {"hovertext": footnote.on_hover, "captureevents": True} if footnote else {}

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return one sentence per footnote, for screen readers."""
        return tuple(f"{footnote.of}: {footnote.text.rstrip('.')}." for footnote in self.by_key.values())

    @property
    def lines(self) -> tuple[str, ...]:
        """Return one line per footnote."""
        return tuple(footnote.line for footnote in self.by_key.values())


def footnotes_of(explained: Iterable[tuple[Hashable, str, str]]) -> Footnotes:
    """Return a letter for each (key, whose and when, words) that has words, in the given order."""
    explanations = [(key, of, text) for key, of, text in explained if text]
    return Footnotes(
        {key: Footnote(letter(place), of, text) for place, (key, of, text) in enumerate(explanations)}
    )


def member_footnotes(members: Iterable[Member], comparison: Comparison) -> Footnotes:
    """Return the explained values of one comparison by code, in the order in which the members are shown."""
    return footnotes_of(
        (member.code, f"{member.name} {comparison.year}", member.explanation) for member in members
    )


def hover_lines(text: str) -> str:
    """Return somebody's own words as safe Plotly text: without their markup, and no wider than a phone."""
    short = textwrap.shorten(text, MOST_IN_HOVER, placeholder=" …") if len(text) > MOST_IN_HOVER else text
    return "<br>".join(escape(line, quote=False) for line in textwrap.wrap(short, HOVER_WIDTH))


def explanation_cells(explanation: str, translate: Translate) -> dict[str, object]:
    """Return the explanation column of a full table."""
    return {translate("Förklaring till värdet"): explanation}
