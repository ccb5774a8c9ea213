"""How often each measure is looked at, so that what nobody uses can be retired."""

import logging
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from data.places import Settings
from data.workspace.database import engine, workspace
from data.workspace.measures import read_measures
from data.workspace.tables import MeasureInNetworkRow, UseCountRow
from domain.errors import PersonalError
from domain.network_measure import MeasureState, NetworkMeasure

UNUSED_AFTER: Final = timedelta(days=365)
LONGEST_WAIT_MS: Final = 200  # a count is not worth more of a reader's time


def count_use(settings: Settings, measure_id: str, day: date) -> None:
    """One more look at a measure. Never fails and never makes a page wait long; a count may then be lost."""
    try:
        made = engine(settings)
        insert = postgresql.insert if made.dialect.name == "postgresql" else sqlite.insert
        added = insert(UseCountRow).values(measure_id=measure_id, day=day, count=1)
        counted = added.on_conflict_do_update(
            index_elements=["measure_id", "day"], set_={"count": UseCountRow.count + 1}
        )
        with made.connect() as connection:
            if made.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = {LONGEST_WAIT_MS}"))
                connection.execute(counted)
                connection.commit()
                return
            (usual,) = connection.execute(text("PRAGMA busy_timeout")).one()
            connection.execute(text(f"PRAGMA busy_timeout = {LONGEST_WAIT_MS}"))
            try:
                connection.execute(counted)
                connection.commit()
            finally:
                connection.rollback()
                connection.execute(text(f"PRAGMA busy_timeout = {usual:d}"))
    except (SQLAlchemyError, PersonalError):
        logging.getLogger(__name__).warning("A look at %s was not counted.", measure_id, exc_info=True)


def uses(settings: Settings, network_id: str, since: date) -> Mapping[str, int]:
    """How many times each of a network's measures has been looked at since a day, by measure id; 0 for never."""
    with workspace(settings) as session:
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


def unused_measures(settings: Settings, network_id: str, day: date) -> tuple[NetworkMeasure, ...]:
    """The measures that have been in use for a year and that nobody has looked at in that year."""
    since = day - UNUSED_AFTER
    counts = uses(settings, network_id, since)
    with workspace(settings) as session:
        found = read_measures(session, network_id=network_id)
    return tuple(
        one
        for one in found
        if one.state is MeasureState.IN_USE and one.life[-1].at.date() <= since and not counts.get(one.id)
    )
