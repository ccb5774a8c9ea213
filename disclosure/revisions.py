"""The cells that differ between two releases → how many of each kind, and those that may be listed.

The kind of a change is decided on the numbers as they were published; a listed number of women or men is suppressed
where a suppressed value would follow from it, then or now.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from data.store.figures import Figures
from disclosure.values import complementary_rows
from domain.release import Release
from domain.revision import Revision, RevisionKind
from domain.value import Gender, NoValueReason, Status
from metrics.arrays import Booleans
from metrics.redefinition import AGREEMENT, are_roundings

BY_WEIGHT: Final = (
    RevisionKind.CHANGED,
    RevisionKind.REDEFINED,
    RevisionKind.ROUNDED,
    RevisionKind.WITHDRAWN,
    RevisionKind.NEW,
)
_CELL: Final = ["kpi_id", "municipality_id", "year", "gender"]


class RevisedCells:
    """The cells that differ between two releases, each with the kind of its change."""

    def __init__(self, figures: Figures, since: Release, until: Release, cells: pd.DataFrame) -> None:
        self._figures = figures
        self._since = since
        self._until = until
        self._cells = cells

    def __len__(self) -> int:
        return len(self._cells)

    def of_kinds(self, kinds: Collection[RevisionKind]) -> "RevisedCells":
        """Only those of some kinds."""
        cells = self._cells[self._cells["kind"].isin(kinds)]
        return RevisedCells(self._figures, self._since, self._until, cells)

    def counts(self) -> Mapping[str, Counter[RevisionKind]]:
        """By KPI how many cells of each kind, the KPIs in order of id."""
        counts: dict[str, Counter[RevisionKind]] = {}
        sizes = self._cells.groupby(["kpi_id", "kind"]).size().reset_index(name="count")
        for kpi_id, kind, count in sizes.itertuples(index=False, name=None):
            counts.setdefault(kpi_id, Counter())[kind] = int(count)
        return counts

    def disclosed(self, most: int | None = None) -> tuple[Revision, ...]:
        """The cells by kind, the largest relative change of each kind first; at most so many, `None` for all."""
        cells = self._cells
        with np.errstate(divide="ignore"):
            size = ((cells["new_value"] - cells["old_value"]) / cells["old_value"].replace(0, np.nan)).abs()
        in_order = cells.assign(size=size, order=cells["kind"].map(BY_WEIGHT.index)).sort_values(
            ["order", "size", "kpi_id", "year", "municipality_id", "gender"],
            ascending=[True, False, True, False, True, True],
        )[:most]
        for prefix, release in (("old", self._since), ("new", self._until)):
            suppress = self._complementary_cells(in_order, release) & in_order[f"{prefix}_value"].notna()
            in_order = in_order.assign(
                **{
                    f"{prefix}_value": in_order[f"{prefix}_value"].mask(suppress),
                    f"{prefix}_reason": in_order[f"{prefix}_reason"].mask(
                        suppress, str(NoValueReason.SUPPRESSED)
                    ),
                }
            )
        return tuple(_revision(row) for row in in_order.to_dict("records"))

    def _complementary_cells(self, cells: pd.DataFrame, release: Release) -> Booleans:
        """Which cells hold, at a release, a number that a suppressed one would follow from."""
        of_sexes = cells[cells["gender"] != Gender.TOTAL]
        if of_sexes.empty:
            return np.zeros(len(cells), dtype=np.bool_)
        rows = self._figures.indicator_values(
            release,
            kpi_ids=of_sexes["kpi_id"].unique().tolist(),
            years=of_sexes["year"].unique().tolist(),
            municipality_ids=of_sexes["municipality_id"].unique().tolist(),
        ).guarded_rows
        suppressed = pd.MultiIndex.from_frame(rows.loc[complementary_rows(rows), _CELL])
        return np.asarray(pd.MultiIndex.from_frame(cells[_CELL]).isin(suppressed))


def revised_cells(
    figures: Figures,
    since: Release,
    until: Release,
    kpi_ids: Sequence[str] | None,
    *,
    decimals: Callable[[str], int],
    factors: Mapping[str, tuple[int, float]],
) -> RevisedCells:
    """The cells of some KPIs, or of all, that differ between two releases.

    decimals: of a KPI, which decide what is only rounded. factors: by redefined KPI the first year of its new level and
    the factor.
    """
    cells = figures.revisions(since, until, kpi_ids).guarded_rows
    kinds = cells["change"].map({kind.value: kind for kind in RevisionKind}).astype(object)
    old, new = (cells[name].to_numpy(dtype=np.float64) for name in ("old_value", "new_value"))
    of_cells = cells["kpi_id"].map({kpi_id: decimals(kpi_id) for kpi_id in cells["kpi_id"].unique()})
    for count in of_cells.unique():
        rows = (of_cells == count).to_numpy()
        kinds[rows & are_roundings(old, new, int(count))] = RevisionKind.ROUNDED
    for kpi_id, (first_year, factor) in factors.items():
        is_of_level = ((cells["kpi_id"] == kpi_id) & (cells["year"] >= first_year)).to_numpy()
        kinds[is_of_level & _are_moved(old, new, factor)] = RevisionKind.REDEFINED
    return RevisedCells(figures, since, until, cells.assign(kind=kinds))


def _are_moved(old: np.ndarray, new: np.ndarray, factor: float) -> Booleans:
    """Whether new values are the old ones times the factor, as nearly as a redefinition is recognised by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.abs(np.log(new / old / factor)) <= np.log1p(AGREEMENT))


def _revision(row: Mapping[Hashable, Any]) -> Revision:
    return Revision(
        measure_id=row["kpi_id"],
        place_code=row["municipality_id"],
        year=int(row["year"]),
        gender=Gender(row["gender"]),
        kind=RevisionKind(row["kind"]),
        old_value=number_or_none(row["old_value"]),
        old_status=status_of(row["old_value"], row["old_reason"], is_stored=row["change"] != "new"),
        new_value=number_or_none(row["new_value"]),
        new_status=status_of(row["new_value"], row["new_reason"], is_stored=row["change"] != "withdrawn"),
    )


def number_or_none(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def status_of(value: float, reason: str | None, *, is_stored: bool) -> Status:
    """What a comparison says of a cell of the store; `NOT_REPORTED` where the release has no row."""
    if not is_stored:
        return Status.NOT_REPORTED
    return Status(reason) if pd.isna(value) else Status.OK
