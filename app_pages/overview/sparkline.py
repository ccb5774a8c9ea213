"""A small line of my own years: where it went, with gaps where the series is broken or a value is not there."""

from html import escape
from typing import Final
from urllib.parse import quote

from domain.series import Series

WIDTH, HEIGHT, MARGIN = 84, 24, 3  # pixels
MINE: Final = "#1b3a63"
QUIET: Final = "#4a5868"


def sparkline(series: Series, text: str) -> str:
    """An image of the series, one line a piece, its last value as a dot; `text` says what it shows.

    Years run over the whole width and the values over the whole height, so the line shows shape, not size. Empty
    where there is no value at all. A data address, because the page lets no inline SVG through.
    """
    pieces = series.unbroken_pieces()
    points = [point for piece in pieces for point in piece]
    if not points:
        return ""
    first, last = points[0].year, points[-1].year
    values = [point.value or 0.0 for point in points]
    low, high = min(values), max(values)

    def x(year: int) -> float:
        return MARGIN + (WIDTH - 2 * MARGIN) * ((year - first) / (last - first) if last > first else 1.0)

    def y(value: float) -> float:
        return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * ((value - low) / (high - low) if high > low else 0.5)

    drawn = []
    for year in series.break_years:
        if first < year <= last:
            middle = (x(year) + x(year - 1)) / 2
            drawn.append(
                f"<path stroke='{QUIET}' stroke-width='1' stroke-dasharray='2 2' d='M{middle:.1f} 1V{HEIGHT - 1}'/>"
            )
    for piece in pieces:
        steps = " ".join(f"{x(point.year):.1f} {y(point.value or 0.0):.1f}" for point in piece)
        drawn.append(f"<path d='M{steps}h.01'/>" if len(piece) == 1 else f"<path d='M{steps}'/>")
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}'>"
        f"<g fill='none' stroke='{MINE}' stroke-width='1.5' stroke-linejoin='round' stroke-linecap='round'>"
        f"{''.join(drawn)}</g><circle fill='{MINE}' cx='{x(last):.1f}' cy='{y(values[-1]):.1f}' r='2.6'/></svg>"
    )
    address = "data:image/svg+xml," + quote(svg, safe=" ='/:.<>")
    return (
        f'<img class="spark" width="{WIDTH}" height="{HEIGHT}" alt="{escape(text)}" src="{escape(address)}">'
    )
