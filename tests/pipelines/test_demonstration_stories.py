"""The made-up stories are complete, marked as made up, stored once, and tied to known effects."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from answers.effects.case_effects import estimate_case_effects
from answers.effects.estimation import estimate_effect
from answers.library import build_library
from data.reference import curated_measures, places
from data.store.lake import Lake, open_figures
from data.workspace.people import ensure_people
from data.workspace.picture_bytes import shown_picture
from data.workspace.pictures import attachment, picture
from data.workspace.reuses import reuses
from data.workspace.stories import change_story_state, draft, save_story, stories
from domain.case import Case, CaseStatus
from domain.case_effect import AimOutcome, first_year_of
from domain.cooperation_method import CooperationMethod
from domain.effect import Design, Evidence
from domain.place import PlaceKind
from domain.programme import Programme
from domain.story import StoryState
from domain.success_bank import check_keepable, check_publishable
from pipelines.demonstration import data_files
from pipelines.demonstration.data_files import read_reuses
from pipelines.demonstration.profiles import profiles
from pipelines.demonstration.truths import EFFECTS, NOTHING_THERE
from pipelines.whole_demonstration import demonstration_stories, ensure_demonstration_stories
from tests.homes import home_at

FILE = demonstration_stories()
STORIES = FILE.stories
CASES = {story.standing.id: story for story in STORIES if isinstance(story, Case)}
METHODS = {story.standing.id: story for story in STORIES if isinstance(story, CooperationMethod)}
PROGRAMMES = {story.standing.id: story for story in STORIES if isinstance(story, Programme)}
TEMPLATES = {
    "pahittad-folj-en-dag": "foljdagbok.csv",
    "pahittad-provkor-smatt": "provkorning.txt",
    "pahittad-vem-gor-vad-kartan": "vem-gor-vad.csv",
    "pahittad-en-sida": "avtalet-pa-en-sida.txt",
    "pahittad-fjorton-bord": "bordskort.txt",
}
WITHOUT_A_TRUTH = {
    "pahittat-ekokocken": "the place had its own trend before",
    "pahittat-sprak-pa-jobbet": "too few years",
    "pahittat-bokbussen": "the measure got a new level",
    "pahittat-uteplatsen": "too early",
    "pahittat-skolgarden": "an idea",
}
FOUND_WITHIN = (
    0.25  # of the whole size: chance in the places' own series, which an estimate cannot tell from the effect
)


def starts(case):
    """Every place of a case with the first year that counts as after."""
    own = {} if case.started_on is None else {case.municipality_code: first_year_of(case.started_on)}
    return own | dict(case.also_in)


# What is written


def test_there_are_twenty_cases_thirteen_methods_and_a_programme_failures_among_them():
    assert (len(CASES), len(METHODS), len(PROGRAMMES)) == (20, 13, 1)
    assert sum(case.is_failure for case in CASES.values()) == 4
    assert {case.status for case in CASES.values()} == set(CaseStatus)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.standing.id)
def test_every_story_is_marked_as_made_up_and_could_be_published(story):
    assert story.standing.is_made_up
    assert story.standing.state is StoryState.PUBLISHED
    assert story.standing.id.startswith("pahittad" if isinstance(story, CooperationMethod) else "pahittat")
    check_keepable(story)
    check_publishable(story)


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.standing.id)
def test_a_case_names_places_measures_methods_and_programmes_that_there_are(case):
    assert {places()[code].kind for code in (case.municipality_code, *dict(case.also_in))} == {
        PlaceKind.MUNICIPALITY
    }
    assert case.standing.owner_municipality == case.municipality_code
    assert case.aims
    assert {aim.measure_id for aim in case.aims} <= set(curated_measures())
    assert set(case.method_ids) <= set(METHODS)
    assert case.programme_id in {"", *PROGRAMMES}


def test_aims_are_stated_before_the_start():
    for case in CASES.values():
        for aim in case.aims:
            assert case.started_on is None or aim.stated_on < case.started_on


def test_every_method_has_been_used_by_a_case():
    assert {method for case in CASES.values() for method in case.method_ids} == set(METHODS)


def test_a_programme_names_its_cases_and_stated_its_criteria_beforehand():
    for programme in PROGRAMMES.values():
        named = {project.case_id for project in programme.projects if project.case_id}
        assert named == {key for key, case in CASES.items() if case.programme_id == programme.standing.id}
        first_passed = min(gate.passed_on for gate in programme.gates if gate.passed_on)
        assert all(criterion.stated_on <= first_passed for criterion in programme.criteria)


def test_reuses_are_of_cases_that_there_are_and_elsewhere():
    for reuse in read_reuses():
        assert reuse.municipality_code in places()
        assert reuse.municipality_code != CASES[reuse.case_id].municipality_code
        assert reuse.how_it_went


def test_every_known_effect_belongs_to_a_case_and_every_case_to_a_known_truth():
    aims_of_cases = {
        (aim.measure_id, code, year)
        for key, case in CASES.items()
        if key not in WITHOUT_A_TRUTH
        for aim in case.aims
        for code, year in starts(case).items()
    }
    known = {
        (effect.kpi_id, effect.municipality_id, effect.first_year)
        for effect in EFFECTS
        if not effect.spilled_from
    } | {(nothing.kpi_id, nothing.municipality_id, nothing.first_year) for nothing in NOTHING_THERE}
    assert aims_of_cases == known


def test_spillovers_come_from_the_place_of_a_case():
    for spilled in (effect for effect in EFFECTS if effect.spilled_from):
        (source,) = (effect for effect in EFFECTS if effect.municipality_id == spilled.spilled_from)
        assert (source.kpi_id, source.first_year) == (spilled.kpi_id, spilled.first_year)
        assert 0 < spilled.size / source.size < 1


# Pictures


@pytest.mark.parametrize("checksum", FILE.pictures)
def test_a_picture_is_small_and_stored_byte_for_byte(checksum):
    content = FILE.pictures[checksum]
    assert len(content) < 20_000
    assert shown_picture(content, "")[0] == content
    with Image.open(BytesIO(content)) as opened:
        assert opened.size == (800, 450)
        assert len(opened.getcolors()) > 3


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.standing.id)
def test_a_story_describes_its_picture(story):
    (shown,) = story.pictures
    assert shown.checksum in FILE.pictures
    assert shown.alternative.startswith("Teckning")


def test_every_case_and_programme_has_a_picture_of_its_own():
    checksums = [story.pictures[0].checksum for story in (*CASES.values(), *PROGRAMMES.values())]
    assert len(set(checksums)) == len(checksums)


def test_every_picture_and_template_in_the_folder_is_used():
    folder = Path(data_files.__file__).parent / "stories"
    files = {file.read_bytes() for name in ("pictures", "templates") for file in (folder / name).iterdir()}
    assert files == {*FILE.pictures.values(), *FILE.attachments.values()}


# Keeping them


@pytest.fixture
def home(tmp_path):
    return home_at(tmp_path)


def test_they_are_stored_once_published_with_pictures_templates_and_reuses(home):
    assert ensure_demonstration_stories(home.stores)
    assert not ensure_demonstration_stories(home.stores)

    published = stories(home.workspace)
    days = [story.standing.published_at for story in published if isinstance(story, Case)]
    assert days == sorted(set(days), reverse=True)
    assert {story.standing.id for story in published} == {*CASES, *METHODS, *PROGRAMMES}
    for story in published:
        assert story.standing.is_made_up
        assert picture(home.workspace, story.pictures[0].checksum).width == 800
        assert story.pictures[0].alternative
    with_template = {
        story.standing.id: story.template for story in published if getattr(story, "template", None)
    }
    assert {key: template.file_name for key, template in with_template.items()} == TEMPLATES
    assert all(attachment(home.workspace, template.checksum) for template in with_template.values())
    assert len(reuses(home.workspace)) == len(read_reuses())


def test_a_withdrawn_or_changed_story_is_left_as_it_is(home):
    ensure_demonstration_stories(home.stores)
    administrator = ensure_people(home.workspace)[0]
    gone, changed = "pahittat-nattkameran", "pahittat-bokbussen"
    read = draft(home.workspace, administrator, gone)
    change_story_state(home.workspace, administrator, gone, StoryState.WITHDRAWN, read.standing.version)
    read = draft(home.workspace, administrator, changed)
    save_story(home.workspace, administrator, replace(read, title="Bussen"))

    assert not ensure_demonstration_stories(home.stores)
    assert gone not in {story.standing.id for story in stories(home.workspace)}
    assert draft(home.workspace, administrator, changed).title == "Bussen"


def test_nothing_is_stored_where_there_are_real_figures(home, monkeypatch):
    monkeypatch.setattr(Lake, "has_release", lambda _: True)
    assert not ensure_demonstration_stories(home.stores)
    assert stories(home.workspace) == ()


# What the estimator finds


@pytest.fixture(scope="module")
def library(demonstration_home):
    """The made-up values."""
    with open_figures(home_at(demonstration_home)) as figures:
        yield build_library(figures, figures.latest_release())


@pytest.fixture(scope="module")
def effect_by_case(library):
    """The estimated effect on each case's only aim, by the case's id."""
    cases = tuple(CASES.values())
    tried = read_reuses()
    return {
        key: estimate_case_effect
        for key, case in CASES.items()
        for estimate_case_effect in estimate_case_effects(library, case, cases=cases, reuses=tried)
    }


def case_of(kpi_id, code):
    return next(
        key
        for key, case in CASES.items()
        if code in starts(case) and kpi_id in {aim.measure_id for aim in case.aims}
    )


def mean_after(truth, last_year):
    years = range(truth.first_year, last_year + 1)
    return sum(map(truth.in_year, years)) / len(years)


@pytest.mark.parametrize(
    "truth",
    [effect for effect in EFFECTS if not effect.spilled_from],
    ids=lambda truth: f"{truth.kpi_id}-{truth.municipality_id}",
)
def test_an_effect_that_is_there_is_found(effect_by_case, truth):
    last_year = next(profile.last_year for profile in profiles() if profile.kpi_id == truth.kpi_id)
    case_effect = effect_by_case[case_of(truth.kpi_id, truth.municipality_id)]
    assert case_effect.estimate == pytest.approx(
        mean_after(truth, last_year), abs=FOUND_WITHIN * abs(truth.size)
    )
    assert case_effect.estimate * truth.size > 0
    assert case_effect.effect.p_value <= 0.1
    assert case_effect.evidence in {Evidence.SURVIVED_CHECKS, Evidence.REPEATED}


def test_no_case_counts_as_repeated_where_it_was_not(effect_by_case):
    known = {(effect.kpi_id, effect.municipality_id) for effect in EFFECTS}
    for case_effect in effect_by_case.values():
        for name in case_effect.repeated_at:
            assert (
                case_effect.measure.id,
                next(key for key, place in places().items() if place.name == name),
            ) in known


@pytest.mark.parametrize("truth", NOTHING_THERE, ids=lambda truth: f"{truth.kpi_id}-{truth.municipality_id}")
def test_an_effect_that_is_not_there_is_not_found(effect_by_case, truth):
    case_effect = effect_by_case[case_of(truth.kpi_id, truth.municipality_id)]
    assert case_effect.effect.p_value > 0.1
    assert case_effect.evidence is Evidence.COMPARED


def test_a_level_that_rose_everywhere_reaches_its_aim_without_any_effect(effect_by_case):
    case_effect = effect_by_case["pahittat-heltidsresan"]
    assert case_effect.after.mean - case_effect.before.mean > 5
    assert case_effect.outcome is AimOutcome.REACHED
    assert abs(case_effect.estimate) < 2


def test_harmful_effects_are_shown_as_clearly_as_helpful_ones(effect_by_case):
    case_effect = effect_by_case["pahittat-nattkameran"]
    assert case_effect.estimate < -3
    assert case_effect.evidence is Evidence.SURVIVED_CHECKS
    assert case_effect.outcome is AimOutcome.NOT_REACHED


def test_a_fading_effect_is_visible_in_the_first_years_and_gone_in_the_last(effect_by_case):
    gaps = {point.time: point.gap for point in effect_by_case["pahittat-lasveckorna"].effect.gap}
    assert gaps[2018] > 6
    assert abs(gaps[2024]) < 3
    assert effect_by_case["pahittat-lasveckorna"].outcome is AimOutcome.NOT_REACHED


def test_a_trend_that_was_there_before_does_not_pass_for_an_effect(effect_by_case):
    case_effect = effect_by_case["pahittat-ekokocken"]
    failed = {check.name for check in case_effect.effect.checks if check.passed is False}
    assert case_effect.after.mean - case_effect.before.mean > CASES["pahittat-ekokocken"].aims[0].size
    assert case_effect.outcome is AimOutcome.REACHED
    assert "trend_before" in failed
    assert case_effect.evidence is Evidence.COMPARED


def test_the_same_case_in_three_years_is_estimated_by_group_and_repeated_elsewhere(effect_by_case):
    case_effect = effect_by_case["pahittat-franvarocoachen"]
    assert case_effect.effect.design is Design.GROUP_TIME
    assert set(case_effect.effect.treated) == {"0780", "0880", "1080"}
    assert case_effect.evidence is Evidence.REPEATED
    assert set(case_effect.repeated_at) == {"Kalmar", "Karlskrona"}


def test_a_neighbour_that_did_nothing_shares_what_spilled_over(library):
    (spilled,) = (effect for effect in EFFECTS if effect.spilled_from)
    effect = estimate_effect(
        library,
        measure_id=spilled.kpi_id,
        treated={spilled.municipality_id: spilled.first_year},
        left_out={spilled.spilled_from: "gjorde det själv"},
    )
    assert effect.estimate == pytest.approx(spilled.size, abs=FOUND_WITHIN * abs(spilled.size))
    assert effect.p_value <= 0.1


@pytest.mark.parametrize("key", ["pahittat-sprak-pa-jobbet", "pahittat-bokbussen"])
def test_too_few_years_and_a_new_level_are_refused(effect_by_case, key):
    case_effect = effect_by_case[key]
    assert case_effect.effect.refused
    assert case_effect.estimate is None
    assert case_effect.evidence is Evidence.BEFORE_AND_AFTER


def test_new_cases_and_ideas_claim_no_effect(effect_by_case):
    assert effect_by_case["pahittat-uteplatsen"].outcome is AimOutcome.TOO_EARLY
    assert effect_by_case["pahittat-uteplatsen"].evidence is Evidence.COMPARED
    assert effect_by_case["pahittat-skolgarden"].evidence is Evidence.DESCRIBED
    assert CASES["pahittat-skolgarden"].started_on is None
