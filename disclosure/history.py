"""Everything that has been done to one reported cell → what of it may be shown to everybody."""

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from data.store.guarded import GuardedHistory, ReportedPast
from disclosure.readable_cells import AFTER, cells_that_tell_a_third, suppressed_for_good
from domain.value import NoValueReason

COLUMNS: Final = (
    *("number", "known_at", "run_id", "change"),
    *("value", "reason", "footnote", "upload_id"),
)


@dataclass(frozen=True, eq=False)
class ShownHistory:
    """One row for each commit that touched the cell, in order of time.

    table: number (of the commit), known_at, run_id, change (new, changed, withdrawn; unchanged where only another file
    says the same), value, reason, footnote, upload_id.
    """

    table: pd.DataFrame


def disclose_history(guarded: GuardedHistory) -> ShownHistory:
    """What has been suppressed since is suppressed here, unless the newest commit shows that very number."""
    rows: list[dict[str, Any]] = []
    events = _events(guarded.past, guarded.period, guarded.gender) if guarded.past is not None else []
    number_now = events[-1]["value"] if events else None
    is_suppressed_later = guarded.past is not None and _is_suppressed_for_good(
        guarded.past, guarded.period, guarded.gender
    )
    for event in reversed(events):
        is_suppressed = not pd.isna(event["value"]) and is_suppressed_later and event["value"] != number_now
        is_suppressed_later |= event["reason"] == NoValueReason.SUPPRESSED
        commit = guarded.commits[event["number"]]
        change = ("changed" if event["was_kept"] else "new") if event["is_kept"] else "withdrawn"
        rows.append(
            {
                "number": event["number"],
                "known_at": commit.known_at,
                "run_id": commit.run_id,
                "change": change,
                "value": float("nan") if is_suppressed else event["value"],
                "reason": str(NoValueReason.SUPPRESSED) if is_suppressed else event["reason"],
                "footnote": "" if is_suppressed or not event["is_kept"] else event["footnote"],
                "upload_id": event["upload_id"],
            }
        )
    history = pd.DataFrame(rows[::-1], columns=list(COLUMNS)).astype({"value": "float64"})
    shown = history[["value", "reason", "footnote"]]
    is_same = (shown == shown.shift()) | (shown.isna() & shown.shift().isna())
    history.loc[is_same.all(axis=1) & (history["change"] == "changed"), "change"] = "unchanged"
    texts = {name: history[name].astype(object) for name in ("reason", "upload_id")}
    return ShownHistory(
        history.assign(**{name: text.where(text.notna(), None) for name, text in texts.items()})
    )


def _events(past: ReportedPast, period: str, gender: str) -> list[dict[str, Any]]:
    """For each commit that touched the cell, in order: whether the cell was there before and after, and what it then held."""
    changes = past.guarded_changes
    of_cell = changes[(changes["period"] == period) & (changes["gender"] == gender)]
    events = []
    for number, rows in of_cell.groupby("snapshot_id", sort=True):
        is_after = rows["change_type"].isin(AFTER)
        after = rows[is_after].to_dict("records")
        held = {
            name: after[0][name] if after else None for name in ("value", "reason", "footnote", "upload_id")
        }
        events.append(
            {"number": int(str(number)), "was_kept": not is_after.all(), "is_kept": bool(after), **held}
        )
    return events


def _is_suppressed_for_good(past: ReportedPast, period: str, gender: str) -> bool:
    """Whether no number of the cell may be read but the one that it holds now."""
    cells = pd.concat([suppressed_for_good(past), cells_that_tell_a_third(past)])
    return bool(((cells["period"] == period) & (cells["gender"] == gender)).any())
