"""Border map: the municipalities within their real borders, where an administrator has brought the borders in."""

from typing import Any

from app_pages.parts.charts.chart import Chart, Translate
from app_pages.parts.charts.look import FILL, MINE, plain_figure
from app_pages.parts.charts.tile_map import ORDER, table, told
from app_pages.parts.charts.wording import colour_words, place_words, subtitle, value_words
from domain.comparison import Comparison


def border_map(
    comparison: Comparison, *, borders: dict[str, Any], translate: Translate, language: str
) -> Chart:
    """`borders` is a GeoJSON collection whose features have the property `code`. Nothing is asked of other hosts."""
    figure = plain_figure(height=760, language=language)
    known = {feature["properties"]["code"] for feature in borders["features"]}
    members = [member for member in comparison.members if member.code in known]
    figure.add_choroplethmap(
        geojson=borders,
        featureidkey="properties.code",
        locations=[member.code for member in members],
        z=[ORDER.index(member.colour) for member in members],
        zmin=-0.5,
        zmax=len(ORDER) - 0.5,
        colorscale=[
            stop
            for place, colour in enumerate(ORDER)
            for stop in ((place / len(ORDER), FILL[colour]), ((place + 1) / len(ORDER), FILL[colour]))
        ],
        showscale=False,
        marker={
            "line": {
                "color": [MINE if member.code == comparison.focus else "#8b97a5" for member in members],
                "width": [3 if member.code == comparison.focus else 0.5 for member in members],
            }
        },
        customdata=[
            "<br>".join(
                line
                for line in (
                    f"<b>{member.name}</b>",
                    value_words(member.value, member.status, comparison.measure, translate, language),
                    place_words(member, comparison.n_with_value, translate, language),
                    colour_words(member.colour, translate),
                )
                if line
            )
            for member in members
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure.update_layout(
        map={"style": "white-bg", "center": {"lat": 62.4, "lon": 17.0}, "zoom": 3.55}, dragmode="pan"
    )
    return Chart(
        name="granskarta",
        title=comparison.measure.short_title,
        subtitle=subtitle(comparison, translate),
        figure=figure,
        text_alternative=told(comparison, translate=translate, language=language),
        table=table(comparison, translate=translate),
        full_table=table(comparison, translate=translate),
        notes=(translate("Färgen visar läget jämfört med andra, inte om resultatet är bra i sig."),),
    )
