"""The success bank in the workspace: drafts, reviews, versions, pictures and reuses, and who may do what."""

from dataclasses import replace
from datetime import date

import pytest

from data.workspace import stories
from domain.case import Aim, AimDirection, Case, CaseStatus, Evaluation, Partner, Sector, Step
from domain.errors import (
    UnknownStoryError,
)
from domain.rights import Role
from domain.story import NOT_KNOWN_YET, Standing, StoryState
from tests.data.conftest import TODAY
from tests.data.test_shared_store import postgres_url  # noqa: F401 - a fixture

HANINGE, HUDDINGE, BOTKYRKA = "0136", "0126", "0127"
HOSTILE = "'; DROP TABLE story; -- <script>alert(1)</script> 𝄞"


def written(**told):
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
    return Case(**{"standing": Standing("", owner_municipality=HANINGE), **answers, **described, **told})


@pytest.fixture
def published(workspace, cast):
    """Written by Haninge's controller, reviewed and published by the coordinator."""
    draft = stories.save_story(workspace, cast[Role.CONTROLLER], written())
    reviewed = stories.step(workspace, cast[Role.COORDINATOR], draft.standing.id, StoryState.REVIEWED, 1)
    return stories.step(
        workspace, cast[Role.COORDINATOR], draft.standing.id, StoryState.PUBLISHED, reviewed.standing.version
    )


def test_a_case_is_written_reviewed_by_another_and_published(workspace, cast):
    controller, coordinator = cast[Role.CONTROLLER], cast[Role.COORDINATOR]
    draft = stories.save_story(workspace, controller, written(pitfalls=HOSTILE))
    assert (draft.standing.id, draft.standing.state) == ("laxhjalp-pa-biblioteket", StoryState.DRAFT)
    with pytest.raises(UnknownStoryError):
        stories.story(workspace, draft.standing.id)
    assert stories.stories(workspace) == ()

    reviewed = stories.step(workspace, coordinator, draft.standing.id, StoryState.REVIEWED, 1)
    kept = stories.step(workspace, coordinator, draft.standing.id, StoryState.PUBLISHED, reviewed.standing.version)

    assert stories.cases(workspace) == (kept,) == (stories.story(workspace, draft.standing.id),)
    assert kept.pitfalls == HOSTILE
    assert kept.standing.written_by == controller.name
    assert kept.standing.reviewed_by == coordinator.name
    assert kept.standing.revisit_on > TODAY


def test_a_draft_beside_what_is_published_leaves_that_readable(workspace, cast, published):
    controller = cast[Role.CONTROLLER]
    changed = stories.save_story(workspace, controller, replace(published, results="Nya siffror"))

    assert changed.standing.state is StoryState.DRAFT
    assert stories.story(workspace, published.standing.id) == published
    assert stories.draft(workspace, controller, published.standing.id) == changed
    assert stories.drafts(workspace, controller) == (changed,)
    assert stories.drafts(workspace, cast[Role.LEADERSHIP]) == ()
    states = [one.state for one in stories.versions(workspace, published.standing.id, actor=controller)]
    assert states == [StoryState.DRAFT, StoryState.PUBLISHED, StoryState.REVIEWED, StoryState.DRAFT]
    assert len(stories.versions(workspace, published.standing.id)) == 1
