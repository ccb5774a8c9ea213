"""Draw the members on the map of equal tiles, as a small picture."""

from collections.abc import Collection, Mapping
from typing import Final

from markupsafe import Markup

from app_pages.parts import theme
from app_pages.parts.templates import render_template, svg_address

TILE: Final = 10  # units of the drawing, from one tile to the next


def member_map(
    positions: Mapping[str, tuple[int, int]], members: Collection[str], mine: str, text: str
) -> Markup:
    """Return the map as an image: members filled, the focus darkest, everybody else pale; `text` says it in words.

    positions: code → (column, row). Empty without positions.
    """
    if not positions:
        return Markup()
    layers = [
        (theme.TILE, [tile for code, tile in positions.items() if code not in members]),
        (theme.MEMBER, [positions[code] for code in members if code in positions and code != mine]),
        (theme.MINE, [positions[code] for code in members if code in positions and code == mine]),
    ]
    address = svg_address(
        "network/member_map.svg",
        tile=TILE,
        width=TILE * (max(column for column, _row in positions.values()) + 1),
        height=TILE * (max(row for _column, row in positions.values()) + 1),
        layers=layers,
    )
    return render_template("network/member_map.html", text=text, address=address)
