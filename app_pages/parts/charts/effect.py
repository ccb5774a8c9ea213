"""An effect in two charts: the place beside its comparison, and its gap among the gaps of the placebos."""

from collections.abc import Sequence
from math import ceil
from typing import Final

import numpy as np

from app_pages.parts.charts.chart import Chart, Translate
from app_pages.parts.charts.effect_tables import full_gaps_table, full_years_table, gap_table, years_table
from app_pages.parts.charts.effect_words import (
    comparison_notes,
    describe,
    describe_gap,
    effect_subtitle,
    treated_name,
)
from app_pages.parts.charts.look import Drawing, plain_figure, value_axis
from app_pages.parts.charts.wording import (
    difference_words,
    direction_words,
    unit_words,
)
from app_pages.parts.theme import BAND, GRID, MINE, OTHERS, QUIET
from domain.case_effect import CaseEffect
from domain.effect import Design, Effect, GapPoint
from language.effect_sentences import how_sure
from language.numbers import number
from language.rendering import render

CLOUD_SHARE: Final = 0.95  # of the placebos lies within the axis; the widest would press all others flat


def actual_and_synthetic(
    case_effect: CaseEffect, *, effect: Effect | None = None, translate: Translate, language: str
) -> Chart:
    """The place's series and the comparison's, with the start marked; the series alone where there is no comparison.

    effect: another of the designs than the chosen one.
    """
    shown = effect or case_effect.effect
    measure = case_effect.measure
    figure = plain_figure(height=400, language=language, margin_top=26, margin_bottom=30)
    notes: list[str] = []
    if shown is not None and shown.gap:
        points = shown.gap
        _filled_after(figure, points)
        who, other = treated_name(case_effect, shown, translate), translate("Jämförelsen")
        lines = [
            (who, [point.actual for point in points], MINE, "solid", 3.2),
            (other, [point.synthetic for point in points], QUIET, "dash", 2.0),
        ]
        times = [point.time for point in points]
        for name, values, colour, dash, width in lines:
            _line(figure, name, times, values, case_effect, colour, dash, width, language)
        _end_names(
            figure, [(name, values[-1], colour) for name, values, colour, *_ in lines], case_effect, language
        )
        notes += comparison_notes(shown, translate)
    else:
        times = _series_alone(figure, case_effect, language)
    _time_axis(figure, times, shown, translate)
    _start(figure, _first_time(case_effect, shown), times, translate)
    values = [value for trace in figure.traces for value in trace["y"] if value is not None]
    figure.update_yaxes(**value_axis(measure.decimals, is_zero_marked=False), range=_extent(values))
    if values and _extent(values)[0] > 0:
        notes.append(translate("Axeln börjar inte vid noll."))
    if shown is not None and shown.refused:
        notes.insert(0, render(shown.refused, translate))
    return Chart(
        name="faktiskt-och-jamforelse",
        title=measure.short_title,
        subtitle=effect_subtitle(
            case_effect,
            shown,
            [unit_words(measure, translate), direction_words(measure, translate)],
            translate,
        ),
        figure=figure.figure(),
        text_alternative=describe(case_effect, effect=effect, translate=translate, language=language),
        table=years_table(case_effect, effect=effect, translate=translate, language=language),
        full_table=full_years_table(case_effect, shown, translate),
        notes=tuple(notes),
    )


def gap_and_placebos(
    case_effect: CaseEffect, *, effect: Effect | None = None, translate: Translate, language: str
) -> Chart:
    """How far the place lies from its comparison, year by year, before the same for everybody who did nothing."""
    shown = effect or case_effect.effect
    measure = case_effect.measure
    figure = plain_figure(height=360, language=language, margin_top=26, margin_bottom=30)
    points = shown.gap if shown is not None else ()
    times = [point.time for point in points]
    gaps = [point.gap for point in points]
    placebos = shown.placebos if shown is not None else ()
    drawn = [placebo for placebo in placebos if len(placebo.gaps) == len(times)]
    notes: list[str] = []
    if drawn:
        figure.add_scatter(
            x=[time for _ in drawn for time in [*times, None]],
            y=[gap for placebo in drawn for gap in [*placebo.gaps, None]],
            mode="lines",
            connectgaps=False,
            line={"color": OTHERS, "width": 0.8},
            opacity=0.55,
            hoverinfo="skip",
        )
        text = translate("De grå linjerna är {n} kommuner som inte gjorde något, räknade på samma sätt.")
        notes.append(text.format(n=len(drawn)))
    if times and shown is not None:
        _line(
            figure,
            treated_name(case_effect, shown, translate),
            times,
            gaps,
            case_effect,
            MINE,
            "solid",
            3.2,
            language,
        )
        _end_names(
            figure,
            [(treated_name(case_effect, shown, translate), gaps[-1], MINE)],
            case_effect,
            language,
            is_gap=True,
        )
    low, high = _gap_range(gaps, [placebo.gaps for placebo in drawn])
    n_outside = sum(min(placebo.gaps) < low or max(placebo.gaps) > high for placebo in drawn)
    if n_outside:
        text = translate("{n} av dem går utanför diagrammet.")
        notes.append(text.format(n=n_outside))
    figure.update_yaxes(**value_axis(measure.decimals), range=[low, high])
    _time_axis(figure, times, shown, translate)
    _start(figure, _first_time(case_effect, shown), times, translate)
    if shown is not None and shown.refused:
        notes.insert(0, render(shown.refused, translate))
    unit = difference_words(measure, translate)
    return Chart(
        name="skillnad-och-andra",
        title=translate("Skillnad mot jämförelsen: {measure}").format(measure=measure.short_title),
        subtitle=effect_subtitle(case_effect, shown, [unit], translate),
        figure=figure.figure(),
        text_alternative=" ".join(
            filter(
                None,
                [
                    describe_gap(case_effect, shown, translate, language),
                    how_sure(case_effect, translate) if effect is None else "",
                ],
            )
        ),
        table=gap_table(case_effect, shown, translate, language),
        full_table=full_gaps_table(case_effect, shown, translate),
        notes=tuple(notes),
    )


