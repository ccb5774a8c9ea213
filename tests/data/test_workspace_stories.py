"""The success bank in the workspace: drafts, reviews, versions, pictures, reuses and rights."""

import hashlib
import zlib
from dataclasses import fields, replace
from datetime import date, timedelta
from io import BytesIO
from threading import Thread

import pytest
from PIL import Image, PngImagePlugin
from sqlalchemy import text

from data.workspace import pictures, readings, reuses, stories
from data.workspace.audit import audit_log
from data.workspace.changing import today
from data.workspace.people import ensure_people
from data.workspace.story_body import from_body, to_body
from domain.audit import FIELD_NAMES, Outcome, describe_changes
from domain.case import (
    Aim,
    AimDirection,
    Case,
    CaseStatus,
    Evaluation,
    Partner,
    Reuse,
    ReuseState,
    Sector,
    Step,
)
from domain.cooperation_method import CooperationMethod, MethodKind
from domain.errors.choices import UnknownPlaceError
from domain.errors.fields import FieldError, UnusableNameError
from domain.errors.networks import NameTakenError, UnknownNetworkError
from domain.errors.people import NotAllowedError
from domain.errors.storage import ChangedMeanwhileError
from domain.errors.stories import (
    OwnCaseTriedError,
    OwnReviewError,
    PictureError,
    StoryContentError,
    StoryStateError,
    UnknownStoryError,
)
from domain.programme import Programme
from domain.rights import Role
from domain.story import NOT_KNOWN_YET, Link, Picture, Standing, StoryKind, StoryState
from domain.success_bank import SECTION_NAMES, STORY_CLASSES, sections_of, unanswered
from tests.data.conftest import TODAY
from tests.data.test_shared_store import postgres_url  # noqa: F401 - a fixture
from tests.homes import home_at
from tests.messages import swedish

HANINGE, HUDDINGE, BOTKYRKA = "0136", "0126", "0127"
HOSTILE = "'; DROP TABLE story; -- <script>alert(1)</script> 𝄞"


def new_case(**changed):
    """A draft of Haninge's with every section answered."""
    answers = dict.fromkeys(
        ("people", "what_was_done", "cost", "staff", "plan", "pitfalls", "otherwise", "results"), "Något"
    )
    described = {
        "title": "Läxhjälp på biblioteket",
        "question": "Hur får fler godkänt?",
        "municipality_code": HANINGE,
        "status": CaseStatus.RUNNING,
        "started_on": date(2021, 8, 1),
        "steps": (Step("våren 2021", "Lokal"),),
        "partners": (Partner(Sector.CIVIL_SOCIETY, "Rädda läxan"),),
        "evaluation": Evaluation("Högskolan", "Före och efter", NOT_KNOWN_YET),
        "aims": (Aim("N15428", AimDirection.INCREASE, date(2021, 6, 1), 3.0, 2024),),
    }
    return Case(**{"standing": Standing("", owner_municipality=HANINGE), **answers, **described, **changed})


@pytest.fixture
def published(workspace, cast):
    """A story written by Haninge's controller, reviewed and published by the coordinator."""
    draft = stories.save_story(workspace, cast[Role.CONTROLLER], new_case())
    reviewed = stories.change_story_state(
        workspace, cast[Role.COORDINATOR], draft.standing.id, StoryState.REVIEWED, 1
    )
    return stories.change_story_state(
        workspace, cast[Role.COORDINATOR], draft.standing.id, StoryState.PUBLISHED, reviewed.standing.version
    )


