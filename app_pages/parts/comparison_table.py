"""The table of measures × municipalities; on a phone the same table becomes one card per measure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from app_pages.parts.charts.footnotes import letter
from app_pages.parts.charts.wording import FLAG, remarks
from app_pages.parts.sparkline import sparkline
from app_pages.parts.templates import show_template
from app_pages.parts.theme import SIGN
from app_pages.parts.words import Speech, _, speech
from domain.comparability import COMPARABILITY_NAMES, Comparability
from domain.comparison import Colour, Comparison, Member
from domain.measure import Direction, Measure
from domain.message import Message
from domain.overview import Overview, OverviewRow
from domain.value import Status
from language.enum_words import CERTAIN_TREND_WORDS, COLOUR_WORDS, STATUS_WORDS
from language.numbers import number
from language.sentences import measure_facts, place_words

ROOMY_COLUMNS: Final = 9  # more municipalities than this stand closer
MOST_COLUMNS: Final = 14  # more municipalities than this are summed up by mean, median and quartiles
LEGEND: Final = (Colour.GREEN, Colour.YELLOW, Colour.RED, Colour.MEDIUM)

Letters = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One municipality's value. `kind` holds the classes; `learn_href` is where a red value leads."""

    kind: str
    text: str
    is_number: bool
    sign: str
    sign_words: str
    letter: str
    remarks: str
    learn_href: str


@dataclass(frozen=True, slots=True)
class Row:
    """One measure. `starts_section` is the heading above the row, where a section begins with it."""

    comparison: Comparison
    href: str
    facts: str
    sparkline: Markup
    mine: Cell
    rank: str
    others: tuple[Cell, ...]
    starts_section: Message | str


@dataclass(frozen=True, slots=True)
class ValueFootnote:
    """What a raised letter in the table stands for."""

    letter: str
    measure: str
    municipality: str
    remarks: str


def show_comparison_table(
    overview: Overview,
    rows: Sequence[OverviewRow],
    *,
    caption: str,
    has_sections: bool,
    measure_href: Callable[[Measure], str],
    learn_href: Callable[[Measure], str],
) -> None:
    """Show the table. `measure_href` gives the address of a measure's own page, `learn_href` of those one can learn it
    from, to which a red value of the focus municipality leads."""
    is_wide = len(overview.group.codes) > MOST_COLUMNS
    others = [] if is_wide else [code for code in overview.group.codes if code != overview.focus.code]
    letters = letters_of(rows)
    sections = [row.section if has_sections else "" for row in rows]
    words = speech()
    show_template(
        "parts/comparison_table.html",
        caption=caption,
        is_wide=is_wide,
        is_dense=len(overview.group.codes) > ROOMY_COLUMNS,
        focus=overview.focus.name,
        others=_names(overview, others),
        column_count=4 + len(others) + (4 if is_wide else 1),
        rows=[
            _row(
                row,
                others,
                letters,
                words,
                href=measure_href(row.comparison.measure),
                learn_href=learn_href(row.comparison.measure),
                starts_section=section if section != before else "",
            )
            for row, section, before in zip(rows, sections, ["", *sections], strict=False)
        ],
    )


def show_comparison_notes(rows: Sequence[OverviewRow], remark: str) -> None:
    """Show the legend of signs and colours, a remark beside it, and the footnotes, if there are any."""
    show_template(
        "parts/comparison_notes.html",
        signs=[(colour, SIGN[colour], _(COLOUR_WORDS[colour])) for colour in LEGEND],
        remark=remark,
    )
    if notes := footnotes(rows):
        show_template("parts/comparison_footnotes.html", footnotes=notes)


def letters_of(rows: Sequence[OverviewRow]) -> dict[tuple[str, str], str]:
    """Give a small letter to each (measure id, code) whose value has remarks: a, b, … z, aa, ab …"""
    remarked = [
        (row.comparison.measure.id, member.code)
        for row in rows
        for member in row.comparison.members
        if member.comparability is not Comparability.COMPARABLE or member.footnote or member.explanation
    ]
    return {key: letter(position) for position, key in enumerate(remarked)}


def footnotes(rows: Sequence[OverviewRow]) -> list[ValueFootnote]:
    """Return what the letters stand for, in their order."""
    letters, words = letters_of(rows), speech()
    return [
        ValueFootnote(
            raised, row.comparison.measure.short_title, member.name, remarks(member, words.translate)
        )
        for row in rows
        for member in row.comparison.members
        if (raised := letters.get((row.comparison.measure.id, member.code)))
    ]


def _names(overview: Overview, codes: Sequence[str]) -> list[str]:
    members = overview.rows[0].comparison.members if overview.rows else ()
    names = {member.code: member.name for member in members}
    return [names[code] for code in codes]


def _row(
    row: OverviewRow,
    others: Sequence[str],
    letters: Letters,
    words: Speech,
    *,
    href: str,
    learn_href: str,
    starts_section: Message | str,
) -> Row:
    comparison = row.comparison
    members = {member.code: member for member in comparison.members}
    return Row(
        comparison=comparison,
        href=href,
        facts=measure_facts(comparison, words.translate),
        sparkline=sparkline(row.focus_series, trend_text(row, words)),
        mine=_cell(comparison, row.focus, letters, words, kind="mine", learn_href=learn_href),
        rank=_rank(comparison, row.focus, words),
        others=tuple(_cell(comparison, members[code], letters, words, kind="other") for code in others),
        starts_section=starts_section,
    )


def _rank(comparison: Comparison, mine: Member, words: Speech) -> str:
    """Return the rank of the focus municipality; empty for a neutral measure, which has no better end."""
    if comparison.measure.direction is Direction.NEUTRAL:
        return ""
    return place_words(mine, comparison.n_with_value, words.translate, words.language)


def _cell(
    comparison: Comparison,
    member: Member,
    letters: Letters,
    words: Speech,
    *,
    kind: str,
    learn_href: str = "",
) -> Cell:
    """Return a value with the sign of its colour, or of not being comparable."""
    _ = words.translate
    sign, sign_words = "", ""
    if member.value is None:
        kind += " none"
        text = _(STATUS_WORDS.get(member.status, STATUS_WORDS[Status.MISSING]))
    else:
        text = number(member.value, comparison.measure.decimals, words.language)
        if member.comparability is Comparability.NOT_COMPARABLE:
            kind += " apart"
            sign, sign_words = FLAG[member.comparability], _(COMPARABILITY_NAMES[member.comparability])
        elif member.colour is not Colour.NONE:
            kind += f" {member.colour}"
            sign, sign_words = SIGN[member.colour], _(COLOUR_WORDS[member.colour])
    raised = letters.get((comparison.measure.id, member.code), "")
    return Cell(
        kind=kind,
        text=text,
        is_number=member.value is not None,
        sign=sign,
        sign_words=sign_words,
        letter=raised,
        remarks=remarks(member, _) if raised else "",
        learn_href=learn_href if member.colour is Colour.RED and sign == SIGN[Colour.RED] else "",
    )


def trend_text(row: OverviewRow, words: Speech) -> str:
    """Describe the sparkline in words."""
    _ = words.translate
    points = [point for point in row.focus_series.points if point.value is not None]
    if not points:
        return _("Inga värden.")
    decimals = row.comparison.measure.decimals
    return _("Från {first} ({first_year}) till {last} ({last_year}), {trend}.").format(
        first=number(points[0].value or 0.0, decimals, words.language),
        first_year=points[0].year,
        last=number(points[-1].value or 0.0, decimals, words.language),
        last_year=points[-1].year,
        trend=_(CERTAIN_TREND_WORDS[row.focus.trend]),
    )
