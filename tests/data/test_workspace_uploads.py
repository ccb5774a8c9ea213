"""Uploads in the workspace: who reads what of them, the steps of their lives, and what is kept and thrown away."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from threading import Thread

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import text

from data.workspace import upload_states, uploads
from data.workspace.audit import audit_log, news
from data.workspace.networks import create_network, network, save_network
from data.workspace.people import ensure_people, save_person
from data.workspace.upload_content import (
    UploadContent,
    findings_from_json,
    findings_to_json,
    mapping_from_json,
    mapping_to_json,
    notes_from_json,
    notes_to_json,
    table_from_bytes,
    table_to_bytes,
)
from domain.audit import FIELD_NAMES, UNTOLD, Outcome, SubjectKind, describe_changes
from domain.errors.people import NotAllowedError
from domain.errors.storage import ChangedMeanwhileError
from domain.errors.uploads import (
    NotAMemberForUploadError,
    SameSignerError,
    UnknownFindingError,
    UnknownUploadError,
    UploadStateError,
)
from domain.message import Message
from domain.rights import HeldRole, Person, Role
from domain.upload import (
    STATE_NAMES,
    STEPS,
    Address,
    ColumnMapping,
    ColumnRole,
    FileMapping,
    Finding,
    FindingLevel,
    Note,
    SheetMapping,
    Upload,
    UploadState,
    check_upload_step,
)
from domain.value import Gender
from language.rendering import render
from tests.data.conftest import TODAY, sodertorn
from tests.data.test_shared_store import postgres_url  # noqa: F401 - a fixture
from tests.homes import home_at
from tests.messages import swedish

HANINGE, HUDDINGE = "0136", "0126"
TOLD = "Sjuttonhundratrettiofyra"
VALUES = pd.DataFrame(
    {
        "sheet": pd.Categorical(["Blad1", "Blad1"]),
        "row": [2, 3],
        "municipality_code": [HANINGE, HANINGE],
        "value": [1734.0, np.nan],
        "reason": [None, "missing"],
        "basis": [3.0, np.nan],
        "text": ["1 734", ".."],
    }
)
FINDINGS = (
    Finding(
        "f1",
        FindingLevel.HISTORY,
        "jump",
        Message("{place}: från {before} till {after}", place="Haninge", before=1.5, after=1734),
        Address("Blad1", 2, 3),
        found="1 734",
        measure_id="sjuk",
        gender=Gender.WOMEN,
    ),
    Finding("f2", FindingLevel.OTHERS, "spread", Message("Långt från de andra")),
)
MAPPING = FileMapping(
    (
        SheetMapping(
            "Blad1",
            is_read=True,
            heading_rows=(1,),
            first_row=2,
            last_row=3,
            columns=(
                ColumnMapping(
                    1, "Kommun", ColumnRole.MUNICIPALITY, why=Message("Rubriken är {name}", name="Kommun")
                ),
                ColumnMapping(3, "Kvinnor", ColumnRole.VALUE, "sjuk", "2023", Gender.WOMEN, is_by_hand=True),
            ),
        ),
        SheetMapping("Läs mig", is_read=False),
    ),
    layout_key="abc",
)
PARTS = UploadContent(
    VALUES, MAPPING, FINDINGS, (Note("mean_row", Message("Raden är ett medel"), Address("Blad1", 4, 1)),)
)


def new_upload(place=HANINGE, **more):
    described = {"period": "2023", "file_name": "Sjukfrånvaro.xlsx", "checksum": "", "person_id": ""}
    return Upload(
        "",
        "sodertorn",
        place,
        **described,
        person_name="",
        created_at=datetime.now(UTC),
        state=UploadState.DRAFT,
        **more,
    )


def store_draft(workspace, actor, *, content=b"filens byte", parts=PARTS, **more):
    return uploads.keep_draft(workspace, actor, new_upload(**more), content, parts)


def publish_draft(workspace, actor, **more):
    draft = store_draft(workspace, actor, **more)
    begun = upload_states.set_state(workspace, actor, draft, UploadState.PUBLISHING, result=VALUES)
    return upload_states.set_state(workspace, actor, begun, UploadState.PUBLISHED)


def require_sign_off(workspace, cast):
    stored = network(workspace, "sodertorn")
    return save_network(workspace, cast[Role.COORDINATOR], replace(stored, wants_sign_off=True), TODAY)


def read_values(content):
    return content.values


def count_files(workspace):
    with workspace.engine.connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM upload_file"))


def log(workspace, cast, **filters):
    return audit_log(workspace, cast[Role.ADMINISTRATOR], most=10_000, **filters)


@pytest.fixture
def controller(cast):
    return cast[Role.CONTROLLER]


@pytest.fixture
def of_huddinge(workspace, cast):
    """A controller of another member."""
    other = Person(
        "controller-huddinge", "Controller, Huddinge", (HeldRole(Role.CONTROLLER, None, HUDDINGE),)
    )
    return save_person(workspace, cast[Role.ADMINISTRATOR], other)


# A draft


def test_a_draft_comes_back_as_it_was_stored(workspace, controller):
    draft = store_draft(workspace, controller, counts={"values": 2})

    stored, content = uploads.draft_content(workspace, controller, draft.id)

    assert stored == draft == uploads.upload(workspace, draft.id)
    assert (draft.state, draft.version, draft.sequence) == (UploadState.DRAFT, 1, 0)
    assert (draft.person_id, draft.person_name) == (controller.id, controller.name)
    assert draft.counts == {"values": 2}
    assert (content.mapping, content.findings, content.notes) == (MAPPING, FINDINGS, PARTS.notes)
    assert read_values(content)["value"].tolist()[0] == 1734.0
    assert read_values(content)["reason"].isna().tolist() == [True, False]
    assert uploads.file_of(workspace, controller, draft.id) == b"filens byte"


def test_a_stored_message_can_still_be_rendered_in_another_language(workspace, controller):
    draft = store_draft(workspace, controller)

    message = uploads.draft_content(workspace, controller, draft.id)[1].findings[0].message

    assert swedish(message) == "Haninge: från 1.5 till 1734"
    assert render(message, lambda _text: "{place}: {before} to {after}") == "Haninge: 1.5 to 1734"


def test_a_draft_that_is_read_again_keeps_its_file_and_explanations(workspace, controller):
    draft = uploads.explain(workspace, controller, store_draft(workspace, controller), {"f1": "Så är det."})

    again = uploads.keep_draft(workspace, controller, draft, None, replace(PARTS, findings=FINDINGS[:1]))

    assert (again.id, again.checksum, again.version) == (draft.id, draft.checksum, 3)
    stored, content = uploads.draft_content(workspace, controller, draft.id)
    assert stored.explanations == {"f1": "Så är det."}
    assert len(content.findings) == 1
    assert uploads.file_of(workspace, controller, draft.id) == b"filens byte"


def test_a_draft_can_get_another_file_and_the_old_one_is_not_left_behind(workspace, controller):
    draft = store_draft(workspace, controller)

    uploads.keep_draft(workspace, controller, replace(draft, file_name="Ny.xlsx"), b"andra byte", PARTS)

    assert uploads.upload(workspace, draft.id).file_name == "Ny.xlsx"
    assert uploads.file_of(workspace, controller, draft.id) == b"andra byte"
    assert count_files(workspace) == 1


def test_a_file_name_that_no_database_accepts_is_corrected(workspace, controller):
    draft = uploads.keep_draft(
        workspace, controller, replace(new_upload(), file_name="a\x00b\ud800.csv"), b"x", PARTS
    )

    assert uploads.upload(workspace, draft.id).file_name == "a\ufffdb?.csv"


def test_nobody_reports_for_a_place_outside_the_network(workspace, cast):
    with pytest.raises(NotAMemberForUploadError, match="Uppsala"):
        store_draft(workspace, cast[Role.ADMINISTRATOR], place="0380")
    assert uploads.uploads(workspace) == ()


# Who reads


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR, Role.MEMBER, Role.VISITOR])
def test_a_draft_is_for_the_municipality_alone(workspace, cast, controller, role):
    draft = store_draft(workspace, controller)

    for read in (uploads.draft_content, uploads.file_of):
        with pytest.raises(NotAllowedError):
            read(workspace, cast[role], draft.id)

    refusals = log(workspace, cast, subject_kind=SubjectKind.UPLOAD, outcome=Outcome.REFUSED)
    assert [refusal.subject_id for refusal in refusals] == [draft.id, draft.id]


def test_another_municipality_in_the_network_does_not_read_it_either(workspace, controller, of_huddinge):
    draft = store_draft(workspace, controller)

    with pytest.raises(NotAllowedError):
        uploads.draft_content(workspace, of_huddinge, draft.id)


def test_uploaders_read_their_own_drafts(workspace, cast):
    administrator = cast[Role.ADMINISTRATOR]
    draft = store_draft(workspace, administrator)

    assert uploads.draft_content(workspace, administrator, draft.id)[0] == draft


def test_an_unknown_person_of_the_same_id_reads_nothing(workspace, cast):
    draft = store_draft(workspace, cast[Role.ADMINISTRATOR])

    with pytest.raises(NotAllowedError):
        uploads.draft_content(workspace, Person("nobody", "Ingen", ()), draft.id)


def test_leadership_of_the_municipality_reads_the_draft_and_changes_nothing(workspace, cast, controller):
    leader = save_person(
        workspace,
        cast[Role.ADMINISTRATOR],
        Person("leader", "Ledning, Haninge", (HeldRole(Role.LEADERSHIP, None, HANINGE),)),
    )
    draft = store_draft(workspace, controller)

    assert uploads.draft_content(workspace, leader, draft.id)[0] == draft
    with pytest.raises(NotAllowedError):
        uploads.explain(workspace, leader, draft, {"f1": "Så är det."})


def test_an_explanation_is_for_everybody_once_it_is_published_and_not_before(workspace, controller):
    draft = uploads.explain(workspace, controller, store_draft(workspace, controller), {"f1": TOLD})
    assert draft.explanations == {"f1": TOLD}
    assert uploads.upload(workspace, draft.id).explanations == {}
    assert uploads.uploads(workspace)[0].explanations == {}

    begun = upload_states.set_state(workspace, controller, draft, UploadState.PUBLISHING)
    upload_states.settle(workspace, begun.id, UploadState.PUBLISHED)

    assert uploads.upload(workspace, draft.id).explanations == {"f1": TOLD}
    assert uploads.uploads(workspace)[0].explanations == {"f1": TOLD}


def test_the_log_mentions_a_draft_but_not_its_content(workspace, cast, controller):
    draft = uploads.explain(workspace, controller, store_draft(workspace, controller), {"f1": TOLD})
    uploads.remember_layout(workspace, controller, "sodertorn", HANINGE, MAPPING)
    upload_states.discard(workspace, controller, draft)

    lines = log(workspace, cast)
    of_upload = [line for line in lines if line.subject_kind is SubjectKind.UPLOAD]

    assert len(of_upload) == 3
    assert [change.field for change in of_upload[1].changes] == ["explained"]
    assert [(change.before, change.after) for change in of_upload[0].changes] == [("draft", "discarded")]
    with workspace.engine.connect() as connection:
        audit_rows = connection.execute(text("SELECT before, after FROM audit_entry")).fetchall()
    assert not any(word in str(audit_rows) for word in (TOLD, "1734", "1 734", "Kvinnor"))


def test_uploads_are_found_by_network_municipality_period_and_state(workspace, controller, of_huddinge):
    first = publish_draft(workspace, controller)
    second = store_draft(workspace, of_huddinge, place=HUDDINGE)
    third = store_draft(workspace, controller)

    def ids(**filters):
        return [upload.id for upload in uploads.uploads(workspace, **filters)]

    assert ids() == [third.id, second.id, first.id]
    assert ids(network_id="sodertorn", municipality_code=HANINGE) == [third.id, first.id]
    assert ids(states=[UploadState.PUBLISHED]) == [first.id]
    assert ids(period="2022") == ids(states=[]) == ids(network_id="annat") == []


def test_an_unknown_upload_is_reported_with_the_nearest(workspace, controller):
    draft = store_draft(workspace, controller)

    with pytest.raises(UnknownUploadError, match=draft.id):
        uploads.upload(workspace, draft.id[:-1])


def test_the_network_hears_of_publications_and_not_of_drafts(workspace, cast, controller):
    done = publish_draft(workspace, controller)
    upload_states.discard(workspace, controller, store_draft(workspace, controller))
    uploads.remember_layout(workspace, controller, "sodertorn", HANINGE, MAPPING)

    entries = news(workspace, cast[Role.MEMBER], network(workspace, "sodertorn"), most=10)

    assert [entry.after.get("state") for entry in entries] == ["published", "publishing", None]
    assert entries[0].subject_id == done.id
    assert swedish(describe_changes(entries[0].changes)).startswith(
        "läge från ”publiceras” till ”publicerat”"
    )


# Explaining


def test_an_explanation_can_be_withdrawn(workspace, controller):
    draft = uploads.explain(
        workspace, controller, store_draft(workspace, controller), {"f1": "A", "f2": " B "}
    )
    assert draft.explanations == {"f1": "A", "f2": "B"}

    draft = uploads.explain(workspace, controller, draft, {"f1": "  "})

    assert draft.explanations == {"f2": "B"}


def test_only_what_the_file_has_can_be_explained(workspace, controller):
    draft = store_draft(workspace, controller)

    with pytest.raises(UnknownFindingError):
        uploads.explain(workspace, controller, draft, {"f1": "A", "f9": "B"})

    assert uploads.draft_content(workspace, controller, draft.id)[0] == draft


def test_a_change_made_meanwhile_is_reported(workspace, controller):
    draft = store_draft(workspace, controller)
    uploads.explain(workspace, controller, draft, {"f1": "A"})

    with pytest.raises(ChangedMeanwhileError, match="förklarade anmärkningar från ”0” till ”1”"):
        upload_states.set_state(workspace, controller, draft, UploadState.PUBLISHING)


# The steps


def test_every_state_has_its_steps_and_only_undone_and_discarded_end():
    assert set(STEPS) == set(UploadState) == set(STATE_NAMES)
    assert {state for state, after in STEPS.items() if not after} == {
        UploadState.UNDONE,
        UploadState.DISCARDED,
    }


@pytest.mark.parametrize("state", list(UploadState))
def test_an_impossible_step_is_explained(state):
    for next_state in set(UploadState) - STEPS[state]:
        with pytest.raises(UploadStateError) as refused:
            check_upload_step(state, next_state)
        assert STATE_NAMES[state] in str(refused.value)


def test_a_publication_and_its_undoing_are_noted_step_by_step(workspace, cast, controller):
    draft = store_draft(workspace, controller)
    begun = upload_states.set_state(
        workspace, controller, draft, UploadState.PUBLISHING, result=VALUES, reason="Årlig"
    )
    result = uploads.stored_result(workspace, begun.id)
    done = upload_states.set_state(workspace, controller, begun, UploadState.PUBLISHED, counts={"new": 2})
    undoing = upload_states.set_state(
        workspace, controller, done, UploadState.UNDOING, undone_because="Fel fil"
    )
    undone = upload_states.set_state(workspace, controller, undoing, UploadState.UNDONE)

    assert (begun.state, begun.sequence, begun.published_by) == (UploadState.PUBLISHING, 1, controller.name)
    assert begun.published_at is None
    assert result["value"].tolist()[0] == 1734.0
    assert (done.published_at, done.reason, done.counts) == (done.published_at, "Årlig", {"new": 2})
    assert done.published_at is not None
    assert (undone.undone_by, undone.undone_because) == (controller.name, "Fel fil")
    assert undone.undone_at is not None
    assert undone == uploads.upload(workspace, draft.id)
    states = [entry.after["state"] for entry in reversed(log(workspace, cast, subject_id=draft.id))]
    assert states == ["draft", "publishing", "published", "undoing", "undone"]
    with pytest.raises(UploadStateError, match="ångrat"):
        upload_states.set_state(workspace, controller, undone, UploadState.PUBLISHING)


def test_an_upload_that_the_figures_did_not_accept_is_reverted_without_a_trace(workspace, controller):
    draft = store_draft(workspace, controller)
    begun = upload_states.set_state(workspace, controller, draft, UploadState.PUBLISHING, result=VALUES)

    back = upload_states.settle(workspace, begun.id, UploadState.DRAFT)

    assert back == replace(draft, version=3)


def test_an_undoing_that_the_figures_did_not_take_leaves_it_published(workspace, controller):
    done = publish_draft(workspace, controller)
    undoing = upload_states.set_state(
        workspace, controller, done, UploadState.UNDOING, undone_because="Fel fil"
    )

    assert upload_states.settle(workspace, undoing.id, UploadState.PUBLISHED) == replace(
        done, version=done.version + 2
    )


def test_settling_is_noted_as_the_systems_and_only_for_what_is_under_way(workspace, cast, controller):
    draft = store_draft(workspace, controller)
    with pytest.raises(UploadStateError):
        upload_states.settle(workspace, draft.id, UploadState.PUBLISHED)
    begun = upload_states.set_state(workspace, controller, draft, UploadState.PUBLISHING)

    upload_states.settle(workspace, begun.id, UploadState.PUBLISHED)

    assert log(workspace, cast)[0].person_id == "system"
    with pytest.raises(UploadStateError):
        upload_states.settle(workspace, begun.id, UploadState.PUBLISHED)


def test_a_started_publication_is_finished_after_the_right_is_lost(workspace, cast, controller):
    begun = upload_states.set_state(
        workspace, controller, store_draft(workspace, controller), UploadState.PUBLISHING
    )
    save_person(workspace, cast[Role.ADMINISTRATOR], replace(controller, roles=()))

    assert (
        upload_states.set_state(workspace, controller, begun, UploadState.PUBLISHED).state
        is UploadState.PUBLISHED
    )


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEADERSHIP, Role.MEMBER, Role.VISITOR])
def test_only_who_may_publish_publishes(workspace, cast, controller, role):
    draft = store_draft(workspace, controller)

    with pytest.raises(NotAllowedError):
        upload_states.set_state(workspace, cast[role], draft, UploadState.PUBLISHING)

    assert uploads.upload(workspace, draft.id).state is UploadState.DRAFT


def test_a_published_upload_is_neither_explained_read_again_nor_discarded(workspace, controller):
    done = publish_draft(workspace, controller)

    with pytest.raises(UploadStateError):
        uploads.explain(workspace, controller, done, {"f1": "A"})
    with pytest.raises(UploadStateError):
        uploads.keep_draft(workspace, controller, done, b"annat", PARTS)
    with pytest.raises(UploadStateError):
        upload_states.discard(workspace, controller, done)

    assert uploads.upload(workspace, done.id) == done
    assert uploads.file_of(workspace, controller, done.id) == b"filens byte"


def test_publications_are_numbered_in_order(workspace, controller, of_huddinge):
    first = publish_draft(workspace, controller)
    second = publish_draft(workspace, of_huddinge, place=HUDDINGE)
    third = publish_draft(workspace, controller)

    assert [first.sequence, second.sequence, third.sequence] == [1, 2, 3]


# A second person


def test_where_sign_off_is_required_nothing_bypasses_it(workspace, cast, controller):
    require_sign_off(workspace, cast)
    draft = store_draft(workspace, controller)

    for state in (UploadState.PUBLISHING, UploadState.AWAITING_DATE):
        with pytest.raises(UploadStateError, match="andra person"):
            upload_states.set_state(workspace, controller, draft, state, publish_on=TODAY)

    waiting = upload_states.set_state(workspace, controller, draft, UploadState.AWAITING_SIGN_OFF)
    with pytest.raises(SameSignerError):
        upload_states.set_state(workspace, controller, waiting, UploadState.PUBLISHING)
    signed = upload_states.set_state(
        workspace, cast[Role.COORDINATOR], waiting, UploadState.PUBLISHING, result=VALUES
    )

    assert (signed.signed_by, signed.sequence) == ("Nätverksledare", 1)


def test_leadership_of_another_municipality_signs_nothing(workspace, cast, controller):
    require_sign_off(workspace, cast)
    draft = store_draft(workspace, controller)
    waiting = upload_states.set_state(workspace, controller, draft, UploadState.AWAITING_SIGN_OFF)

    with pytest.raises(NotAllowedError):
        upload_states.set_state(workspace, cast[Role.LEADERSHIP], waiting, UploadState.PUBLISHING)


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.COORDINATOR])
def test_an_upload_waiting_for_sign_off_can_be_withdrawn_by_either_person(workspace, cast, controller, role):
    require_sign_off(workspace, cast)
    draft = store_draft(workspace, controller)
    waiting = upload_states.set_state(workspace, controller, draft, UploadState.AWAITING_SIGN_OFF)
    with pytest.raises(UploadStateError):
        uploads.explain(workspace, controller, waiting, {"f1": "Efter påskrift"})

    assert (
        upload_states.set_state(workspace, cast[role], waiting, UploadState.DRAFT).state is UploadState.DRAFT
    )


# A day


def test_an_embargoed_upload_applies_from_its_day_and_not_before(workspace, cast, controller):
    day = date(2026, 12, 24)
    draft = store_draft(workspace, controller)
    waiting = upload_states.set_state(workspace, controller, draft, UploadState.AWAITING_DATE, publish_on=day)

    with pytest.raises(UploadStateError):
        upload_states.begin_due(workspace, waiting, day - timedelta(days=1))
    begun = upload_states.begin_due(workspace, waiting, day, result=VALUES)

    assert (begun.state, begun.sequence, begun.publish_on) == (UploadState.PUBLISHING, 1, day)
    assert begun.published_by == controller.name
    assert log(workspace, cast)[0].person_id == "system"
    with pytest.raises(ChangedMeanwhileError):
        upload_states.begin_due(workspace, waiting, day)
    assert upload_states.settle(workspace, begun.id, UploadState.AWAITING_DATE).publish_on == day


def test_a_draft_is_never_due(workspace, controller):
    draft = store_draft(workspace, controller, publish_on=TODAY)

    with pytest.raises(UploadStateError):
        upload_states.begin_due(workspace, draft, TODAY)


# What is thrown away


def test_a_discarded_draft_leaves_neither_values_nor_file(workspace, controller):
    draft = uploads.explain(workspace, controller, store_draft(workspace, controller), {"f1": TOLD})

    gone = upload_states.discard(workspace, controller, draft)

    assert gone.state is UploadState.DISCARDED
    assert count_files(workspace) == 0
    for read in (uploads.draft_content, uploads.file_of):
        with pytest.raises(UnknownUploadError):
            read(workspace, controller, draft.id)
    with workspace.engine.connect() as connection:
        for table in ("upload_content", "upload_explanation"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0  # noqa: S608 - our own names


def test_a_file_shared_with_another_upload_stays_stored(workspace, controller, of_huddinge):
    mine = store_draft(workspace, controller)
    theirs = store_draft(workspace, of_huddinge, place=HUDDINGE)
    assert count_files(workspace) == 1

    upload_states.discard(workspace, controller, mine)

    assert uploads.file_of(workspace, of_huddinge, theirs.id) == b"filens byte"
    with pytest.raises(UnknownUploadError):
        uploads.file_of(workspace, controller, mine.id)
    upload_states.discard(workspace, of_huddinge, theirs)
    assert count_files(workspace) == 0


# What the figures are worked out from


def test_the_published_uploads_of_a_municipality_are_folded_in_the_order_of_publication(
    workspace, controller, of_huddinge
):
    first, second = (store_draft(workspace, controller) for _ in range(2))
    later = publish_draft(workspace, controller)
    begun = upload_states.set_state(workspace, controller, first, UploadState.PUBLISHING)
    upload_states.settle(workspace, begun.id, UploadState.PUBLISHED)
    publish_draft(workspace, of_huddinge, place=HUDDINGE)
    practice = publish_draft(workspace, controller, is_made_up=True)

    def folded_ids(**filters):
        contents = uploads.contents_to_fold(workspace, HANINGE, **{"is_made_up": False, **filters})
        assert all(read_values(content)["value"].tolist()[0] == 1734.0 for _, content in contents)
        return [upload.id for upload, _ in contents]

    assert folded_ids() == [later.id, first.id]
    assert folded_ids(also=[second.id]) == [later.id, first.id, second.id]
    assert folded_ids(is_made_up=True) == [practice.id]
    undoing = upload_states.set_state(
        workspace, controller, uploads.upload(workspace, later.id), UploadState.UNDOING
    )
    upload_states.settle(workspace, undoing.id, UploadState.UNDONE)
    assert folded_ids() == [first.id]


# Layouts


def test_a_corrected_layout_is_remembered_for_the_municipality(workspace, cast, controller):
    assert uploads.remembered_layout(workspace, "sodertorn", HANINGE, "abc") is None

    uploads.remember_layout(workspace, controller, "sodertorn", HANINGE, MAPPING)
    again = replace(MAPPING, sheets=MAPPING.sheets[:1])
    uploads.remember_layout(workspace, controller, "sodertorn", HANINGE, again)

    assert uploads.remembered_layout(workspace, "sodertorn", HANINGE, "abc") == replace(
        again, is_remembered=True
    )
    assert uploads.remembered_layout(workspace, "sodertorn", HUDDINGE, "abc") is None
    assert uploads.remembered_layout(workspace, "sodertorn", HANINGE, "annan") is None
    with pytest.raises(NotAllowedError):
        uploads.remember_layout(workspace, cast[Role.VISITOR], "sodertorn", HANINGE, MAPPING)


def test_a_layout_applies_in_the_municipalitys_other_networks_after_their_own(workspace, cast, controller):
    create_network(workspace, cast[Role.ADMINISTRATOR], sodertorn("Andra"), TODAY)
    uploads.remember_layout(workspace, controller, "andra", HANINGE, MAPPING)
    assert uploads.remembered_layout(workspace, "sodertorn", HANINGE, "abc").sheets == MAPPING.sheets

    own = replace(MAPPING, sheets=())
    uploads.remember_layout(workspace, controller, "sodertorn", HANINGE, own)
    uploads.remember_layout(workspace, controller, "andra", HANINGE, MAPPING)

    assert uploads.remembered_layout(workspace, "sodertorn", HANINGE, "abc").sheets == ()


# To JSON and back


def in_english(text):
    return f"In English: {text}"


WORDS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)
SENTENCES = WORDS.map(
    lambda word: Message("Det står {word} i {other}", word=word, other=Message("{n} rader", n=3))
)
ADDRESSES = st.none() | st.builds(Address, WORDS, st.integers(1, 2_000_000), st.integers(1, 16_384))
COLUMNS = st.builds(
    ColumnMapping,
    column=st.integers(1, 500),
    heading=WORDS,
    role=st.sampled_from(ColumnRole),
    gender=st.none() | st.sampled_from(Gender),
    why=SENTENCES | WORDS,
    is_by_hand=st.booleans(),
)
SHEETS = st.builds(
    SheetMapping,
    sheet=WORDS,
    is_read=st.booleans(),
    heading_rows=st.lists(st.integers(1, 9), max_size=2).map(tuple),
    columns=st.lists(COLUMNS, max_size=3).map(tuple),
    gender=st.none() | st.sampled_from(Gender),
    why=SENTENCES,
)
ALL_FINDINGS = st.builds(
    Finding,
    id=WORDS,
    level=st.sampled_from(FindingLevel),
    rule=WORDS,
    message=SENTENCES,
    address=ADDRESSES,
    advice=SENTENCES,
    gender=st.sampled_from(Gender),
)


@hypothesis_settings(max_examples=40, deadline=None)
@given(
    mapping=st.builds(
        FileMapping, st.lists(SHEETS, max_size=3).map(tuple), WORDS, st.booleans(), st.booleans()
    ),
    findings=st.lists(ALL_FINDINGS, max_size=3).map(tuple),
    notes=st.lists(st.builds(Note, WORDS, SENTENCES, ADDRESSES), max_size=3).map(tuple),
)
def test_content_stored_as_json_comes_back_the_same(mapping, findings, notes):
    assert mapping_from_json(mapping_to_json(mapping)) == mapping
    assert findings_from_json(findings_to_json(findings)) == findings
    assert notes_from_json(notes_to_json(notes)) == notes
    for before, back in zip(findings, findings_from_json(findings_to_json(findings)), strict=True):
        assert render(back.message, in_english) == render(before.message, in_english)


@hypothesis_settings(max_examples=40, deadline=None)
@given(
    values=st.lists(st.none() | st.floats(allow_nan=False), max_size=5),
    words=st.lists(st.none() | WORDS, min_size=5, max_size=5),
)
def test_a_table_comes_back_with_numbers_and_gaps_where_they_were(values, words):
    table = pd.DataFrame(
        {"value": pd.Series(values, dtype="float64"), "text": pd.Series(words[: len(values)], dtype=object)}
    )

    back = table_from_bytes(table_to_bytes(table))

    assert back["value"].equals(table["value"])
    assert [None if pd.isna(before) else before for before in back["text"]] == table["text"].tolist()


def test_every_field_of_an_upload_has_a_name_in_the_log():
    logged_names = {field.name for field in fields(Upload)} - {"explanations"} | {"explained"}

    assert logged_names - UNTOLD <= set(FIELD_NAMES)


# In PostgreSQL


@pytest.fixture(scope="module")
def shared(postgres_url, tmp_path_factory):  # noqa: F811
    chosen = home_at(tmp_path_factory.mktemp("home"), {"JAMFOR_WORKSPACE": postgres_url})
    create_network(chosen.workspace, ensure_people(chosen.workspace)[0], sodertorn(), TODAY)
    ensure_people(chosen.workspace)
    yield chosen.workspace
    chosen.workspace.close()


@pytest.fixture
def of_haninge(shared):
    return next(person for person in ensure_people(shared) if person.roles[0].role is Role.CONTROLLER)


def test_in_postgres_too_it_comes_back_and_is_thrown_away(shared, of_haninge):
    content = bytes(range(256))
    draft = uploads.explain(
        shared,
        of_haninge,
        store_draft(shared, of_haninge, content=content),
        {"f1": "'; DROP TABLE upload; -- 𝄞"},
    )
    stored, stored_content = uploads.draft_content(shared, of_haninge, draft.id)

    assert stored == draft
    assert (stored_content.mapping, stored_content.findings) == (MAPPING, FINDINGS)
    assert uploads.file_of(shared, of_haninge, draft.id) == content
    upload_states.discard(shared, of_haninge, draft)
    assert count_files(shared) == 0


def test_in_postgres_many_who_publish_at_once_get_numbers_of_their_own(shared, of_haninge):
    drafts = [store_draft(shared, of_haninge) for _ in range(6)]
    done = []
    threads = [
        Thread(
            target=lambda upload=draft: done.append(
                upload_states.set_state(shared, of_haninge, upload, UploadState.PUBLISHING, result=VALUES)
            )
        )
        for draft in drafts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({upload.sequence for upload in done}) == len(drafts)
    assert count_files(shared) == 1


def test_in_postgres_a_file_is_not_dropped_under_somebody_who_hands_over_the_same(shared, of_haninge):
    """One throws it away while another hands it over, again and again: whoever has an upload has its file."""
    content = b"samma fil"
    stored, failed = [], []

    def come_and_go(keeps):
        try:
            for _ in range(8):
                draft = store_draft(shared, of_haninge, content=content)
                stored.append(draft) if keeps else upload_states.discard(shared, of_haninge, draft)
        except Exception as error:
            failed.append(error)

    threads = [Thread(target=come_and_go, args=(keeps,)) for keeps in (True, False, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert all(uploads.file_of(shared, of_haninge, upload.id) == content for upload in stored)
