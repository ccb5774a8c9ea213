"""Which reported cells of an earlier release must not be read any longer, since a later one suppressed them or what would tell them."""

from typing import Final

import numpy as np
import pandas as pd

from data.store.guarded import ReportedPast
from domain.value import NoValueReason
from metrics.arrays import Booleans

KEY: Final = ["measure_id", "municipality_id", "period", "gender"]
GROUP: Final = ["measure_id", "municipality_id", "period"]  # the cells of total, women and men
AFTER: Final = ("insert", "update_postimage")


def keys_of(rows: pd.DataFrame, columns: list[str] = KEY) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[columns])


def suppressed_since(rows: pd.DataFrame, past: ReportedPast, *, release_number: int) -> Booleans:
    """Which rows of a release hold a number that a later release suppresses, or a cell suppressed for good, (n,).

    A number is still shown where the newest commit shows that very number.
    """
    changes, now = past.guarded_changes, past.guarded_now
    is_later = (changes["snapshot_id"] > release_number) & changes["change_type"].isin(AFTER)
    later = changes[is_later & (changes["reason"] == NoValueReason.SUPPRESSED)]
    number_now = rows[KEY].merge(now[[*KEY, "value"]], on=KEY, how="left")["value"].to_numpy()
    number = rows["value"].to_numpy(dtype=np.float64)
    is_suppressed = keys_of(rows).isin(keys_of(later)) | keys_of(rows).isin(
        keys_of(suppressed_for_good(past))
    )
    return np.asarray(is_suppressed & ~np.isnan(number) & (number != number_now))


def suppressed_for_good(past: ReportedPast) -> pd.DataFrame:
    """The cells, columns `KEY`, that were suppressed, show no number now, and had their last number from an undone upload.

    Without that upload nothing has revealed what was suppressed.
    """
    after = past.guarded_changes[past.guarded_changes["change_type"].isin(AFTER)]
    numbers = after[after["value"].notna()].sort_values("snapshot_id").drop_duplicates(KEY, keep="last")
    undone = numbers.loc[numbers["upload_id"].isin(past.undone_upload_ids), KEY]
    now = past.guarded_now
    is_readable_now = keys_of(undone).isin(keys_of(now[now["value"].notna()]))
    was_suppressed = keys_of(undone).isin(keys_of(after[after["reason"] == NoValueReason.SUPPRESSED]))
    return undone[was_suppressed & ~is_readable_now]


def cells_that_tell_a_third(past: ReportedPast) -> pd.DataFrame:
    """The cells, columns `KEY`, that must not be read at any release, since the third of total, women and men would follow.

    Just two of the three can be read, and not both of them as they stand together now, or stood where nothing is left of
    the three: what stands together has been protected together. Where nothing was ever suppressed and no basis ever
    given there is nothing to protect.
    """
    changes, now = past.guarded_changes, past.guarded_now
    is_number = changes["value"].notna()
    is_suppressed = changes["reason"] == NoValueReason.SUPPRESSED
    events = changes.assign(
        is_number=is_number, has_secret=is_suppressed | changes["basis"].notna()
    ).sort_values("snapshot_id", kind="stable")
    readable_events = events[events["change_type"].isin(AFTER) & (is_number | is_suppressed)]
    cells = readable_events.drop_duplicates(KEY, keep="last")
    groups = events.groupby(GROUP, as_index=False).agg(
        last_touch=("snapshot_id", "max"), has_secret=("has_secret", "any")
    )
    removed = events[
        (events["change_type"] == "delete") & ~keys_of(events, GROUP).isin(keys_of(now, GROUP))
    ].merge(groups[[*GROUP, "last_touch"]], on=GROUP)
    removed = removed[removed["snapshot_id"] == removed["last_touch"]]
    standing = pd.concat([now.loc[now["value"].notna(), KEY], removed.loc[removed["is_number"], KEY]])
    is_readable = cells["is_number"] & ~keys_of(cells).isin(keys_of(suppressed_for_good(past)))
    readable = cells.loc[is_readable, KEY].merge(groups[[*GROUP, "has_secret"]], on=GROUP)
    count = readable.groupby(GROUP)["gender"].transform("size")
    stands = keys_of(readable).isin(keys_of(standing))
    return readable.loc[readable["has_secret"] & (count == 2) & ~stands, KEY]
