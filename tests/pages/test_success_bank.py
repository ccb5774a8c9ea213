"""Framgångsbanken: cases to find, with how well each effect is known apart from how large it is."""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from answers.library import Library
from app_pages.parts import bank, computed_effects
from app_pages.parts.bank import Bank, build_bank
from data.workspace.story_import import import_stories
from data.workspace.workspace import Workspace
from domain.case import Aim, AimDirection, Case, CaseStatus, Evaluation, Reuse, ReuseState, StudyVisit
from domain.case_effect import AimOutcome, CaseEffect
from domain.effect import Check, Design, Effect, Evidence, GapPoint, Placebo
from domain.rights import Person
from domain.series import Series
from domain.story import Standing, StoryState, Tag, TagKind

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]
KEEP_FIELDS = ("plan", "pitfalls", "otherwise", "results", "people", "what_was_done", "cost", "staff")


def case_of(case_id: str, title: str, code: str = "0136", **changed: object) -> Case:
    facts: dict[str, Any] = {
        "standing": Standing(case_id, StoryState.PUBLISHED, owner_municipality=code, is_made_up=True),
        "title": title,
        "question": f"Vad gör man åt det? ({case_id})",
        "municipality_code": code,
        "status": CaseStatus.RUNNING,
        "started_on": date(2019, 3, 1),
        **dict.fromkeys(KEEP_FIELDS, "Som det står."),
        "evaluation": Evaluation("Vi", "Före och efter", "Bra"),
        "aims": (Aim("N17461", AimDirection.INCREASE, date(2018, 11, 1), 3.0, 2023),),
        "study_visit": StudyVisit(),
        "not_known": ("steps", "partners"),
    }
    return Case(**(facts | changed))


MENTORS = case_of(
    "mentorer",
    "Mentorer i sjuan",
    cost_sek=90_000,
    tags=(Tag(TagKind.SUBJECT, "skola"),),
    study_visit=StudyVisit(True, "En lektion", "Rektorn"),
)
MUSIC = case_of(
    "musik",
    "Musik på äldreboendet",
    "2480",
    is_failure=True,
    status=CaseStatus.STOPPED,
    ended_on=date(2021, 1, 1),
    tags=(Tag(TagKind.SUBJECT, "äldreomsorg"),),
)
BUS = case_of("buss", "Bussen till biblioteket", "1480", aims=(), not_known=("steps", "partners", "aims"))


@pytest.fixture
def cases(workspace: Workspace, administrator: Person) -> tuple[Case, ...]:
    return import_stories(workspace, administrator, [MENTORS, MUSIC, BUS])  # type: ignore[return-value]


