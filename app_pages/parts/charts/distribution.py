"""Distribution: one dot for each municipality along the value axis, with the focus and the group highlighted."""

from math import floor
from typing import Final

from app_pages.parts.charts.chart import Chart, Translate
from app_pages.parts.charts.footnotes import hover_lines, member_footnotes
from app_pages.parts.charts.look import plain_figure, value_axis
from app_pages.parts.charts.tile_map import table
from app_pages.parts.charts.wording import place_words, plain_number, subtitle, value_words
from app_pages.parts.theme import INK, MINE, OTHERS, PEERS, QUIET
from domain.comparison import Comparison, Member
from language.numbers import number

BINS: Final = 58  # dots of 6 pixels beside each other fill a phone of 390


def distribution(
    comparison: Comparison, *, peers: tuple[str, ...] = (), translate: Translate, language: str
) -> Chart:
    """Draw the distribution. `comparison` is over all municipalities.

    Dots with nearly the same value are stacked; quartiles are lines.
    """
    measure = comparison.measure
    with_value = [member for member in comparison.members if member.value is not None]
    stacked = _stacked(with_value, comparison.focus, peers)
    tallest = max((height for _, _, height in stacked), default=0)
    figure = plain_figure(height=146 + 9 * (tallest + 1), language=language, margin_top=40, margin_bottom=30)
    for codes, colour, size in (
        (None, OTHERS, 6.5),
        (set(peers) - {comparison.focus}, PEERS, 8),
        ({comparison.focus}, MINE, 12),
    ):
        chosen = [
            (member, x, y)
            for member, x, y in stacked
            if (member.code in codes if codes is not None else member.code not in {*peers, comparison.focus})
        ]
        if chosen:
            figure.add_scatter(
                x=[x for _, x, _ in chosen],
                y=[y for _, _, y in chosen],
                mode="markers",
                marker={"color": colour, "size": size, "line": {"color": "white", "width": 0.6}},
                customdata=[_hover(member, comparison, translate, language) for member, _, _ in chosen],
                hovertemplate="%{customdata}<extra></extra>",
                cliponaxis=False,
            )
    for value, word, dash, anchor in (
        (comparison.lower_quartile, translate("Nedre kvartil"), "4px,3px", "right"),
        (comparison.median, translate("Median"), "solid", "center"),
        (comparison.upper_quartile, translate("Övre kvartil"), "4px,3px", "left"),
    ):
        if value is None:
            continue
        figure.add_shape(
            type="line",
            x0=value,
            x1=value,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": INK, "width": 0.8, "dash": dash},
        )
        is_median = anchor == "center"
        figure.add_annotation(
            x=value,
            y=1,
            yref="paper",
            yanchor="bottom",
            yshift=18 if is_median else 2,
            xanchor=anchor,
            text=f"{word} {number(value, measure.decimals, language)}",
            showarrow=False,
            font={"size": 12, "color": QUIET},
        )
    footnotes = member_footnotes([member for member, _, _ in stacked], comparison)
    for member, x, y in stacked:
        footnote = footnotes.by_key.get(member.code)
        if member.code != comparison.focus and footnote is not None:
            figure.add_annotation(
                x=x,
                y=y,
                yanchor="bottom",
                yshift=3,
                text=footnote.letter,
                showarrow=False,
                font={"size": 12, "color": INK},
                **footnotes.opening(member.code),
            )
        if member.code == comparison.focus:
            figure.add_annotation(
                x=x,
                y=y,
                text=f"<b>{member.name} {number(member.value or 0.0, measure.decimals, language)}</b>"
                + footnotes.raised(member.code),
                showarrow=True,
                arrowhead=0,
                arrowwidth=1,
                arrowcolor=MINE,
                standoff=7,
                ax=0,
                ay=28,
                font={"color": MINE, "size": 13},
                bgcolor="rgba(255,255,255,0.92)",
                **footnotes.opening(member.code),
            )
    figure.update_xaxes(**value_axis(measure.decimals, is_zero_marked=False))
    figure.update_xaxes(showgrid=False)
    figure.update_yaxes(visible=False, range=[-5, tallest + 1.2], fixedrange=True)
    return Chart(
        name="fordelning",
        title=measure.short_title,
        subtitle=subtitle(comparison, translate),
        figure=figure.figure(),
        text_alternative=describe(comparison, translate=translate, language=language),
        table=table(comparison, translate=translate),
        full_table=table(comparison, translate=translate),
        notes=(translate("Varje prick är en kommun. De mörkare är de som jämförs."), *footnotes.lines),
    )


def _stacked(
    members: list[Member], focus: str | None, peers: tuple[str, ...]
) -> list[tuple[Member, float, int]]:
    """Return (member, x, height) with the dots of a bin stacked; the focus lowest, then the group."""
    if not members:
        return []
    values = [member.value or 0.0 for member in members]
    low, high = min(values), max(values)
    step = (high - low) / BINS or 1.0
    heights: dict[int, int] = {}
    placed = []
    for member in sorted(
        members, key=lambda member: (member.code != focus, member.code not in peers, member.value or 0.0)
    ):
        bin_number = min(floor(((member.value or 0.0) - low) / step), BINS - 1)
        height = heights.get(bin_number, 0)
        heights[bin_number] = height + 1
        placed.append((member, low + (bin_number + 0.5) * step, height))
    return placed


def _hover(member: Member, comparison: Comparison, translate: Translate, language: str) -> str:
    lines = [
        f"<b>{member.name}</b>",
        value_words(member.value, member.status, comparison.measure, translate, language),
        place_words(member, comparison.n_with_value, translate, language),
        hover_lines(member.explanation),
    ]
    return "<br>".join(line for line in lines if line)


def describe(comparison: Comparison, *, translate: Translate, language: str) -> str:
    """Describe where the middle half is, and where the focus is."""
    measure = comparison.measure
    if comparison.lower_quartile is None or comparison.upper_quartile is None:
        return translate("Det finns för få värden för att visa en fördelning.")
    sentences = [
        translate(
            "Hälften av de {count} kommunerna med värde ligger mellan {low} och {high}; medianen är {median}."
        ).format(
            count=comparison.n_with_value,
            low=plain_number(comparison.lower_quartile, measure, language),
            high=plain_number(comparison.upper_quartile, measure, language),
            median=plain_number(comparison.median, measure, language),
        )
    ]
    for member in comparison.members:
        if member.code == comparison.focus:
            value = value_words(member.value, member.status, measure, translate, language)
            place = place_words(member, comparison.n_with_value, translate, language)
            sentences.append(f"{member.name}: {value}{', ' + place if place else ''}.")
    return " ".join([*sentences, *member_footnotes(comparison.members, comparison).sentences])