def _line(
    figure: Drawing,
    name: str,
    times: Sequence[int],
    values: Sequence[float],
    case_effect: CaseEffect,
    colour: str,
    dash: str,
    width: float,
    language: str,
) -> None:
    figure.add_scatter(
        x=list(times),
        y=list(values),
        mode="lines+markers" if len(times) == 1 else "lines",
        line={"color": colour, "width": width, "dash": dash},
        customdata=[
            f"<b>{name}</b> {time}<br>{number(value, case_effect.measure.decimals, language)}"
            for time, value in zip(times, values, strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _series_alone(figure: Drawing, case_effect: CaseEffect, language: str) -> list[int]:
    """Draw the unbroken pieces of the place's own series; return every year from the first to the last."""
    pieces = case_effect.series.unbroken_pieces()
    for piece in pieces:
        years, values = [point.year for point in piece], [point.value or 0.0 for point in piece]
        _line(figure, case_effect.place, years, values, case_effect, MINE, "solid", 3.2, language)
    if pieces:
        _end_names(figure, [(case_effect.place, pieces[-1][-1].value or 0.0, MINE)], case_effect, language)
    years = [point.year for point in case_effect.series.points]
    return list(range(years[0], years[-1] + 1)) if years else []


def _filled_after(figure: Drawing, points: Sequence[GapPoint]) -> None:
    """Shade the gap between the lines from the start on."""
    after = [point for point in points if point.is_after]
    if len(after) > 1:
        figure.add_scatter(
            x=[point.time for point in after] + [point.time for point in reversed(after)],
            y=[point.actual for point in after] + [point.synthetic for point in reversed(after)],
            fill="toself",
            fillcolor=BAND,
            mode="lines",
            line={"width": 0},
            hoverinfo="skip",
        )


def _end_names(
    figure: Drawing,
    ends: Sequence[tuple[str, float, str]],
    case_effect: CaseEffect,
    language: str,
    *,
    is_gap: bool = False,
) -> None:
    """Write the names at the ends of the lines with the last values; close ones are pushed apart."""
    ordered = sorted(ends, key=lambda end: end[1])
    for place, (name, value, colour) in enumerate(ordered):
        shift = 0 if len(ordered) == 1 else (-9, 9)[place]
        text = f"{name} {number(value, case_effect.measure.decimals, language, signed=is_gap)}"
        figure.add_annotation(
            x=1,
            xref="paper",
            y=value,
            yshift=shift,
            text=f"<b>{text}</b>" if colour == MINE else text,
            showarrow=False,
            xanchor="left",
            xshift=8,
            font={"color": colour, "size": 13 if colour == MINE else 12},
        )
    longest = max(len(name) for name, *_ in ends) + 7
    figure.layout["margin"]["r"] = min(16 + 7 * longest, 190)


def _time_axis(figure: Drawing, times: Sequence[int], shown: Effect | None, translate: Translate) -> None:
    if not times:
        return
    is_since_start = shown is not None and shown.design is Design.GROUP_TIME
    figure.update_xaxes(
        tickformat="d",
        dtick=max(1, ceil((times[-1] - times[0]) / 5)),
        tick0=0 if is_since_start else times[-1],
        tickangle=0,
        ticks="outside",
        ticklen=7,
        tickcolor="white",
        range=[times[0] - 0.3, times[-1] + 0.3],
        showgrid=False,
        zeroline=False,
        linecolor=GRID,
        tickfont={"size": 12, "color": QUIET},
        fixedrange=True,
    )
    if is_since_start:
        title = translate("År sedan starten")
        figure.update_xaxes(title={"text": title, "font": {"size": 12, "color": QUIET}, "standoff": 6})
        figure.layout["margin"]["b"] = 50


def _first_time(case_effect: CaseEffect, shown: Effect | None) -> int | None:
    """Return the first time that counts as after the start, on the chart's own axis."""
    if shown is not None and shown.gap:
        return next((gap_point.time for gap_point in shown.gap if gap_point.is_after), None)
    return case_effect.first_year


def _start(figure: Drawing, first: int | None, times: Sequence[int], translate: Translate) -> None:
    """Draw a line between the last time before the start and the first after it."""
    if first is None or not times or not times[0] <= first <= times[-1] + 1:
        return
    earlier = [time for time in times if time < first]
    at = (earlier[-1] + first) / 2 if earlier else first - 0.5
    figure.add_shape(
        type="line",
        x0=at,
        x1=at,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": QUIET, "width": 1.2, "dash": "dot"},
    )
    figure.add_annotation(
        x=at,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=translate("start"),
        showarrow=False,
        font={"size": 12, "color": QUIET},
    )


def _extent(values: Sequence[float]) -> list[float]:
    """Return the range of the axis: the data and a margin; from zero when the lowest value is near it."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    span = (high - low) or abs(high) or 1.0
    return [0.0 if 0 <= low < 0.35 * high else low - span * 0.10, high + span * 0.10]


def _gap_range(mine: Sequence[float], others: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Return a range symmetric about zero that holds the place itself and nearly all placebos."""
    farthest = [max((abs(gap) for gap in gaps), default=0.0) for gaps in others]
    cloud = float(np.quantile(farthest, CLOUD_SHARE)) if farthest else 0.0
    top = 1.08 * max([cloud, *(abs(gap) for gap in mine)]) or 1.0
    return -top, top