class AtOnce(Executor):
    """Does what it is given before it returns, in place of the background."""

    def __init__(self, **_: object) -> None: ...

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(work(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@pytest.fixture(autouse=True)
def effects(fresh_caches: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[float, Evidence, float]]:
    """The estimate, evidence and p of each case id, computed at once."""
    known_effects = {
        "mentorer": (4.1, Evidence.SURVIVED_CHECKS, 0.01),
        "musik": (-0.2, Evidence.COMPARED, 0.6),
    }

    def estimate_effects(
        library: Library, case: Case, *, cases: Sequence[Case], reuses: Sequence[Reuse]
    ) -> tuple[CaseEffect, ...]:
        estimate, level, p = known_effects[case.standing.id] if case.aims else (0.0, Evidence.DESCRIBED, 1.0)
        effect = Effect(
            Design.DIFFERENCE_IN_DIFFERENCES,
            {case.municipality_code: 2019},
            estimate=estimate,
            p_value=p,
            checks=(Check("permutation", p < 0.1, ""),),
        )
        return tuple(
            CaseEffect(
                measure=library.catalogue.measure(aim.measure_id),
                aim=aim,
                municipality_code=case.municipality_code,
                place="",
                first_year=2019,
                series=Series(case.municipality_code, "", ()),
                release=library.release,
                evidence=level,
                evidence_why="",
                would_change="",
                outcome=AimOutcome.REACHED,
                outcome_why="",
                is_stated_beforehand=True,
                effect=effect,
            )
            for aim in case.aims
        )

    monkeypatch.setattr(computed_effects, "estimate_case_effects", estimate_effects)
    monkeypatch.setattr(computed_effects, "ThreadPoolExecutor", AtOnce)
    return known_effects


def titles(html: str) -> list[str]:
    """The cards' titles in order."""
    return re.findall(r"<h2><a data-page href=\"exempel[^>]*>([^<]*)</a></h2>", html)


def card(html: str, title: str) -> str:
    return next(part for part in html.split('<li class="card">') if title in part)


def test_an_empty_bank_says_what_it_is_for(open_page_as: OpenPage, page_html: PageHtml):
    page = open_page_as("visitor", "success_bank")
    assert not page.exception
    assert "Här finns inga exempel ännu" in page_html(page)
    assert "Skriv det första exemplet" not in page_html(page)
    assert "Skriv det första exemplet" in page_html(open_page_as("member-huddinge", "success_bank"))


def test_a_card_shows_size_and_certainty_separately(
    open_page_as: OpenPage, page_html: PageHtml, cases: tuple[Case, ...]
):
    page = open_page_as("visitor", "success_bank", kommun="0127")
    assert not page.exception
    html = page_html(page)
    mentors = card(html, MENTORS.title)
    assert "steg 4 av 5, har klarat prövningarna" in mentors
    assert "+4,1\u00a0procentenheter mot jämförelsen" in mentors
    assert "åt det håll man ville" in mentors
    music = card(html, MUSIC.title)
    assert "steg 3 av 5" in music
    assert "Skillnaden är inte säkert större än slumpen" in music
    assert "Gav inte det man hoppades" in music
    bus = card(html, BUS.title)
    assert "steg 1 av 5, beskrivet" in bus
    assert "procentenheter" not in bus


def test_a_picture_has_words_and_a_drawing_in_its_place_has_none(
    open_page_as: OpenPage, page_html: PageHtml, cases: tuple[Case, ...]
):
    assert '<img class="drawn" alt=""' in card(page_html(open_page_as("visitor", "success_bank")), BUS.title)


@pytest.mark.parametrize(
    ("words", "first"),
    [("mentor", MENTORS), ("aldreboende", MUSIC), ("biblotek", BUS), ("boendemusik", MUSIC)],
)
def test_a_case_is_found_as_people_write(
    open_page_as: OpenPage, page_html: PageHtml, cases: tuple[Case, ...], words: str, first: Case
):
    assert titles(page_html(open_page_as("visitor", "success_bank", sok=words)))[0] == first.title


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ({"omrade": "skola"}, {MENTORS.title}),
        ({"paverkar": "N17461"}, {MENTORS.title, MUSIC.title}),
        ({"evidens": "survived_checks"}, {MENTORS.title}),
        ({"kostnad": "below_100000"}, {MENTORS.title}),
        ({"lage": "stopped"}, {MUSIC.title}),
        ({"utfall": "gav-inte"}, {MUSIC.title}),
        ({"utfall": "gav"}, {MENTORS.title, BUS.title}),
        ({"studiebesok": "ja"}, {MENTORS.title}),
        ({"plats": "lan:24"}, {MUSIC.title}),
        ({"plats": "inv:200000"}, {BUS.title}),
    ],
)
def test_each_filter_leaves_what_it_asks_for(
    open_page_as: OpenPage,
    page_html: PageHtml,
    cases: tuple[Case, ...],
    address: dict[str, str],
    expected: set[str],
):
    page = open_page_as("visitor", "success_bank", **address)
    assert not page.exception
    assert set(titles(page_html(page))) == expected


def test_an_unknown_filter_is_reported_and_ignored(
    open_page_as: OpenPage, page_html: PageHtml, cases: tuple[Case, ...]
):
    page = open_page_as("visitor", "success_bank", evidens="säkert")
    assert "Något i adressen gick inte att läsa" in page_html(page)
    assert len(titles(page_html(page))) == 3


def test_places_like_mine_come_first(open_page_as: OpenPage, page_html: PageHtml, cases: tuple[Case, ...]):
    assert titles(page_html(open_page_as("visitor", "success_bank", kommun="0136")))[0] == MENTORS.title
    assert titles(page_html(open_page_as("visitor", "success_bank", kommun="1480")))[0] == BUS.title


def test_the_surest_cases_come_first_on_request(
    open_page_as: OpenPage, page_html: PageHtml, cases: tuple[Case, ...]
):
    page = open_page_as("visitor", "success_bank", kommun="1480", ordning="sakrast")
    assert titles(page_html(page)) == [MENTORS.title, MUSIC.title, BUS.title]


def test_nothing_found_says_why_and_leads_back(
    open_page_as: OpenPage, page_html: PageHtml, cases: tuple[Case, ...]
):
    html = page_html(open_page_as("visitor", "success_bank", sok="rymdfärja", omrade="skola"))
    assert "Inget exempel passar" in html
    assert "Valen ovanför är kanske för snäva tillsammans." in html
    assert "Visa alla exempel" in html


