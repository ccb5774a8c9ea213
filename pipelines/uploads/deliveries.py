"""Who of a network has delivered what for a reporting period, what is to be read, and what to remind of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pandas as pd

from answers.network_snapshot import load_network_snapshot
from data.stores import Stores
from data.workspace.changing import What, place_name, subject_of
from data.workspace.uploads import contents_to_fold, uploads
from data.workspace.workspace import Workspace
from disclosure.reported import disclose_reported
from domain.audit import SubjectKind
from domain.delivery import DeliveryState
from domain.message import Message, to_translate
from domain.network import Network
from domain.network_measure import MeasureSource, NetworkMeasure
from domain.period import Period, periods_of
from domain.rights import Action, Person
from domain.upload import Upload, UploadState
from domain.value import Gender, NoValueReason
from language.enum_words import DELIVERY_STATE_NAMES
from language.rendering import render
from pipelines.uploads.resolved_cells import covered_measure_periods

DELIVERED: Final = frozenset({DeliveryState.PUBLISHED, DeliveryState.REASON})
_OF_UPLOAD: Final = {
    UploadState.AWAITING_SIGN_OFF: DeliveryState.AWAITING_SIGN_OFF,
    UploadState.AWAITING_DATE: DeliveryState.AWAITING_DATE,
    UploadState.DRAFT: DeliveryState.DRAFT,
}
_ON_ITS_WAY: Final = tuple(_OF_UPLOAD)  # the furthest first


@dataclass(frozen=True, slots=True)
class Delivery:
    """One member, one measure, one period: the state of the total, or of the first of women and men where there is none.

    reason: why a published cell has no number. at, by: the publication, or the keeping of what is on its way.
    """

    municipality_code: str
    municipality_name: str
    measure_id: str
    measure_name: str
    period: str
    state: DeliveryState
    reason: NoValueReason | None = None
    at: datetime | None = None
    by: str = ""
    upload_id: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a controller has written of a published value."""

    municipality_code: str
    municipality_name: str
    measure_id: str
    measure_name: str
    period: str
    gender: Gender
    text: str
    by: str
    at: datetime | None
    upload_id: str


@dataclass(frozen=True)
class Deliveries:
    """One network and reporting period. deliveries: members in the network's order × what is asked for, in order.

    measures: (id, name, period) of each column. drafts_explained: how many explanations stand in what is not yet published, by
    municipality; only their number is for others to know.
    """

    network: Network
    period: Period
    members: tuple[tuple[str, str], ...]  # code, name
    measures: tuple[tuple[str, str, str], ...]
    deliveries: tuple[Delivery, ...]
    explanations: tuple[Explanation, ...]
    drafts_explained: Mapping[str, int]

    def of(self, code: str) -> tuple[Delivery, ...]:
        return tuple(delivery for delivery in self.deliveries if delivery.municipality_code == code)

    def missing(self, code: str) -> tuple[Delivery, ...]:
        """What a member has still to publish."""
        return tuple(delivery for delivery in self.of(code) if delivery.state not in DELIVERED)

    @property
    def done(self) -> tuple[str, ...]:
        """The members that have delivered everything."""
        return tuple(code for code, _ in self.members if not self.missing(code))


def deliveries(stores: Stores, actor: Person, network_id: str, period: str) -> Deliveries:
    """Where every member is with everything that is asked for in a reporting period.

    Raises `NotAllowedError`, `UnknownNetworkError`, `UnreadablePeriodError`, `NothingKeptError`.
    """
    with stores.workspace.reading():
        own = load_network_snapshot(stores.workspace)
        network = own.network(network_id)
        stores.workspace.require_right(
            actor,
            Action.READ_DELIVERIES,
            subject_of(network),
            What(SubjectKind.NETWORK, network.id, network_id=network.id),
        )
        asked_for = Period.read(period)
        requested = _select_requested(own.of_network(network.id, in_use=True), asked_for)
        members = own.members(network)
        figures = stores.lakes.figures()
        release = figures.latest_release()
        measure_ids = sorted({measure.id for measure, _ in requested})
        rows = (
            disclose_reported(
                figures.reported_values(release, measure_ids=measure_ids, municipality_ids=members)
            ).table
            if measure_ids
            else None
        )
        of_network = [
            upload
            for upload in uploads(stores.workspace, network_id=network.id)
            if upload.is_made_up == release.is_made_up
        ]
        published = _by_cell(rows)
        by_id = {
            upload.id: upload
            for code in members
            for upload in uploads(stores.workspace, municipality_code=code)
        }
        on_its_way, explained = _on_their_way(stores.workspace, of_network)
        return Deliveries(
            network=network,
            period=asked_for,
            members=tuple((code, place_name(code)) for code in members),
            measures=tuple(
                (measure.id, measure.definition_for(part.year).name, str(part)) for measure, part in requested
            ),
            deliveries=tuple(
                _delivery(code, measure, part, published, by_id, on_its_way)
                for code in members
                for measure, part in requested
            ),
            explanations=_explanations(members, requested, published, by_id),
            drafts_explained=explained,
        )


