"""Footnotes: a small raised letter on a value leads to what the one who reported it has written of it."""

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
    """a, b, … z, aa, ab …"""
    before, last = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("a") + last)


@dataclass(frozen=True, slots=True)
class Footnote:
    """One explained value: its letter, whose and when it is, and the words."""

    letter: str
    of: str
    text: str

    @property
    def written(self) -> str:
        """The line under a chart or table: `a) Haninge 2023: Ny enkät.`"""
        return f"{self.letter}) {self.of}: {self.text}"

    @property
    def on_hover(self) -> str:
        """The words alone, in lines that a hover box has room for."""
        return hover_lines(self.text)


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The explained values of one chart or table in reading order, by whatever tells one value from another."""

    by_key: dict[Hashable, Footnote] = field(default_factory=dict)

    def raised(self, key: Hashable) -> str:
        """The raised letter as Plotly writes it; nothing where the value is not explained."""
        footnote = self.by_key.get(key)
        return f"<sup>{footnote.letter}</sup>" if footnote else ""

    def after(self, key: Hashable) -> str:
        """The letter as a text without raised letters has it: ` a)`."""
        footnote = self.by_key.get(key)
        return f" {footnote.letter})" if footnote else ""

    def opening(self, key: Hashable) -> dict[str, object]:
        """What makes an annotation in a chart open the explanation."""
        footnote = self.by_key.get(key)
        return {"hovertext": footnote.on_hover, "captureevents": True} if footnote else {}

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence a footnote, for those who do not see the letters."""
        return tuple(f"{footnote.of}: {footnote.text.rstrip('.')}." for footnote in self.by_key.values())

    @property
    def lines(self) -> tuple[str, ...]:
        """One line a footnote."""
        return tuple(footnote.written for footnote in self.by_key.values())


def footnotes_of(explained: Iterable[tuple[Hashable, str, str]]) -> Footnotes:
    """A letter for each (key, whose and when, words) that has words, in the order given."""
    explanations = [(key, of, text) for key, of, text in explained if text]
    return Footnotes(
        {key: Footnote(letter(place), of, text) for place, (key, of, text) in enumerate(explanations)}
    )


def member_footnotes(members: Iterable[Member], comparison: Comparison) -> Footnotes:
    """The explained values of one comparison by code, in the order in which the members are shown."""
    return footnotes_of(
        (member.code, f"{member.name} {comparison.year}", member.explanation) for member in members
    )


def hover_lines(text: str) -> str:
    """Somebody's own words as Plotly may show them: no mark-up of theirs, and no wider than a phone."""
    short = textwrap.shorten(text, MOST_IN_HOVER, placeholder=" …") if len(text) > MOST_IN_HOVER else text
    return "<br>".join(escape(line, quote=False) for line in textwrap.wrap(short, HOVER_WIDTH))


def explanation_cells(explanation: str, translate: Translate) -> dict[str, object]:
    """The column of every full table: what the one who reported the value has written of it."""
    return {translate("Förklaring till värdet"): explanation}
