"""From draft to figures: what would change, and publishing it at once, on a day, or after a second person's word."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any, Final

from answers.comparison import compare_measure
from answers.library import Library, build_library
from answers.network_snapshot import load_network_snapshot
from data.stores import Stores
from data.workspace.changing import place_name
from data.workspace.networks import network as kept_network
from data.workspace.upload_states import begin_due, set_state
from data.workspace.uploads import contents_to_fold, draft_content, uploads
from data.workspace.uploads import upload as kept_upload
from data.workspace.workspace import Workspace
from domain.audit import FIELD_NAMES
from domain.comparison import Colour
from domain.errors.storage import ChangedMeanwhileError
from domain.errors.uploads import (
    FindingsStopError,
    NothingToPublishError,
    PublishedMeanwhileError,
    UnexplainedFindingsError,
    UploadStateError,
)
from domain.errors.user_error import UserError
from domain.group import GroupKind, GroupReference
from domain.kept_text import check_text
from domain.measure import Measure
from domain.message import Message, to_translate
from domain.network_measure import MeasureSource
from domain.rights import Person
from domain.upload import STATE_NAMES, Upload, UploadState
from domain.value import Gender
from pipelines.uploads.changes import Changes, ColourChange, changed_years
from pipelines.uploads.committing import (
    Publication,
    commit,
    lake_of,
    load_figures_rows,
    plan_changes,
    prepare_publication,
    published_meanwhile,
)
from pipelines.uploads.reconciling import reconcile

MOST_ATTEMPTS: Final = 3  # somebody else's tidying may take an upload back between its two steps


def changes(stores: Stores, actor: Person, upload_id: str, *, with_colours: bool = True) -> Changes:
    """What publishing a draft would do. Raises `UnknownUploadError` and `NotAllowedError`.

    with_colours: also which comparisons would change colour, which takes longer.
    """
    reconcile(stores)
    with stores.workspace.reading():
        upload, content = draft_content(stores.workspace, actor, upload_id)
        work = prepare_publication(stores.workspace, upload, content)
        changes = plan_changes(stores, work, load_figures_rows(stores, work), is_undoing=False)
        return (
            replace(changes, colour_changes=colour_changes(stores, upload, changes))
            if with_colours
            else changes
        )


def publish(
    stores: Stores,
    actor: Person,
    upload_id: str,
    *,
    state_key: str,
    reason: str = "",
    publish_on: date | None = None,
    today: date,
) -> Upload:
    """Publish a draft, or let it wait for a second person or its day. state_key: of the `Changes` that the person has seen.

    Raises `FindingsStopError`, `UnexplainedFindingsError`, `NothingToPublishError`, `PublishedMeanwhileError`,
    `NotAllowedError`, `UploadStateError`, `UnknownUploadError` and the errors of texts; nothing is changed then.
    """
    reconcile(stores)
    check_text(reason, FIELD_NAMES["reason"])
    upload, content = draft_content(stores.workspace, actor, upload_id)
    if upload.state is not UploadState.DRAFT:
        raise UploadStateError(
            state=Message(STATE_NAMES[upload.state]), wanted=Message(to_translate("publicera den"))
        )
    work = prepare_publication(stores.workspace, upload, content)
    _check_may_be_published(stores.workspace, work)
    plan = plan_changes(stores, work, load_figures_rows(stores, work), is_undoing=False)
    if plan.state_key != state_key:
        raise published_meanwhile(stores.workspace, upload)
    fields: dict[str, Any] = {
        "reason": reason.strip(),
        "publish_on": publish_on if publish_on and publish_on > today else None,
    }
    if kept_network(stores.workspace, upload.network_id).wants_sign_off:
        return set_state(stores.workspace, actor, upload, UploadState.AWAITING_SIGN_OFF, **fields)
    if fields["publish_on"] is not None:
        return set_state(stores.workspace, actor, upload, UploadState.AWAITING_DATE, **fields)
    return _published(stores, actor, work, plan, fields, today)


def sign_off(stores: Stores, actor: Person, upload_id: str, today: date) -> Upload:
    """A second person's word: publish it, or let it wait for its day.

    Raises `SameSignerError`, `NotAllowedError`, `UploadStateError`, `UnknownUploadError`, `PublishedMeanwhileError`.
    """
    reconcile(stores)
    upload = kept_upload(stores.workspace, upload_id)
    if upload.state is not UploadState.AWAITING_SIGN_OFF:
        raise UploadStateError(
            state=Message(STATE_NAMES[upload.state]), wanted=Message(to_translate("godkänna den"))
        )
    if upload.publish_on is not None and upload.publish_on > today:
        return set_state(stores.workspace, actor, upload, UploadState.AWAITING_DATE)
    return _published(stores, actor, _work(stores.workspace, upload), None, {"publish_on": None}, today)


def take_back(workspace: Workspace, actor: Person, upload_id: str) -> Upload:
    """Make what waits for somebody or for its day a draft again. Raises `NotAllowedError`, `UploadStateError`."""
    return set_state(workspace, actor, kept_upload(workspace, upload_id), UploadState.DRAFT)


def publish_due(stores: Stores, today: date) -> tuple[Upload, ...]:
    """Publish everything whose day has come, oldest first. What cannot be published goes on waiting."""
    waiting = uploads(stores.workspace, states={UploadState.AWAITING_DATE})
    due = [
        upload for upload in reversed(waiting) if upload.publish_on is not None and upload.publish_on <= today
    ]
    published = []
    for upload in due:
        with suppress(PublishedMeanwhileError, ChangedMeanwhileError, UploadStateError):
            published.append(_published(stores, None, _work(stores.workspace, upload), None, {}, today))
    return tuple(published)


def colour_changes(stores: Stores, upload: Upload, changes: Changes) -> tuple[ColourChange, ...]:
    """Who in the network would get another colour, in the measures reported and in the formulas over them."""
    figures = lake_of(stores, upload).figures()
    if figures is None:
        return ()
    before = build_library(figures, figures.latest_release(), lambda: load_network_snapshot(stores.workspace))
    if not any(network.id == upload.network_id for network in before.own_measures.snapshot.networks):
        return ()
    changed = changes.rows.assign(
        **{name: changes.rows[name].where(~changes.rows["is_deleted"]) for name in ("value", "reason")}
    )
    after = before.with_reported(changed)
    measures = [
        measure.id
        for measure in before.own_measures.snapshot.of_network(upload.network_id, in_use=True)
        if measure.definition.source is not MeasureSource.KPI
    ]
    differing: list[ColourChange] = []
    for year, gender in sorted(changed_years(changes.cells)):
        for measure_id in measures:
            differing += _colour_changes_of(before, after, upload.network_id, measure_id, year, gender)
    return tuple(differing)


def _colour_changes_of(
    before: Library, after: Library, network_id: str, measure_id: str, year: int, gender: Gender
) -> Sequence[ColourChange]:
    was, becomes = (_colours(library, network_id, measure_id, year, gender) for library in (before, after))
    measure: Measure = before.catalogue.measure(measure_id)
    return [
        ColourChange(
            measure_id=measure_id,
            measure_name=measure.title,
            year=year,
            gender=gender,
            municipality_code=code,
            municipality_name=place_name(code),
            before=was.get(code, Colour.NONE),
            after=becomes.get(code, Colour.NONE),
        )
        for code in dict.fromkeys((*was, *becomes))
        if was.get(code, Colour.NONE) is not becomes.get(code, Colour.NONE)
    ]


def _colours(
    library: Library, network_id: str, measure_id: str, year: int, gender: Gender
) -> Mapping[str, Colour]:
    try:
        group = library.groups.resolve(GroupReference(GroupKind.NETWORK, network_id))
        comparison = compare_measure(library, measure_id=measure_id, group=group, year=year, gender=gender)
    except UserError:  # no values that year, or no peers
        return {}
    return {member.code: member.colour for member in comparison.members}


def _published(
    stores: Stores,
    actor: Person | None,
    work: Publication,
    seen: Changes | None,
    fields: Mapping[str, Any],
    today: date,
) -> Upload:
    """Through both databases. Without an actor it was due; `seen` is what the person has agreed to, if it must be just that."""
    for attempts_left in reversed(range(MOST_ATTEMPTS)):
        plan = seen or plan_changes(stores, work, load_figures_rows(stores, work), is_undoing=False)
        if actor is None:
            begun = begin_due(stores.workspace, work.upload, today, result=plan.result)
        else:
            begun = set_state(
                stores.workspace, actor, work.upload, UploadState.PUBLISHING, result=plan.result, **fields
            )
        try:
            commit(
                stores,
                begun,
                work,
                actor=actor,
                state_key=plan.state_key,
                description=_description(begun),
            )
        except ChangedMeanwhileError:  # taken back by somebody's tidying, before anything was written
            if not attempts_left:
                raise
        except PublishedMeanwhileError:
            if seen is not None or not attempts_left:
                raise
        else:
            break
        work = replace(work, upload=kept_upload(stores.workspace, begun.id))
    return kept_upload(stores.workspace, work.upload.id)


def _check_may_be_published(workspace: Workspace, work: Publication) -> None:
    findings, explained = work.content.findings, work.upload.explanations
    if stops := [finding for finding in findings if finding.stops]:
        raise FindingsStopError(count=len(stops), first=stops[0].message)
    if silent := [finding for finding in findings if not explained.get(finding.id, "").strip()]:
        raise UnexplainedFindingsError(count=len(silent), first=silent[0].message, finding=silent[0].id)
    if not work.in_file and work.content.evaluations is None:
        network = kept_network(workspace, work.upload.network_id)
        raise NothingToPublishError(place=place_name(work.upload.municipality_code), network=network.name)


def _work(workspace: Workspace, upload: Upload) -> Publication:
    """What waits, with its explanations, for nobody to read."""
    contents = contents_to_fold(
        workspace, upload.municipality_code, is_made_up=upload.is_made_up, also=[upload.id]
    )
    stored_upload, content = next(candidate for candidate in contents if candidate[0].id == upload.id)
    return prepare_publication(workspace, stored_upload, content)


def _description(upload: Upload) -> str:
    """The commit message, which stands in lists of releases: no Message, since it is kept as it is."""
    place = place_name(upload.municipality_code)
    return f"{place}, {upload.period}: {upload.file_name} publicerad av {upload.published_by} ({upload.id})"
