"""The common look of charts: few colours, thin lines, direct labels, Swedish numbers."""

from typing import Any, Final

import plotly.graph_objects as go

from app_pages.parts.theme import GRID, INK, OTHERS, QUIET, WHITE

FONT: Final = "Source Sans, Source Sans Pro, Segoe UI, Helvetica, Arial, DejaVu Sans, sans-serif"

SEPARATORS: Final = {"sv": ",\u00a0", "en": ".,"}

# No tool bar: what it offers stands as buttons and tables under the chart, and its picture lacks source and date.
CONFIG: Final[dict[str, Any]] = {
    "displayModeBar": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
}


class Drawing:
    """Traces and layout as plain data, made into a figure once: Plotly checks everything at each single step."""

    def __init__(self, **layout: object) -> None:
        self.traces: list[dict[str, Any]] = []
        self.layout: dict[str, Any] = {"shapes": [], "annotations": [], "xaxis": {}, "yaxis": {}, **layout}

    def add_scatter(self, **trace: object) -> None:
        self.traces.append({"type": "scatter", **trace})

    def add_bar(self, **trace: object) -> None:
        self.traces.append({"type": "bar", **trace})

    def add_heatmap(self, **trace: object) -> None:
        self.traces.append({"type": "heatmap", **trace})

    def add_shape(self, **shape: object) -> None:
        self.layout["shapes"].append(shape)

    def add_annotation(self, **annotation: object) -> None:
        self.layout["annotations"].append(annotation)

    def update_xaxes(self, **axis: object) -> None:
        self.layout["xaxis"].update(axis)

    def update_yaxes(self, **axis: object) -> None:
        self.layout["yaxis"].update(axis)

    def figure(self) -> go.Figure:
        """Return the figure, validated by Plotly."""
        return go.Figure({"data": self.traces, "layout": self.layout})


def plain_figure(*, height: int, language: str, margin_top: int = 8, margin_bottom: int = 8) -> Drawing:
    """Return an empty drawing with the common look; each chart sets its axes."""
    return Drawing(
        template="none",
        height=height,
        margin={"l": 8, "r": 8, "t": margin_top, "b": margin_bottom, "pad": 0},
        font={"family": FONT, "size": 13, "color": INK},
        paper_bgcolor=WHITE,
        plot_bgcolor=WHITE,
        showlegend=False,
        separators=SEPARATORS.get(language, SEPARATORS["en"]),
        hovermode="closest",
        hoverlabel={
            "bgcolor": WHITE,
            "bordercolor": OTHERS,
            "font": {"family": FONT, "size": 13, "color": INK},
        },
        dragmode=False,
    )


def value_axis(decimals: int, *, is_zero_marked: bool = True) -> dict[str, Any]:
    """Return an axis of values: pale grid, Swedish thousands, no frame, no zooming."""
    return {
        "gridcolor": GRID,
        "griddash": "solid",
        "zeroline": is_zero_marked,
        "zerolinecolor": QUIET,
        "zerolinewidth": 1,
        "showline": False,
        "ticks": "",
        "tickfont": {"size": 12, "color": QUIET},
        "tickformat": f",.{decimals}~f" if decimals else ",.0~f",
        "nticks": 6,
        "fixedrange": True,
        "automargin": True,
    }
