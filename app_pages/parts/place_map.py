"""Some places on the map of equal tiles, as a small picture with the numbers that they have in a list beside it."""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from app_pages.parts.templates import render_template, svg_address

TILE: Final = 10  # units of the drawing, from one tile to the next


def place_map(
    positions: Mapping[str, tuple[int, int]], numbers: Mapping[str, str], mine: str, text: str
) -> Markup:
    """Return the map as an image: numbered places as larger discs, the focus framed; `text` says it in words.

    positions: code → (column, row). Empty where none of the places is on the map.
    """
    placed = [(*positions[code], number) for code, number in numbers.items() if code in positions]
    if not placed:
        return Markup()
    address = svg_address(
        "parts/place_map.svg",
        tile=TILE,
        width=TILE * (max(column for column, _row in positions.values()) + 1),
        height=TILE * (max(row for _column, row in positions.values()) + 1),
        tiles=positions.values(),
        mine=positions.get(mine),
        placed=placed,
    )
    return render_template("parts/place_map.html", text=text, address=address)