def reminder_text(
    deliveries: Deliveries, municipality_code: str, translate: Callable[[str], str] = str
) -> str:
    """What to send to a member: what is missing and until when. Empty where nothing is."""
    missing = deliveries.missing(municipality_code)
    if not missing:
        return ""
    names = dict(deliveries.members)
    lines: list[Message | str] = [
        Message(_GREETING, place=names[municipality_code]),
        "",
        Message(_INTRODUCTION, network=deliveries.network.name, period=deliveries.period.in_words),
        *(_line(delivery) for delivery in missing),
        "",
        *_until(deliveries.network.next_meeting),
        Message(_HOW),
        "",
        Message(_THANKS),
    ]
    return "\n".join(render(line, translate) for line in lines)


def reminder_to_all(deliveries: Deliveries, translate: Callable[[str], str] = str) -> str:
    """One reminder to all members with something left to report, one line each; empty where nobody has."""
    lines = [
        Message(
            _LINE_OF_MEMBER,
            place=name,
            measures="; ".join(dict.fromkeys(delivery.measure_name for delivery in missing)),
        )
        for code, name in deliveries.members
        if (missing := deliveries.missing(code))
    ]
    if not lines:
        return ""
    text: list[Message | str] = [
        Message(_GREETING_TO_ALL),
        "",
        Message(_INTRODUCTION, network=deliveries.network.name, period=deliveries.period.in_words),
        *lines,
        "",
        *_until(deliveries.network.next_meeting),
        Message(_HOW),
        "",
        Message(_THANKS),
    ]
    return "\n".join(render(line, translate) for line in text)


_GREETING_TO_ALL: Final = to_translate("Hej!")
_LINE_OF_MEMBER: Final = to_translate("– {place}: {measures}")
_GREETING: Final = to_translate("Hej {place}!")
_INTRODUCTION: Final = to_translate("För nätverket {network} och {period} saknar vi fortfarande:")
_LINE: Final = to_translate("– {measure}")
_LINE_WITH_PART: Final = to_translate("– {measure}, {period}")
_LINE_WITH_STATE: Final = to_translate("{line} ({state})")
_UNTIL: Final = to_translate("Vi behöver det före nästa möte, {day}.")
_HOW: Final = to_translate(
    "Ladda upp det kalkylark ni har, eller fyll i mallen. Finns det inget värde räcker det att skriva varför."
)
_THANKS: Final = to_translate("Tack! Hör av er om något är oklart.")


def _line(missing: Delivery) -> Message:
    has_part = "-" in missing.period
    line = (
        Message(_LINE_WITH_PART, measure=missing.measure_name, period=Period.read(missing.period).in_words)
        if has_part
        else Message(_LINE, measure=missing.measure_name)
    )
    if missing.state is DeliveryState.NOT_DELIVERED:
        return line
    state = Message(DELIVERY_STATE_NAMES[missing.state])
    return Message(_LINE_WITH_STATE, line=line, state=state)


def _until(day: date | None) -> list[Message]:
    return [Message(_UNTIL, day=day.isoformat())] if day is not None else []


def _select_requested(
    measures: Sequence[NetworkMeasure], asked_for: Period
) -> list[tuple[NetworkMeasure, Period]]:
    """What every member is to deliver, as `UploadContext.requested` has it."""
    return [
        (measure, period)
        for measure in measures
        if (definition := measure.definition_for(asked_for.year)).source is MeasureSource.OWN
        for period in periods_of(asked_for.year, definition.interval)
        if asked_for in {period, Period(period.year)}
    ]


