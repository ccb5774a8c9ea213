"""Ranked bars: the members' values in one year, with the mean, Riket and what is missing."""

from html import escape
from typing import Final

from app_pages.parts.charts.chart import Chart, Translate
from app_pages.parts.charts.footnotes import Footnotes, hover_lines, member_footnotes
from app_pages.parts.charts.look import Drawing, plain_figure, value_axis
from app_pages.parts.charts.ranked_tables import (
    describe,
    full_table,
    in_rank_order,
    is_not_comparable,
    possible_ranks,
    shown_table,
)
from app_pages.parts.charts.wording import (
    comparability_words,
    flag_sentences,
    flagged_name,
    place_words,
    plain_number,
    status_words,
    subtitle,
    value_words,
    verdict_words,
)
from app_pages.parts.theme import INK, MINE, OTHERS, PASSED, QUIET
from domain.comparison import Comparison, Member
from domain.measure import Direction
from language.numbers import number

MOST_NAMED_BARS: Final = 45  # more rows than this no longer fit on two screens
ROW_HEIGHT: Final = 27


def ranked_bars(comparison: Comparison, *, translate: Translate, language: str) -> Chart:
    """Draw bars from zero in rank order, the focus dark blue.

    Below them, hatched, are non-comparable members, and last those without a value, with the reason.
    """
    ranked, without_value = in_rank_order(comparison)
    is_named = len(comparison.members) <= MOST_NAMED_BARS
    footnotes = member_footnotes([*ranked, *without_value], comparison)
    draw = _lying_bars if is_named else _standing_bars
    figure = draw(comparison, ranked, without_value, footnotes, translate, language)
    notes = flag_sentences(((member.name, member) for member in comparison.members), translate)
    if any(member.interval for member in ranked) and is_named:
        notes.append(
            translate("Strecken i staplarnas ände är 95 procents konfidensintervall: så osäkert är värdet.")
        )
    notes += footnotes.lines
    return Chart(
        name="staplar",
        title=comparison.measure.short_title,
        subtitle=subtitle(comparison, translate),
        figure=figure.figure(),
        text_alternative=describe(comparison, translate=translate, language=language),
        table=shown_table(comparison, translate=translate, language=language),
        full_table=full_table(comparison, translate=translate),
        notes=tuple(notes),
    )


def _marker(ranked: list[Member], focus: str | None) -> dict[str, object]:
    """Return the style of the bars: the focus dark blue, others grey, non-comparable ones hatched."""
    colours = [MINE if member.code == focus else OTHERS for member in ranked]
    if not any(is_not_comparable(member) for member in ranked):
        return {"color": colours, "line_width": 0}
    return {
        "color": colours,
        "line_width": 0,
        "pattern": {
            "shape": ["/" if is_not_comparable(member) else "" for member in ranked],
            "fillmode": "overlay",
            "fgcolor": "white",
            "size": 7,
            "solidity": 0.45,
        },
    }