def test_a_case_is_written_reviewed_by_another_and_published(workspace, cast):
    controller, coordinator = cast[Role.CONTROLLER], cast[Role.COORDINATOR]
    draft = stories.save_story(workspace, controller, new_case(pitfalls=HOSTILE))
    assert (draft.standing.id, draft.standing.state) == ("laxhjalp-pa-biblioteket", StoryState.DRAFT)
    with pytest.raises(UnknownStoryError):
        stories.story(workspace, draft.standing.id)
    assert stories.stories(workspace) == ()

    reviewed = stories.change_story_state(workspace, coordinator, draft.standing.id, StoryState.REVIEWED, 1)
    stepped = stories.change_story_state(
        workspace, coordinator, draft.standing.id, StoryState.PUBLISHED, reviewed.standing.version
    )

    assert stories.cases(workspace) == (stepped,) == (stories.story(workspace, draft.standing.id),)
    assert stepped.pitfalls == HOSTILE
    assert stepped.standing.written_by == controller.name
    assert stepped.standing.reviewed_by == coordinator.name
    assert stepped.standing.revisit_on > TODAY


def test_a_draft_beside_what_is_published_leaves_that_readable(workspace, cast, published):
    controller = cast[Role.CONTROLLER]
    changed = stories.save_story(workspace, controller, replace(published, results="Nya siffror"))

    assert changed.standing.state is StoryState.DRAFT
    assert stories.story(workspace, published.standing.id) == published
    assert stories.draft(workspace, controller, published.standing.id) == changed
    assert stories.drafts(workspace, controller) == (changed,)
    assert stories.drafts(workspace, cast[Role.LEADERSHIP]) == ()
    states = [
        version.state for version in stories.versions(workspace, published.standing.id, actor=controller)
    ]
    assert states == [StoryState.DRAFT, StoryState.PUBLISHED, StoryState.REVIEWED, StoryState.DRAFT]
    assert len(stories.versions(workspace, published.standing.id)) == 1


def test_only_a_difference_makes_a_version(workspace, cast, published):
    controller = cast[Role.CONTROLLER]
    same = stories.save_story(workspace, controller, published)
    assert same == published

    before = stories.state_number(workspace)
    changed = stories.save_story(workspace, controller, replace(published, pitfalls=HOSTILE))

    assert stories.state_number(workspace) == before + 1
    line = audit_log(workspace, cast[Role.ADMINISTRATOR], most=1)[0]
    assert (line.before["pitfalls"], line.after["pitfalls"]) == ("Något", HOSTILE)
    assert "results" not in line.after  # only what differs
    assert stories.draft(workspace, controller, published.standing.id, version=1).pitfalls == "Något"
    assert changed.standing.reviewed_by == ""


def test_saving_over_somebody_elses_change_is_refused_and_loses_nothing(workspace, cast):
    controller = cast[Role.CONTROLLER]
    draft = stories.save_story(workspace, controller, new_case())
    stories.save_story(workspace, controller, replace(draft, plan="Först"))

    with pytest.raises(ChangedMeanwhileError, match=r"Controller, Haninge.*plan från ”Något” till ”Först”"):
        stories.save_story(workspace, controller, replace(draft, plan="Sedan"))
    with pytest.raises(ChangedMeanwhileError):
        stories.change_story_state(
            workspace, cast[Role.COORDINATOR], draft.standing.id, StoryState.REVIEWED, 1
        )

    assert stories.draft(workspace, controller, draft.standing.id).plan == "Först"


def test_nobody_reviews_what_they_have_written_themselves(workspace, cast):
    controller, administrator, coordinator = (
        cast[role] for role in (Role.CONTROLLER, Role.ADMINISTRATOR, Role.COORDINATOR)
    )
    draft = stories.save_story(workspace, controller, new_case())
    mended = stories.save_story(workspace, administrator, replace(draft, plan="Ett komma till"))
    with pytest.raises(OwnReviewError):
        stories.change_story_state(
            workspace, administrator, draft.standing.id, StoryState.REVIEWED, mended.standing.version
        )

    stepped = stories.change_story_state(
        workspace, coordinator, draft.standing.id, StoryState.REVIEWED, mended.standing.version
    )

    assert stepped.standing.reviewed_by == coordinator.name
    assert stepped.standing.written_by == controller.name


