"""Makes the demonstration's stories and network beside its values, through the importers that users have.

It is beside the pipelines, not in one of them, because no pipeline uses another.
"""

from functools import cache

from answers.library import Library, build_library
from answers.network_snapshot import load_network_snapshot
from data.stores import Stores
from data.workspace.changing import today
from data.workspace.networks import networks
from data.workspace.people import ensure_people, person, save_person
from data.workspace.reuses import reuses, say_trying
from data.workspace.stories import drafts
from data.workspace.uploads import draft_content, uploads
from data.workspace.workspace import Workspace
from disclosure.writing import stored_rows
from domain.errors.people import UnknownPersonError
from domain.rights import Person
from domain.story import StoryState
from domain.success_bank import Story
from domain.upload import Upload, UploadState
from pipelines.demonstration import data_files
from pipelines.demonstration.data_files import ResultFile
from pipelines.demonstration.lake import run_alone
from pipelines.networks.exchange import NetworkFile, import_network, network_from_yaml
from pipelines.stories.exchange import StoryFile, import_stories, stories_from_yaml
from pipelines.uploads import drafts as upload_drafts
from pipelines.uploads.committing import plan_changes, prepare_publication
from pipelines.uploads.publishing import publish
from pipelines.uploads.reconciling import reconcile
from pipelines.uploads.restoring import restore_published
from pipelines.uploads.upload_context import build_upload_context


@cache
def demonstration_stories() -> StoryFile:
    """Return all made-up stories with their pictures and attachments."""
    files = [
        stories_from_yaml(data_files.read_story_text(file), file, data_files.read_beside_stories)
        for file in data_files.STORY_FILES
    ]
    return StoryFile(
        tuple(story for file in files for story in file.stories),
        {checksum: content for file in files for checksum, content in file.pictures.items()},
        {checksum: content for file in files for checksum, content in file.attachments.items()},
    )


@cache
def demonstration_network() -> NetworkFile:
    """Return the made-up network with its measures, in use since the first call."""
    return network_from_yaml(data_files.read_network_text(), data_files.NETWORK_FILE)


def ensure_demonstration_stories(stores: Stores) -> bool:
    """Import the made-up stories that are missing, unless there are real figures; true if any was imported now.

    A story that somebody has changed or withdrawn is left as it is. If two processes start at once, one imports and the other
    waits. Raises what opening the figures and the workspace raises.
    """
    if stores.lakes.real.has_release():
        return False
    administrator = ensure_people(stores.workspace)[0]
    if not _missing_stories(stores.workspace, administrator):
        return False
    return run_alone(stores.lakes.made_up, lambda: _import_missing_stories(stores.workspace, administrator))


def ensure_demonstration_network(stores: Stores) -> bool:
    """Import the network and publish its members' results, if made-up values are shown and there is no other network.

    Returns true if anything was made now. If two processes start at once, one makes it and the other waits; what a killed
    process had begun is continued. Uploads that are missing from figures made again since are restored. Raises what opening
    the figures and the workspace raises.
    """
    if stores.lakes.real.has_release() or stores.lakes.made_up.figures() is None:
        return False
    restore_published(stores)
    if not _is_network_wanted(stores.workspace):
        return False
    return run_alone(
        stores.lakes.made_up, lambda: _is_network_wanted(stores.workspace) and _make_network(stores)
    )


def _missing_stories(workspace: Workspace, administrator: Person) -> tuple[Story, ...]:
    stored = {story.standing.id for story in drafts(workspace, administrator, states=tuple(StoryState))}
    return tuple(story for story in demonstration_stories().stories if story.standing.id not in stored)


def _import_missing_stories(workspace: Workspace, administrator: Person) -> bool:
    missing = _missing_stories(workspace, administrator)
    if not missing:
        return False
    whole = demonstration_stories()
    import_stories(workspace, administrator, StoryFile(missing, whole.pictures, whole.attachments))
    imported = {story.standing.id for story in missing}
    stored = {(reuse.case_id, reuse.municipality_code) for reuse in reuses(workspace)}
    for reuse in data_files.read_reuses():
        if reuse.case_id in imported and (reuse.case_id, reuse.municipality_code) not in stored:
            say_trying(workspace, administrator, reuse)
    return True


def _is_network_wanted(workspace: Workspace) -> bool:
    """Whether there is no network at all, or only the made-up one with some of its results not yet published."""
    network_id = demonstration_network().network.id
    stored = networks(workspace)
    if not stored:
        return True
    if not any(network.id == network_id for network in stored):
        return False
    last = data_files.read_results().uploads[-1].file_name
    handed_in = {upload.file_name for upload in _uploads(workspace) if upload.state is not UploadState.DRAFT}
    return last not in handed_in


def _make_network(stores: Stores) -> bool:
    administrator = ensure_people(stores.workspace)[0]
    content, results = demonstration_network(), data_files.read_results()
    if not any(network.id == content.network.id for network in networks(stores.workspace)):
        import_network(stores.workspace, administrator, content, today())
        ensure_people(stores.workspace)  # the demonstration's coordinator gets the first network
    for needed in results.people:
        _ensure_person(stores.workspace, administrator, needed)
    reconcile(stores)
    earlier = {upload.file_name: upload for upload in _uploads(stores.workspace)}
    figures = stores.lakes.made_up.figures()
    if figures is None:
        raise ValueError(stores.lakes.made_up.location)  # the caller has checked it
    for file in results.uploads:
        actor = person(stores.workspace, file.person_id)
        upload = earlier.get(file.file_name)
        if upload is not None and upload.state is UploadState.DRAFT:  # the process was killed at this file
            upload_drafts.discard(stores.workspace, actor, upload.id)
            upload = None
        if upload is None:
            library = build_library(
                figures, figures.latest_release(), lambda: load_network_snapshot(stores.workspace)
            )
            hand_in(stores, library, actor, file)
    return True


def _ensure_person(workspace: Workspace, administrator: Person, needed: Person) -> None:
    try:
        person(workspace, needed.id)
    except UnknownPersonError:
        save_person(workspace, administrator, needed)


def _uploads(workspace: Workspace) -> tuple[Upload, ...]:
    """Return the network's uploads that were not discarded."""
    states = frozenset(UploadState) - {UploadState.DISCARDED}
    return uploads(workspace, network_id=demonstration_network().network.id, states=states)


def hand_in(stores: Stores, library: Library, actor: Person, file: ResultFile) -> None:
    """Take a file along the way of any upload: read and check it, store the draft, explain its findings, publish it."""
    network_id, content = demonstration_network().network.id, file.content
    context = build_upload_context(
        library, network=network_id, municipality=file.municipality_code, period=file.period
    )
    review = upload_drafts.review_as_remembered(stores.workspace, content, file.file_name, context)
    draft = upload_drafts.save_draft(stores.workspace, actor, review, content, file_name=file.file_name)
    texts = {
        (explanation.measure_id, explanation.period): explanation.text for explanation in file.explanations
    }
    default = data_files.read_results().default_explanation
    explanations = {
        finding.id: texts.get((finding.measure_id, finding.period), default)
        for finding in review.findings_to_explain
    }
    if explanations:
        upload_drafts.explain(stores.workspace, actor, draft, explanations)
    upload, stored = draft_content(stores.workspace, actor, draft.id)
    before = stored_rows(
        library.figures.reported_values(library.release, municipality_ids=[file.municipality_code])
    )
    seen = plan_changes(
        stores, prepare_publication(stores.workspace, upload, stored), before, is_undoing=False
    )
    publish(stores, actor, draft.id, state_key=seen.state_key, reason=file.reason, today=today())