def _lying_bars(
    comparison: Comparison,
    ranked: list[Member],
    without_value: list[Member],
    footnotes: Footnotes,
    translate: Translate,
    language: str,
) -> Drawing:
    measure = comparison.measure
    rows = [*ranked, *without_value]
    positions = list(range(len(rows)))
    below = 24 if comparison.national_value is None else 40  # room for the name of Riket's line
    figure = plain_figure(
        height=ROW_HEIGHT * len(rows) + 48 + below, language=language, margin_top=30, margin_bottom=below
    )
    values = [member.value for member in ranked]
    figure.add_bar(
        x=values,
        y=positions[: len(ranked)],
        orientation="h",
        width=0.68,
        marker=_marker(ranked, comparison.focus),
        customdata=[_hover(member, comparison, translate, language) for member in ranked],
        hovertemplate="%{customdata}<extra></extra>",
    )
    for is_mine in (False, True):
        known = [
            (member.value, member.interval, position)
            for member, position in zip(ranked, positions, strict=False)
            if member.value is not None and member.interval and (member.code == comparison.focus) is is_mine
        ]
        if known:
            figure.add_scatter(
                x=[value for value, _, _ in known],
                y=[position for _, _, position in known],
                mode="markers",
                marker={"size": 0.1, "color": QUIET},
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [interval.high - value for value, interval, _ in known],
                    "arrayminus": [value - interval.low for value, interval, _ in known],
                    "color": PASSED if is_mine else QUIET,
                    "thickness": 1.4,
                    "width": 4,
                },
                hoverinfo="skip",
            )
    for member, position in zip(ranked, positions, strict=False):
        value = member.value or 0.0
        is_left = value < 0
        ends = [0.0, value, *((member.interval.low, member.interval.high) if member.interval else ())]
        text = number(value, measure.decimals, language)
        figure.add_annotation(
            x=min(ends) if is_left else max(ends),
            y=position,
            text=(f"<b>{text}</b>" if member.code == comparison.focus else text)
            + footnotes.raised(member.code),
            showarrow=False,
            xanchor="right" if is_left else "left",
            xshift=-6 if is_left else 6,
            font={"color": MINE if member.code == comparison.focus else INK, "size": 13},
            bgcolor="rgba(255,255,255,0.8)",
            borderpad=1,
            **footnotes.opening(member.code),
        )
    for member, position in zip(without_value, positions[len(ranked) :], strict=True):
        figure.add_annotation(
            x=0,
            y=position,
            text=f"– {status_words(member.status, translate)}{footnotes.raised(member.code)}",
            showarrow=False,
            xanchor="left",
            xshift=6,
            font={"color": QUIET, "size": 13},
            **footnotes.opening(member.code),
        )
    low, high = _extent(comparison, ranked)
    room = (high - low) * 0.14
    axis = value_axis(measure.decimals)
    figure.update_xaxes(**axis, range=[low - (room if low < 0 else 0), high + room])
    figure.update_yaxes(
        tickmode="array",
        tickvals=positions,
        ticktext=[
            f"<b>{flagged_name(member.name, member)}</b>"
            if member.code == comparison.focus
            else flagged_name(member.name, member)
            for member in rows
        ],
        tickfont={"size": 13, "color": INK},
        range=[len(rows) - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
        ticks="outside",
        ticklen=6,
        tickcolor="white",
        automargin=True,
        fixedrange=True,
    )
    if comparison.mean is not None:
        _reference_line(
            figure, comparison.mean, translate("Medel"), comparison, language, dash="dash", is_above=True
        )
    if comparison.national_value is not None:
        _reference_line(
            figure,
            comparison.national_value,
            translate("Riket"),
            comparison,
            language,
            dash="dot",
            is_above=False,
        )
    return figure


def _reference_line(
    figure: Drawing,
    value: float,
    word: str,
    comparison: Comparison,
    language: str,
    *,
    dash: str,
    is_above: bool,
) -> None:
    """Draw a thin line across all bars, named at its end: the mean above, Riket below, so that they never collide."""
    figure.add_shape(
        type="line",
        x0=value,
        x1=value,
        y0=0,
        y1=1,
        yref="paper",
        line={"color": INK, "width": 1, "dash": dash},
    )
    figure.add_annotation(
        x=value,
        y=1 if is_above else 0,
        yref="paper",
        yanchor="bottom" if is_above else "top",
        yshift=2 if is_above else -16,
        text=f"{word} {number(value, comparison.measure.decimals, language)}",
        showarrow=False,
        font={"size": 12, "color": QUIET},
        bgcolor="rgba(255,255,255,0.85)",
    )


def _standing_bars(
    comparison: Comparison,
    ranked: list[Member],
    without_value: list[Member],
    footnotes: Footnotes,
    translate: Translate,
    language: str,
) -> Drawing:
    """Draw many members as thin columns without names; the focus is named, the others on hover."""
    measure = comparison.measure
    figure = plain_figure(height=340, language=language, margin_top=34, margin_bottom=24)
    figure.add_bar(
        x=list(range(1, len(ranked) + 1)),
        y=[member.value for member in ranked],
        width=1.0 if len(ranked) > 150 else 0.8,
        marker={
            "color": [MINE if member.code == comparison.focus else OTHERS for member in ranked],
            "line": {"width": 0 if len(ranked) > 100 else 0.5, "color": "white"},
        },
        customdata=[_hover(member, comparison, translate, language) for member in ranked],
        hovertemplate="%{customdata}<extra></extra>",
    )
    low, high = _extent(comparison, ranked)
    figure.update_yaxes(**value_axis(measure.decimals), range=[low * 1.05 if low < 0 else 0, high * 1.08])
    first, last = (translate("bäst"), translate("sämst"))
    if measure.direction is Direction.NEUTRAL:
        first, last = translate("högst"), translate("lägst")
    figure.update_xaxes(visible=False, range=[-1, len(ranked) + 2], fixedrange=True)
    for text, x, anchor in ((f"1 · {first}", 0, "left"), (f"{last} · {len(ranked)}", 1, "right")):
        figure.add_annotation(
            x=x,
            xref="paper",
            xanchor=anchor,
            y=0,
            yref="paper",
            yanchor="top",
            text=text,
            showarrow=False,
            font={"size": 12, "color": QUIET},
        )
    for position, member in enumerate(ranked, start=1):
        if member.code == comparison.focus:
            line = {"color": MINE, "width": 1}
            figure.add_shape(type="line", x0=position, x1=position, y0=0, y1=1, yref="paper", line=line)
            figure.add_annotation(
                x=position,
                y=1,
                yref="paper",
                yanchor="bottom",
                xanchor="left"
                if position < len(ranked) / 3
                else "right"
                if position > len(ranked) / 1.5
                else "center",
                text=f"<b>{member.name} {number(member.value or 0, measure.decimals, language)}</b>"
                + footnotes.raised(member.code),
                showarrow=False,
                font={"color": MINE, "size": 13},
            )
        elif footnotes.raised(member.code):
            figure.add_annotation(
                x=position,
                y=max(member.value or 0.0, 0.0),
                yanchor="bottom",
                text=footnotes.raised(member.code),
                showarrow=False,
                font={"size": 13, "color": INK},
                **footnotes.opening(member.code),
            )
    for value, dash in ((comparison.mean, "dash"), (comparison.national_value, "dot")):
        if value is not None:
            line = {"color": INK, "width": 1, "dash": dash}
            figure.add_shape(type="line", x0=0, x1=1, xref="paper", y0=value, y1=value, line=line)
    if comparison.mean is not None:
        is_above = comparison.national_value is None or comparison.mean >= comparison.national_value
        for value, word, above in (
            (comparison.mean, translate("Medel"), is_above),
            (comparison.national_value, translate("Riket"), not is_above),
        ):
            if value is not None:
                figure.add_annotation(
                    x=1,
                    xref="paper",
                    y=value,
                    xanchor="right",
                    yanchor="bottom" if above else "top",
                    text=f"{word} {number(value, measure.decimals, language)}",
                    showarrow=False,
                    font={"size": 12, "color": QUIET},
                    bgcolor="rgba(255,255,255,0.85)",
                )
    return figure


def _extent(comparison: Comparison, ranked: list[Member]) -> tuple[float, float]:
    """Return the lowest and highest number that must be visible; zero is always included."""
    numbers = [0.0]
    for member in ranked:
        numbers += [member.value or 0.0]
        numbers += [member.interval.low, member.interval.high] if member.interval else []
    numbers += [value for value in (comparison.mean, comparison.national_value) if value is not None]
    return min(numbers), max(numbers) or 1.0


def _hover(member: Member, comparison: Comparison, translate: Translate, language: str) -> str:
    measure = comparison.measure
    lines = [
        f"<b>{member.name}</b>",
        value_words(member.value, member.status, measure, translate, language),
        place_words(member, comparison.n_with_value, translate, language),
    ]
    if member.interval:
        lines.append(
            translate("95 %-intervall: {low}–{high}").format(
                low=plain_number(member.interval.low, measure, language),
                high=plain_number(member.interval.high, measure, language),
            )
        )
    if member.rank_range and member.rank_range[0] != member.rank_range[1]:
        lines.append(translate("möjlig plats {places}").format(places=possible_ranks(member)))
    lines.append(verdict_words(member.verdict, translate))
    lines.append(escape(comparability_words(member, translate)))
    lines.append(hover_lines(member.explanation))
    return "<br>".join(line for line in lines if line)