def test_the_writer_says_when_it_is_ready_and_writes_on_until_it_is_reviewed(workspace, cast):
    controller = cast[Role.CONTROLLER]
    hollow = stories.save_story(workspace, controller, new_case(plan=""))
    with pytest.raises(StoryContentError, match="Innan det kan publiceras"):
        stories.change_story_state(workspace, controller, hollow.standing.id, StoryState.SENT, 1)
    whole = stories.save_story(workspace, controller, replace(hollow, plan="En plan"))
    sent = stories.change_story_state(
        workspace, controller, hollow.standing.id, StoryState.SENT, whole.standing.version
    )
    assert stories.drafts(workspace, cast[Role.COORDINATOR], states=[StoryState.SENT]) == (sent,)

    changed = stories.save_story(workspace, controller, replace(sent, plan="En annan"))

    assert changed.standing.state is StoryState.DRAFT


def test_a_reviewed_story_that_is_changed_must_be_reviewed_again(workspace, cast):
    controller, coordinator = cast[Role.CONTROLLER], cast[Role.COORDINATOR]
    draft = stories.save_story(workspace, controller, new_case())
    reviewed = stories.change_story_state(workspace, coordinator, draft.standing.id, StoryState.REVIEWED, 1)
    changed = stories.save_story(workspace, controller, replace(reviewed, plan="Ny"))

    with pytest.raises(StoryStateError, match="är utkast, så det går inte att publicera"):
        stories.change_story_state(
            workspace, coordinator, draft.standing.id, StoryState.PUBLISHED, changed.standing.version
        )


@pytest.mark.parametrize(
    ("role", "writes", "reads", "reviews"),
    [
        (Role.ADMINISTRATOR, True, True, True),
        (Role.COORDINATOR, False, True, True),
        (Role.CONTROLLER, True, True, False),
        (Role.LEADERSHIP, False, False, False),  # of another municipality
        (Role.MEMBER, False, False, False),
        (Role.VISITOR, False, False, False),
    ],
)  # fmt: skip
def test_each_role_does_what_it_may_and_no_more(workspace, cast, role, writes, reads, reviews):
    draft = stories.save_story(workspace, cast[Role.CONTROLLER], new_case())
    actor, id_ = cast[role], draft.standing.id

    def refused(act):
        try:
            act()
        except NotAllowedError:
            return True
        except (OwnReviewError, StoryContentError):
            return False
        return False

    assert refused(lambda: stories.draft(workspace, actor, id_)) is not reads
    assert (stories.drafts(workspace, actor) != ()) is reads
    assert (
        refused(lambda: stories.change_story_state(workspace, actor, id_, StoryState.REVIEWED, 1))
        is not reviews
    )
    draft = stories.draft(workspace, cast[Role.ADMINISTRATOR], id_)
    assert refused(lambda: stories.save_story(workspace, actor, replace(draft, plan=role))) is not writes
    assert stories.may_write(workspace, actor, draft) is writes
    assert stories.may_review(workspace, actor, draft) is reviews
    refusals = [
        entry for entry in audit_log(workspace, cast[Role.ADMINISTRATOR]) if entry.outcome is Outcome.REFUSED
    ]
    assert len(refusals) == (not reads) + (not reviews) + (not writes)


def test_a_draft_is_unknown_to_who_may_not_read_it(workspace, cast):
    stories.save_story(workspace, cast[Role.CONTROLLER], new_case())

    for actor in (None, cast[Role.MEMBER]):
        with pytest.raises(UnknownStoryError) as refusal:
            stories.versions(workspace, "laxhjalp-pa-biblioteket", actor=actor)
        assert refusal.value.values["suggestion"] == ""
    with pytest.raises(UnknownStoryError) as refusal:
        stories.story(workspace, "laxhjalp-pa-bibliotek")
    assert refusal.value.values["suggestion"] == ""


def test_a_municipality_writes_about_itself_and_keeps_what_is_its_own(workspace, cast):
    controller = cast[Role.CONTROLLER]
    with pytest.raises(NotAllowedError):
        stories.save_story(workspace, controller, new_case(municipality_code=HUDDINGE))
    draft = stories.save_story(workspace, controller, new_case())
    taken = replace(
        draft, plan="Vår nu", standing=replace(draft.standing, owner_municipality=HUDDINGE, is_made_up=True)
    )
    with pytest.raises(NotAllowedError):
        stories.save_story(workspace, cast[Role.MEMBER], taken)

    saved = stories.save_story(workspace, controller, taken)

    assert (saved.standing.owner_municipality, saved.standing.is_made_up) == (HANINGE, False)


