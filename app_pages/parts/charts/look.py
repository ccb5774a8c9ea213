"""How charts look: few colours, thin lines, direct labels, Swedish numbers."""

from typing import Any, Final

import plotly.graph_objects as go

from domain.comparison import Colour

MINE: Final = "#1b3a63"  # my municipality, everywhere
OTHERS: Final = "#b7c1cc"  # bars and dots of the others
OTHERS_LINE: Final = "#c3ccd5"
PEERS: Final = "#5f7188"  # the compared group where all 290 are shown
BAND: Final = "#eaeff5"  # the range of the group
TEXT: Final = "#1c2733"
QUIET_TEXT: Final = "#536070"  # 6.3:1 on white
GRID: Final = "#e7ebf0"
CHOSEN: Final = "#b4531b"  # one more municipality that the reader lifts out
WOMEN: Final = "#b4531b"
MEN: Final = "#1f7a78"

FONT: Final = "Source Sans, Source Sans Pro, Segoe UI, Helvetica, Arial, DejaVu Sans, sans-serif"

# The same pale colours as in the tables; text on them is at least 4.5:1.
FILL: Final = {
    Colour.GREEN: "#bfe3cd",
    Colour.YELLOW: "#fbeab0",
    Colour.RED: "#f3bdb6",
    Colour.LIGHT: "#e3eaf2",
    Colour.MEDIUM: "#c2d1e2",
    Colour.DARK: "#94aecb",
    Colour.NONE: "#eceef1",
}
INK: Final = {
    Colour.GREEN: "#134a2c",
    Colour.YELLOW: "#4f3e00",
    Colour.RED: "#6b1510",
    Colour.LIGHT: "#1c2733",
    Colour.MEDIUM: "#1c2733",
    Colour.DARK: "#1c2733",
    Colour.NONE: "#536070",
}
SIGN: Final = {
    Colour.GREEN: "▲",
    Colour.YELLOW: "■",
    Colour.RED: "▼",
    Colour.LIGHT: "·",
    Colour.MEDIUM: "·",
    Colour.DARK: "·",
    Colour.NONE: "",
}

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
        """The figure, checked by Plotly."""
        return go.Figure({"data": self.traces, "layout": self.layout})


def plain_figure(*, height: int, language: str, margin_top: int = 8, margin_bottom: int = 8) -> Drawing:
    """An empty drawing with the common look; axes are set by each chart."""
    return Drawing(
        template="none",
        height=height,
        margin={"l": 8, "r": 8, "t": margin_top, "b": margin_bottom, "pad": 0},
        font={"family": FONT, "size": 13, "color": TEXT},
        paper_bgcolor="white",
        plot_bgcolor="white",
        showlegend=False,
        separators=SEPARATORS.get(language, SEPARATORS["en"]),
        hovermode="closest",
        hoverlabel={
            "bgcolor": "white",
            "bordercolor": OTHERS,
            "font": {"family": FONT, "size": 13, "color": TEXT},
        },
        dragmode=False,
    )


def value_axis(decimals: int, *, is_zero_marked: bool = True) -> dict[str, Any]:
    """An axis of values: pale grid, Swedish thousands, no frame, no zooming."""
    return {
        "gridcolor": GRID,
        "griddash": "solid",
        "zeroline": is_zero_marked,
        "zerolinecolor": QUIET_TEXT,
        "zerolinewidth": 1,
        "showline": False,
        "ticks": "",
        "tickfont": {"size": 12, "color": QUIET_TEXT},
        "tickformat": f",.{decimals}~f" if decimals else ",.0~f",
        "nticks": 6,
        "fixedrange": True,
        "automargin": True,
    }