Row = Mapping[Any, Any]


def _by_cell(rows: pd.DataFrame | None) -> dict[tuple[str, str, str], list[Row]]:
    """Published rows by municipality, measure and period; total, then women and men."""
    rows_by_cell: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows.to_dict("records") if rows is not None else ():
        key = (str(row["municipality_id"]), str(row["measure_id"]), str(row["period"]))
        rows_by_cell.setdefault(key, []).append(row)
    order = [str(gender) for gender in Gender]
    return {
        key: sorted(of_it, key=lambda row: order.index(str(row["gender"])))
        for key, of_it in rows_by_cell.items()
    }


def _on_their_way(
    workspace: Workspace, of_network: Sequence[Upload]
) -> tuple[dict[tuple[str, str, str], Upload], dict[str, int]]:
    """The furthest upload that is not published by municipality, measure and period; explanations by municipality.

    Which measures a draft holds is told, never what it says of them.
    """
    upload_by_cell: dict[tuple[str, str, str], Upload] = {}
    explained: dict[str, int] = {}
    waiting = [upload for upload in of_network if upload.state in _OF_UPLOAD]
    for code in dict.fromkeys(upload.municipality_code for upload in waiting):
        ids = {upload.id for upload in waiting if upload.municipality_code == code}
        contents = contents_to_fold(workspace, code, is_made_up=waiting[0].is_made_up, also=sorted(ids))
        ours = [(upload, content) for upload, content in contents if upload.id in ids]
        for upload, content in sorted(ours, key=lambda our: _ON_ITS_WAY.index(our[0].state)):
            if count := len(upload.explanations):
                explained[code] = explained.get(code, 0) + count
            for measure_id, period in covered_measure_periods([content]):
                upload_by_cell.setdefault((code, measure_id, period), upload)
    return upload_by_cell, explained


def _delivery(
    code: str,
    measure: NetworkMeasure,
    period: Period,
    published: Mapping[tuple[str, str, str], Sequence[Row]],
    by_id: Mapping[str, Upload],
    on_its_way: Mapping[tuple[str, str, str], Upload],
) -> Delivery:
    state, at, by, upload_id = DeliveryState.NOT_DELIVERED, None, "", ""
    reason: NoValueReason | None = None
    key = (code, measure.id, str(period))
    if rows := published.get(key):
        row = rows[0]
        has_number = pd.notna(row["value"])
        state = DeliveryState.PUBLISHED if has_number else DeliveryState.REASON
        reason = None if has_number else NoValueReason(str(row["reason"]))
        upload_id = str(row["upload_id"])
        upload = by_id.get(upload_id)
        at, by = (upload.published_at, upload.published_by) if upload else (None, "")
    elif waiting := on_its_way.get(key):
        state, upload_id = _OF_UPLOAD[waiting.state], waiting.id
        at, by = waiting.created_at, waiting.person_name
    return Delivery(
        municipality_code=code,
        municipality_name=place_name(code),
        measure_id=measure.id,
        measure_name=measure.definition_for(period.year).name,
        period=str(period),
        state=state,
        reason=reason,
        at=at,
        by=by,
        upload_id=upload_id,
    )


def _explanations(
    members: Sequence[str],
    requested: Sequence[tuple[NetworkMeasure, Period]],
    published: Mapping[tuple[str, str, str], Sequence[Row]],
    by_id: Mapping[str, Upload],
) -> tuple[Explanation, ...]:
    deliveries = []
    for code in members:
        for measure, period in requested:
            for row in published.get((code, measure.id, str(period)), ()):
                text = str(row["footnote"] or "").strip()
                if not text:
                    continue
                upload = by_id.get(str(row["upload_id"]))
                deliveries.append(
                    Explanation(
                        municipality_code=code,
                        municipality_name=place_name(code),
                        measure_id=measure.id,
                        measure_name=measure.definition_for(period.year).name,
                        period=str(period),
                        gender=Gender(str(row["gender"])),
                        text=text,
                        by=upload.published_by if upload else "",
                        at=upload.published_at if upload else None,
                        upload_id=str(row["upload_id"]),
                    )
                )
    return tuple(deliveries)
