"""`jamfor trend`: every year of one measure for each member of a group."""

from typing import Annotated, Any

import typer

from answers.trend import compare_development as answer
from cli.compare import AsOf, Focus, GroupWord, MeasureId, WhichGender, count_shown
from cli.opening import opened_library
from cli.output import release_time, sentences, write_explanations, write_json, write_sentences, write_table
from cli.words import _, language
from domain.development import Development, MemberDevelopment
from domain.group import GroupReference
from domain.message import to_translate
from domain.series import Series
from domain.value import Gender
from language.enum_words import GENDER_WORDS, SHORT_TREND_WORDS
from language.numbers import number
from language.rendering import render


def trend(
    measure: MeasureId,
    group: GroupWord,
    focus: Focus = None,
    gender: WhichGender = Gender.TOTAL,
    as_of: AsOf = None,
    as_json: Annotated[bool, typer.Option("--json", help=to_translate("Skriv JSON."))] = False,
) -> None:
    """Find the development and write it."""
    with opened_library(as_of) as library:
        development = answer(
            library,
            measure_id=measure,
            group=library.groups.resolve(GroupReference.parse(group)),
            gender=gender,
            focus=focus,
        )
        count_shown(library, measure)
    if as_json:
        write_json(_as_json(development))
    else:
        _show(development)


def _as_json(development: Development) -> dict[str, Any]:
    return {
        "measure": development.measure.id,
        "title": development.measure.title,
        "gender": development.gender.value,
        "unit": development.measure.unit,
        "direction": development.measure.direction.value,
        "group": str(development.group.reference),
        "group_name": render(development.group.name, _),
        "focus": development.focus,
        "release": release_time(development.release),
        "is_made_up": development.release.is_made_up,
        "source": render(development.source, _),
        "method": sentences(development.method),
        "notes": sentences(development.notes),
        "break_years": list(development.break_years),
        "largest_improvers": list(development.largest_improvers),
        "members": [
            {
                "code": member.series.code,
                "name": member.series.name,
                "trend": member.trend.value,
                "change_since_last_year": member.change_since_last_year,
                "change_over_series": member.change_over_series,
                "changed_from": member.changed_from,
                "comparability": member.comparability.value,
                "footnote": member.footnote,
                "series": _points(member.series),
                "unbroken_pieces": [
                    [piece[0].year, piece[-1].year] for piece in member.series.unbroken_pieces()
                ],
            }
            for member in development.members
        ],
        "group_years": [
            {
                "year": group_year.year,
                "n_with_value": group_year.n_with_value,
                "mean": group_year.mean,
                "lowest": group_year.lowest,
                "highest": group_year.highest,
            }
            for group_year in development.group_years
        ],
        "riket": _points(development.national),
    }


def _points(series: Series) -> list[dict[str, Any]]:
    return [
        {
            "year": point.year,
            "value": point.value,
            "status": point.status.value,
            "explanation": series.explanation(point.year),
        }
        for point in series.points
    ]


def _show(development: Development) -> None:
    measure = development.measure
    typer.echo(f"{measure.short_title} ({measure.unit or measure.id}), {_(GENDER_WORDS[development.gender])}")
    typer.echo(render(development.group.name, _))
    typer.echo("")
    write_table(
        ["", _("Kommun"), _("År"), _("Värde"), _("Sedan förra året"), _("Sedan första året"), _("Trend")],
        [_row(development, member) for member in development.members],
        right_aligned=(3, 4, 5),
    )
    write_explanations(
        (f"{member.series.name} {year}", words)
        for member in development.members
        for year, words in member.series.explanations
    )
    typer.echo("")
    write_sentences(*development.notes, *development.method)
    typer.echo(_("Värden: {source}").format(source=render(development.source, _)))


def _row(development: Development, member_development: MemberDevelopment) -> list[str]:
    decimals = development.measure.decimals
    last = next(
        (point for point in reversed(member_development.series.points) if point.value is not None), None
    )
    over_series = _signed(member_development.change_over_series, decimals)
    return [
        "→" if member_development.series.code == development.focus else "",
        member_development.series.name,
        str(last.year) if last else "",
        number(last.value, decimals, language()) if last and last.value is not None else "",
        _signed(member_development.change_since_last_year, decimals),
        f"{over_series} ({member_development.changed_from})" if over_series else "",
        _(SHORT_TREND_WORDS[member_development.trend]) if SHORT_TREND_WORDS[member_development.trend] else "",
    ]


def _signed(change: float | None, decimals: int) -> str:
    return "" if change is None else number(change, decimals, language(), signed=True)