def test_a_coordinator_writes_for_the_own_network_only(workspace, cast):
    coordinator = cast[Role.COORDINATOR]
    own = new_case(standing=Standing("", owner_network="Södertörn"), municipality_code=BOTKYRKA)
    assert stories.save_story(workspace, coordinator, own).standing.owner_network == "sodertorn"

    with pytest.raises(NotAllowedError):
        stories.save_story(workspace, coordinator, new_case())
    with pytest.raises(NotAllowedError):
        stories.save_story(workspace, coordinator, new_case(standing=Standing("")))


def test_the_revisit_day_is_the_writers_or_in_two_years_and_never_past(workspace, cast):
    controller, coordinator = cast[Role.CONTROLLER], cast[Role.COORDINATOR]
    chosen = []
    for day in (date(2099, 1, 1), date(2020, 1, 1), None):
        standing = Standing("", owner_municipality=HANINGE, revisit_on=day)
        id_ = stories.save_story(workspace, controller, new_case(standing=standing)).standing.id
        for version, state in enumerate((StoryState.REVIEWED, StoryState.PUBLISHED), start=1):
            stepped = stories.change_story_state(workspace, coordinator, id_, state, version)
        chosen.append(stepped.standing.revisit_on)

    in_two_years = today() + stories.REVISIT_AFTER
    assert chosen == [date(2099, 1, 1), in_two_years, in_two_years]
    assert stepped.standing.is_stale_on(in_two_years + timedelta(days=1))


def test_withdrawing_hides_it_and_only_a_reviewer_withdraws_what_is_published(workspace, cast, published):
    id_, version = published.standing.id, published.standing.version
    with pytest.raises(NotAllowedError):
        stories.change_story_state(workspace, cast[Role.CONTROLLER], id_, StoryState.WITHDRAWN, version)
    stories.change_story_state(workspace, cast[Role.COORDINATOR], id_, StoryState.WITHDRAWN, version)

    with pytest.raises(UnknownStoryError):
        stories.story(workspace, id_)
    with pytest.raises(UnknownStoryError):
        stories.story(workspace, id_, version=version)

    draft = stories.save_story(
        workspace,
        cast[Role.CONTROLLER],
        replace(stories.draft(workspace, cast[Role.CONTROLLER], id_), plan="Om igen"),
    )
    thrown = stories.change_story_state(
        workspace, cast[Role.CONTROLLER], id_, StoryState.WITHDRAWN, draft.standing.version
    )
    assert thrown.standing.state is StoryState.WITHDRAWN


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"municipality_code": "9999"}, UnknownPlaceError),
        ({"municipality_code": "0001"}, UnknownPlaceError),  # a region
        ({"also_in": (("1234", 2020),)}, UnknownPlaceError),
        ({"also_in": (("0127", 20),)}, FieldError),
        ({"ended_on": date(2020, 1, 1)}, StoryContentError),
        ({"links": (Link("x", "javascript:alert(1)"),)}, StoryContentError),
        ({"links": (Link("x", "https://"),)}, StoryContentError),
        ({"links": (Link("x", 'https://a.se/"><script>'),)}, StoryContentError),
        ({"evaluation": Evaluation("a", "b", "c", Link("x", "file:///etc/passwd"))}, StoryContentError),
        ({"steps": (Step("2021", "Ring Anna 811218-9876"),)}, StoryContentError),
        ({"title": "19811218-9876"}, StoryContentError),
        ({"pictures": (Picture("0" * 64, "Två +198112189876"),)}, StoryContentError),
        ({"pictures": (Picture("0" * 64, "En bild"),)}, PictureError),
        ({"pictures": (Picture("\x00", "En bild"),)}, FieldError),
        ({"results": "x" * 10_001}, FieldError),
        ({"title": "x" * 201}, FieldError),
        ({"plan": "a\x00b"}, FieldError),
        ({"programme_id": "\ud800"}, FieldError),
        ({"steps": (Step("2021", "Lokal"),) * 201}, StoryContentError),
        ({"aims": (Aim("N15428", AimDirection.INCREASE, TODAY, float("nan")),)}, FieldError),
        ({"cost_sek": -1}, FieldError),
        ({"standing": Standing("Stora Bokstäver", owner_municipality=HANINGE)}, UnusableNameError),
        ({"standing": Standing("19811218-9876", owner_municipality=HANINGE)}, StoryContentError),
        ({"standing": Standing("", owner_municipality="9999")}, UnknownPlaceError),
        ({"standing": Standing("", owner_network="finns-inte")}, UnknownNetworkError),
        ({"standing": Standing("", written_by="x" * 201)}, FieldError),
    ],
)  # fmt: skip
def test_personal_data_is_refused_in_a_draft_too(workspace, cast, change, error):
    with pytest.raises(error):
        stories.save_story(workspace, cast[Role.ADMINISTRATOR], new_case(**change))

    assert stories.drafts(workspace, cast[Role.ADMINISTRATOR]) == ()
    assert "9876" not in str(audit_log(workspace, cast[Role.ADMINISTRATOR]))


