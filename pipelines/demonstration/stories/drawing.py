"""Calm flat drawings for made-up stories: a few shapes in a few colours, the same bytes every time.

Drawn at twice the size and halved, so that edges are smooth, and kept with few colours, so that they are small.
"""

from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

WIDTH: Final = 800
HEIGHT: Final = 450
LARGER: Final = 2
COLOURS: Final = 64

PAPER, MIST, SKY, DUSK, NIGHT = "#f4efe4", "#dfe6e3", "#cfdfe6", "#5b6b86", "#2f3b52"
GRASS, LEAF, PINE = "#a9bf94", "#7f9c72", "#55735c"
SAND, STRAW, OCHRE, CLAY, BRICK = "#e6d5b4", "#e9c46a", "#d49a3a", "#c4704f", "#9c4a3c"
BLUE, TEAL, PLUM, STONE, INK, WHITE = "#3d6c94", "#4f8f8b", "#7d5a7e", "#b9b6ad", "#33383f", "#fbfaf6"
SKINS: Final = ("#e3b48f", "#b9805a", "#f0cda8", "#8c5a3c")

Point = tuple[float, float]


class Drawing:
    """A picture in the making, 800 × 450 with the origin at the upper left."""

    def __init__(self, background: str) -> None:
        self._image = Image.new("RGB", (WIDTH * LARGER, HEIGHT * LARGER), background)
        self._draw = ImageDraw.Draw(self._image)

    def png(self) -> bytes:
        """The finished picture, without anything but its pixels."""
        small = self._image.reduce(LARGER).quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
        written = BytesIO()
        small.save(written, "PNG")
        return written.getvalue()

    # Shapes

    def box(
        self, x: float, y: float, width: float, height: float, colour: str, *, round_by: float = 0
    ) -> None:
        corners = _scaled(x, y, x + width, y + height)
        self._draw.rounded_rectangle(corners, radius=round_by * LARGER, fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        self.oval(x, y, radius, radius, colour)

    def oval(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        self._draw.ellipse(_scaled(x - wide, y - high, x + wide, y + high), fill=colour)

    def shape(self, *points: Point, colour: str) -> None:
        self._draw.polygon([_scaled(*point) for point in points], fill=colour)

    def line(self, *points: Point, colour: str, width: float = 4) -> None:
        places = [_scaled(*point) for point in points]
        self._draw.line(places, fill=colour, width=round(width * LARGER), joint="curve")
        for point in (points[0], points[-1]):
            self.disc(*point, width / 2, colour)

    def arc(
        self, x: float, y: float, radius: float, first: float, last: float, colour: str, width: float = 4
    ) -> None:
        """From one angle to another, clockwise in degrees from three o'clock."""
        corners = _scaled(x - radius, y - radius, x + radius, y + radius)
        self._draw.arc(corners, first, last, fill=colour, width=round(width * LARGER))

    # Things

    def ground(self, y: float, colour: str) -> None:
        self.box(0, y, WIDTH, HEIGHT - y, colour)

    def hill(self, x: float, y: float, wide: float, colour: str) -> None:
        """With its top at a point."""
        self.oval(x, y + wide * 0.6, wide, wide * 0.6, colour)

    def person(
        self, x: float, y: float, coat: str, *, size: float = 1.0, skin: int = 0, cap: str = ""
    ) -> None:
        """Standing with the feet at a point, 110 high at size one."""
        self.box(x - 20 * size, y - 72 * size, 40 * size, 72 * size, coat, round_by=18 * size)
        self.disc(x, y - 90 * size, 19 * size, SKINS[skin % len(SKINS)])
        if cap:
            self._draw.pieslice(
                _scaled(x - 20 * size, y - 112 * size, x + 20 * size, y - 72 * size), 180, 360, fill=cap
            )

    def house(self, x: float, y: float, width: float, height: float, wall: str, roof: str = "") -> None:
        """Standing on `y`; flat without a roof."""
        self.box(x, y - height, width, height, wall)
        if roof:
            top = (x + width / 2, y - height - width * 0.32)
            self.shape((x - 12, y - height), (x + width + 12, y - height), top, colour=roof)

    def windows(
        self, x: float, y: float, across: int, down: int, colour: str, *, size: float = 26, apart: float = 44
    ) -> None:
        for column in range(across):
            for row in range(down):
                self.box(x + column * apart, y + row * apart * 1.1, size, size * 1.2, colour, round_by=2)

    def tree(self, x: float, y: float, height: float, colour: str = LEAF) -> None:
        self.box(x - height * 0.04, y - height * 0.45, height * 0.08, height * 0.45, BRICK)
        self.oval(x, y - height * 0.68, height * 0.27, height * 0.34, colour)

    def lamp_post(self, x: float, y: float, height: float, glow: str) -> None:
        self.box(x - 4, y - height, 8, height, INK)
        self.disc(x, y - height, 44, glow)
        self.disc(x, y - height, 15, STRAW)

    def cup(self, x: float, y: float, colour: str, *, size: float = 1.0) -> None:
        """Standing on `y`."""
        self.arc(x + 24 * size, y - 24 * size, 14 * size, 270, 90, colour, 6 * size)
        self.box(x - 24 * size, y - 46 * size, 48 * size, 46 * size, colour, round_by=8 * size)


def _scaled(*places: float) -> tuple[float, ...]:
    return tuple(place * LARGER for place in places)
