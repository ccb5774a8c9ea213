"""Which requests fetch a scope: chains of pages, at most 25 ids a path segment, enough of them to run side by side.

A chain is a first address and the pages that follow from it by `next_url`. Pages of one chain come one after
another, so a scope needs many chains to use the permitted rate; but each chain ends in a page that is only partly
full, so it should not be cut smaller than that takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from pipelines.kolada.client import REQUESTS_IN_FLIGHT

MOST_IDS_IN_A_SEGMENT: Final = 25  # 33 gave 422
ROWS_ON_A_PAGE: Final = 5000
PLACES: Final = 312  # municipalities, regions and Riket: the rows of one KPI and year at most
Item = TypeVar("Item")

CHAINS_WANTED: Final = 2 * REQUESTS_IN_FLIGHT  # so that the pace is kept while chains of unequal length end


@dataclass(frozen=True, slots=True)
class DataScope:
    """KPIs × years × places. `municipality_ids` is None for all of them."""

    kpi_ids: tuple[str, ...]
    years: tuple[int, ...]
    municipality_ids: tuple[str, ...] | None = None


def chain_paths(scope: DataScope, *, from_date: date | None = None) -> list[str]:
    """The first path of every chain that together fetch the scope once, with what changed since `from_date` or all.

    A question for changes is mostly answered by an almost empty page, so it is cut as little as possible.
    """
    if not scope.kpi_ids or not scope.years or scope.municipality_ids == ():
        return []
    year_batches = _batches(scope.years, MOST_IDS_IN_A_SEGMENT)
    place_batches: list[Sequence[str] | None] = [None]
    if scope.municipality_ids:
        place_batches = [*_batches(scope.municipality_ids, MOST_IDS_IN_A_SEGMENT)]
    places_in_a_chain = len(place_batches[0]) if place_batches[0] else PLACES
    longest_years = len(year_batches[0])
    if from_date:
        kpis_in_a_chain = MOST_IDS_IN_A_SEGMENT
    else:
        for_a_full_page = ROWS_ON_A_PAGE // (places_in_a_chain * longest_years)
        for_enough_chains = len(scope.kpi_ids) * len(year_batches) * len(place_batches) // CHAINS_WANTED
        kpis_in_a_chain = min(max(for_a_full_page, for_enough_chains, 1), MOST_IDS_IN_A_SEGMENT)
    query = f"?from_date={from_date.isoformat()}" if from_date else ""
    return [
        f"data/kpi/{','.join(kpis)}"
        + (f"/municipality/{','.join(places)}" if places else "")
        + f"/year/{','.join(map(str, years))}{query}"
        for kpis in _batches(scope.kpi_ids, kpis_in_a_chain)
        for years in year_batches
        for places in place_batches
    ]


def _batches(items: Sequence[Item], most: int) -> list[Sequence[Item]]:
    """The items in as few parts as `most` allows, of as equal length as possible."""
    parts = max(-(-len(items) // most), 1)
    length = -(-len(items) // parts)
    return [items[start : start + length] for start in range(0, len(items), length)]
