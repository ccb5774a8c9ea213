"""What members have reported → what of it may be shown to everybody, as known at a release."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from data.store.guarded import GuardedReported
from disclosure.readable_cells import KEY, cells_that_tell_a_third, keys_of, suppressed_since
from domain.value import NoValueReason
from metrics.arrays import Booleans

COLUMNS: Final = (*KEY, "value", "reason", "basis", "footnote", "upload_id")


@dataclass(frozen=True, eq=False)
class ShownReported:
    """What members have reported, as everybody may read it. table: columns `COLUMNS`, periods as text.

    `value` is NaN exactly where `reason` says why; a suppressed cell has no basis and no footnote either.
    """

    table: pd.DataFrame

    def replaced_by(self, cells: pd.DataFrame) -> "ShownReported":
        """The same with the cells that a publication would show in their place.

        cells: `KEY`, value and reason at least; a row with neither value nor reason takes its cell away.
        """
        new = cells.reindex(columns=list(COLUMNS))
        is_replaced = keys_of(self.table.astype(dict.fromkeys(KEY, str))).isin(
            keys_of(new.astype(dict.fromkeys(KEY, str)))
        )
        remaining = self.table[~is_replaced]
        new = new[new["value"].notna() | new["reason"].notna()]
        return ShownReported(
            pd.concat([part for part in (remaining, new) if len(part)] or [self.table.iloc[:0]])
        )


def nothing_reported() -> ShownReported:
    """The table without a row."""
    table = pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    return ShownReported(table.astype({"value": "float64", "basis": "float64"}))


def disclose_reported(guarded: GuardedReported) -> ShownReported:
    """What of a release may be shown today.

    What a later release has suppressed is suppressed in this one too, so whoever remembers an earlier release must ask
    again after each commit (`Figures.newest_commit`).
    """
    rows, past = guarded.guarded_rows, guarded.past
    if past is None or rows.empty:
        return ShownReported(rows)
    rows = _suppressed(rows, suppressed_since(rows, past, release_number=guarded.release_number))
    tells = np.asarray(keys_of(rows).isin(keys_of(cells_that_tell_a_third(past))))
    return ShownReported(_suppressed(rows, tells & rows["value"].notna().to_numpy()))


def _suppressed(rows: pd.DataFrame, hide: Booleans) -> pd.DataFrame:
    instead = {"value": np.nan, "reason": str(NoValueReason.SUPPRESSED), "basis": np.nan, "footnote": ""}
    return rows.assign(**{name: rows[name].mask(hide, other) for name, other in instead.items()})
