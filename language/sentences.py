"""Sentences made by rules from results: subject, measure, value, comparison, how sure.

A sentence never says more than its result holds: "better" and "worse" only where the measure has a direction,
"established" only where a test says so. `translate` is a gettext function for the language `language`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Final

from domain.comparability import Comparability
from domain.comparison import Colour, ColourAmong, Comparison, Member, Trend, Verdict
from domain.measure import Direction, Measure
from domain.overview import Overview, OverviewRow
from domain.series import Point
from domain.value import Gender, Status
from language.enum_words import DIRECTION_WORDS, KIND_WORDS, STATUS_WORDS
from language.numbers import difference_unit, number, with_unit

Translate = Callable[[str], str]

YEARS_UNTIL_OLD: Final = 3  # a value this much older than the newest one says little of today
LONGEST_EXPLANATION: Final = 160  # letters in a sentence
MOST_NAMED: Final = 3  # more names than this in one sentence are not read


@dataclass(frozen=True, slots=True)
class Highlight:
    """One thing worth reading: a measure and the sentence on it."""

    measure: Measure
    text: str


def ordinal(place: int, translate: Translate, language: str = "sv") -> str:
    """Format an ordinal: `1:a`, `2:a`, `3:e`, `11:e`; `1st`, `2nd`, `3rd`, `11th`."""
    last = 0 if place % 100 in (11, 12, 13) else place % 10
    if language == "en":
        return f"{place}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"
    return f"{place}:{'a' if last in (1, 2) else 'e'}"


def place_words(member: Member, n_with_value: int, translate: Translate, language: str = "sv") -> str:
    """Return `7 av 8`, or `delad 2:a av 8`; empty for a member without a rank."""
    if member.rank is None:
        return ""
    if member.is_tied:
        text = translate("delad {place} av {n}")
        return text.format(place=ordinal(member.rank, translate, language), n=n_with_value)
    return translate("{place} av {n}").format(place=member.rank, n=n_with_value)


def measure_facts(comparison: Comparison, translate: Translate) -> str:
    """Return the line under a measure's name: `% · ↑ högt är bra · 2023`; an own measure's kind comes first."""
    measure = comparison.measure
    arrow = {Direction.HIGHER: "↑ ", Direction.LOWER: "↓ "}.get(measure.direction, "")
    facts = (
        translate(KIND_WORDS[measure.kind]) if measure.is_own and measure.kind else "",
        translate(measure.unit) if measure.unit else "",
        arrow + translate(DIRECTION_WORDS[measure.direction]),
    )
    return " · ".join([*filter(None, facts), str(comparison.year)])


def value_words(comparison: Comparison, member: Member, translate: Translate, language: str = "sv") -> str:
    """Return `66,6 %`, or why there is no number."""
    if member.value is None:
        return translate(STATUS_WORDS.get(member.status, STATUS_WORDS[Status.MISSING]))
    return with_unit(member.value, comparison.measure.decimals, comparison.measure.unit, language)


def quarter_words(comparison: Comparison, member: Member, translate: Translate) -> str:
    """Say in which quarter the member is, by order and without praise; empty outside the quarters."""
    if member.colour not in (Colour.GREEN, Colour.RED) or comparison.measure.direction is Direction.NEUTRAL:
        return ""
    is_high = (member.colour is Colour.GREEN) == (comparison.measure.direction is Direction.HIGHER)
    if comparison.colour_among is ColourAmong.ALL:
        high = translate("bland de högsta 25 procenten i landet")
        low = translate("bland de lägsta 25 procenten i landet")
    else:
        high = translate("bland de högsta 25 procenten i gruppen")
        low = translate("bland de lägsta 25 procenten i gruppen")
    words = high if is_high else low
    is_unexpected = comparison.measure.direction is Direction.LOWER
    return translate("{quarter}, där lågt är bra").format(quarter=words) if is_unexpected else words


def certainty_words(member: Member, translate: Translate) -> str:
    """Say how sure a difference from the others is; empty where it is unknown."""
    if member.verdict in (Verdict.BETTER, Verdict.WORSE):
        return translate("Skillnaden är säkerställd.")
    if member.verdict is Verdict.SIMILAR:
        return translate("Skillnaden kan bero på slumpen.")
    return ""


def standing(comparison: Comparison, member: Member, translate: Translate, language: str = "sv") -> str:
    """Return `66,6 % (2023), plats 7 av 8 och bland de lägsta 25 procenten i landet.` and how sure it is."""
    value = f"{value_words(comparison, member, translate, language)} ({comparison.year})"
    if member.value is None:
        return f"{value}."
    quarter = quarter_words(comparison, member, translate)
    if member.comparability is Comparability.NOT_COMPARABLE:
        return translate("{value}, som inte är jämförbart med de andras.").format(value=value)
    if member.rank is None:
        sentence = f"{value}."
    else:
        is_in_better_half = member.rank <= (comparison.n_with_value + 1) / 2
        if not quarter:
            text = translate("{value}, plats {place} i gruppen.")
        elif is_in_better_half == (member.colour is Colour.GREEN):
            text = translate("{value}, plats {place} i gruppen och {quarter}.")
        else:
            text = translate("{value}, plats {place} i gruppen men {quarter}.")
        place = place_words(member, comparison.n_with_value, translate, language)
        sentence = text.format(value=value, place=place, quarter=quarter)
    return " ".join(filter(None, [sentence, certainty_words(member, translate)]))


def describe_standing(comparison: Comparison, translate: Translate, language: str = "sv") -> str:
    """Describe the measure in one or two sentences for the focus: value, mean and Riket, rank, certainty."""
    measure = comparison.measure
    if comparison.focus is None:
        return ""
    member = comparison.member(comparison.focus)
    sentences = [f"{member.name}: {standing(comparison, member, translate, language)}"]
    if comparison.mean is not None:
        mean = with_unit(comparison.mean, measure.decimals, measure.unit, language)
        if comparison.national_value is None:
            sentences.append(translate("Gruppens ovägda medel är {mean}.").format(mean=mean))
        else:
            nation = with_unit(comparison.national_value, measure.decimals, measure.unit, language)
            sentences.append(
                translate("Gruppens ovägda medel är {mean} och Riket {nation}.").format(
                    mean=mean, nation=nation
                )
            )
    if comparison.weighted_mean is not None:
        weighted = with_unit(comparison.weighted_mean, measure.decimals, measure.unit, language)
        sentences.append(translate("Hela gruppen sammantaget: {weighted}.").format(weighted=weighted))
    if member.explanation:
        text = translate("{name} förklarar sitt värde: {words}")
        words = shorten(
            member.explanation, LONGEST_EXPLANATION, placeholder=" …"
        )  # the footnote holds it all
        sentences.append(
            text.format(name=member.name, words=words if words.endswith((".", "…")) else f"{words}.")
        )
    return " ".join(sentences)


# ---- the four boxes of the overview --------------------------------------------------------------------------------


def standing_well(
    overview: Overview, translate: Translate, language: str = "sv", *, most: int = 2
) -> list[Highlight]:
    """Return where the focus is in the green, the clearest first."""
    return _in_colour(overview, Colour.GREEN, translate, language, most)


def standing_poorly(
    overview: Overview, translate: Translate, language: str = "sv", *, most: int = 2
) -> list[Highlight]:
    """Return where the focus is in the red, the clearest first."""
    return _in_colour(overview, Colour.RED, translate, language, most)


def _in_colour(
    overview: Overview, colour: Colour, translate: Translate, language: str, most: int
) -> list[Highlight]:
    rows = [row for row in _fresh(overview) if row.focus.colour is colour and row.focus.value is not None]
    rows.sort(key=lambda row: _share_from_best(row), reverse=colour is Colour.RED)
    return [
        Highlight(row.comparison.measure, standing(row.comparison, row.focus, translate, language))
        for row in rows[:most]
    ]


def _is_old(row: OverviewRow, overview: Overview) -> bool:
    return row.comparison.year <= max(row.comparison.year for row in overview.rows) - YEARS_UNTIL_OLD


def _fresh(overview: Overview) -> list[OverviewRow]:
    """Return the rows with recent values; the others are reported as old instead."""
    return [row for row in overview.rows if not _is_old(row, overview)]


def _share_from_best(row: OverviewRow) -> tuple[float, float]:
    """Return the position of the focus, among all where known, from 0 (best) to 1."""
    member, comparison = row.focus, row.comparison
    in_group = (member.rank or 0) / max(comparison.n_with_value, 1)
    if member.rank_among_all is not None and comparison.n_with_value_among_all:
        return member.rank_among_all / comparison.n_with_value_among_all, in_group
    return in_group, in_group


def moved_most(
    overview: Overview, translate: Translate, language: str = "sv", *, most: int = 2
) -> list[Highlight]:
    """Return the largest established trends; without any, the largest change since last year, presented as such."""
    trends = [
        row
        for row in _fresh(overview)
        if row.focus.trend in (Trend.INCREASING, Trend.DECREASING) and len(_last_years(row)) > 1
    ]
    if trends:
        trends.sort(key=lambda row: abs(row.in_spreads(_recent_change(row)) or 0.0), reverse=True)
        return [
            Highlight(row.comparison.measure, _trend_sentence(row, translate, language))
            for row in trends[:most]
        ]
    changes = [row for row in _fresh(overview) if row.focus.change_since_last_year and row.in_spreads(1.0)]
    changes.sort(key=lambda row: abs(row.in_spreads(row.focus.change_since_last_year) or 0.0), reverse=True)
    return [
        Highlight(row.comparison.measure, _change_sentence(row, translate, language)) for row in changes[:1]
    ]


TREND_YEARS: Final = 5  # the recent trend is judged on the last five points


def _last_years(row: OverviewRow) -> Sequence[Point]:
    """Return the points of the recent trend: the end of the last unbroken piece."""
    pieces = row.focus_series.unbroken_pieces()
    return pieces[-1][-TREND_YEARS:] if pieces else []


def _recent_change(row: OverviewRow) -> float:
    points = _last_years(row)
    return (points[-1].value or 0.0) - (points[0].value or 0.0)


def _trend_sentence(row: OverviewRow, translate: Translate, language: str) -> str:
    measure, points = row.comparison.measure, _last_years(row)
    if row.focus.trend is Trend.INCREASING:
        text = translate(
            "ökar, från {first} ({first_year}) till {last} ({last_year}). Trenden är säkerställd."
        )
    else:
        text = translate(
            "minskar, från {first} ({first_year}) till {last} ({last_year}). Trenden är säkerställd."
        )
    return text.format(
        first=number(points[0].value or 0.0, measure.decimals, language),
        first_year=points[0].year,
        last=with_unit(points[-1].value or 0.0, measure.decimals, measure.unit, language),
        last_year=points[-1].year,
    )


def _change_sentence(row: OverviewRow, translate: Translate, language: str) -> str:
    measure = row.comparison.measure
    change = with_unit(
        row.focus.change_since_last_year or 0.0,
        measure.decimals,
        translate(difference_unit(measure.unit)) if measure.unit else "",
        language,
        signed=True,
    )
    return translate(
        "{change} mellan {before} och {year}. Ingen trend är säkerställd, så det kan vara tillfälligt."
    ).format(change=change, before=row.comparison.year - 1, year=row.comparison.year)


def missing_or_uncertain(overview: Overview, translate: Translate, language: str = "sv") -> list[str]:
    """Return what the reader should know is missing: values without numbers, breaks, old years."""
    sentences = []
    for status, text in (
        (Status.MISSING, translate("Värde saknas: {names}.")),
        (Status.SUPPRESSED, translate("För litet underlag: {names}.")),
        (Status.NOT_REPORTED, translate("Inte rapporterat: {names}.")),
        (Status.NOT_APPLICABLE, translate("Ej tillämpligt: {names}.")),
    ):
        names = [row.comparison.measure.short_title for row in overview.rows if row.focus.status is status]
        if names:
            sentences.append(text.format(names=_some_of(names, translate)))
    for flag, text in (
        (Comparability.NOT_COMPARABLE, translate("Inte jämförbart hos oss: {names}.")),
        (Comparability.WITH_RESERVATION, translate("Jämförbart med förbehåll hos oss: {names}.")),
    ):
        names = [
            row.comparison.measure.short_title for row in overview.rows if row.focus.comparability is flag
        ]
        if names:
            sentences.append(text.format(names=_some_of(names, translate)))
    explained = [row.comparison.measure.short_title for row in overview.rows if row.focus.explanation]
    if explained:
        text = translate("Förklarat i en fotnot: {names}.")
        sentences.append(text.format(names=_some_of(explained, translate)))
    old = [
        f"{row.comparison.measure.short_title} ({row.comparison.year})"
        for row in overview.rows
        if _is_old(row, overview)
    ]
    if old:
        sentences.append(
            translate("Senaste värdet är gammalt: {names}.").format(names=_some_of(old, translate))
        )
    broken = [
        f"{row.comparison.measure.short_title} ({max(row.focus_series.break_years)})"
        for row in overview.rows
        if row.focus_series.break_years
    ]
    if broken:
        sentences.append(translate("Brott i serien: {names}.").format(names=_some_of(broken, translate)))
    if overview.without_values:
        if overview.gender is Gender.TOTAL:
            text = translate("Ingen i gruppen har värde i {count} av måtten.")
        else:
            text = translate("För kvinnor och män var för sig finns inga värden i {count} av måtten.")
        sentences.append(text.format(count=len(overview.without_values)))
    return sentences or [
        translate("Inget saknas: {place} har värde i alla mått.").format(place=overview.focus.name)
    ]


def _some_of(names: Iterable[str], translate: Translate) -> str:
    """Return the first names, and how many more there are."""
    every = list(names)
    shown = ", ".join(every[:MOST_NAMED])
    if len(every) <= MOST_NAMED:
        return shown
    return translate("{names} och {count} till").format(names=shown, count=len(every) - MOST_NAMED)
