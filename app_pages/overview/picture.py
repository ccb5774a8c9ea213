"""Draw the overview as a picture to download: the same table, drawn cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from app_pages.parts.charts.chart import Chart
from app_pages.parts.charts.look import FONT
from app_pages.parts.charts.picture import WIDTH
from app_pages.parts.charts.wording import FLAG, flag_sentences
from app_pages.parts.comparison_table import LEGEND, MOST_COLUMNS, ROOMY_COLUMNS, letters_of
from app_pages.parts.downloads import COLOUR_NOTE
from app_pages.parts.theme import FILL, INK, MINE, QUIET, SIGN, WHITE
from app_pages.parts.words import Speech
from domain.comparison import Comparison, Member
from domain.overview import Overview, OverviewRow
from domain.value import Status
from language.enum_words import COLOUR_WORDS, STATUS_WORDS
from language.numbers import number
from language.sentences import measure_facts

# Pixels: the axes of the figure count in them.
INNER_WIDTH: Final = WIDTH - 48
NAME_WIDTH, LINE_WIDTH = 235, 80
ROW_HEIGHT, SECTION_HEIGHT = 33, 30


@dataclass
class _Sheet:
    """The drawing so far, and the position of the next row."""

    depth: float = 0.0
    shapes: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)

    def write(
        self, text: str, x: float, y: float, *, anchor: str = "left", size: int = 12, **more: object
    ) -> None:
        words = {"text": text, "x": x, "y": y, "xanchor": anchor, "yanchor": "middle", "showarrow": False}
        colour = more.pop("colour", INK)
        self.texts.append({**words, "font": {"size": size, "color": colour}, **more})

    def fill(self, left: float, right: float, height: float, colour: str, *, is_framed: bool = False) -> None:
        line = {"color": MINE if is_framed else WHITE, "width": 2 if is_framed else 0}
        box = {"x0": left, "x1": right, "y0": self.depth + 1.5, "y1": self.depth + height - 1.5}
        self.shapes.append({"type": "rect", "fillcolor": colour, "line": line, **box})


def draw_overview(title: str, subtitle: str, overview: Overview, speech: Speech) -> Chart:
    """Draw the table as a figure; a wide group is summarised by its mean, as on the page."""
    _ = speech.translate
    codes = [overview.focus.code]
    if len(overview.group.codes) <= MOST_COLUMNS:
        codes += [code for code in overview.group.codes if code != overview.focus.code]
    sheet = _Sheet()
    _head(sheet, overview, codes, speech)
    letters = letters_of(overview.rows)
    section = None
    for row in overview.rows:
        if row.section and row.section != section:
            section = row.section
            sheet.write(f"<b>{section}</b>", 0, sheet.depth + SECTION_HEIGHT * 0.6, colour=MINE)
            sheet.depth += SECTION_HEIGHT
        _row(sheet, row, codes, letters, speech)
    height = int(sheet.depth) + 4
    axis = {"visible": False, "fixedrange": True}
    figure = go.Figure(
        {
            "data": [{"type": "scatter", "x": [], "y": []}],
            "layout": {
                "height": height,
                "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
                "paper_bgcolor": WHITE,
                "plot_bgcolor": WHITE,
                "font": {"family": FONT, "color": INK},
                "xaxis": {**axis, "range": [0, INNER_WIDTH]},
                "yaxis": {**axis, "range": [height, 0]},
                "shapes": sheet.shapes,
                "annotations": sheet.texts,
            },
        }
    )
    signs = "   ".join(f"{SIGN[colour]} {_(COLOUR_WORDS[colour])}" for colour in LEGEND)
    return Chart(
        name="overview",
        title=title,
        subtitle=subtitle,
        figure=figure,
        text_alternative=title,
        table=pd.DataFrame(),
        full_table=pd.DataFrame(),
        picture_notes=(
            signs,
            *(
                f"{row.comparison.measure.short_title}: {sentence}"
                for row in overview.rows
                for sentence in flag_sentences(
                    ((member.name, member) for member in row.comparison.members), _
                )
            ),
            *(
                f"{letters[row.comparison.measure.id, member.code]}) {row.comparison.measure.short_title}, {member.name} "
                f"{row.comparison.year}: {member.explanation}"
                for row in overview.rows
                for member in row.comparison.members
                if member.explanation
            ),
            _(COLOUR_NOTE),
        ),
    )


def _edges(codes: list[str]) -> list[float]:
    """Return the left edges of the columns and the right edge of the last: the municipalities, then the mean."""
    first = NAME_WIDTH + (LINE_WIDTH if len(codes) <= ROOMY_COLUMNS else 0)
    width = min((INNER_WIDTH - first) / (len(codes) + 1), 110)
    return [first + width * place for place in range(len(codes) + 2)]


def _head(sheet: _Sheet, overview: Overview, codes: list[str], speech: Speech) -> None:
    names = {member.code: member.name for member in overview.rows[0].comparison.members}
    edges = _edges(codes)
    is_close = len(codes) > ROOMY_COLUMNS
    height = 74 if is_close else 30
    for place, text in enumerate([*(names[code] for code in codes), speech.translate("Medel")]):
        right = edges[place + 1] - 4
        slant = {"textangle": -40, "yanchor": "bottom"} if is_close else {}
        weight = f"<b>{text}</b>"
        sheet.write(
            weight, right, sheet.depth + height * (0.9 if is_close else 0.6), anchor="right", size=11, **slant
        )
    sheet.depth += height


def _row(
    sheet: _Sheet, row: OverviewRow, codes: list[str], letters: Mapping[tuple[str, str], str], speech: Speech
) -> None:
    comparison, edges = row.comparison, _edges(codes)
    middle = sheet.depth + ROW_HEIGHT / 2
    sheet.write(comparison.measure.short_title, 0, middle - 7, size=11)
    sheet.write(measure_facts(comparison, speech.translate), 0, middle + 8, size=9, colour=QUIET)
    if len(codes) <= ROOMY_COLUMNS:
        _small_line(sheet, row, NAME_WIDTH + 4, NAME_WIDTH + LINE_WIDTH - 14)
    size = 12 if len(codes) <= ROOMY_COLUMNS else 10
    for place, code in enumerate(codes):
        member = comparison.member(code)
        raised = f"<sup>{letters[comparison.measure.id, code]}</sup>" if member.explanation else ""
        left, right = edges[place] + 1.5, edges[place + 1] - 1.5
        sheet.fill(left, right, ROW_HEIGHT, FILL[member.colour], is_framed=place == 0)
        if member.value is None:
            words = "<br>".join(_reason(member, speech).rsplit(" ", 1)) + raised
            sheet.write(words, right - 5, middle, anchor="right", size=9, colour=QUIET, align="right")
            continue
        sign = SIGN[member.colour]
        if flag := FLAG[member.comparability]:
            sign = f"{flag}{sign}"
        if sign:
            sheet.write(sign, left + 4, middle, size=size - 3)
        text = _number(member.value, comparison, speech) + raised
        sheet.write(f"<b>{text}</b>" if place == 0 else text, right - 5, middle, anchor="right", size=size)
    mean = _number(comparison.mean, comparison, speech)
    sheet.write(mean, edges[-1] - 6, middle, anchor="right", size=size)
    sheet.depth += ROW_HEIGHT


def _small_line(sheet: _Sheet, row: OverviewRow, left: float, right: float) -> None:
    """Draw the focus municipality's own years, one line per unbroken piece."""
    pieces = row.focus_series.unbroken_pieces()
    points = [point for piece in pieces for point in piece]
    if len(points) < 2:
        return
    values = [point.value or 0.0 for point in points]
    span = (max(values) - min(values)) or 1.0
    years = points[-1].year - points[0].year

    def at(year: int, value: float) -> str:
        x = left + (right - left) * (year - points[0].year) / years
        return (
            f"{x:.1f},{sheet.depth + ROW_HEIGHT - 7 - (ROW_HEIGHT - 14) * (value - min(values)) / span:.1f}"
        )

    for piece in pieces:
        path = " L".join(at(point.year, point.value or 0.0) for point in piece)
        sheet.shapes.append({"type": "path", "path": f"M{path}", "line": {"color": MINE, "width": 1.5}})
    x, y = at(points[-1].year, values[-1]).split(",")
    sheet.shapes.append(
        {
            "type": "circle",
            "x0": float(x) - 2.5,
            "x1": float(x) + 2.5,
            "y0": float(y) - 2.5,
            "y1": float(y) + 2.5,
            "fillcolor": MINE,
            "line": {"width": 0},
        }
    )


def _reason(member: Member, speech: Speech) -> str:
    return speech.translate(STATUS_WORDS.get(member.status, STATUS_WORDS[Status.MISSING]))


def _number(value: float | None, comparison: Comparison, speech: Speech) -> str:
    return "" if value is None else number(value, comparison.measure.decimals, speech.language)
