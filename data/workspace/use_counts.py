"""How often each measure is looked at, so that what nobody uses can be retired."""

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
    """One more look at a measure. Never fails and never makes a page wait long; a count may then be lost."""
    count_one(workspace, UseCountRow, {"measure_id": measure_id, "day": day})


def uses(workspace: Workspace, network_id: str, since: date) -> Mapping[str, int]:
    """How many times each of a network's measures has been looked at since a day, by measure id; 0 for never."""
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
    """The measures that have been in use for a year and that nobody has looked at in that year."""
    since = day - UNUSED_AFTER
    counts = uses(workspace, network_id, since)
    with workspace.reading() as session:
        found = read_measures(session, network_id=network_id)
    return tuple(
        one
        for one in found
        if one.state is MeasureState.IN_USE and one.life[-1].at.date() <= since and not counts.get(one.id)
    )
