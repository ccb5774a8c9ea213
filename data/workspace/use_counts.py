"""How often each measure is viewed, so that unused ones can be retired."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select

from data.workspace.counting import count_one
from data.workspace.measure_rows import read_measures
from data.workspace.tables import MeasureInNetworkRow, UseCountRow
from data.workspace.workspace import Workspace
from domain.network_measure import MeasureState, NetworkMeasure

UNUSED_AFTER: Final = timedelta(days=365)


def count_use(workspace: Workspace, measure_id: str, day: date) -> None:
    """Count one view of a measure. Never fails and never delays a page for long, so a count may be lost."""
    count_one(workspace, UseCountRow, {"measure_id": measure_id, "day": day})


def uses(workspace: Workspace, network_id: str, since: date) -> Mapping[str, int]:
    """Return how many times each of a network's measures was viewed since a day, by measure id; 0 for never."""
    with workspace.reading() as session:
        counted = session.execute(
            select(MeasureInNetworkRow.measure_id, func.coalesce(func.sum(UseCountRow.count), 0))
            .outerjoin(
                UseCountRow,
                (UseCountRow.measure_id == MeasureInNetworkRow.measure_id) & (UseCountRow.day >= since),
            )
            .where(MeasureInNetworkRow.network_id == network_id)
            .group_by(MeasureInNetworkRow.measure_id)
        )
        return {measure_id: int(count) for measure_id, count in counted}


def unused_measures(workspace: Workspace, network_id: str, day: date) -> tuple[NetworkMeasure, ...]:
    """Return the measures that have been in use for a year and were not viewed in that year."""
    since = day - UNUSED_AFTER
    counts = uses(workspace, network_id, since)
    with workspace.reading() as session:
        measures = read_measures(session, network_id=network_id)
    return tuple(
        measure
        for measure in measures
        if measure.state is MeasureState.IN_USE
        and measure.life[-1].at.date() <= since
        and not counts.get(measure.id)
    )
