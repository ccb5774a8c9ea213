"""Which cases readers of a measure went on to read: counts by day, without names."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from data.workspace.counting import count_one
from data.workspace.tables import ReadingRow, StoryRow
from data.workspace.workspace import Workspace


def count_reading(workspace: Workspace, measure_id: str, case_id: str, day: date) -> None:
    """Count one reader who went from a measure to a case. Never fails; a count may be lost."""
    count_one(workspace, ReadingRow, {"measure_id": measure_id, "case_id": case_id, "day": day})


def read_by_others(
    workspace: Workspace, measure_id: str, *, since: date | None = None, most: int = 10
) -> Mapping[str, int]:
    """Return how often each published case was read from a measure, by case id, most read first."""
    total = func.sum(ReadingRow.count)
    question = (
        select(ReadingRow.case_id, total)
        .join(StoryRow, StoryRow.id == ReadingRow.case_id)
        .where(ReadingRow.measure_id == measure_id, StoryRow.published_version.is_not(None))
        .group_by(ReadingRow.case_id)
        .order_by(total.desc(), ReadingRow.case_id)
        .limit(most)
    )
    if since is not None:
        question = question.where(ReadingRow.day >= since)
    with workspace.reading() as session:
        return {case_id: int(count) for case_id, count in session.execute(question)}
