"""The table of measures × municipalities; on a phone the same table becomes one card a measure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from app_pages.overview.sparkline import sparkline
from app_pages.parts.charts.footnotes import letter
from app_pages.parts.charts.wording import FLAG, remarks
from domain.comparability import COMPARABILITY_NAMES, Comparability
from domain.comparison import Colour, Comparison, Member, Trend
from domain.measure import Direction, Measure
from domain.overview import Overview, OverviewRow
from domain.value import Status
from domain.wording import to_translate
from language.numbers import number
from language.sentences import COLOUR_WORDS, STATUS_WORDS, measure_facts, place_words

Translate = Callable[[str], str]

ROOMY_COLUMNS: Final = 9  # more municipalities than this stand closer
MOST_COLUMNS: Final = 14  # more municipalities than this are summed up by mean, median and quartiles
SIGNS: Final = {Colour.GREEN: "▲", Colour.YELLOW: "■", Colour.RED: "▼"}
NEUTRAL_SIGN: Final = "·"


@dataclass(frozen=True, slots=True)
class Speech:
    """The language that a table is written in."""

    translate: Translate
    language: str


def table(
    overview: Overview,
    rows: Sequence[OverviewRow],
    *,
    caption: str,
    has_sections: bool,
    link: Callable[[Measure], str],
    learn: Callable[[Measure], str],
    speech: Speech,
) -> str:
    """The table as HTML. `link` gives the address of a measure's own page, `learn` of whom one can learn it from, to which
    a red value of mine leads."""
    _ = speech.translate
    is_wide = len(overview.group.codes) > MOST_COLUMNS
    others = [] if is_wide else _others(overview)
    heads = _heads(overview, others, is_wide=is_wide, speech=speech)
    body, section = [], None
    letters = letters_of(rows)
    for row in rows:
        if has_sections and row.section != section:
            section = row.section
            body.append(
                f'<tr role="row" class="section"><th role="rowheader" scope="rowgroup" colspan="{len(heads)}">'
                f"{escape(section)}</th></tr>"
            )
        body.append(_row(row, others, letters, is_wide=is_wide, link=link, learn=learn, speech=speech))
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="rug{_density(overview)}" role="table">'
        f'<caption class="unseen">{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{"".join(heads)}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table></div>'
    )


def letters_of(rows: Sequence[OverviewRow]) -> dict[tuple[str, str], str]:
    """A small letter for each (measure, member) whose values are told something of: a, b, … z, aa, ab …"""
    told = [
        (row.comparison.measure.id, one.code)
        for row in rows
        for one in row.comparison.members
        if one.comparability is not Comparability.COMPARABLE or one.footnote or one.explanation
    ]
    return {key: letter(place) for place, key in enumerate(told)}


def footnotes(rows: Sequence[OverviewRow], speech: Speech) -> str:
    """What the letters stand for, as a list; nothing where nothing is told."""
    _ = speech.translate
    letters = letters_of(rows)
    items = "".join(
        f'<li id="anm-{sign}"><sup>{sign}</sup> {escape(row.comparison.measure.short_title)}, '
        f"{escape(one.name)}: {escape(remarks(one, _))}</li>"
        for row in rows
        for one in row.comparison.members
        if (sign := letters.get((row.comparison.measure.id, one.code)))
    )
    label = escape(_("Jämförbarhet och förklaringar"))
    return f'<ul class="footnotes" aria-label="{label}">{items}</ul>' if items else ""


def _density(overview: Overview) -> str:
    """How close the columns stand, as a class."""
    if len(overview.group.codes) > MOST_COLUMNS:
        return " wide"
    return " dense" if len(overview.group.codes) > ROOMY_COLUMNS else ""


def _others(overview: Overview) -> list[str]:
    """Everybody but me, in the order of the group."""
    return [code for code in overview.group.codes if code != overview.focus.code]


def _heads(overview: Overview, others: list[str], *, is_wide: bool, speech: Speech) -> list[str]:
    _ = speech.translate
    names = _names(overview)

    def head(text: str, kind: str = "") -> str:
        return f'<th role="columnheader" scope="col" class="{kind}">{escape(text)}</th>'

    summary = [head(_("Medel"), "mean")]
    if is_wide:
        summary += [head(_("Median")), head(_("Undre kvartil")), head(_("Övre kvartil"))]
    return [
        head(_("Mått"), "measure"),
        head(_("Vår utveckling"), "trend"),
        head(overview.focus.name, "mine"),
        head(_("Plats"), "place"),
        *(head(names[code], "other") for code in others),
        *summary,
    ]


def _names(overview: Overview) -> dict[str, str]:
    members = overview.rows[0].comparison.members if overview.rows else ()
    return {member.code: member.name for member in members}


def _row(
    row: OverviewRow,
    others: list[str],
    letters: Mapping[tuple[str, str], str],
    *,
    is_wide: bool,
    link: Callable[[Measure], str],
    learn: Callable[[Measure], str],
    speech: Speech,
) -> str:
    _ = speech.translate
    comparison, mine = row.comparison, row.focus
    measure = comparison.measure
    members = {member.code: member for member in comparison.members}

    def cell(member: Member, kind: str) -> str:
        sign = letters.get((measure.id, member.code), "")
        return _cell(comparison, member, speech, kind=kind, note=sign)

    cells = [
        f'<th role="rowheader" scope="row" class="measure"><a data-page href="{escape(link(measure))}">'
        f"{escape(measure.short_title)}</a><small>{escape(measure_facts(comparison, _))}</small></th>",
        f'<td role="cell" class="trend">{sparkline(row.focus_series, trend_text(row, speech))}</td>',
        _cell(
            comparison,
            mine,
            speech,
            kind="mine",
            note=letters.get((measure.id, mine.code), ""),
            href=learn(measure),
        ),
        f'<td role="cell" class="place">{escape(_place(comparison, mine, speech))}</td>',
        *(cell(members[code], "other") for code in others),
        _figure(comparison.mean, measure, speech, kind="mean", label=_("Medel")),
    ]
    if is_wide:
        cells += [
            _figure(comparison.median, measure, speech, label=_("Median")),
            _figure(comparison.lower_quartile, measure, speech, label=_("Undre kvartil")),
            _figure(comparison.upper_quartile, measure, speech, label=_("Övre kvartil")),
        ]
    return f'<tr role="row">{"".join(cells)}</tr>'


def _place(comparison: Comparison, mine: Member, speech: Speech) -> str:
    """My place; none in a neutral measure, where no end is the better one."""
    if comparison.measure.direction is Direction.NEUTRAL:
        return ""
    return place_words(mine, comparison.n_with_value, speech.translate, speech.language)


def _cell(
    comparison: Comparison, member: Member, speech: Speech, *, kind: str, note: str = "", href: str = ""
) -> str:
    """A value with the sign of its colour, or of being not comparable; the raised letter leads to the explanation.

    `href` is where a red value leads.
    """
    _ = speech.translate
    raised = _raised(member, note, speech)
    if member.value is None:
        word = _(STATUS_WORDS.get(member.status, STATUS_WORDS[Status.MISSING]))
        return f'<td role="cell" class="{kind} none">{escape(word)}{raised}</td>'
    text = number(member.value, comparison.measure.decimals, speech.language)
    if member.comparability is Comparability.NOT_COMPARABLE:
        name = escape(_(COMPARABILITY_NAMES[member.comparability]))
        return (
            f'<td role="cell" class="{kind} apart">'
            f'<i role="img" aria-label="{name}">{FLAG[member.comparability]}</i><b>{text}</b>{raised}</td>'
        )
    if member.colour is Colour.NONE:
        return f'<td role="cell" class="{kind}"><b>{text}</b>{raised}</td>'
    sign = SIGNS.get(member.colour, NEUTRAL_SIGN)
    value = f"<b>{text}</b>"
    if href and member.colour is Colour.RED:
        way = escape(_("Lär av andra"))
        value = f'<a data-page class="learn" href="{escape(href)}" title="{way}">{value}<span class="unseen">. {way}</span></a>'
    return (
        f'<td role="cell" class="{kind} {member.colour}">'
        f'<i role="img" aria-label="{escape(_(COLOUR_WORDS[member.colour]))}">{sign}</i>{value}{raised}</td>'
    )


def _raised(member: Member, note: str, speech: Speech) -> str:
    if not note:
        return ""
    words = escape(remarks(member, speech.translate))
    return f'<sup><a href="#anm-{note}" title="{words}" aria-label="{words}">{note}</a></sup>'


def _figure(
    value: float | None, measure: Measure, speech: Speech, *, label: str, kind: str = "figure"
) -> str:
    text = "" if value is None else number(value, measure.decimals, speech.language)
    return f'<td role="cell" class="{kind}" data-label="{escape(label)}">{text}</td>'


TREND_WORDS: Final = {
    Trend.INCREASING: to_translate("säkerställd ökning"),
    Trend.DECREASING: to_translate("säkerställd minskning"),
    Trend.NO_SIGNIFICANT_CHANGE: to_translate("ingen säkerställd förändring"),
    Trend.CANNOT_BE_CALCULATED: to_translate("trend kan inte beräknas"),
}


def trend_text(row: OverviewRow, speech: Speech) -> str:
    """What the small line shows, in words."""
    _ = speech.translate
    points = [point for point in row.focus_series.points if point.value is not None]
    if not points:
        return _("Inga värden.")
    decimals = row.comparison.measure.decimals
    return _("Från {first} ({first_year}) till {last} ({last_year}), {trend}.").format(
        first=number(points[0].value or 0.0, decimals, speech.language),
        first_year=points[0].year,
        last=number(points[-1].value or 0.0, decimals, speech.language),
        last_year=points[-1].year,
        trend=_(TREND_WORDS[row.focus.trend]),
    )


def legend(speech: Speech) -> str:
    """What the signs and colours stand for."""
    _ = speech.translate
    signs = "".join(
        f'<li class="{colour}"><i aria-hidden="true">{sign}</i> {escape(_(COLOUR_WORDS[colour]))}</li>'
        for colour, sign in SIGNS.items()
    )
    neutral = f'<li class="medium"><i aria-hidden="true">{NEUTRAL_SIGN}</i> {escape(_(COLOUR_WORDS[Colour.MEDIUM]))}</li>'
    return f'<ul class="legend" aria-label="{escape(_("Teckenförklaring"))}">{signs}{neutral}</ul>'
