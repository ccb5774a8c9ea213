"""Trend lines: the focus over the years, the others thin, the group's range behind; never across a break or a gap."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import Final

from app_pages.parts.charts.chart import Chart, Translate
from app_pages.parts.charts.footnotes import Footnotes, hover_lines
from app_pages.parts.charts.look import Drawing, plain_figure, value_axis
from app_pages.parts.charts.trend_tables import (
    MOST_LINES,
    break_years,
    describe,
    full_table,
    line_footnotes,
    shown_table,
)
from app_pages.parts.charts.wording import (
    direction_words,
    flag_sentences,
    flagged_name,
    status_words,
    unit_words,
    value_words,
)
from app_pages.parts.theme import BAND, CHOSEN, MINE, OTHERS_LINE, QUIET
from domain.comparability import Comparability
from domain.development import Development
from domain.measure import Measure
from domain.series import Point, Series
from domain.value import Gender, Status
from language.enum_words import GENDER_WORDS
from language.numbers import number
from language.rendering import render

NO_FOOTNOTES: Final = Footnotes()
MARK: Final = {
    Status.MISSING: "x-thin-open",
    Status.SUPPRESSED: "circle-open",
    Status.NOT_APPLICABLE: "line-ew-open",
    Status.NOT_REPORTED: "x-thin-open",
}


def trend_lines(
    development: Development, *, chosen: str | None = None, translate: Translate, language: str
) -> Chart:
    """Draw one line per member. The mean is dashed, Riket dotted, `chosen` one more highlighted member."""
    measure, focus = development.measure, development.focus
    members = {member.series.code: member for member in development.members}
    series = tuple(
        replace(member.series, name=flagged_name(member.series.name, member))
        for member in development.members
    )
    apart = {code for code, member in members.items() if member.comparability is Comparability.NOT_COMPARABLE}
    footnotes = line_footnotes(development, chosen)
    mean = _mean(development, translate)
    national = development.national if development.national.unbroken_pieces() else None
    years = sorted({point.year for line in series for point in line.points if point.value is not None})
    figure = plain_figure(height=420, language=language, margin_top=26, margin_bottom=30)
    for upper, lower in _range_pieces(development):
        figure.add_scatter(
            x=[point.year for point in upper] + [point.year for point in reversed(lower)],
            y=[point.value for point in upper] + [point.value for point in reversed(lower)],
            fill="toself",
            fillcolor=BAND,
            mode="lines",
            line={"width": 0},
            hoverinfo="skip",
        )
    lifted = {focus, chosen}
    if len(series) <= MOST_LINES:
        others = [line for line in series if line.code not in lifted]
        for dash, alike in (
            ("solid", [other for other in others if other.code not in apart]),
            ("3px,3px", [other for other in others if other.code in apart]),
        ):
            if alike:
                _lines(
                    figure,
                    alike,
                    measure,
                    translate,
                    language,
                    colour=OTHERS_LINE,
                    width=1.2,
                    dash=dash,
                    footnotes=footnotes,
                )
    if national is not None:
        _lines(figure, [national], measure, translate, language, colour=QUIET, width=1.4, dash="dot")
    if mean is not None:
        _lines(figure, [mean], measure, translate, language, colour=QUIET, width=1.4, dash="dash")
    ends: list[tuple[Series, str, bool]] = []
    for line in series:
        if line.code == chosen and chosen != focus:
            _lines(
                figure,
                [line],
                measure,
                translate,
                language,
                colour=CHOSEN,
                width=2.4,
                is_dotted=True,
                footnotes=footnotes,
            )
            ends.append((line, CHOSEN, True))
    for line in series:
        if line.code == focus:
            _lines(
                figure,
                [line],
                measure,
                translate,
                language,
                colour=MINE,
                width=3.2,
                is_dotted=True,
                footnotes=footnotes,
            )
            ends.append((line, MINE, True))
    ends += [(line, QUIET, False) for line in (mean, national) if line is not None]
    low, high = _extent([*series, *(line for line in (mean, national) if line is not None)])
    _name_ends(figure, ends, measure, language, low, high)
    for line in series:
        if line.code == focus and years:
            _mark_holes(figure, line, years, low + (high - low) * 0.025, footnotes, translate)
    for year in break_years(development):
        if years and years[0] < year <= years[-1]:
            _mark_break(figure, year, translate)
    figure.update_yaxes(**value_axis(measure.decimals, is_zero_marked=False), range=[low, high])
    if years:
        figure.update_xaxes(
            tickformat="d",
            dtick=max(1, ceil((years[-1] - years[0]) / 5)),
            tickangle=0,
            ticks="outside",
            ticklen=7,
            tickcolor="white",
            tick0=years[-1],
            range=[years[0] - 0.3, years[-1] + 0.3],
            showgrid=False,
            zeroline=False,
            tickfont={"size": 12, "color": QUIET},
            fixedrange=True,
        )
    notes = [translate("Axeln börjar inte vid noll.")] if low > 0 else []
    notes += flag_sentences(((member.series.name, member) for member in members.values()), translate)
    notes += footnotes.lines
    if len(series) > 1:
        notes.insert(
            0, translate("Det bleka bandet går från gruppens lägsta till dess högsta värde varje år.")
        )
    parts = [unit_words(measure, translate), direction_words(measure, translate)]
    parts += [f"{years[0]}–{years[-1]}"] if years else []
    parts += [translate(GENDER_WORDS[development.gender])] if development.gender is not Gender.TOTAL else []
    return Chart(
        name="utveckling",
        title=measure.short_title,
        subtitle=" · ".join(part for part in [*parts, render(development.group.name, translate)] if part),
        figure=figure.figure(),
        text_alternative=describe(development, translate=translate, language=language),
        table=shown_table(
            series, mean, national, _every_year(years), footnotes, measure, focus, translate, language
        ),
        full_table=full_table(
            (*(member.series for member in members.values()), *(line for line in (mean, national) if line)),
            translate,
            members,
        ),
        notes=tuple(notes),
    )


def _lines(
    figure: Drawing,
    series: Sequence[Series],
    measure: Measure,
    translate: Translate,
    language: str,
    *,
    colour: str,
    width: float,
    dash: str = "solid",
    is_dotted: bool = False,
    footnotes: Footnotes = NO_FOOTNOTES,
) -> None:
    """Draw the unbroken pieces of series that look alike in one trace, which a browser draws as fast as a single line.

    A piece of a single year is a dot. An explained point has its letter above it.
    """
    pieces = [(line.name, piece) for line in series for piece in line.unbroken_pieces()]
    words = {
        (line.name, year): f"<br>{hover_lines(text)}"
        for line in series
        for year, text in line.explanations
        if (line.code, year) in footnotes.by_key
    }
    hole = [None]
    figure.add_scatter(
        x=[year for _, piece in pieces for year in [*(point.year for point in piece), *hole]],
        y=[value for _, piece in pieces for value in [*(point.value for point in piece), *hole]],
        mode="lines",
        connectgaps=False,
        line={"color": colour, "width": width, "dash": dash},
        customdata=[
            text
            for name, piece in pieces
            for text in [
                *(
                    f"<b>{name}</b> {point.year}<br>"
                    f"{value_words(point.value, point.status, measure, translate, language)}"
                    + words.get((name, point.year), "")
                    for point in piece
                ),
                "",
            ]
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    dots = [piece[0] for _, piece in pieces if len(piece) == 1]
    if is_dotted and pieces:
        dots = [*dots, pieces[-1][1][-1]]
    if dots:
        figure.add_scatter(
            x=[point.year for point in dots],
            y=[point.value for point in dots],
            mode="markers",
            marker={"color": colour, "size": 8 if is_dotted else 4},
            hoverinfo="skip",
        )
    for line in series:
        by_year = {point.year: point.value for point in line.points}
        for year, _text in line.explanations:
            if by_year.get(year) is not None:
                ink = colour if is_dotted else QUIET
                _letter(figure, (line.code, year), year, by_year[year], footnotes, ink)


def _letter(
    figure: Drawing,
    key: tuple[str, int],
    year: int,
    height: float | None,
    footnotes: Footnotes,
    colour: str,
) -> None:
    """Draw the letter of an explained point above it, if it is explained."""
    footnote = footnotes.by_key.get(key)
    if footnote is not None:
        figure.add_annotation(
            x=year,
            y=height,
            yanchor="bottom",
            yshift=5,
            text=f"<b>{footnote.letter}</b>" if colour == MINE else footnote.letter,
            showarrow=False,
            font={"size": 12, "color": colour},
            bgcolor="rgba(255,255,255,0.75)",
            borderpad=0,
            **footnotes.opening(key),
        )


def _every_year(years: list[int]) -> list[int]:
    """Return all years from the first to the last, so that a year without any number is visible too."""
    return list(range(years[0], years[-1] + 1)) if years else []


def _mean(development: Development, translate: Translate) -> Series | None:
    """Return the group's unweighted mean as a series that breaks where the measure does."""
    points = tuple(
        Point(group_year.year, group_year.mean, Status.NOT_REPORTED if group_year.mean is None else Status.OK)
        for group_year in development.group_years
    )
    if len(development.members) < 2 or all(point.value is None for point in points):
        return None
    return Series("", translate("Medel"), points, development.break_years)


