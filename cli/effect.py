"""`jamfor effect`: the effect of a change, by design and with every check, from the figures or any panel file."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from answers.effects.estimation import estimate_effect
from answers.effects.measure_panel import known_starts, left_out_on_request, places_running_similar_cases
from answers.effects.panel_file import PanelColumns, estimate_file_effect, parse_treated
from answers.library import Library
from cli.compare import AsOf, WhichGender
from cli.opening import get_workspace, opened_library
from cli.output import release_time, sentences, write_json, write_sentences, write_table
from cli.words import _, language
from data.workspace.reuses import reuses
from data.workspace.stories import cases
from domain.case import Case
from domain.effect import DESIGN_NAMES, Design, Effect
from domain.errors.effects import TreatedError
from domain.errors.files import UnreadablePanelError
from domain.group import GroupReference
from domain.message import Message, to_translate
from domain.value import Gender
from language.numbers import number
from language.rendering import render

MOST_WEIGHTS: Final = 10  # as many as are read; JSON has them all
PASSED: Final = {True: "✓", False: "✗", None: "·"}
_NO_FILE: Final = to_translate("den finns inte, eller får inte läsas")


def effect(
    measure: Annotated[
        str | None,
        typer.Option(
            "--measure", metavar="MEASURE", help=to_translate("Måttets beteckning, till exempel N15428.")
        ),
    ] = None,
    treated: Annotated[
        str,
        typer.Option(
            "--treated",
            metavar="CODE[:YEAR],… or COLUMN",
            help=to_translate(
                "Vilka som gjorde det och första året som räknas som efter starten: 0136:2019,0127:2020. Utan år tas det från "
                "platsens publicerade exempel på måttet. I en panel också en kolumn med 0 och 1."
            ),
        ),
    ] = "",
    design: Annotated[
        Design | None,
        typer.Option(
            "--design",
            help=to_translate(
                "did skillnad i skillnader, sc syntetisk kontroll, sdid båda tillsammans, gt grupper och år, its avbruten "
                "tidsserie. Utan val väljs det som serien tillåter."
            ),
        ),
    ] = None,
    donors: Annotated[
        str | None,
        typer.Option(
            "--donors",
            metavar="GROUP",
            help=to_translate(
                "Vilka det jämförs med, som --group i compare; i en panel namn med komma emellan."
            ),
        ),
    ] = None,
    exclude: Annotated[
        str,
        typer.Option("--exclude", metavar="CODES", help=to_translate("Vilka som inte ska jämföras med.")),
    ] = "",
    without_neighbours: Annotated[
        bool,
        typer.Option("--without-neighbours", help=to_translate("Jämför inte med kommuner i samma län.")),
    ] = False,
    gender: WhichGender = Gender.TOTAL,
    as_of: AsOf = None,
    panel: Annotated[
        Path | None,
        typer.Option("--panel", metavar="FILE", help=to_translate("En egen panel i stället för ett mått.")),
    ] = None,
    unit: Annotated[
        str, typer.Option("--unit", metavar="COLUMN", help=to_translate("Panelens kolumn för enheten."))
    ] = "",
    time: Annotated[
        str, typer.Option("--time", metavar="COLUMN", help=to_translate("Panelens kolumn för tiden."))
    ] = "",
    outcome: Annotated[
        str, typer.Option("--outcome", metavar="COLUMN", help=to_translate("Panelens kolumn för utfallet."))
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help=to_translate("Skriv JSON."))] = False,
) -> None:
    """Estimate the effect and write it. A refusal is an answer."""
    if not treated.strip():
        raise typer.BadParameter(_("Säg vilka som gjorde det."), param_hint="--treated")
    if (panel is None) == (measure is None):
        raise typer.BadParameter(
            _("Ange antingen ett mått eller en panel."), param_hint="--measure / --panel"
        )
    if panel is not None:
        lacking = [
            name for name, word in (("--unit", unit), ("--time", time), ("--outcome", outcome)) if not word
        ]
        if lacking:
            raise typer.BadParameter(_("En panel behöver sina kolumner."), param_hint=", ".join(lacking))
        effect = _of_panel(panel, PanelColumns(unit, time, outcome, treated), design, donors, exclude)
        answer = _as_json(effect, {})
        names: Mapping[str, str] = {}
        decimals = 3
    else:
        with opened_library(as_of) as library:
            effect = _of_measure(
                library, measure or "", treated, design, donors, exclude, without_neighbours, gender
            )
            shown = library.catalogue.measure(measure or "")
            names = {code: place.name for code, place in library.places.by_code.items()}
            answer = {**_as_json(effect, names), **_about(library, shown.id, gender)}
            decimals = shown.decimals
    if as_json:
        write_json(answer)
    else:
        _show(effect, names, decimals)


def _of_measure(
    library: Library,
    measure: str,
    treated: str,
    design: Design | None,
    donors: str | None,
    exclude: str,
    without_neighbours: bool,
    gender: Gender,
) -> Effect:
    measure_id = library.catalogue.measure(measure).id
    published = cases(get_workspace())
    starts = _starts(library, measure_id, treated, published)
    similar = places_running_similar_cases(library, measure_id, published, reuses(get_workspace()))
    return estimate_effect(
        library,
        measure_id=measure_id,
        treated=starts,
        design=design,
        donors=library.groups.resolve(GroupReference.parse(donors)) if donors else None,
        left_out=similar | left_out_on_request(library, _words(exclude)),
        without_neighbours=without_neighbours,
        gender=gender,
    )


def _starts(library: Library, measure_id: str, treated: str, published: tuple[Case, ...]) -> dict[str, int]:
    """Return code → first year: as written, else when a published case on the measure began there."""
    said_starts = parse_treated(treated)
    if not said_starts:
        raise TreatedError(TreatedError.UNREADABLE, treated=treated)
    known = known_starts(library, measure_id, published)
    starts = {}
    for word, year in said_starts.items():
        place = library.places.find(word)
        first = known.get(place.code) if year is None else year
        if first is None:
            raise TreatedError(TreatedError.WITHOUT_START, unit=place.code)
        starts[place.code] = first
    return starts


def _of_panel(
    path: Path, columns: PanelColumns, design: Design | None, donors: str | None, exclude: str
) -> Effect:
    try:
        content = path.read_bytes()
    except OSError:
        raise UnreadablePanelError(file=path, problem=Message(_NO_FILE)) from None
    return estimate_file_effect(
        content,
        path.name,
        columns,
        design=design,
        donors=_words(donors) if donors is not None else None,
        left_out=_words(exclude),
    )


def _words(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _as_json(effect: Effect, names: Mapping[str, str]) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "design": effect.design.value,
        "treated": dict(effect.treated),
        "estimate": effect.estimate,
        "standard_error": effect.standard_error,
        "p_value": effect.p_value,
        "pre_rmspe": effect.pre_rmspe,
        "unit_weights": dict(effect.unit_weights),
        "time_weights": {str(time): weight for time, weight in effect.time_weights.items()},
        "gap": {str(gap_point.time): gap_point.gap for gap_point in effect.gap},
        "series": [
            {
                "time": gap_point.time,
                "actual": gap_point.actual,
                "synthetic": gap_point.synthetic,
                "is_after": gap_point.is_after,
            }
            for gap_point in effect.gap
        ],
        "placebos": [
            {
                "unit": placebo.unit,
                "estimate": placebo.estimate,
                "pre_rmspe": placebo.pre_rmspe,
                "ratio": _finite(placebo.ratio),
                "gap": {str(point.time): gap for point, gap in zip(effect.gap, placebo.gaps, strict=False)},
            }
            for placebo in effect.placebos
        ],
        "checks": [
            {
                "name": check.name,
                "passed": check.passed,
                "message": render(check.message, _),
                "values": {name: _finite(value) for name, value in check.values.items()},
            }
            for check in effect.checks
        ],
        "refused": render(effect.refused, _) if effect.refused else None,
        "donors": list(effect.donors),
        "left_out": {unit: render(why, _) for unit, why in effect.left_out.items()},
        "by_group_and_time": [
            {"group": group, "time": time, "effect": value}
            for (group, time), value in effect.by_group_and_time.items()
        ],
        "method": sentences(effect.method),
    }
    if names:
        answer["names"] = {
            code: names[code] for code in [*effect.treated, *effect.donors, *effect.left_out] if code in names
        }
    return answer


def _finite(value: float | str | None) -> float | str | None:
    """Return the number, or null where JSON cannot hold it (NaN, infinity)."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _about(library: Library, measure_id: str, gender: Gender) -> dict[str, Any]:
    measure = library.catalogue.measure(measure_id)
    return {
        "measure": measure.id,
        "title": measure.title,
        "unit": measure.unit,
        "gender": gender.value,
        "release": release_time(library.release),
        "is_made_up": library.release.is_made_up,
        "source": render(library.release.source, _),
    }