def test_a_refused_identity_number_is_not_in_the_log_either(workspace, cast):
    with pytest.raises(NotAllowedError):
        stories.save_story(workspace, cast[Role.MEMBER], new_case(title="Anna 19811218-9876"))

    assert "9876" not in str(audit_log(workspace, cast[Role.ADMINISTRATOR]))


def test_the_name_of_a_file_is_not_in_the_log(workspace, cast):
    standing = Standing("", owner_municipality=HANINGE)
    controller = cast[Role.CONTROLLER]
    pictures.keep_picture(workspace, controller, standing, draw_picture(), "Anna 19811218-9876.png")
    pictures.keep_attachment(workspace, controller, standing, b"hej", "Anna 19811218-9876.txt")

    assert "Anna" not in str(audit_log(workspace, cast[Role.ADMINISTRATOR], most=2))


def test_an_empty_draft_is_stored_and_lists_what_is_missing(workspace, cast):
    empty = Case(Standing("", owner_municipality=HANINGE), "", "", "", CaseStatus.ENDED)
    first = stories.save_story(workspace, cast[Role.CONTROLLER], empty)
    second = stories.save_story(workspace, cast[Role.CONTROLLER], empty)

    assert first.standing.id != second.standing.id
    assert unanswered(first) == sections_of(StoryKind.CASE)[:-1]  # no study visit is an answer
    with pytest.raises(StoryContentError, match="rubrik, frågan som det svarar på, plats, start, slut"):
        stories.change_story_state(
            workspace, cast[Role.COORDINATOR], first.standing.id, StoryState.REVIEWED, 1
        )


def test_not_known_yet_is_an_answer_but_not_of_what_it_is_about(workspace, cast):
    sections = sections_of(StoryKind.CASE)
    known = Case(
        Standing("", owner_municipality=HANINGE), "T", "Q", HANINGE, CaseStatus.ENDED, not_known=sections
    )
    assert unanswered(known) == ()
    assert unanswered(replace(known, title=" ")) == ("title",)
    assert unanswered(replace(known, not_known=(), plan=NOT_KNOWN_YET)) == tuple(
        name for name in sections[3:] if name not in {"plan", "study_visit"}
    )
    assert "ended_on" not in unanswered(replace(known, status=CaseStatus.RUNNING, not_known=()))
    assert "started_on" not in unanswered(replace(known, status=CaseStatus.IDEA, not_known=()))


def test_two_with_the_same_title_get_ids_of_their_own(workspace, cast):
    ids = [stories.save_story(workspace, cast[Role.CONTROLLER], new_case()).standing.id for _ in range(2)]

    assert ids == ["laxhjalp-pa-biblioteket", "laxhjalp-pa-biblioteket-2"]
    with pytest.raises(NameTakenError):
        stories.save_story(
            workspace, cast[Role.CONTROLLER], new_case(standing=Standing(ids[0], owner_municipality=HANINGE))
        )


