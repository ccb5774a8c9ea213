"""A process that dies anywhere leaves an upload that is wholly published or wholly a draft, and two databases that agree."""

import multiprocessing
import os
import signal
from contextlib import contextmanager

import pytest

from data.store.lake import Lake
from data.workspace.uploads import upload, uploads
from domain.upload import UploadState
from pipelines.uploads import committing
from pipelines.uploads.publishing import changes, publish
from pipelines.uploads.reconciling import reconcile
from pipelines.uploads.undoing import undo
from tests.homes import home_at
from tests.pipelines.uploads.conftest import TODAY, figures_location, keep
from tests.pipelines.uploads.test_publishing import ALL, FEW_WOMEN, publish_cells

POINTS = ("begun", "held", "written", "committed", "done")
# Processes that share no open database, forked from one that has imported everything and opened nothing.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    ["pytest", "pipelines.uploads.publishing", "pipelines.uploads.undoing", "tests.homes"]
)


def call_at(point, act, patch):
    """Make every publication and undoing call `act` when it reaches the point."""

    def reach(reached):
        if reached == point:
            act()

    real_finishing, real_write_release = committing.finishing, Lake.write_release

    @contextmanager
    def finishing(*arguments, **named):
        reach("begun")
        with real_finishing(*arguments, **named):
            reach("held")
            yield
        reach("done")

    def write_release(lake, work, **named):
        def write(writer):
            result = work(writer)
            reach("written")
            return result

        result = real_write_release(lake, write, **named)
        reach("committed")
        return result

    patch.setattr(committing, "finishing", finishing)
    patch.setattr(Lake, "write_release", write_release)


def die_at(home, actor, upload_id, point, state_key, *, is_undoing):
    """Publish or undo in a process of its own, which is killed when it passes a point."""
    process = PROCESSES.Process(target=_run, args=(home, actor, upload_id, point, state_key, is_undoing))
    process.start()
    process.join(120)
    assert process.exitcode == -signal.SIGKILL


def _run(folder, actor, upload_id, point, state_key, is_undoing):
    call_at(point, lambda: os.kill(os.getpid(), signal.SIGKILL), pytest.MonkeyPatch())
    home = home_at(folder)
    if is_undoing:
        undo(home.stores, actor, upload_id, "Fel fil.")
    else:
        publish(home.stores, actor, upload_id, state_key=state_key, today=TODAY)


@pytest.mark.parametrize("point", POINTS)
def test_a_publication_that_is_killed_is_wholly_done_or_not_at_all(home, people, point):
    publish_cells(home, people["other"], FEW_WOMEN, file_name="före.xlsx")
    before = figures_location(home)
    draft = keep(home, people["controller"], ALL)
    plan = changes(home.stores, people["controller"], draft.id, with_colours=False)
    home.workspace.close()
    die_at(home.home, people["controller"], draft.id, point, plan.state_key, is_undoing=False)

    reconcile(home.stores)
    is_done = point in {"committed", "done"}
    state = upload(home.workspace, draft.id).state
    assert state is (UploadState.PUBLISHED if is_done else UploadState.DRAFT)
    assert (figures_location(home) != before) is is_done
    assert reconcile(home.stores) == ()

    if not is_done:  # nothing of the first attempt is in the way of the second
        again = changes(home.stores, people["controller"], draft.id, with_colours=False).state_key
        publish(home.stores, people["controller"], draft.id, state_key=again, today=TODAY)
    assert upload(home.workspace, draft.id).state is UploadState.PUBLISHED
    assert figures_location(home)["trygga-elever", "2023", "K"] == 85.0


@pytest.mark.parametrize("point", POINTS)
def test_an_undoing_that_is_killed_is_wholly_done_or_not_at_all(home, people, point):
    publish_cells(home, people["other"], FEW_WOMEN, file_name="före.xlsx")
    before = figures_location(home)
    done = publish_cells(home, people["controller"], ALL)
    home.workspace.close()
    die_at(home.home, people["controller"], done.id, point, "", is_undoing=True)

    reconcile(home.stores)
    is_undone = point in {"committed", "done"}
    stored = upload(home.workspace, done.id)
    assert stored.state is (UploadState.UNDONE if is_undone else UploadState.PUBLISHED)
    assert (figures_location(home) == before) is is_undone
    assert reconcile(home.stores) == ()
    if not is_undone:
        assert (stored.undone_by, stored.undone_because) == ("", "")
        undo(home.stores, people["controller"], done.id, "Fortfarande fel.")
    assert figures_location(home) == before


def test_an_error_while_the_figures_are_written_leaves_a_draft(home, people, monkeypatch):
    draft = keep(home, people["controller"], ALL)
    key = changes(home.stores, people["controller"], draft.id, with_colours=False).state_key

    def break_off():
        raise OSError("Disken försvann")

    call_at("written", break_off, monkeypatch)
    with pytest.raises(OSError, match="försvann"):
        publish(home.stores, people["controller"], draft.id, state_key=key, today=TODAY)
    assert upload(home.workspace, draft.id).state is UploadState.DRAFT
    assert figures_location(home) == {}


def test_an_error_after_the_figures_are_written_leaves_it_published(home, people, monkeypatch):
    draft = keep(home, people["controller"], ALL)
    key = changes(home.stores, people["controller"], draft.id, with_colours=False).state_key

    def break_off():
        raise OSError("Förbindelsen bröts")

    call_at("committed", break_off, monkeypatch)
    assert (
        publish(home.stores, people["controller"], draft.id, state_key=key, today=TODAY).state
        is UploadState.PUBLISHED
    )
    assert figures_location(home)["antal-arenden", "2023", "T"] == 12.0


def test_a_cleanup_between_the_two_steps_does_no_harm(home, people, monkeypatch):
    """Another process opens the app while the upload is under way and the figures are not yet locked."""
    draft = keep(home, people["controller"], ALL)
    key = changes(home.stores, people["controller"], draft.id, with_colours=False).state_key
    tidied = []

    def tidy_once():
        if not tidied:
            tidied.extend(reconcile(home.stores))

    call_at("begun", tidy_once, monkeypatch)
    done = publish(home.stores, people["controller"], draft.id, state_key=key, today=TODAY)
    assert [draft_upload.id for draft_upload in tidied] == [draft.id]
    assert done.state is UploadState.PUBLISHED
    assert len(uploads(home.workspace)) == 1
