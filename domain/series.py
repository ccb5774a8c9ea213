"""One municipality's values of one measure over the years, in unbroken pieces."""

from dataclasses import dataclass
from typing import NamedTuple

from domain.value import Status


class Point(
    NamedTuple
):  # there are thousands on a page, and a tuple is made five times as fast as a dataclass
    """One year of a series; `value` is `None` exactly when `status` is not ok."""

    year: int
    value: float | None
    status: Status


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one place in rising years. A break year is the first year of a new level or definition.

    explanations: years with what the place itself has written of that year's value.
    """

    code: str
    name: str
    points: tuple[Point, ...]
    break_years: tuple[int, ...] = ()
    explanations: tuple[tuple[int, str], ...] = ()

    def explanation(self, year: int) -> str:
        """What the place has written of one year's value; empty where nothing is."""
        return dict(self.explanations).get(year, "")

    def unbroken_pieces(self) -> list[list[Point]]:
        """Runs of points with values that a line may connect: no break and no hole inside a piece."""
        pieces: list[list[Point]] = []
        piece: list[Point] = []
        for point in self.points:
            is_joined = (
                bool(piece) and point.year == piece[-1].year + 1 and point.year not in self.break_years
            )
            if piece and not (is_joined and point.value is not None):
                pieces.append(piece)
                piece = []
            if point.value is not None:
                piece.append(point)
        return [*pieces, piece] if piece else pieces