def _range_pieces(development: Development) -> list[tuple[list[Point], list[Point]]]:
    """Return the highest and lowest value per year, in pieces without breaks or gaps."""
    breaks = break_years(development)
    pieces: list[tuple[list[Point], list[Point]]] = []
    for group_year in sorted(development.group_years, key=lambda each: each.year):
        if group_year.highest is None or group_year.lowest is None:
            continue
        highest, lowest = (
            Point(group_year.year, group_year.highest, Status.OK),
            Point(group_year.year, group_year.lowest, Status.OK),
        )
        if pieces and pieces[-1][0][-1].year == group_year.year - 1 and group_year.year not in breaks:
            pieces[-1][0].append(highest)
            pieces[-1][1].append(lowest)
        else:
            pieces.append(([highest], [lowest]))
    return [piece for piece in pieces if len(development.members) > 1 and len(piece[0]) > 1]


def _extent(series: list[Series]) -> tuple[float, float]:
    """Return the range of the axis: the data and a margin; from zero when the lowest value is near it."""
    values = [point.value for line in series for point in line.points if point.value is not None] or [
        0.0,
        1.0,
    ]
    low, high = min(values), max(values)
    span = (high - low) or abs(high) or 1.0
    bottom = 0.0 if 0 <= low < 0.35 * high else low - span * 0.10
    return bottom, high + span * 0.08


