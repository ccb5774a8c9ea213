"""`jamfor trend`: every year of one measure for each member of a group."""

from typing import Annotated, Any

import typer

from answers.trend import trend as answer
from cli.compare import GENDER, TREND, AsOf, Focus, GroupWord, MeasureId, WhichGender, count_shown
from cli.opening import opened_library
from cli.output import release_time, sentences, write_explanations, write_json, write_sentences, write_table
from cli.words import _, language
from domain.development import Development, MemberDevelopment
from domain.group import GroupReference
from domain.series import Series
from domain.value import Gender
from domain.wording import said, to_translate
from language.numbers import number


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
            group=library.group(GroupReference.parse(group)),
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
        "group_name": said(development.group.name, _),
        "focus": development.focus,
        "release": release_time(development.release),
        "is_made_up": development.release.is_made_up,
        "source": said(development.source, _),
        "method": sentences(development.method),
        "notes": sentences(development.notes),
        "break_years": list(development.break_years),
        "largest_improvers": list(development.largest_improvers),
        "members": [
            {
                "code": one.series.code,
                "name": one.series.name,
                "trend": one.trend.value,
                "change_since_last_year": one.change_since_last_year,
                "change_over_series": one.change_over_series,
                "changed_from": one.changed_from,
                "comparability": one.comparability.value,
                "footnote": one.footnote,
                "series": _points(one.series),
                "unbroken_pieces": [
                    [piece[0].year, piece[-1].year] for piece in one.series.unbroken_pieces()
                ],
            }
            for one in development.members
        ],
        "group_years": [
            {
                "year": one.year,
                "n_with_value": one.n_with_value,
                "mean": one.mean,
                "lowest": one.lowest,
                "highest": one.highest,
            }
            for one in development.group_years
        ],
        "riket": _points(development.national),
    }


def _points(series: Series) -> list[dict[str, Any]]:
    return [
        {
            "year": one.year,
            "value": one.value,
            "status": one.status.value,
            "explanation": series.explanation(one.year),
        }
        for one in series.points
    ]


def _show(development: Development) -> None:
    measure = development.measure
    typer.echo(f"{measure.short_title} ({measure.unit or measure.id}), {_(GENDER[development.gender])}")
    typer.echo(said(development.group.name, _))
    typer.echo("")
    write_table(
        ["", _("Kommun"), _("År"), _("Värde"), _("Sedan förra året"), _("Sedan första året"), _("Trend")],
        [_row(development, one) for one in development.members],
        right_aligned=(3, 4, 5),
    )
    write_explanations(
        (f"{one.series.name} {year}", words)
        for one in development.members
        for year, words in one.series.explanations
    )
    typer.echo("")
    write_sentences(*development.notes, *development.method)
    typer.echo(_("Värden: {source}").format(source=said(development.source, _)))


def _row(development: Development, one: MemberDevelopment) -> list[str]:
    decimals = development.measure.decimals
    last = next((point for point in reversed(one.series.points) if point.value is not None), None)
    over_series = _signed(one.change_over_series, decimals)
    return [
        "→" if one.series.code == development.focus else "",
        one.series.name,
        str(last.year) if last else "",
        number(last.value, decimals, language()) if last and last.value is not None else "",
        _signed(one.change_since_last_year, decimals),
        f"{over_series} ({one.changed_from})" if over_series else "",
        _(TREND[one.trend]) if TREND[one.trend] else "",
    ]


def _signed(change: float | None, decimals: int) -> str:
    return "" if change is None else number(change, decimals, language(), signed=True)
