"""Tile map: every municipality a square of equal size, coloured by its rank among all with a value."""

from collections.abc import Mapping
from html import escape

import pandas as pd

from app_pages.parts.charts.chart import Chart, Translate, table_of
from app_pages.parts.charts.footnotes import explanation_cells, hover_lines, member_footnotes
from app_pages.parts.charts.look import Drawing, plain_figure
from app_pages.parts.charts.wording import (
    colour_words,
    comparability_words,
    place_words,
    status_words,
    subtitle,
    value_words,
)
from app_pages.parts.theme import FILL, FILL_INK, INK, MINE, SIGN
from domain.comparison import Colour, Comparison, Member

ORDER = list(FILL)


def tile_map(
    comparison: Comparison,
    *,
    positions: Mapping[str, tuple[int, int]],
    peers: tuple[str, ...] = (),
    translate: Translate,
    language: str,
) -> Chart:
    """Draw every municipality as a tile. `comparison` is over all municipalities.

    `positions` maps a code to (column, row), row 0 in the north. The focus has a thick dark frame, `peers` a thin one.
    A sign in each tile says the same as its colour.
    """
    placed = [member for member in comparison.members if member.code in positions]
    figure = plain_figure(height=760, language=language)
    columns = [column for column, _ in positions.values()] or [0]
    rows = [row for _, row in positions.values()] or [0]
    width, height = max(columns) + 1, max(rows) + 1
    colours: list[list[int | None]] = [[None] * width for _ in range(height)]
    hover = [[""] * width for _ in range(height)]
    for member in placed:
        column, row = positions[member.code]
        colours[row][column] = ORDER.index(member.colour)
        hover[row][column] = hover_words(member, comparison, translate, language)
    figure.add_heatmap(
        z=colours,
        customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
        hoverongaps=False,
        showscale=False,
        zmin=-0.5,
        zmax=len(ORDER) - 0.5,
        colorscale=[
            stop
            for place, colour in enumerate(ORDER)
            for stop in ((place / len(ORDER), FILL[colour]), ((place + 1) / len(ORDER), FILL[colour]))
        ],
        xgap=2,
        ygap=2,
    )
    for colour in (Colour.GREEN, Colour.YELLOW, Colour.RED, Colour.LIGHT, Colour.MEDIUM, Colour.DARK):
        members = [member for member in placed if member.colour is colour]
        if members:
            figure.add_scatter(
                x=[positions[member.code][0] for member in members],
                y=[positions[member.code][1] for member in members],
                mode="text",
                text=SIGN[colour],
                textfont={"size": 9, "color": FILL_INK[colour]},
                hoverinfo="skip",
            )
    without = [member for member in placed if member.value is None]
    if without:
        figure.add_scatter(
            x=[positions[member.code][0] for member in without],
            y=[positions[member.code][1] for member in without],
            mode="text",
            text="–",
            textfont={"size": 10, "color": FILL_INK[Colour.NONE]},
            hoverinfo="skip",
        )
    footnotes = member_footnotes(placed, comparison)
    if footnotes.by_key:
        explained = [member for member in placed if member.explanation]
        figure.add_scatter(
            x=[positions[member.code][0] + 0.3 for member in explained],
            y=[positions[member.code][1] - 0.24 for member in explained],
            mode="text",
            text=[footnotes.by_key[member.code].letter for member in explained],
            textfont={"size": 9, "color": [FILL_INK[member.colour] for member in explained]},
            hoverinfo="skip",
        )
    left, right = -0.8, width - 0.2
    for code in peers:
        if code in positions and code != comparison.focus:
            _frame(figure, positions[code], width=1.4)
    if comparison.focus and comparison.focus in positions:
        _frame(figure, positions[comparison.focus], width=3)
        left, right = _name_mine(figure, comparison, positions, left, right)
    figure.update_xaxes(visible=False, range=[left, right], fixedrange=True, constrain="domain")
    figure.update_yaxes(
        visible=False,
        range=[height - 0.4, -0.6],
        scaleanchor="x",
        scaleratio=1,
        fixedrange=True,
        constrain="domain",
        constraintoward="top",
    )
    return Chart(
        name="rutkarta",
        title=comparison.measure.short_title,
        subtitle=subtitle(comparison, translate),
        figure=figure.figure(),
        text_alternative=describe(comparison, translate=translate, language=language),
        table=table(comparison, translate=translate),
        full_table=table(comparison, translate=translate),
        notes=(
            translate("Varje ruta är en kommun, ungefär där den ligger. Alla rutor är lika stora."),
            translate("Färgen visar läget jämfört med andra, inte om resultatet är bra i sig."),
            *footnotes.lines,
        ),
    )