def test_methods_and_programmes_are_stored_too(workspace, cast):
    administrator = cast[Role.ADMINISTRATOR]
    method = stories.save_story(
        workspace, administrator, CooperationMethod(Standing(""), "Kaffekön", MethodKind.RESIDENTS, "Samtal")
    )
    programme = stories.save_story(
        workspace, administrator, Programme(Standing(""), "Tillsammans", "Ensamhet")
    )

    assert stories.drafts(workspace, administrator, kind=StoryKind.METHOD) == (method,)
    assert stories.draft(workspace, administrator, "tillsammans") == programme
    with pytest.raises(UnknownStoryError):
        stories.save_story(workspace, administrator, replace(new_case(), standing=method.standing))


def test_every_section_has_a_name_that_the_log_knows():
    for kind in STORY_CLASSES.values():
        named = {field.name for field in fields(kind)} - {"standing"}
        assert named <= SECTION_NAMES.keys()
        assert named <= FIELD_NAMES.keys()


def test_a_body_of_before_a_field_was_there_gets_its_default():
    body = to_body(new_case())
    del body["not_known"], body["study_visit"]

    assert from_body(StoryKind.CASE, {**body, "long_gone": 1}, new_case().standing) == new_case()


# Pictures


def draw_picture(kind="PNG", size=(40, 30), mode="RGB", **saved):
    buffer = BytesIO()
    Image.effect_noise(size, 80).convert(mode).save(buffer, kind, **saved)
    return buffer.getvalue()


def store_picture(workspace, cast, content):
    standing = Standing("", owner_municipality=HANINGE)
    return pictures.keep_picture(workspace, cast[Role.CONTROLLER], standing, content, "bild")


def test_a_photograph_loses_its_place_and_its_turn_but_not_its_pixels(workspace, cast):
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "Annas skola"
    exif.get_ifd(0x8825)[2] = (59.0, 10.0, 0.0)  # where
    content = draw_picture("JPEG", (3000, 1000), exif=exif)

    picture = store_picture(workspace, cast, content)

    opened = Image.open(BytesIO(picture.content))
    assert (opened.size, picture.media_type) == ((533, 1600), "image/jpeg")
    assert (picture.width, picture.height) == opened.size
    assert b"Annas" in content
    assert b"Annas" not in picture.content
    assert dict(opened.getexif()) == {}
    assert picture.checksum == hashlib.sha256(picture.content).hexdigest()
    assert pictures.picture(workspace, picture.checksum) == picture


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("JPEG", mode) for mode in ("L", "RGB", "CMYK", "1")),
        *(("PNG", mode) for mode in ("L", "RGB", "P", "RGBA", "LA", "1", "I;16")),
        *(("WEBP", mode) for mode in ("L", "RGB", "P", "RGBA")),
    ],
)
def test_a_stored_picture_is_stored_again_unchanged(workspace, cast, kind, mode):
    once = store_picture(workspace, cast, draw_picture(kind, (1700, 20), mode))

    assert store_picture(workspace, cast, once.content) == once
    assert (once.width, once.media_type) == (1600, f"image/{kind.lower()}")


@pytest.mark.parametrize(
    "hidden",
    [
        draw_picture(
            "PNG", pnginfo=(lambda info: (info.add_text("Author", "Anna"), info)[1])(PngImagePlugin.PngInfo())
        ),
        draw_picture("JPEG", comment=b"Anna"),
        draw_picture("JPEG") + b"Anna",
        draw_picture("PNG") + b"Anna",
        draw_picture("WEBP") + b"Anna",
        draw_picture("WEBP", exif=b"Exif\x00\x00Anna"),
        draw_picture("JPEG", xmp=b"<x>Anna</x>"),
    ],
)
def test_nothing_but_the_pixels_is_stored(workspace, cast, hidden):
    assert b"Anna" in hidden

    assert b"Anna" not in store_picture(workspace, cast, hidden).content


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", PictureError),
        (b"GIF89a" + b"\x00" * 50, PictureError),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", PictureError),
        (draw_picture("PNG")[:200], PictureError),
        (draw_picture("JPEG")[:200], PictureError),
        (draw_picture("GIF"), PictureError),
        (draw_picture("PNG") + b"\x00" * 50_000_000, PictureError),
        (draw_picture("PNG", (8000, 6000), "1"), PictureError),
    ],
)
def test_a_file_that_is_not_a_picture_or_too_large_is_refused(workspace, cast, content, error):
    with pytest.raises(error):
        store_picture(workspace, cast, content)


