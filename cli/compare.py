"""`jamfor compare`: one measure, one year, one group."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, Final

import typer

from answers.comparison import compare_measure as answer
from answers.library import Library
from cli.opening import get_workspace, opened_library
from cli.output import (
    release_time,
    sentences,
    write_csv,
    write_explanations,
    write_json,
    write_sentences,
    write_table,
)
from cli.words import _, language
from domain.comparability import COMPARABILITY_NAMES, Comparability
from domain.comparison import Colour, ColourAmong, Comparison, Member
from domain.group import GroupReference
from domain.message import to_translate
from domain.network_measure import Target
from domain.value import Gender
from language.enum_words import (
    COLOUR_NAMES,
    GENDER_WORDS,
    SHORT_TREND_WORDS,
    SHORT_VERDICT_WORDS,
    STATUS_WORDS,
)
from language.numbers import number, with_unit
from language.rendering import render


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"


COLOUR_SIGNS: Final = {
    Colour.GREEN: "▲",
    Colour.YELLOW: "■",
    Colour.RED: "▼",
    Colour.LIGHT: "·",
    Colour.MEDIUM: "·",
    Colour.DARK: "·",
    Colour.NONE: "",
}

MeasureId = Annotated[
    str, typer.Argument(metavar="MEASURE", help=to_translate("Måttets beteckning, till exempel N15428."))
]
GroupWord = Annotated[
    str,
    typer.Option(
        "--group",
        metavar="GROUP",
        help=to_translate(
            "Vilka som jämförs: network:Södertörn eller codes:0126,0127 eller kolada:G114798 eller county:01 eller skr:Storstäder eller "
            "similar:0127 eller all."
        ),
    ),
]
Focus = Annotated[
    str | None,
    typer.Option(
        "--focus",
        metavar="CODE",
        help=to_translate("Den egna kommunens kod eller namn; den måste ingå i gruppen."),
    ),
]
WhichGender = Annotated[
    Gender,
    typer.Option(
        "--gender", case_sensitive=False, help=to_translate("Totalt (T), kvinnor (K) eller män (M).")
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE-OR-TIME",
        help=to_translate("Läget så som det var känt då: ett datum (hela dagen) eller en tidpunkt."),
    ),
]


def compare(
    measure: MeasureId,
    group: GroupWord,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", help=to_translate("Året. Utan det: det senaste där någon i gruppen har ett värde.")
        ),
    ] = None,
    focus: Focus = None,
    gender: WhichGender = Gender.TOTAL,
    as_of: AsOf = None,
    colour_among: Annotated[
        ColourAmong,
        typer.Option(
            "--colour-among", help=to_translate("Bland vilka färgen avgörs: gruppen eller alla i landet.")
        ),
    ] = ColourAmong.GROUP,
    output: Annotated[
        Format, typer.Option("--format", help=to_translate("Tabell för ögat, JSON eller CSV för program."))
    ] = Format.TABLE,
) -> None:
    """Compare and write the result in the chosen format."""
    with opened_library(as_of) as library:
        comparison = answer(
            library,
            measure_id=measure,
            year=year,
            group=library.groups.resolve(GroupReference.parse(group)),
            gender=gender,
            focus=focus,
            colour_among=colour_among,
        )
        count_shown(library, measure)
    if output is Format.JSON:
        write_json(as_json(comparison))
    elif output is Format.CSV:
        write_csv(as_rows(comparison))
    else:
        _show(comparison)


def count_shown(library: Library, measure_id: str) -> None:
    """Count a view of a measure that networks own; those that nobody views are listed for retirement."""
    measure = library.catalogue.measure(measure_id)
    if measure.is_own:
        from data.workspace.use_counts import count_use

        count_use(get_workspace(), measure.id, datetime.now(UTC).astimezone().date())


def as_json(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison in plain types; missing values are null."""
    return {
        "measure": comparison.measure.id,
        "title": comparison.measure.title,
        "year": comparison.year,
        "gender": comparison.gender.value,
        "unit": comparison.measure.unit,
        "direction": comparison.measure.direction.value,
        "group": str(comparison.group.reference),
        "group_name": render(comparison.group.name, _),
        "focus": comparison.focus,
        "colour_among": comparison.colour_among.value,
        "release": release_time(comparison.release),
        "is_made_up": comparison.release.is_made_up,
        "source": render(comparison.source, _),
        "method": sentences(comparison.method),
        "notes": sentences(comparison.notes),
        "n": comparison.n,
        "n_with_value": comparison.n_with_value,
        "n_not_comparable": comparison.n_not_comparable,
        "n_with_value_among_all": comparison.n_with_value_among_all,
        "mean": comparison.mean,
        "weighted_mean": comparison.weighted_mean,
        "median": comparison.median,
        "q1": comparison.lower_quartile,
        "q3": comparison.upper_quartile,
        "riket": comparison.national_value,
        "best": comparison.best,
        "break_years": list(comparison.break_years),
        "targets": [_target(target) for target in comparison.targets],
        "members": [_member(member) for member in comparison.members],
    }