def test_a_long_list_comes_a_page_at_a_time(
    open_page_as: OpenPage, page_html: PageHtml, workspace: Workspace, administrator: Person
):
    many = [
        replace(BUS, standing=replace(BUS.standing, id=f"buss-{number}"), title=f"Buss {number}")
        for number in range(14)
    ]
    import_stories(workspace, administrator, many)
    first = titles(page_html(open_page_as("visitor", "success_bank")))
    last = titles(page_html(open_page_as("visitor", "success_bank", sida="2")))
    beyond = titles(page_html(open_page_as("visitor", "success_bank", sida="99")))
    assert (len(first), len(last)) == (12, 2)
    assert set(first) | set(last) == {case.title for case in many}
    assert beyond == last


def test_a_case_that_cannot_be_reckoned_is_shown_all_the_same(
    open_page_as: OpenPage,
    page_html: PageHtml,
    cases: tuple[Case, ...],
    effects: dict[str, tuple[float, Evidence, float]],
):
    del effects["musik"]
    page = open_page_as("visitor", "success_bank")
    assert not page.exception
    assert "steg 1 av 5, beskrivet" in card(page_html(page), MUSIC.title)


def test_the_chosen_measure_is_passed_on_to_the_case(
    open_page_as: OpenPage, page_html: PageHtml, cases: tuple[Case, ...]
):
    html = page_html(open_page_as("visitor", "success_bank", paverkar="N17461"))
    assert "fran=N17461" in html
    assert "fran=" not in page_html(open_page_as("visitor", "success_bank"))


# What is kept of effects, and what is shown of made-up stories


def figures(is_made_up: bool = True) -> Any:
    """As much of a library as keys ask for."""
    return SimpleNamespace(
        key=("figures", 1, 1, "", "", "sv"),
        release_key=("run", 1),
        figures=SimpleNamespace(location="lake"),
        release=SimpleNamespace(is_made_up=is_made_up),
        catalogue=SimpleNamespace(find_own=lambda _: None),
    )


def whole_effect(case: Case) -> Any:
    placebo = Placebo("0180", 0.1, 0.2, 0.5, (0.1, 0.2))
    effect = Effect(
        Design.SYNTHETIC_CONTROL,
        {case.municipality_code: 2019},
        estimate=2.0,
        gap=(GapPoint(2019, 3.0, 1.0, True),),
        placebos=(placebo,),
    )
    return CaseEffect(*[None] * 13, effect=effect)  # type: ignore[arg-type]


def test_a_list_keeps_the_estimate_and_the_page_of_a_case_keeps_all(monkeypatch: pytest.MonkeyPatch):
    calls: list[str] = []

    def estimate_effects(library: Library, case: Case, **_: object) -> tuple[CaseEffect, ...]:
        calls.append(case.standing.id)
        return (whole_effect(case),)

    monkeypatch.setattr(computed_effects, "estimate_case_effects", estimate_effects)
    open_bank = Bank((MENTORS,), (), None)  # type: ignore[arg-type]
    (short,) = computed_effects.load_ready_effects(figures(), open_bank, [MENTORS])["mentorer"]
    (whole,) = computed_effects.load_effects(figures(), open_bank, MENTORS)
    assert (short.estimate, whole.estimate) == (2.0, 2.0)
    assert short.effect is not None
    assert short.effect.placebos == ()
    assert whole.effect is not None
    assert len(whole.effect.placebos) == 1
    assert calls == ["mentorer"]


def test_evidence_is_computed_again_when_somebody_else_tries_the_case(monkeypatch: pytest.MonkeyPatch):
    calls: list[int] = []

    def estimate_effects(
        library: Library, case: Case, *, reuses: Sequence[Reuse], **_: object
    ) -> tuple[CaseEffect, ...]:
        calls.append(len(reuses))
        return ()

    monkeypatch.setattr(computed_effects, "estimate_case_effects", estimate_effects)
    reuse = Reuse("mentorer", "0126", ReuseState.TRYING, date(2022, 1, 1))
    for tried in ((), (), (reuse,)):
        computed_effects.load_effects(figures(), Bank((MENTORS,), tried, None), MENTORS)  # type: ignore[arg-type]
    assert calls == [0, 1]


def test_made_up_stories_are_out_of_sight_among_real_figures(
    workspace: Workspace, cases: tuple[Case, ...], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(bank, "StoryIndex", lambda *_: None)
    assert set(build_bank(workspace, figures(is_made_up=True)).cases) == {
        "mentorer",
        "musik",
        "buss",
    }
    assert build_bank(workspace, figures(is_made_up=False)).stories == ()
