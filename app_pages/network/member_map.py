"""The members on the map of equal tiles, as a small picture."""

from collections.abc import Collection, Mapping
from html import escape
from typing import Final
from urllib.parse import quote

from app_pages.parts import theme

TILE: Final = 10


def member_map(
    positions: Mapping[str, tuple[int, int]], members: Collection[str], mine: str, text: str
) -> str:
    """An image: members filled, mine darkest, everybody else pale. `text` says the same in words."""
    if not positions:
        return ""
    width = max(column for column, _ in positions.values()) + 1
    height = max(row for _, row in positions.values()) + 1

    def drawn(colour: str, codes: Collection[str]) -> str:
        squares = "".join(
            f"M{positions[code][0] * TILE} {positions[code][1] * TILE}h8v8h-8z"
            for code in codes
            if code in positions
        )
        return f"<path fill='{colour}' d='{squares}'/>" if squares else ""

    others = [code for code in positions if code not in members]
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width * TILE} {height * TILE}'>"
        f"{drawn(theme.TILE, others)}{drawn(theme.MEMBER, [one for one in members if one != mine])}"
        f"{drawn(theme.MINE, [one for one in members if one == mine])}</svg>"
    )
    source = "data:image/svg+xml," + quote(svg, safe=" ='/:.<>")
    return f'<img class="member-map" alt="{escape(text)}" src="{escape(source)}">'