def _member(member: Member) -> dict[str, Any]:
    return {
        "code": member.code,
        "name": member.name,
        "value": member.value,
        "status": member.status.value,
        "rank": member.rank,
        "rank_range": list(member.rank_range) if member.rank_range else None,
        "is_tied": member.is_tied,
        "rank_among_all": member.rank_among_all,
        "colour": member.colour.value,
        "verdict": member.verdict.value,
        "interval": [member.interval.low, member.interval.high] if member.interval else None,
        "trend": member.trend.value,
        "deviation_from_mean": member.deviation_from_mean,
        "deviation_from_best": member.deviation_from_best,
        "change_since_last_year": member.change_since_last_year,
        "change_over_series": member.change_over_series,
        "change_over_series_from": member.change_over_series_from,
        "comparability": member.comparability.value,
        "footnote": member.footnote,
        "explanation": member.explanation,
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "municipality": target.municipality_code,
        "year": target.year,
        "low": target.low,
        "high": target.high,
    }


def as_rows(comparison: Comparison) -> list[dict[str, object]]:
    """Return one row per member; what holds for all is repeated on every row, so that no row loses its source."""
    return [
        {
            "code": member.code,
            "name": member.name,
            "value": member.value,
            "status": member.status.value,
            "rank": member.rank,
            "colour": member.colour.value,
            "verdict": member.verdict.value,
            "interval_low": member.interval.low if member.interval else None,
            "interval_high": member.interval.high if member.interval else None,
            "trend": member.trend.value,
            "comparability": member.comparability.value,
            "footnote": member.footnote,
            "explanation": member.explanation,
            "measure": comparison.measure.id,
            "title": comparison.measure.title,
            "unit": comparison.measure.unit,
            "direction": comparison.measure.direction.value,
            "year": comparison.year,
            "gender": comparison.gender.value,
            "mean": comparison.mean,
            "riket": comparison.national_value,
            "release": release_time(comparison.release),
            "source": render(comparison.source, _),
            "source_note": _(
                "Källan gäller value och riket. Placering, färg, medel, intervall och trend är egna beräkningar."
            ),
            "is_made_up": comparison.release.is_made_up,
        }
        for member in comparison.members
    ]


def _show(comparison: Comparison) -> None:
    """Write the table for people: title, members by rank, what they have in common, and the method."""
    measure = comparison.measure
    typer.echo(
        f"{measure.short_title} ({measure.unit or measure.id}), {comparison.year}, {_(GENDER_WORDS[comparison.gender])}"
    )
    text = _("{group}, {n_with_value} av {n} har värde. Läget så som det var känt {day}.")
    if comparison.n_not_comparable:
        text = _(
            "{group}, {n_with_value} av {n} har värde som går att jämföra. Läget så som det var känt {day}."
        )
    typer.echo(
        text.format(
            group=render(comparison.group.name, _),
            n_with_value=comparison.n_with_value,
            n=comparison.n,
            day=comparison.release.known_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        )
    )
    typer.echo("")
    has_flags = any(member.comparability is not Comparability.COMPARABLE for member in comparison.members)
    by_place = sorted(comparison.members, key=lambda member: (member.rank is None, member.rank or 0))
    write_table(
        [
            *("", _("Plats"), _("Kommun"), _("Värde"), _("Färg"), _("Mot de andras medel"), _("Trend")),
            *([_("Jämförbarhet")] if has_flags else []),
        ],
        [[*_row(comparison, member), *([_flag(member)] if has_flags else [])] for member in by_place],
        right_aligned=(1, 3),
    )
    write_explanations((f"{member.name} {comparison.year}", member.explanation) for member in by_place)
    typer.echo("")
    for heading, value in (
        (_("Medel (ovägt)"), comparison.mean),
        (_("Hela gruppen sammantaget"), comparison.weighted_mean),
        (_("Median"), comparison.median),
        (_("Riket"), comparison.national_value),
    ):
        if value is not None:
            typer.echo(f"{heading}: {with_unit(value, measure.decimals, measure.unit, language())}")
    if (target := comparison.target) is not None:
        typer.echo(_target_words(comparison, target))
    write_sentences(*comparison.notes, *comparison.method)
    typer.echo(_("Värden: {source}").format(source=render(comparison.source, _)))


def _row(comparison: Comparison, member: Member) -> list[str]:
    sign, colour = COLOUR_SIGNS[member.colour], COLOUR_NAMES[member.colour]
    return [
        "→" if member.code == comparison.focus else "",
        _place(member),
        member.name,
        _(STATUS_WORDS[member.status])
        if member.value is None
        else number(member.value, comparison.measure.decimals, language()),
        f"{sign} {_(colour)}" if colour else "",
        _(SHORT_VERDICT_WORDS[member.verdict]) if SHORT_VERDICT_WORDS[member.verdict] else "",
        _(SHORT_TREND_WORDS[member.trend]) if SHORT_TREND_WORDS[member.trend] else "",
    ]


def _flag(member: Member) -> str:
    """Return whether the member is comparable, and what it states about it."""
    if member.comparability is Comparability.COMPARABLE:
        return member.footnote
    return ": ".join(filter(None, [_(COMPARABILITY_NAMES[member.comparability]), member.footnote]))


def _target_words(comparison: Comparison, target: Target) -> str:
    measure = comparison.measure
    low, high = (
        "" if bound is None else with_unit(bound, measure.decimals, measure.unit, language())
        for bound in (target.low, target.high)
    )
    if not high:
        bounds = _("minst {low}").format(low=low)
    elif not low:
        bounds = _("högst {high}").format(high=high)
    else:
        bounds = low if low == high else _("{low} till {high}").format(low=low, high=high)
    return f"{_('Mål från {year}').format(year=target.year)}: {bounds}"


def _place(member: Member) -> str:
    if member.rank is None:
        return ""
    return _("delad {rank}").format(rank=member.rank) if member.is_tied else str(member.rank)