def _name_mine(
    figure: Drawing,
    comparison: Comparison,
    positions: Mapping[str, tuple[int, int]],
    left: float,
    right: float,
) -> tuple[float, float]:
    """Write the name of the focus in the sea nearest to its tile, with a thin line; return the extent of the map."""
    column, row = positions[comparison.focus or ""]
    in_row = [other for other, its_row in positions.values() if its_row == row]
    is_right = max(in_row) - column <= column - min(in_row)
    shore = max(in_row) + 0.9 if is_right else min(in_row) - 0.9
    name = comparison.member(comparison.focus or "").name
    figure.add_annotation(
        x=column,
        y=row,
        ax=shore,
        ay=row,
        axref="x",
        ayref="y",
        text=f"<b>{name}</b>",
        xanchor="left" if is_right else "right",
        showarrow=True,
        arrowhead=0,
        arrowwidth=1.4,
        arrowcolor=MINE,
        standoff=10,
        font={"color": MINE, "size": 13},
    )
    room = 0.62 * len(name)  # a letter takes some 0.6 of a tile on a phone
    return (left, max(right, shore + room)) if is_right else (min(left, shore - room), right)


def _frame(figure: Drawing, position: tuple[int, int], *, width: float) -> None:
    column, row = position
    figure.add_shape(
        type="rect",
        x0=column - 0.5,
        x1=column + 0.5,
        y0=row - 0.5,
        y1=row + 0.5,
        line={"color": MINE if width > 2 else INK, "width": width},
    )


def hover_words(member: Member, comparison: Comparison, translate: Translate, language: str) -> str:
    """Return name, value, rank and the meaning of the colour, in lines."""
    lines = [
        f"<b>{member.name}</b>",
        value_words(member.value, member.status, comparison.measure, translate, language),
        place_words(member, comparison.n_with_value, translate, language),
        colour_words(member.colour, translate),
        escape(comparability_words(member, translate)),
        hover_lines(member.explanation),
    ]
    return "<br>".join(line for line in lines if line)


def describe(comparison: Comparison, *, translate: Translate, language: str) -> str:
    """Describe how many municipalities have each colour, and which the focus has."""
    counts = {colour: sum(1 for member in comparison.members if member.colour is colour) for colour in ORDER}
    parts = [
        translate("{count} bland {place}").format(count=counts[colour], place=colour_words(colour, translate))
        for colour in ORDER
        if counts[colour] and colour_words(colour, translate)
    ]
    sentences = (
        [translate("Karta över landets kommuner: {parts}.").format(parts=", ".join(parts))] if parts else []
    )
    without = sum(1 for member in comparison.members if member.value is None)
    if without:
        sentences.append(translate("{count} saknar värde.").format(count=without))
    for member in comparison.members:
        if member.code == comparison.focus:
            value = value_words(member.value, member.status, comparison.measure, translate, language)
            place = place_words(member, comparison.n_with_value, translate, language)
            sentences.append(f"{member.name}: {value}{', ' + place if place else ''}.")
    return " ".join([*sentences, *member_footnotes(comparison.members, comparison).sentences])


def table(comparison: Comparison, *, translate: Translate) -> pd.DataFrame:
    """Return all municipalities by name, with value, rank, colour and, where stated, how far they are comparable."""
    has_words = any(comparability_words(member, translate) for member in comparison.members)
    has_explanations = any(member.explanation for member in comparison.members)
    return table_of(
        [
            {
                translate("Kod"): member.code,
                translate("Kommun"): member.name,
                translate("Värde"): member.value,
                translate("Plats"): member.rank,
                translate("Läge"): colour_words(member.colour, translate),
                translate("Uppgift"): status_words(member.status, translate),
                **({translate("Jämförbarhet"): comparability_words(member, translate)} if has_words else {}),
                **(explanation_cells(member.explanation, translate) if has_explanations else {}),
            }
            for member in sorted(comparison.members, key=lambda member: member.name)
        ],
        whole=(translate("Plats"),),
    )