def _name_ends(
    figure: Drawing,
    ends: list[tuple[Series, str, bool]],
    measure: Measure,
    language: str,
    low: float,
    high: float,
) -> None:
    """Write names at the ends of the lines, pushed apart so that none overlap."""
    last = [
        (line.unbroken_pieces()[-1][-1], line, colour, bold)
        for line, colour, bold in ends
        if line.unbroken_pieces()
    ]
    if not last:
        return
    last_year = max(point.year for point, *_ in last)
    least_gap = (high - low) * 0.062
    placed: list[float] = []
    for point, line, colour, is_bold in sorted(last, key=lambda item: item[0].value or 0.0):
        height = point.value or 0.0
        if placed and height - placed[-1] < least_gap:
            height = placed[-1] + least_gap
        placed.append(height)
        text = f"{line.name} {number(point.value or 0.0, measure.decimals, language)}"
        if point.year != last_year:
            text += f" ({point.year})"
        figure.add_annotation(
            x=1,
            xref="paper",
            y=height,
            text=f"<b>{text}</b>" if is_bold else text,
            showarrow=False,
            xanchor="left",
            xshift=8,
            font={"color": colour, "size": 13 if is_bold else 12},
        )
    # Annotations outside the axes do not make room for themselves, so the margin follows the longest name.
    longest = max(len(line.name) for _, line, *_ in last) + 7
    figure.layout["margin"]["r"] = min(16 + 7 * longest, 190)


def _mark_holes(
    figure: Drawing,
    series: Series,
    years: list[int],
    floor: float,
    footnotes: Footnotes,
    translate: Translate,
) -> None:
    """Mark on the floor of the chart each year in which the focus has no number, with the reason on hover."""
    by_year = {point.year: point for point in series.points}
    for year in range(years[0], years[-1] + 1):
        point = by_year.get(year, Point(year, None, Status.NOT_REPORTED))
        if point.value is None:
            key = (series.code, year)
            explanation = hover_lines(series.explanation(year))
            _letter(figure, key, year, floor, footnotes, MINE)
            figure.add_scatter(
                x=[year],
                y=[floor],
                mode="markers",
                marker={
                    "symbol": MARK[point.status],
                    "size": 9,
                    "color": MINE,
                    "line": {"width": 1.6, "color": MINE},
                },
                cliponaxis=False,
                customdata=[explanation and f"<br>{explanation}"],
                hovertemplate=f"<b>{series.name}</b> {year}<br>{status_words(point.status, translate)}"
                "%{customdata}<extra></extra>",
            )


def _mark_break(figure: Drawing, year: int, translate: Translate) -> None:
    figure.add_shape(
        type="line",
        x0=year - 0.5,
        x1=year - 0.5,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": QUIET, "width": 1, "dash": "4px,3px"},
    )
    figure.add_annotation(
        x=year - 0.5,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=translate("brott {year}").format(year=year),
        showarrow=False,
        font={"size": 12, "color": QUIET},
    )
