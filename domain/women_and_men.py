"""One measure for women and for men side by side, without giving away what is suppressed."""

from dataclasses import dataclass

from domain.comparison import Comparison
from domain.message import Message


@dataclass(frozen=True, slots=True)
class WomenAndMen:
    """The same measure, year and group for women, men and all, members in the same order.

    `gaps` are women minus men in the unit of the measure, `None` where either is missing or may not be shown.
    """

    women: Comparison
    men: Comparison
    total: Comparison
    gaps: tuple[float | None, ...]
    method: tuple[Message, ...]
