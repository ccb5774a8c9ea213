"""Publishing: nothing by surprise, all at once, with small bases suppressed, a second person or an embargo."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pandas as pd
import pytest

from data.store.lake import open_figures
from data.workspace.audit import audit_log
from data.workspace.uploads import upload, uploads
from disclosure.publication import SuppressionGround
from domain.errors.people import NotAllowedError
from domain.errors.uploads import (
    FindingsStopError,
    NothingToPublishError,
    PublishedMeanwhileError,
    SameSignerError,
    UnexplainedFindingsError,
    UploadStateError,
)
from domain.errors.user_error import UserError
from domain.upload import CellChange, Finding, FindingLevel, UploadState
from domain.value import Gender, NoValueReason
from pipelines.uploads.drafts import explain
from pipelines.uploads.publishing import changes, publish, publish_due, sign_off, take_back
from tests.pipelines.uploads.conftest import (
    COUNT,
    HANINGE,
    MONTHLY,
    SAFE,
    TODAY,
    figures_location,
    figures_table,
    keep,
    require_sign_off,
)

ALL = {
    (SAFE, "2023", "T"): (80.0, 100),
    (SAFE, "2023", "K"): (85.0, 60),
    (SAFE, "2023", "M"): (72.5, 40),
    (COUNT, "2023", "T"): 12.0,
}
FEW_WOMEN = {
    (SAFE, "2023", "T"): (80.0, 100),
    (SAFE, "2023", "K"): (50.0, 4),
    (SAFE, "2023", "M"): (81.25, 96),
}


def publish_cells(home, actor, cells, **more):
    draft = keep(home, actor, cells, **more)
    key = changes(home.stores, actor, draft.id, with_colours=False).state_key
    return publish(home.stores, actor, draft.id, state_key=key, today=TODAY)


def finding(id_, level=FindingLevel.HISTORY, gender=Gender.TOTAL, **more):
    named = {"measure_id": SAFE, "municipality_code": HANINGE, "period": "2023", "gender": gender} | more
    return Finding(id=id_, level=level, rule="year_change", message="Högre än väntat.", **named)


def test_published_values_are_in_the_figures_with_upload_and_person_in_the_commit(home, people):
    done = publish_cells(home, people["controller"], ALL)
    assert done.state is UploadState.PUBLISHED
    assert figures_location(home) == {
        (*cell[:2], cell[2]): value[0] if isinstance(value, tuple) else value for cell, value in ALL.items()
    }
    with open_figures(home) as figures:
        release = figures.latest_release()
    assert release.upload_id == done.id
    assert people["controller"].name in release.description
    assert done.id in release.description


def test_before_publishing_every_cell_says_new_changed_unchanged_or_withdrawn(home, people):
    publish_cells(home, people["controller"], ALL)
    later = {
        (SAFE, "2023", "T"): (82.0, 100),
        (SAFE, "2023", "K"): (85.0, 60),
        (SAFE, "2023", "M"): None,  # the cell is there and empty
        (COUNT, "2022", "T"): 11.0,
    }
    draft = keep(home, people["controller"], later)
    changed = changes(home.stores, people["controller"], draft.id, with_colours=False)
    by_cell = {(cell.measure_id, cell.period, cell.gender.value): cell for cell in changed.cells}
    assert {cell: cell_change.change for cell, cell_change in by_cell.items()} == {
        (SAFE, "2023", "T"): CellChange.CHANGED,
        (SAFE, "2023", "K"): CellChange.UNCHANGED,
        (SAFE, "2023", "M"): CellChange.WITHDRAWN,
        (COUNT, "2022", "T"): CellChange.NEW,
    }
    total = by_cell[SAFE, "2023", "T"]
    assert (total.old_value, total.new_value, total.measure_name) == (80.0, 82.0, "Trygga elever")
    assert changed.counts[CellChange.NEW] == 1
    assert changed.value_count == 3


def test_a_cell_that_the_file_does_not_hold_stays(home, people):
    publish_cells(home, people["controller"], ALL)
    publish_cells(home, people["controller"], {(SAFE, "2023", "T"): (82.0, 100)}, file_name="rättat.xlsx")
    assert figures_location(home)[COUNT, "2023", "T"] == 12.0
    assert figures_location(home)[SAFE, "2023", "T"] == 82.0
    assert figures_location(home)[SAFE, "2023", "K"] == 85.0


def test_small_bases_are_suppressed_with_what_would_reveal_them_and_the_diff_says_why(home, people):
    draft = keep(home, people["controller"], FEW_WOMEN)
    changed = changes(home.stores, people["controller"], draft.id, with_colours=False)
    assert {cell.gender: cell.ground for cell in changed.cells} == {
        Gender.TOTAL: None,
        Gender.WOMEN: SuppressionGround.PRIMARY,
        Gender.MEN: SuppressionGround.COMPLEMENTARY,
    }
    assert [cell.said_value for cell in changed.cells if cell.gender is Gender.WOMEN] == [50.0]
    publish(home.stores, people["controller"], draft.id, state_key=changed.state_key, today=TODAY)
    assert figures_location(home) == {
        (SAFE, "2023", "T"): 80.0,
        (SAFE, "2023", "K"): "suppressed",
        (SAFE, "2023", "M"): "suppressed",
    }
    hidden = figures_table(home).query("reason == 'suppressed'")
    assert hidden["basis"].isna().all()
    assert hidden["value"].isna().all()


def test_an_explanation_and_the_files_own_comment_become_the_footnote(home, people):
    cells = {
        (SAFE, "2023", "T"): (80.0, 100, "Ny enkät"),
        (SAFE, "2023", "K"): (50.0, 4, "Bara två svarade ja"),
    }
    draft = keep(home, people["controller"], cells, findings=[finding("year-change")])
    explain(home.workspace, people["controller"], draft, {"year-change": "En skola har lagts ned"})
    key = changes(home.stores, people["controller"], draft.id, with_colours=False).state_key
    publish(home.stores, people["controller"], draft.id, state_key=key, today=TODAY)
    footnotes = figures_table(home).set_index("gender")["footnote"]
    assert footnotes["T"] == "En skola har lagts ned. Ny enkät."
    assert not footnotes["K"]  # words can tell what is hidden


def test_nobody_else_reads_what_is_written_of_a_hidden_value(home, people):
    findings = [finding("of-total"), finding("of-women", gender=Gender.WOMEN)]
    draft = keep(home, people["controller"], FEW_WOMEN, findings=findings)
    explanations = {"of-total": "Ny enkät", "of-women": "Två av fyra svarade ja"}
    explain(home.workspace, people["controller"], draft, explanations)
    key = changes(home.stores, people["controller"], draft.id, with_colours=False).state_key
    publish(home.stores, people["controller"], draft.id, state_key=key, today=TODAY)
    assert upload(home.workspace, draft.id).explanations == {"of-total": "Ny enkät"}
    assert uploads(home.workspace)[0].explanations == {"of-total": "Ny enkät"}


def test_an_unchanged_value_keeps_its_footnote_and_its_file(home, people):
    first = publish_cells(home, people["controller"], {(SAFE, "2023", "T"): (80.0, 100, "Ny enkät")})
    publish_cells(home, people["controller"], {(SAFE, "2023", "T"): (80.0, 100)}, file_name="igen.xlsx")
    (row,) = figures_table(home).to_dict("records")
    assert (row["footnote"], row["upload_id"]) == ("Ny enkät.", first.id)


def test_findings_stop_and_wait_for_words(home, people):
    actor = people["controller"]
    wrong = keep(home, actor, ALL, findings=[finding("range", FindingLevel.STRUCTURE)])
    with pytest.raises(FindingsStopError, match="1 anmärkningar"):
        publish(home.stores, actor, wrong.id, state_key="", today=TODAY)
    odd = keep(home, actor, ALL, findings=[finding("odd", FindingLevel.OTHERS)])
    with pytest.raises(UnexplainedFindingsError, match="odd"):
        publish(home.stores, actor, odd.id, state_key="", today=TODAY)
    assert figures_location(home) == {}


def test_a_file_without_own_values_is_not_published(home, people):
    empty = keep(home, people["controller"], {})
    with pytest.raises(NothingToPublishError, match="Haninge"):
        publish(home.stores, people["controller"], empty.id, state_key="", today=TODAY)


def test_others_may_neither_see_nor_publish_a_draft(home, people):
    draft = keep(home, people["controller"], ALL)
    key = changes(home.stores, people["other"], draft.id, with_colours=False).state_key
    for who in ("neighbour", "leadership", "coordinator", "administrator"):
        with pytest.raises(NotAllowedError):
            changes(home.stores, people[who], draft.id)
        with pytest.raises(NotAllowedError):
            publish(home.stores, people[who], draft.id, state_key=key, today=TODAY)
    assert upload(home.workspace, draft.id).state is UploadState.DRAFT


def test_a_publication_made_meanwhile_is_reported_and_nothing_is_changed(home, people):
    draft = keep(home, people["controller"], ALL)
    key = changes(home.stores, people["controller"], draft.id, with_colours=False).state_key
    publish_cells(home, people["other"], {(SAFE, "2023", "T"): (70.0, 90)})
    with pytest.raises(PublishedMeanwhileError, match="Annan controller"):
        publish(home.stores, people["controller"], draft.id, state_key=key, today=TODAY)
    assert figures_location(home) == {(SAFE, "2023", "T"): 70.0}
    assert upload(home.workspace, draft.id).state is UploadState.DRAFT
    again = changes(home.stores, people["controller"], draft.id, with_colours=False).state_key
    publish(home.stores, people["controller"], draft.id, state_key=again, today=TODAY)
    assert figures_location(home)[SAFE, "2023", "T"] == 80.0


def test_two_uploads_at_once_lose_nothing(home, people):
    """Both are published, or one is refused; the figures hold one of the two, and the history what was published."""
    drafts = [
        keep(home, people[who], {(SAFE, "2023", "T"): (value, 100)}, file_name=f"{who}.xlsx")
        for who, value in (("controller", 61.0), ("other", 62.0))
    ]
    keys = [
        changes(home.stores, people[who], draft.id, with_colours=False).state_key
        for who, draft in zip(("controller", "other"), drafts, strict=True)
    ]
    start, errors = Barrier(2), []

    def run(who, draft, key):
        start.wait()
        try:
            publish(home.stores, people[who], draft.id, state_key=key, today=TODAY)
        except UserError as error:
            errors.append(error)

    threads = [
        Thread(target=run, args=(who, draft, key))
        for who, draft, key in zip(("controller", "other"), drafts, keys, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(error) for error in errors] == [PublishedMeanwhileError]
    states = {upload.state for upload in uploads(home.workspace)}
    assert states == {UploadState.PUBLISHED, UploadState.DRAFT}
    (done,) = uploads(home.workspace, states={UploadState.PUBLISHED})
    assert figures_location(home) == {
        (SAFE, "2023", "T"): 61.0 if done.file_name == "controller.xlsx" else 62.0
    }


def test_uploads_for_different_municipalities_at_once_are_both_published(home, people):
    work = [("controller", HANINGE), ("neighbour", "0126")]
    drafts = [keep(home, people[who], {(COUNT, "2023", "T"): 5.0}, municipality=code) for who, code in work]
    keys = [
        changes(home.stores, people[who], draft.id, with_colours=False).state_key
        for (who, _), draft in zip(work, drafts, strict=True)
    ]
    threads = [
        Thread(target=publish, args=(home, people[who], draft.id), kwargs={"state_key": key, "today": TODAY})
        for (who, _), draft, key in zip(work, drafts, keys, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(figures_table(home)["municipality_id"]) == {HANINGE, "0126"}


def test_a_network_that_requires_sign_off_waits_for_a_second_person(home, people):
    require_sign_off(home, people["administrator"])
    waiting = publish_cells(home, people["controller"], ALL)
    assert waiting.state is UploadState.AWAITING_SIGN_OFF
    assert figures_location(home) == {}
    with pytest.raises(SameSignerError):
        sign_off(home.stores, people["controller"], waiting.id, TODAY)
    with pytest.raises(NotAllowedError):
        sign_off(home.stores, people["neighbour"], waiting.id, TODAY)
    done = sign_off(home.stores, people["other"], waiting.id, TODAY)
    assert (done.state, done.signed_by) == (UploadState.PUBLISHED, people["other"].name)
    assert figures_location(home)[COUNT, "2023", "T"] == 12.0


def test_an_embargo_lasts_until_its_day(home, people):
    draft = keep(home, people["controller"], ALL)
    key = changes(home.stores, people["controller"], draft.id, with_colours=False).state_key
    day = TODAY + timedelta(days=3)
    waiting = publish(home.stores, people["controller"], draft.id, state_key=key, publish_on=day, today=TODAY)
    assert (waiting.state, waiting.publish_on) == (UploadState.AWAITING_DATE, day)
    assert publish_due(home.stores, day - timedelta(days=1)) == ()
    assert figures_location(home) == {}
    (done,) = publish_due(home.stores, day)
    assert done.state is UploadState.PUBLISHED
    assert figures_location(home)[COUNT, "2023", "T"] == 12.0
    assert publish_due(home.stores, day) == ()


def test_a_waiting_upload_can_be_withdrawn(home, people):
    draft = keep(home, people["controller"], ALL)
    key = changes(home.stores, people["controller"], draft.id, with_colours=False).state_key
    publish(
        home.stores, people["controller"], draft.id, state_key=key, publish_on=date(2027, 1, 1), today=TODAY
    )
    assert take_back(home.workspace, people["controller"], draft.id).state is UploadState.DRAFT
    with pytest.raises(UploadStateError):
        take_back(home.workspace, people["controller"], draft.id)


def test_the_log_holds_no_values_of_drafts(home, people):
    draft = keep(home, people["controller"], {(COUNT, "2023", "T"): (777123.0, None, "hemligt ord")})
    explain(home.workspace, people["controller"], draft, {})
    entries = repr(audit_log(home.workspace, people["administrator"]))
    assert "777123" not in entries
    assert "hemligt ord" not in entries


def test_a_publication_says_which_comparisons_change_colour(home, people):
    cells = [("0127", 60.0), ("0126", 90.0), ("0140", 70.0)]
    from data.store.writing import write_release

    others = pd.DataFrame(
        [
            {
                "measure_id": SAFE,
                "municipality_id": code,
                "period": "2023",
                "gender": "T",
                "value": value,
                "reason": None,
                "basis": 100.0,
                "footnote": "",
                "upload_id": "upload-x",
                "is_deleted": False,
            }
            for code, value in cells
        ]
    )
    write_release(
        home.figures, lambda writer: writer.merge_reported_values(others), run_id="x", description="x"
    )
    draft = keep(home, people["controller"], {(SAFE, "2023", "T"): (95.0, 100)})
    colour_changes = changes(home.stores, people["controller"], draft.id).colour_changes
    assert {
        (change.municipality_code, change.before.value, change.after.value) for change in colour_changes
    } >= {
        (HANINGE, "none", "green"),
    }
    assert {change.year for change in colour_changes} == {2023}


def test_parts_of_a_year_are_published_each_for_itself(home, people):
    publish_cells(
        home, people["controller"], {(MONTHLY, "2023-01", "T"): 4.0, (MONTHLY, "2023-02", "T"): "missing"}
    )
    assert figures_location(home) == {
        (MONTHLY, "2023-01", "T"): 4.0,
        (MONTHLY, "2023-02", "T"): NoValueReason.MISSING,
    }
