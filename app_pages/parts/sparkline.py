"""A small line of the focus municipality's own years, with gaps where the series is broken or a value is missing."""

from markupsafe import Markup

from app_pages.parts.templates import render_template, svg_address
from domain.series import Point, Series

WIDTH, HEIGHT, MARGIN = 84, 24, 3  # pixels


def sparkline(series: Series, text: str) -> Markup:
    """An image of the series with one line per unbroken piece and a dot at its last value; `text` says what it shows.

    Years run over the whole width and the values over the whole height, so the line shows shape, not size. Empty
    where there is no value at all. A data address, because the page lets no inline SVG through.
    """
    pieces = series.unbroken_pieces()
    points = [point for piece in pieces for point in piece]
    if not points:
        return Markup()
    first, last = points[0].year, points[-1].year
    values = [point.value or 0.0 for point in points]
    low, high = min(values), max(values)

    def x(year: int) -> float:
        return MARGIN + (WIDTH - 2 * MARGIN) * ((year - first) / (last - first) if last > first else 1.0)

    def y(value: float) -> float:
        return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * ((value - low) / (high - low) if high > low else 0.5)

    def path(piece: list[Point]) -> str:
        steps = " ".join(f"{x(point.year):.1f} {y(point.value or 0.0):.1f}" for point in piece)
        return steps + "h.01" if len(piece) == 1 else steps

    address = svg_address(
        "parts/sparkline.svg",
        width=WIDTH,
        height=HEIGHT,
        breaks=[f"{(x(year) + x(year - 1)) / 2:.1f}" for year in series.break_years if first < year <= last],
        paths=[path(piece) for piece in pieces],
        last_x=f"{x(last):.1f}",
        last_y=f"{y(values[-1]):.1f}",
    )
    return render_template(
        "parts/sparkline.html",
        width=WIDTH,
        height=HEIGHT,
        text=text,
        address=address,
    )
