"""Border map: the municipalities within their real borders, where an administrator has brought the borders in.

Drawn as plain areas: nothing is asked of other hosts, signs stand on the areas, and it prints like any chart.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import cos, radians
from typing import Any, Final

from app_pages.parts.charts.chart import Chart, Translate
from app_pages.parts.charts.footnotes import Footnotes, member_footnotes
from app_pages.parts.charts.look import Drawing, plain_figure
from app_pages.parts.charts.tile_map import describe, hover_words, table
from app_pages.parts.charts.wording import subtitle
from app_pages.parts.theme import EDGE, FILL, FILL_INK, INK, MINE, SIGN
from domain.comparison import Comparison, Member

CENTRAL_MERIDIAN: Final = 15.0  # degrees east; the map's north points up along it
SMALLEST_SIGNED_AREA: Final = 0.05  # square degrees of latitude; a sign on a smaller area hides it

Ring = list[tuple[float, float]]


def border_map(
    comparison: Comparison,
    *,
    borders: Mapping[str, Any],
    peers: tuple[str, ...] = (),
    translate: Translate,
    language: str,
) -> Chart:
    """`borders` is a GeoJSON collection in degrees whose features have the property `code`."""
    figure = plain_figure(height=760, language=language)
    rings = {str(feature["properties"]["code"]): list(_rings(feature)) for feature in borders["features"]}
    members = [member for member in comparison.members if rings.get(member.code)]
    for colour in FILL:
        of_colour = [member for member in members if member.colour is colour]
        _areas(figure, [ring for member in of_colour for ring in rings[member.code]], FILL[colour], EDGE, 0.6)
    for member in members:
        if member.code in peers and member.code != comparison.focus:
            _areas(figure, rings[member.code], None, INK, 1.1)
    for member in members:
        if member.code == comparison.focus:
            _areas(figure, rings[member.code], None, MINE, 2.6)
            x, y = _middle(max(rings[member.code], key=_area))
            figure.add_annotation(
                x=x,
                y=y,
                ax=84,
                ay=-18,
                text=f"<b>{member.name}</b>",
                showarrow=True,
                arrowhead=0,
                arrowwidth=1.4,
                arrowcolor=MINE,
                standoff=8,
                xanchor="left",
                font={"color": MINE, "size": 13},
            )
    footnotes = member_footnotes(members, comparison)
    hover = [hover_words(member, comparison, translate, language) for member in members]
    _signs(figure, members, rings, hover, footnotes)
    figure.layout["hoverdistance"] = 30
    figure.update_xaxes(visible=False, fixedrange=True, constrain="domain")
    figure.update_yaxes(visible=False, fixedrange=True, scaleanchor="x", scaleratio=1, constrain="domain")
    return Chart(
        name="granskarta",
        title=comparison.measure.short_title,
        subtitle=subtitle(comparison, translate),
        figure=figure.figure(),
        text_alternative=describe(comparison, translate=translate, language=language),
        table=table(comparison, translate=translate),
        full_table=table(comparison, translate=translate),
        notes=(
            translate("Små kommuner har färg men inget tecken; tecknen står på rutkartan."),
            *footnotes.lines,
        ),
        picture_notes=(translate("Färgen visar läget jämfört med andra, inte om resultatet är bra i sig."),),
    )


def _rings(feature: Mapping[str, Any]) -> Iterator[Ring]:
    """Return the outer rings of a feature, in the sinusoidal projection, which preserves areas."""
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield [((lon - CENTRAL_MERIDIAN) * cos(radians(lat)), lat) for lon, lat, *_height in polygon[0]]


def _areas(figure: Drawing, rings: list[Ring], fill: str | None, edge: str, width: float) -> None:
    if not rings:
        return
    points = [point for ring in rings for point in [*ring, (None, None)]]
    figure.add_scatter(
        x=[None if x is None else round(x, 3) for x, _ in points],
        y=[y for _, y in points],
        mode="lines",
        line={"width": width, "color": edge},
        fill="toself" if fill else None,
        fillcolor=fill,
        hoverinfo="skip",
    )


def _signs(
    figure: Drawing,
    members: list[Member],
    rings: Mapping[str, list[Ring]],
    hover: list[str],
    footnotes: Footnotes,
) -> None:
    """Draw a sign in each area that has room for it, with the letter of its footnote; the words are shown on hover."""
    middles, texts = [], []
    for member in members:
        largest = max(rings[member.code], key=_area)
        middles.append(_middle(largest))
        sign = SIGN[member.colour] if _area(largest) >= SMALLEST_SIGNED_AREA else ""
        footnote = footnotes.by_key.get(member.code)
        texts.append(f"{sign} {footnote.letter}".strip() if footnote else sign)
    figure.add_scatter(
        x=[x for x, _ in middles],
        y=[y for _, y in middles],
        mode="text",
        text=texts,
        textfont={"size": 9, "color": [FILL_INK[member.colour] for member in members]},
        customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
    )


def _area(ring: Ring) -> float:
    """Return the area of a ring by the shoelace formula."""
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))) / 2


def _middle(ring: Ring) -> tuple[float, float]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
