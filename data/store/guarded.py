"""What the figures hold, before the disclosure rules decide what may be shown.

The store hands out nothing else that holds a published number. Only `disclosure/` reads what is inside (a test in
`tests/house/` sees to it), so code that forgets to ask that room has no table to read and fails type-checking.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class GuardedValues:
    """Values of KPIs at one release. guarded_rows: kpi_id, municipality_id, year, gender, value, reason."""

    guarded_rows: pd.DataFrame

    def joined_with(self, *others: "GuardedValues") -> "GuardedValues":
        """Return the rows of all of them."""
        return GuardedValues(pd.concat([self.guarded_rows, *(other.guarded_rows for other in others)]))


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class ReportedPast:
    """The changes of reported values up to the newest commit.

    guarded_changes: one row per cell, commit and change_type (insert, update_preimage, update_postimage, delete), with
    the commit as snapshot_id and the columns of `ReportedValue`. guarded_now: the rows of the newest commit.
    undone_upload_ids: the uploads that a commit says that it undid.
    """

    guarded_changes: pd.DataFrame
    guarded_now: pd.DataFrame
    undone_upload_ids: frozenset[str]


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class GuardedReported:
    """What members have reported, as of a release. guarded_rows: `ReportedValue`, in the order of its key.

    past: what has been done since, among all that was ever done; `None` where nothing has.
    """

    guarded_rows: pd.DataFrame
    release_number: int = 0
    past: ReportedPast | None = None


@dataclass(frozen=True, slots=True)
class CommitLine:
    """When a commit was made and by which run."""

    known_at: datetime
    run_id: str


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class GuardedHistory:
    """Every change of one reported cell, and of the rest of its measure and municipality.

    commits: by number. past: `None` where nothing was ever reported.
    """

    period: str
    gender: str
    commits: Mapping[int, CommitLine]
    past: ReportedPast | None = None


@dataclass(frozen=True, eq=False, repr=False, slots=True)
class GuardedRevisions:
    """The cells that differ between two releases, in the columns that `Figures.revisions` names."""

    guarded_rows: pd.DataFrame
