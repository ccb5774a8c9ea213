"""What is chosen on this page alone: the order of the rows."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final

from app_pages.parts.choice_row import select
from app_pages.parts.choices import View
from app_pages.parts.words import _
from domain.measure import Direction
from domain.overview import OverviewRow
from domain.place import alphabetical

NAME: Final = "ordning"


class Order(StrEnum):
    """By what the rows are ordered; the words stand in the address."""

    SUBJECT = "amne"
    NAME = "namn"
    PLACE = "plats"
    DISTANCE = "avstand"
    CHANGE = "forandring"


def order(view: View) -> Order:
    """The order that the address asks for."""
    return view.address.read(
        NAME,
        Order,
        Order.SUBJECT,
        kind=_("ordning"),
        hint=_("Möjliga ord: {words}.").format(words=", ".join(Order)),
    )


def order_control(chosen: Order) -> None:
    """Show the choice of order, beside the table."""
    names = {
        Order.SUBJECT: _("ämne"),
        Order.NAME: _("måttets namn"),
        Order.PLACE: _("min plats, bäst först"),
        Order.DISTANCE: _("avstånd till medel, sämst först"),
        Order.CHANGE: _("störst förändring sedan förra året"),
    }
    select(NAME, _("Ordna efter"), {str(order): name for order, name in names.items()}, chosen)


def sort_rows(rows: Iterable[OverviewRow], by: Order) -> list[OverviewRow]:
    """Return the rows sorted; those that the order does not apply to come last, in reading order."""
    keys: dict[Order, Callable[[OverviewRow], object]] = {
        Order.NAME: lambda row: alphabetical(row.comparison.measure.short_title),
        Order.PLACE: _place,
        Order.DISTANCE: _distance,
        Order.CHANGE: _change,
    }
    return sorted(rows, key=keys[by]) if by in keys else list(rows)  # type: ignore[arg-type]


def _place(row: OverviewRow) -> tuple[bool, float]:
    rank = None if row.comparison.measure.direction is Direction.NEUTRAL else row.focus.rank
    return rank is None, (rank or 0) / max(row.comparison.n_with_value, 1)


def _distance(row: OverviewRow) -> tuple[bool, float]:
    """Worst first: how far on the wrong side of the mean; neutral measures have no wrong side and come last."""
    distance = row.in_spreads(row.focus.deviation_from_mean)
    if distance is None or row.comparison.measure.direction is Direction.NEUTRAL:
        return True, -abs(distance or 0.0)
    return False, distance if row.comparison.measure.direction is Direction.HIGHER else -distance


def _change(row: OverviewRow) -> tuple[bool, float]:
    change = row.in_spreads(row.focus.change_since_last_year)
    return change is None, -abs(change or 0.0)
