"""The one way to change the workspace: check the right, one transaction, an entry in the audit log.

A refusal changes nothing and leaves a line of its own. Whoever saves on top of somebody else's change is told what
that change was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from data.reference import places
from data.workspace.tables import AuditRow, WorkspaceTable
from domain.audit import AuditEntry, Outcome, SubjectKind, describe_changes, differences
from domain.errors.storage import ChangedMeanwhileError
from domain.message import Message, to_translate
from domain.network import Network
from domain.rights import Action, Person, Subject

LONGEST_NOTED: Final = 20_000  # characters of one text in the log; what is refused may be longer


@dataclass(frozen=True, slots=True)
class What:
    """The subject of an action, as the log names it. `requested` is recorded where the action is refused."""

    kind: SubjectKind
    id: str
    requested: object = None
    network_id: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A change in progress: its transaction, actor and time."""

    session: Session
    actor: Person
    action: Action
    what: What
    at: datetime

    def note(self, before: object, after: object, what: What | None = None) -> None:
        """Add the entry to the audit log. States are domain objects, or mappings in plain types."""
        chosen = what or self.what
        self.session.add(
            audit_row(self.actor, self.action, chosen, self.at, Outcome.DONE, before=before, after=after)
        )

    def claim(self, table: type[WorkspaceTable], key: Mapping[str, str], version: int) -> int:
        """Increment the version of a row that still has the version that was read, and return the new version.

        To be called before anything else is written: it makes others wait. Raises `ChangedMeanwhileError`.
        """
        columns = table.__table__.columns
        claimed = self.session.execute(
            update(table)
            .where(*(columns[name] == value for name, value in key.items()), columns["version"] == version)
            .values(version=version + 1)
            .returning(columns["version"])
        ).all()
        if not claimed:
            self.tell_what_changed(version)
        return version + 1

    def hold(self, table: type[WorkspaceTable], key: Mapping[str, str]) -> bool:
        """Lock a row until the change is done, and return whether it exists.

        To be called before what depends on it is read.
        """
        columns = table.__table__.columns
        held = self.session.execute(
            update(table)
            .where(*(columns[name] == value for name, value in key.items()))
            .values(version=columns["version"])
            .returning(columns["version"])
        ).all()
        return bool(held)

    def tell_what_changed(self, version: int) -> None:
        """Raise `ChangedMeanwhileError` with what was saved since the version that was read."""
        rows = self.session.scalars(
            select(AuditRow)
            .where(
                AuditRow.subject_kind == self.what.kind,
                AuditRow.subject_id == self.what.id,
                AuditRow.outcome == Outcome.DONE,
            )
            .order_by(AuditRow.number)
        )
        since = [
            row for row in rows if row.network_id == self.what.network_id and _version(row.after) > version
        ]
        if not since:
            raise ChangedMeanwhileError(who="–", when="–", what=Message(to_translate("inget som syns")))
        changes = differences(since[0].before or {}, since[-1].after or {})
        raise ChangedMeanwhileError(
            who=" + ".join(dict.fromkeys(row.person_name for row in since)),
            when=since[-1].at.astimezone().strftime("%Y-%m-%d %H:%M"),
            what=describe_changes(changes, place_name),
            changes=changes,
        )


def subject_of(network: Network, municipality_code: str | None = None, day: date | None = None) -> Subject:
    """Return a network with its members on a day (default today), and the municipality that an action is about."""
    return Subject(network.id, frozenset(network.members_on(day or today())), municipality_code)


def today() -> date:
    """Return today's date in the local time zone."""
    return datetime.now(UTC).astimezone().date()


def place_name(code: str) -> str:
    """Return the name of a place, or its code if it is unknown."""
    return places()[code].name if code in places() else code


def plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Convert a value to JSON types: a dataclass to a mapping, a date to text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value[:LONGEST_NOTED].replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    return value


def as_entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(**{field.name: getattr(row, field.name) for field in fields(AuditEntry)})


def values_of(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass of the domain
    """Return the fields of a dataclass, for a row whose columns have the same names."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def audit_row(
    actor: Person,
    action: Action,
    what: What,
    at: datetime,
    outcome: Outcome,
    *,
    before: object,
    after: object,
) -> AuditRow:
    return AuditRow(
        at=at,
        person_id=actor.id,
        person_name=actor.name,
        action=action,
        outcome=outcome,
        subject_kind=what.kind,
        subject_id=plain(what.id)[:255],
        network_id=what.network_id and plain(what.network_id)[:80],
        before=plain(before),
        after=plain(after),
    )


def _version(state: Mapping[str, Any] | None) -> int:
    return int((state or {}).get("version", 0))