def test_a_picture_that_claims_a_hundred_thousand_pixels_a_side_is_never_decoded(workspace, cast):
    content = bytearray(draw_picture("PNG"))
    content[16:24] = (100_000).to_bytes(4) * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4)

    with pytest.raises(PictureError, match="miljoner punkter går att"):
        store_picture(workspace, cast, bytes(content))


def test_only_writers_store_pictures_and_a_published_picture_has_a_description(workspace, cast):
    standing = Standing("", owner_municipality=HANINGE)
    with pytest.raises(NotAllowedError):
        pictures.keep_picture(workspace, cast[Role.MEMBER], standing, draw_picture(), "bild.png")
    picture = store_picture(workspace, cast, draw_picture())
    draft = stories.save_story(
        workspace, cast[Role.CONTROLLER], new_case(pictures=(Picture(picture.checksum, " ", "Läsesalen"),))
    )

    with pytest.raises(StoryContentError, match="Läsesalen"):
        stories.change_story_state(
            workspace, cast[Role.COORDINATOR], draft.standing.id, StoryState.REVIEWED, 1
        )


@pytest.mark.parametrize(
    ("name", "content"), [("mall.docx", b"PK\x03\x04..."), ("mall.pdf", b"%PDF-1.7"), ("mall.txt", b"hej")]
)
def test_a_template_is_stored_byte_for_byte(workspace, cast, name, content):
    standing = Standing("", owner_municipality=HANINGE)
    checksum = pictures.keep_attachment(workspace, cast[Role.CONTROLLER], standing, content, name)

    assert pictures.attachment(workspace, checksum) == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mall.html", b"<script>"),
        ("mall.docm", b"PK\x03\x04"),
        ("mall.pdf", b"MZ"),
        ("mall.txt", b"x" * 10_000_001),
    ],
)
def test_a_file_that_could_run_or_is_too_large_is_not_attached(workspace, cast, name, content):
    standing = Standing("", owner_municipality=HANINGE)
    with pytest.raises(PictureError, match=r"går inte att bifoga\."):
        pictures.keep_attachment(workspace, cast[Role.CONTROLLER], standing, content, name)


# Reuse and readings


def test_another_municipality_tries_a_case_and_says_how_it_went(workspace, cast, published):
    member = cast[Role.MEMBER]
    wants = Reuse(published.standing.id, HUDDINGE, ReuseState.INTERESTED)
    reuse = reuses.say_trying(workspace, member, wants)
    tries = reuses.say_trying(workspace, member, replace(reuse, state=ReuseState.TRYING, started_on=TODAY))

    assert reuses.reuses(workspace, published.standing.id) == (tries,)
    assert reuses.reuses(workspace, municipality_code=HUDDINGE) == (tries,)
    assert reuses.reuses(workspace, municipality_code=HANINGE) == ()
    with pytest.raises(ChangedMeanwhileError, match="vill prova"):
        reuses.say_trying(workspace, member, replace(reuse, state=ReuseState.STOPPED))
    with pytest.raises(ChangedMeanwhileError):
        reuses.say_trying(workspace, member, wants)
    line = audit_log(workspace, cast[Role.ADMINISTRATOR], most=1)[0]
    assert swedish(describe_changes(line.changes)).startswith("läge från ”vill prova” till ”provar”")


