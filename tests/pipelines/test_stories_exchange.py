"""Cases, methods and programmes go to YAML and back without loss; unreadable text is reported by line."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from data.workspace.audit import audit_log
from data.workspace.people import ensure_people
from data.workspace.pictures import attachment, keep_attachment, keep_picture, picture
from data.workspace.stories import change_story_state, draft, drafts, save_story, stories, story, versions
from domain.audit import Outcome
from domain.case import Case, CaseStatus
from domain.cooperation_method import Attachment, CooperationMethod, MethodKind
from domain.errors.fields import UnreadableDefinitionError
from domain.errors.networks import NameTakenError
from domain.errors.people import NotAllowedError
from domain.errors.stories import PictureError, StoryContentError, UnknownStoryError
from domain.programme import Programme
from domain.story import Picture, Standing, StoryKind, StoryState
from domain.success_bank import sections_of
from pipelines.stories.exchange import (
    StoryFile,
    export_stories,
    import_stories,
    stories_from_yaml,
    stories_to_yaml,
)
from tests.homes import home_at

TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=40) | st.sampled_from(
    [
        "0127",
        "2026-01-01",
        "yes",
        "~",
        "1e3",
        "- a",
        "a: b",
        "<script>",
        "{x}",
        "åäö\n\n  rad ",
        "# nej",
        "&a *a",
    ]
)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(date, st.dates(date(1990, 1, 1), date(2090, 1, 1)))
st.register_type_strategy(
    datetime,
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
STANDING = st.builds(Standing, version=st.just(0), saved_at=st.none())
STORY = st.one_of([st.builds(kind, standing=STANDING) for kind in (Case, CooperationMethod, Programme)])
FILES = st.lists(st.binary(max_size=60), max_size=2, unique=True).map(
    lambda contents: {hashlib.sha256(content).hexdigest(): content for content in contents}
)


@given(st.lists(STORY, max_size=2), FILES, FILES)
@hypothesis_settings(max_examples=60, deadline=None)
def test_whatever_people_write_comes_back(written_stories, pictures, attachments):
    by_kind = tuple(
        written_story
        for kind in (Case, CooperationMethod, Programme)
        for written_story in written_stories
        if type(written_story) is kind
    )
    whole = StoryFile(by_kind, pictures, attachments)

    assert stories_from_yaml(stories_to_yaml(whole), "fil.yml") == whole


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("cases: [", "Rad 1"),
        ("cases:\n- standing: {id: a}\n  titel: Nej", "Rad 3.*titel.*title"),
        ("cases:\n- standing: {id: a}\n  title: T\n  question: Q\n  municipality_code: '0136'\n  status: kanske",
         "Rad 6.*kanske"),
        ("cases:\n- standing: {id: a}\n  title: T\n  question: Q\n  municipality_code: 0136\n  status: idea",
         "Rad 5.*citattecken"),
        ("cases:\n- standing: {id: a}\n  title: T\n  question: Q\n  municipality_code: '0136'\n  status: idea\n"
         "  also_in: [['0127']]", "Rad 7.*2 värden"),
        ("pictures:\n- checksum: abc\n  content: !!binary aGVq", "Rad 2.*kontrollsumman"),
        ("pictures:\n- checksum: abc\n  content: hej", "Rad 3.*base64"),
        ("cases: !!python/object/apply:os.system ['true']", "Rad 1"),
        ("a: &a [x]\ncases: *a", "Rad 2.*hänvisningar"),
        ("cases: " + "[" * 60 + "]" * 60, "för många fält i varandra"),
        ("- 1", "Rad 1"),
    ],
)  # fmt: skip
def test_unreadable_text_is_reported_by_line(text, refusal):
    with pytest.raises(UnreadableDefinitionError, match=f"(?s){refusal}"):
        stories_from_yaml(text, "fil.yml")


def test_a_large_file_is_bounded_however_deep_it_is():
    deep = "#" + "x" * 2_000_001 + "\ncases: " + "[" * 100_000

    with pytest.raises(UnreadableDefinitionError, match="för många fält i varandra"):
        stories_from_yaml(deep, "fil.yml")


@pytest.fixture
def homes(tmp_path):
    """Two homes, each with the demonstration people."""
    made = [home_at(tmp_path / name) for name in ("ett", "två")]
    for home in made:
        ensure_people(home.workspace)
    yield made
    for home in made:
        home.workspace.close()


def by_id(home, person_id):
    return next(person for person in ensure_people(home.workspace) if person.id == person_id)


def case(id_="", **fields):
    described = {
        "title": "Läxhjälp",
        "question": "Hur?",
        "municipality_code": "0136",
        "status": CaseStatus.IDEA,
    }
    standing = Standing(id_, **fields.pop("standing", {"owner_municipality": "0136"}))
    return Case(standing, **{**described, "not_known": sections_of(StoryKind.CASE), **fields})


def draw_picture(colour="teal", **saved):
    buffer = BytesIO()
    Image.new("RGB", (30, 20), colour).save(buffer, "JPEG", **saved)
    return buffer.getvalue()


def test_exported_stories_are_the_same_in_another_home(homes):
    here, there = homes
    controller, coordinator = by_id(here, "controller-haninge"), by_id(here, "coordinator")
    standing = Standing("", owner_municipality="0136")
    shown = keep_picture(here.workspace, controller, standing, draw_picture(), "bild.jpg")
    template = keep_attachment(here.workspace, controller, standing, b"%PDF-1.7 mall", "mall.pdf")
    written = save_story(here.workspace, controller, case(pictures=(Picture(shown.checksum, "En ruta"),)))
    change_story_state(here.workspace, coordinator, written.standing.id, StoryState.REVIEWED, 1)
    change_story_state(here.workspace, coordinator, written.standing.id, StoryState.PUBLISHED, 2)
    method = save_story(
        here.workspace,
        controller,
        CooperationMethod(
            standing, "Kaffekön", MethodKind.RESIDENTS, "Samtal", template=Attachment(template, "mall.pdf")
        ),
    )

    text = stories_to_yaml(
        export_stories(here.workspace, controller, ids=[written.standing.id, method.standing.id])
    )
    content = stories_from_yaml(text, "fil.yml")
    imported = import_stories(there.workspace, by_id(there, "administrator"), content)

    (published,) = stories(there.workspace)
    unsaved = {"version": 0, "saved_at": None}
    original = story(here.workspace, written.standing.id)
    assert replace(published, standing=replace(published.standing, **unsaved)) == replace(
        original, standing=replace(original.standing, **unsaved)
    )
    assert imported[1].standing.state is StoryState.DRAFT
    assert picture(there.workspace, shown.checksum) == shown
    assert attachment(there.workspace, template) == b"%PDF-1.7 mall"
    assert (
        stories_to_yaml(
            export_stories(
                there.workspace,
                by_id(there, "administrator"),
                ids=[imported_story.standing.id for imported_story in imported],
            )
        )
        == text
    )


def test_a_picture_may_be_in_a_separate_file_only_where_such_files_are_read():
    content = b"bild"
    text = f"pictures:\n- checksum: {hashlib.sha256(content).hexdigest()}\n  file: pictures/bild.png\n"

    beside = {"pictures/bild.png": content}
    assert stories_from_yaml(text, "fil.yml", beside.__getitem__).pictures == {
        hashlib.sha256(content).hexdigest(): content
    }
    with pytest.raises(UnreadableDefinitionError, match=r"Rad 2.*content.*saknas"):
        stories_from_yaml(text, "fil.yml")
    with pytest.raises(UnreadableDefinitionError, match=r"Rad 2.*kontrollsumman"):
        stories_from_yaml(text, "fil.yml", lambda name: b"en annan")


def test_only_who_reviews_brings_in_what_is_published(homes):
    home, _ = homes
    brought = StoryFile(
        (case("laxhjalp", standing={"owner_municipality": "0136", "state": StoryState.PUBLISHED}),)
    )
    (imported,) = import_stories(home.workspace, by_id(home, "controller-haninge"), brought)

    assert (imported.standing.state, imported.standing.reviewed_by) == (StoryState.DRAFT, "")
    assert stories(home.workspace) == ()


def test_existing_stories_are_skipped_refused_or_updated(homes):
    home, _ = homes
    administrator = by_id(home, "administrator")
    published = {"owner_municipality": "0136", "state": StoryState.PUBLISHED}
    first = StoryFile((case("laxhjalp", standing=published),))
    changed = StoryFile((case("laxhjalp", plan="Ny", standing=published),))
    imported = import_stories(home.workspace, administrator, first)

    assert import_stories(home.workspace, administrator, first) == imported
    with pytest.raises(NameTakenError):
        import_stories(home.workspace, administrator, changed)
    (renewed,) = import_stories(home.workspace, administrator, changed, replaces=True)

    assert (renewed.standing.version, stories(home.workspace)) == (2, (renewed,))
    assert len(versions(home.workspace, "laxhjalp")) == 2


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (case("b", standing={"owner_municipality": "0126"}, municipality_code="0126"), NotAllowedError),
        (case("b", pictures=(Picture("0" * 64, "En ruta"),)), PictureError),
        (case("b", pictures=(Picture(hashlib.sha256(b"MZ").hexdigest(), "En ruta"),)), PictureError),
    ],
)
def test_all_of_a_file_is_stored_or_nothing(homes, wrong, error):
    home, _ = homes
    controller = by_id(home, "controller-haninge")
    content = StoryFile((case("a"), wrong), {hashlib.sha256(b"MZ").hexdigest(): b"MZ"})
    with pytest.raises(error):
        import_stories(home.workspace, controller, content)

    assert drafts(home.workspace, controller) == ()
    refused = [
        entry
        for entry in audit_log(home.workspace, by_id(home, "administrator"))
        if entry.outcome is Outcome.REFUSED
    ]
    assert len(refused) == (error is NotAllowedError)


def test_an_unanswered_section_stops_a_story_marked_as_published(homes):
    home, _ = homes
    published = {"owner_municipality": "0136", "state": StoryState.PUBLISHED}
    with pytest.raises(StoryContentError, match="plan"):
        import_stories(
            home.workspace,
            by_id(home, "administrator"),
            StoryFile((case("a", standing=published, not_known=()),)),
        )


def test_a_picture_with_metadata_is_redrawn_on_import(homes):
    home, _ = homes
    telling = draw_picture(comment=b"Anna")
    named = hashlib.sha256(telling).hexdigest()
    content = StoryFile((case("a", pictures=(Picture(named, "En ruta"),)),), {named: telling})
    (imported,) = import_stories(home.workspace, by_id(home, "controller-haninge"), content)

    assert imported.pictures[0].checksum != named
    assert b"Anna" not in picture(home.workspace, imported.pictures[0].checksum).content


def test_a_draft_is_exported_only_by_who_may_read_it(homes):
    home, _ = homes
    save_story(home.workspace, by_id(home, "controller-haninge"), case("a"))

    assert export_stories(home.workspace, None).stories == ()
    with pytest.raises(UnknownStoryError):
        export_stories(home.workspace, None, ids=["a"])
    with pytest.raises(NotAllowedError):
        export_stories(home.workspace, by_id(home, "member-huddinge"), ids=["a"])
    assert export_stories(home.workspace, by_id(home, "coordinator"), ids=["a"]).stories == (
        draft(home.workspace, by_id(home, "coordinator"), "a"),
    )