def _show(effect: Effect, names: Mapping[str, str], decimals: int) -> None:
    def format_value(value: float | None, *, signed: bool = False) -> str:
        return "" if value is None else number(value, decimals, language(), signed=signed)

    typer.echo(_(DESIGN_NAMES[effect.design]).capitalize())
    started = ", ".join(f"{names.get(unit, unit)} {year}" for unit, year in effect.treated.items())
    typer.echo(_("Genomfört: {places}").format(places=started))
    if effect.refused:
        typer.echo(_("Ingen siffra ges. {reason}").format(reason=render(effect.refused, _)))
    else:
        text = _("Skillnad från starten, i snitt: {estimate}")
        typer.echo(text.format(estimate=format_value(effect.estimate, signed=True)))
    if effect.gap:
        typer.echo("")
        write_table(
            [_("Tid"), _("Värde"), _("Jämförelsen"), _("Skillnad"), ""],
            [
                [
                    str(gap_point.time),
                    format_value(gap_point.actual),
                    format_value(gap_point.synthetic),
                    format_value(gap_point.gap, signed=True),
                    _("efter") if gap_point.is_after else "",
                ]
                for gap_point in effect.gap
            ],
            right_aligned=(0, 1, 2, 3),
        )
    if effect.unit_weights:
        typer.echo("")
        write_table(
            [_("Jämförs med"), _("Vikt")],
            [
                [names.get(unit, unit), number(weight, 3, language())]
                for unit, weight in list(effect.unit_weights.items())[:MOST_WEIGHTS]
            ],
            right_aligned=(1,),
        )
        if len(effect.unit_weights) > MOST_WEIGHTS:
            typer.echo(_("och {n} till").format(n=len(effect.unit_weights) - MOST_WEIGHTS))
    typer.echo("")
    for check in effect.checks:
        typer.echo(f"{PASSED[check.passed]} {render(check.message, _)}")
    write_sentences(*effect.method)
    for unit, why in list(effect.left_out.items())[:MOST_WEIGHTS]:
        typer.echo(_("- Inte med: {unit}. {why}").format(unit=names.get(unit, unit), why=render(why, _)))
    if len(effect.left_out) > MOST_WEIGHTS:
        typer.echo(_("och {n} till").format(n=len(effect.left_out) - MOST_WEIGHTS))