def test_trying_without_the_right_is_refused(workspace, cast, published):
    id_ = published.standing.id
    with pytest.raises(NotAllowedError):
        reuses.say_trying(workspace, cast[Role.MEMBER], Reuse(id_, BOTKYRKA, ReuseState.TRYING))
    with pytest.raises(OwnCaseTriedError):
        reuses.say_trying(workspace, cast[Role.CONTROLLER], Reuse(id_, HANINGE, ReuseState.TRYING))
    with pytest.raises(UnknownStoryError):
        reuses.say_trying(workspace, cast[Role.MEMBER], Reuse("finns-inte", HUDDINGE, ReuseState.TRYING))
    with pytest.raises(UnknownPlaceError):
        reuses.say_trying(workspace, cast[Role.ADMINISTRATOR], Reuse(id_, "9999", ReuseState.TRYING))
    with pytest.raises(UnknownStoryError):
        reuses.say_trying(
            workspace, cast[Role.MEMBER], Reuse(id_, HUDDINGE, ReuseState.TRYING, own_case_id="finns-inte")
        )
    with pytest.raises(StoryContentError, match="” innehåller något som"):
        reuses.say_trying(
            workspace, cast[Role.MEMBER], Reuse(id_, HUDDINGE, ReuseState.KEPT, how_it_went="811218-9876")
        )
    assert reuses.reuses(workspace) == ()


def test_reading_from_a_measure_is_counted_without_names(workspace, cast, published):
    id_ = published.standing.id
    for day in (TODAY, TODAY, date(2026, 1, 1)):
        readings.count_reading(workspace, "N15428", id_, day)
    readings.count_reading(workspace, "N15428", "finns-inte", TODAY)

    assert readings.read_by_others(workspace, "N15428") == {id_: 3}
    assert readings.read_by_others(workspace, "N15428", since=TODAY) == {id_: 2}
    assert readings.read_by_others(workspace, "U07417") == {}


# PostgreSQL


@pytest.fixture(scope="module")
def shared(postgres_url, tmp_path_factory):  # noqa: F811
    chosen = home_at(tmp_path_factory.mktemp("home"), {"JAMFOR_WORKSPACE": postgres_url})
    ensure_people(chosen.workspace)
    yield chosen.workspace
    chosen.workspace.close()


def test_stories_pictures_and_reuses_are_stored_in_postgresql_too(shared):
    administrator, controller = (
        person for person in ensure_people(shared) if person.id in {"administrator", "controller-haninge"}
    )
    standing = Standing("", owner_municipality=HANINGE)
    picture = pictures.keep_picture(shared, controller, standing, draw_picture("JPEG"), "bild.jpg")
    assert pictures.keep_picture(shared, controller, standing, picture.content, "igen.jpg") == picture
    draft = stories.save_story(
        shared, controller, new_case(pitfalls=HOSTILE, pictures=(Picture(picture.checksum, "Brus"),))
    )
    id_ = draft.standing.id
    saved, refusals = [], []

    def save(number):
        try:
            saved.append(stories.save_story(shared, controller, replace(draft, plan=f"Plan {number}")))
        except ChangedMeanwhileError as error:
            refusals.append(str(error))

    threads = [Thread(target=save, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(saved), len(refusals)) == (1, 3)
    assert all(saved[0].plan in message for message in refusals)

    stories.change_story_state(shared, administrator, id_, StoryState.REVIEWED, 2)
    published = stories.change_story_state(shared, administrator, id_, StoryState.PUBLISHED, 3)
    assert stories.cases(shared) == (published,)
    assert (published.pitfalls, published.plan) == (HOSTILE, saved[0].plan)
    reuse = reuses.say_trying(shared, administrator, Reuse(id_, HUDDINGE, ReuseState.TRYING, TODAY))
    assert reuses.reuses(shared) == (reuse,)
    for _ in range(2):
        readings.count_reading(shared, "N15428", id_, TODAY)
    assert readings.read_by_others(shared, "N15428") == {id_: 2}
    assert stories.state_number(shared) == 5
    with shared.engine.connect() as connection:
        assert (
            connection.scalar(text("SELECT body ->> 'pitfalls' FROM story_version WHERE version = 1"))
            == HOSTILE
        )
