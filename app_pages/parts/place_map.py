"""Some places on the map of equal tiles, as a small picture with the numbers that they have in a list beside it."""

from collections.abc import Mapping
from html import escape
from typing import Final
from urllib.parse import quote

TILE: Final = 10
MINE: Final = "#1b3a63"
MARKED: Final = "#3f6592"  # white figures on it: 6:1
OTHERS: Final = "#e3e8ee"


def place_map(
    positions: Mapping[str, tuple[int, int]], numbers: Mapping[str, str], mine: str, text: str
) -> str:
    """An image: places with a number as larger discs, mine framed. `text` says the same in words.

    Empty where none of the places lies on the map.
    """
    placed = {code: number for code, number in numbers.items() if code in positions}
    if not placed:
        return ""
    width = max(column for column, _row in positions.values()) + 1
    height = max(row for _column, row in positions.values()) + 1
    squares = "".join(f"M{column * TILE} {row * TILE}h8v8h-8z" for column, row in positions.values())
    frame = ""
    if mine in positions:
        column, row = positions[mine]
        frame = f"<path fill='none' stroke='{MINE}' stroke-width='2' d='M{column * TILE - 1} {row * TILE - 1}h10v10h-10z'/>"
    discs = "".join(
        f"<circle cx='{positions[code][0] * TILE + 4}' cy='{positions[code][1] * TILE + 4}' r='6.6' fill='{MARKED}' "
        f"stroke='white'/><text x='{positions[code][0] * TILE + 4}' y='{positions[code][1] * TILE + 6.9}' "
        f"font-size='{8 if len(number) < 3 else 6}' text-anchor='middle' fill='white' font-weight='700' "
        f"font-family='sans-serif'>{escape(number)}</text>"
        for code, number in placed.items()
    )
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='-4 -4 {width * TILE + 8} {height * TILE + 8}'>"
        f"<path fill='{OTHERS}' d='{squares}'/>{frame}{discs}</svg>"
    )
    source = "data:image/svg+xml," + quote(svg, safe=" ='/:.<>")
    return f'<img class="place-map" alt="{escape(text)}" src="{escape(source)}">'
