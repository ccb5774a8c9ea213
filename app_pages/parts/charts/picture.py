"""Render a chart as a picture that can stand alone: title, source, date, notes and whether it is made up."""

import os
import shutil
import textwrap
from functools import cache
from html import escape
from threading import Lock
from typing import Final, Literal

import kaleido
import plotly.graph_objects as go

from app_pages.parts.charts.chart import Chart
from app_pages.parts.theme import INK, QUIET

WIDTH: Final = 1000
BROWSERS: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
MAC_BROWSER: Final = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"

_one_at_a_time = Lock()


@cache
def browser() -> str | None:
    """Return the browser that draws pictures: BROWSER_PATH, one on the PATH, or none."""
    for candidate in (
        os.environ.get("BROWSER_PATH"),
        *(shutil.which(name) for name in BROWSERS),
        MAC_BROWSER,
    ):
        if candidate and os.access(candidate, os.X_OK):
            return candidate
    return None


@cache
def _start_browser() -> None:
    """Start one browser per process; a picture then takes about 0.3 s instead of 2 s."""
    os.environ.setdefault("BROWSER_PATH", browser() or "")
    kaleido.start_sync_server(silence_warnings=True, mathjax=False)


def picture(chart: Chart, form: Literal["png", "svg"], *, footer: tuple[str, ...]) -> bytes:
    """Return the chart as a file. `footer` holds source, date and other lines that every picture carries."""
    figure = with_title_and_footer(chart, footer=footer)
    with _one_at_a_time:
        _start_browser()
        made: bytes = kaleido.calc_fig_sync(
            figure,
            opts={
                "format": form,
                "width": WIDTH,
                "height": int(figure.layout.height),
                "scale": 2 if form == "png" else 1,
            },
        )
    return made


def with_title_and_footer(chart: Chart, *, footer: tuple[str, ...]) -> go.Figure:
    """Return a copy of the figure with the texts of the page drawn into it. Pure."""
    figure = go.Figure(chart.figure)
    title = textwrap.wrap(chart.title, 70)
    subtitle = textwrap.wrap(chart.subtitle, 120)
    lines = [
        line for text in (*chart.notes, *chart.picture_notes, *footer) for line in textwrap.wrap(text, 120)
    ]
    head = 26 * len(title) + 19 * len(subtitle) + 26
    foot = 17 * len(lines) + 26
    margin = figure.layout.margin
    top, bottom = (margin.t or 0) + head, (margin.b or 0) + foot
    inner = {"l": 24 + (margin.l or 0), "r": 24 + (margin.r or 0), "t": top, "b": bottom}
    height = int(figure.layout.height) + head + foot
    figure.update_layout(height=height, width=WIDTH, margin=inner)
    figure.update_layout(
        title={
            "text": f"<b>{'<br>'.join(title)}</b><br>"
            f"<span style='font-size:14px;color:{QUIET}'>{'<br>'.join(subtitle)}</span>",
            "x": 24 / WIDTH,
            "xanchor": "left",
            "xref": "container",
            "y": 1 - 16 / height,
            "yanchor": "top",
            "yref": "container",
            "font": {"size": 20, "color": INK},
            "automargin": False,
        }
    )
    # Annotations know the plotting area only, so the footer hangs from an invisible title of the margin.
    figure.add_annotation(
        text="<br>".join(escape(line, quote=False) for line in lines),
        showarrow=False,
        align="left",
        x=0,
        xref="paper",
        xanchor="left",
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-(bottom - foot + 14),
        font={"size": 12, "color": QUIET},
    )
    return figure
