"""From a measure to whom one can learn from: each step with its reason, and never surer than the figures are."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from answers.learning.peers import peers_to_learn_from
from answers.learning.recommendations import MOST_CASES, learn_from
from answers.library import Library
from answers.network_snapshot import NetworkSnapshot
from data.reference import places
from domain.case import Aim, AimDirection, Case, Reuse, ReuseState, StudyVisit
from domain.case_effect import AimOutcome, CaseEffect
from domain.comparability import Comparability
from domain.comparison import Comparison, Interval, Member, Trend, Verdict
from domain.cooperation_method import CooperationMethod, MethodKind
from domain.effect import Evidence
from domain.errors.choices import UnknownMeasureError, UnknownPlaceError
from domain.group import Group, GroupKind, GroupReference
from domain.learning import Closeness, PeerToLearnFrom, Position
from domain.measure import Direction, Measure, MeasureKind
from domain.message import Message
from domain.network import Membership, Network
from domain.network_measure import (
    LifeEvent,
    MeasureDefinition,
    MeasureSource,
    MeasureState,
    NetworkMeasure,
)
from domain.place import Place, PlaceKind
from domain.release import Release
from domain.series import Point, Series
from domain.story import Standing, StoryState, Tag, TagKind
from domain.value import Gender, Status
from language.peer_sentences import position_sentences
from metrics.peers import position_among_peers
from tests.answers.story_corpus import a_case
from tests.messages import swedish

BOTKYRKA, HUDDINGE, HANINGE, NYKVARN = "0127", "0126", "0136", "0140"
TODAY = date(2020, 1, 1)
RELEASE = Release(1, datetime(2026, 1, 1, tzinfo=UTC), "run-1", "")
MEASURE = Measure("N17461", "Examen", "Examen", "%", 1, Direction.HIGHER)


def member(code: str, value: float | None, **more: object) -> Member:
    status = Status.OK if value is not None else Status.MISSING
    return Member(code, places()[code].name, value, **({"status": status} | more))


def comparison_of(*members: Member, measure: Measure = MEASURE, year: int = 2023) -> Comparison:
    group = Group(GroupReference(GroupKind.SIMILAR, BOTKYRKA), "", tuple(member.code for member in members))
    return Comparison(measure, year, Gender.TOTAL, group, RELEASE, "", members, focus=BOTKYRKA)


def assess_position(
    comparison: Comparison, focus: Place
) -> tuple[Position, tuple[Message, ...], float | None]:
    position = position_among_peers(comparison, focus.code)
    return position.position, position_sentences(position, comparison, focus), position.mean


def peers(
    comparison: Comparison, earlier: dict[str, dict[int, float | None]] | None = None
) -> dict[str, PeerToLearnFrom]:
    """By code. earlier: code → year → value, besides the compared year."""

    def series(_row: int, code: str, name: str, breaks: tuple[int, ...]) -> Series:
        known = {**(earlier or {}).get(code, {}), comparison.year: comparison.member(code).value}
        points = (
            Point(year, value, Status.OK if value is not None else Status.MISSING)
            for year, value in sorted(known.items())
        )
        return Series(code, name, tuple(points), breaks)

    library = SimpleNamespace(
        places=SimpleNamespace(by_code=places()),
        values=SimpleNamespace(cells=lambda _measures, _gender: SimpleNamespace(series=series)),
    )
    return {peer.place.code: peer for peer in peers_to_learn_from(library, comparison, places()[BOTKYRKA])}


def reasons(peer: object) -> str:
    return " ".join(swedish(peer.why))


# ---- where I stand ---------------------------------------------------------------------------------------------------


def test_worse_is_reported_with_its_certainty():
    mine = member(BOTKYRKA, 66.0, verdict=Verdict.WORSE)
    position, why, mean = assess_position(
        comparison_of(mine, member(HANINGE, 69.0), member(HUDDINGE, 74.0)), places()[BOTKYRKA]
    )
    assert position is Position.WORSE
    assert mean == (69.0 + 74.0) / 2
    assert swedish(why[0]) == (
        "Botkyrka har 66,0\u00a0% (2023). De 2 som mest liknar Botkyrka och har ett värde har i genomsnitt 71,5\u00a0%: "
        "Botkyrka ligger sämre till."
    )
    assert swedish(why[1]) == "Skillnaden är säkerställd."


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        (Verdict.SIMILAR, "Skillnaden kan bero på slumpen."),
        (
            Verdict.NONE,
            "Hur säker skillnaden är går inte att räkna ut: underlaget bakom värdena är inte känt.",
        ),
    ],
)
def test_an_uncertain_difference_is_not_called_certain(verdict: Verdict, sentence: str):
    mine = member(BOTKYRKA, 66.0, verdict=verdict)
    _, why, _ = assess_position(comparison_of(mine, member(HANINGE, 69.0)), places()[BOTKYRKA])
    assert swedish(why[1]) == sentence


@pytest.mark.parametrize(
    ("direction", "mine", "expected"),
    [
        (Direction.HIGHER, 70.0, Position.BETTER),
        (Direction.LOWER, 70.0, Position.WORSE),
        (Direction.LOWER, 68.0, Position.BETTER),
        (Direction.HIGHER, 69.04, Position.LEVEL),  # equal as it is shown, with one decimal
        (Direction.NEUTRAL, 10.0, Position.CANNOT_BE_SAID),
    ],
)
def test_the_measure_says_which_way_is_better(direction: Direction, mine: float, expected: Position):
    measure = replace(MEASURE, direction=direction)
    position, _, _ = assess_position(
        comparison_of(member(BOTKYRKA, mine), member(HANINGE, 69.0), measure=measure), places()[BOTKYRKA]
    )
    assert position is expected


def test_every_reason_for_a_missing_value_has_its_own_sentence():
    sentences = set()
    for status in (Status.MISSING, Status.SUPPRESSED, Status.NOT_APPLICABLE, Status.NOT_REPORTED):
        mine = member(BOTKYRKA, None, status=status)
        position, (why,), _ = assess_position(comparison_of(mine, member(HANINGE, 69.0)), places()[BOTKYRKA])
        assert position is Position.CANNOT_BE_SAID
        sentences.add(why)
    assert len(sentences) == 4


def test_a_zero_is_a_value():
    position, why, _ = assess_position(
        comparison_of(member(BOTKYRKA, 0.0), member(HANINGE, 69.0)), places()[BOTKYRKA]
    )
    assert position is Position.WORSE
    assert "Botkyrka har 0,0" in swedish(why[0])


def test_a_place_that_is_not_comparable_is_neither_compared_nor_learnt_from():
    apart = {"comparability": Comparability.NOT_COMPARABLE}
    others = (member(HANINGE, 69.0), member(HUDDINGE, 99.0, **apart))
    _, _, mean = assess_position(comparison_of(member(BOTKYRKA, 66.0), *others), places()[BOTKYRKA])
    assert mean == 69.0
    assert set(peers(comparison_of(member(BOTKYRKA, 66.0), *others))) == {HANINGE}
    mine = member(BOTKYRKA, 66.0, **apart)
    assert assess_position(comparison_of(mine, *others), places()[BOTKYRKA])[0] is Position.CANNOT_BE_SAID
    assert peers(comparison_of(mine, *others)) == {}


def test_without_others_nothing_can_be_said():
    position, (why,), mean = assess_position(
        comparison_of(member(BOTKYRKA, 66.0), member(HANINGE, None)), places()[BOTKYRKA]
    )
    assert (position, mean) == (Position.CANNOT_BE_SAID, None)
    assert swedish(why) == "Ingen av dem som mest liknar Botkyrka har ett värde att jämföra med (2023)."


# ---- who is like me and better ---------------------------------------------------------------------------------------


def test_better_places_are_listed_with_their_likeness_and_certainty():
    mine = member(BOTKYRKA, 66.0, interval=Interval(64.0, 68.0))
    by_code = peers(
        comparison_of(
            mine,
            member(HANINGE, 67.0, interval=Interval(65.0, 69.0)),
            member(HUDDINGE, 74.0, interval=Interval(72.0, 76.0)),
            member(NYKVARN, 60.0, interval=Interval(55.0, 65.0)),
        )
    )
    assert list(by_code) == [HUDDINGE, HANINGE]  # the surest first; Nykvarn is not better
    assert by_code[HUDDINGE].is_certain is True
    assert by_code[HANINGE].is_certain is False
    assert "säkerhetsintervallen ligger isär" in reasons(by_code[HUDDINGE])
    assert "säkerhetsintervallen går omlott" in reasons(by_code[HANINGE])
    assert "Liknar Botkyrka: " in reasons(by_code[HUDDINGE])
    assert "Har 74,0\u00a0% mot 66,0\u00a0% för Botkyrka (2023)." in reasons(by_code[HUDDINGE])


def test_without_intervals_it_is_not_known_how_sure_it_is():
    by_code = peers(comparison_of(member(BOTKYRKA, 66.0), member(HANINGE, 67.0)))
    assert by_code[HANINGE].is_certain is None


def test_low_is_better_where_the_measure_says_so():
    measure = replace(MEASURE, direction=Direction.LOWER)
    by_code = peers(
        comparison_of(member(BOTKYRKA, 66.0), member(HANINGE, 60.0), member(HUDDINGE, 70.0), measure=measure)
    )
    assert set(by_code) == {HANINGE}


def test_nobody_is_better_in_a_neutral_measure():
    measure = replace(MEASURE, direction=Direction.NEUTRAL)
    earlier = {HANINGE: {2018: 1.0, 2019: 1.0, 2020: 1.0, 2021: 1.0, 2022: 1.0}}
    assert peers(comparison_of(member(BOTKYRKA, 66.0), member(HANINGE, 99.0), measure=measure), earlier) == {}


def rising(first: float, by: float, years: range = range(2018, 2023)) -> dict[int, float | None]:
    return {year: first + by * place for place, year in enumerate(years)}


def test_a_place_that_has_improved_more_is_listed_though_not_yet_better():
    # Haninge 50 → 60 (+10 in five years), Botkyrka 65 → 66 (+1).
    earlier = {HANINGE: rising(50.0, 2.0), BOTKYRKA: rising(65.0, 0.2)}
    peer = peers(comparison_of(member(BOTKYRKA, 66.0), member(HANINGE, 60.0)), earlier)[HANINGE]
    assert (peer.is_better, peer.has_improved_most, peer.is_certain) == (False, True, None)
    assert (peer.change, peer.changed_from) == (60.0 - 50.0, 2018)
    assert "Är ännu inte bättre" in reasons(peer)
    assert "Har förbättrats från 50,0\u00a0% (2018) till 60,0\u00a0% (2023)." in reasons(peer)
    assert "Botkyrka har under samma år gått från 65,0\u00a0% till 66,0\u00a0%." in reasons(peer)
    assert "det kan vara tillfälligt" in reasons(peer)


def test_an_established_trend_is_called_one():
    earlier = {HANINGE: rising(50.0, 2.0)}
    rose = member(HANINGE, 60.0, trend=Trend.INCREASING)
    assert "Trenden är säkerställd." in reasons(
        peers(comparison_of(member(BOTKYRKA, 66.0), rose), earlier)[HANINGE]
    )


def test_a_place_that_has_improved_less_than_the_focus_is_not_suggested():
    earlier = {HANINGE: rising(55.0, 1.0), BOTKYRKA: rising(50.0, 3.0)}
    assert peers(comparison_of(member(BOTKYRKA, 66.0), member(HANINGE, 60.0)), earlier) == {}


def test_a_change_over_two_years_is_too_short_to_count():
    earlier = {HANINGE: {2021: 10.0, 2022: 20.0}}
    assert peers(comparison_of(member(BOTKYRKA, 66.0), member(HANINGE, 60.0)), earlier) == {}


def test_a_change_is_never_counted_over_a_hole_or_a_break():
    earlier = {HANINGE: rising(10.0, 1.0) | {2021: None}}
    comparison = comparison_of(member(BOTKYRKA, 66.0), member(HANINGE, 60.0))
    assert peers(comparison, earlier) == {}
    whole = {HANINGE: rising(10.0, 1.0)}
    assert set(peers(comparison, whole)) == {HANINGE}
    assert peers(replace(comparison, break_years=(2021,)), whole) == {}


def test_years_more_than_five_back_do_not_count():
    earlier = {HANINGE: rising(1.0, 0.0, range(2010, 2018)) | rising(58.0, 0.0)}
    peer = peers(comparison_of(member(BOTKYRKA, 66.0), member(HANINGE, 60.0)), earlier)[HANINGE]
    assert (peer.change, peer.changed_from) == (60.0 - 58.0, 2018)


# ---- the whole road --------------------------------------------------------------------------------------------------
# In the small store the source lists Haninge (69.0) and Huddinge (74.0) as like Botkyrka (66.0).


def aim(measure_id: str = "N17461") -> Aim:
    return Aim(measure_id, AimDirection.INCREASE, TODAY)


def an_effect(library: Library, case: Case, evidence: Evidence, measure_id: str = "N17461") -> CaseEffect:
    measure = library.catalogue.measure(measure_id)
    return CaseEffect(
        measure=measure,
        aim=case.aims[0],
        municipality_code=case.municipality_code,
        place="",
        first_year=2020,
        series=Series(case.municipality_code, "", ()),
        release=library.release,
        evidence=evidence,
        evidence_why="",
        would_change="",
        outcome=AimOutcome.CANNOT_BE_SAID,
        outcome_why="",
        is_stated_beforehand=True,
    )


def ids(matches: tuple[object, ...]) -> list[str]:
    return [match.case.standing.id for match in matches]


def test_the_page_starts_with_my_position_among_similar_places(library: Library):
    answer = learn_from(library, (), measure_id="N17461", focus="Botkyrka")
    assert set(answer.comparison.group.codes) == {BOTKYRKA, HUDDINGE, HANINGE}
    assert answer.position is Position.WORSE
    assert [peer.place.name for peer in answer.peers] == ["Huddinge", "Haninge"]
    assert (answer.cases, answer.methods, answer.visits, answer.read_by_others) == ((), (), (), ())
    assert swedish(answer.method[0]) == "De som liknar Botkyrka är de som står på källans egen lista (2024)."


def test_cases_of_similar_places_that_are_better_come_first_then_by_how_well_they_are_known(library: Library):
    cases = [
        a_case("langt-bort", "2584", aims=(aim(),)),
        a_case("langt-bort-prövat", "2580", aims=(aim(),)),
        a_case("lik", HUDDINGE, aims=(aim(),)),
        a_case("annat-matt", HANINGE, aims=(aim("U07417"),)),
    ]
    effects = {cases[1].standing.id: (an_effect(library, cases[1], Evidence.SURVIVED_CHECKS),)}
    answer = learn_from(library, cases, measure_id="N17461", focus=BOTKYRKA, effects=effects)
    assert ids(answer.cases) == ["lik", "langt-bort-prövat", "langt-bort", "annat-matt"]
    assert swedish(answer.cases[0].why) == (
        "Skulle påverka just det här måttet.",
        "Huddinge liknar Botkyrka och ligger bättre till.",
    )
    assert "hör inte till dem som mest liknar Botkyrka" in reasons(answer.cases[1])
    assert answer.cases[1].effect is not None


def test_a_case_of_my_own_is_nothing_to_learn_from_others(library: Library):
    own = a_case("eget", BOTKYRKA, aims=(aim(),))
    assert learn_from(library, [own], measure_id="N17461", focus=BOTKYRKA).cases == ()


def test_a_case_on_the_same_subject_comes_after_those_on_the_measure_and_says_so(library: Library):
    area = library.catalogue.measure("N17461").set_ids
    assert "gymnasieskola" in area
    cases = [
        a_case("omrade", HUDDINGE, tags=(Tag(TagKind.SUBJECT, "gymnasieskola"),)),
        a_case("matt", "2584", aims=(aim(),)),
        a_case("annat", HUDDINGE, tags=(Tag(TagKind.SUBJECT, "räddningstjänst"),)),
    ]
    answer = learn_from(library, cases, measure_id="N17461", focus=BOTKYRKA)
    assert ids(answer.cases) == ["matt", "omrade"]
    assert answer.cases[1].closeness is Closeness.SAME_SUBJECT
    assert "men inte om just det här måttet" in reasons(answer.cases[1])


def test_a_networks_measure_leads_to_cases_on_the_kpi_that_it_is_made_of_and_back(library: Library):
    definition = MeasureDefinition(
        version=1,
        first_year=2019,
        source=MeasureSource.FORMULA,
        expression="N17461 + 0",
        name="Vår examen",
        resident_sentence="",
        unit="%",
        decimals=1,
        direction=Direction.HIGHER,
        kind=MeasureKind.QUALITY,
    )
    now = datetime(2026, 1, 1, tzinfo=UTC)
    life = tuple(LifeEvent(state, now, "") for state in (MeasureState.DECIDED, MeasureState.IN_USE))
    network = Network("sodertorn", "Södertörn", PlaceKind.MUNICIPALITY, (Membership(BOTKYRKA, TODAY),))
    measure = NetworkMeasure("var-examen", "sodertorn", "sodertorn", (definition,), life)
    with_network = library.with_snapshot(NetworkSnapshot((network,), (measure,), day=now.date(), state=1))
    for requested, aimed in (("var-examen", "N17461"), ("N17461", "var-examen")):
        cases = [a_case("nara", HUDDINGE, aims=(aim(aimed),))]
        (match,) = learn_from(with_network, cases, measure_id=requested, focus=BOTKYRKA).cases
        assert match.closeness is Closeness.SAME_INPUT
        assert "som bygger på samma nyckeltal" in reasons(match)


def test_a_failed_case_is_listed_and_shown_as_such(library: Library):
    cases = [a_case("a-bra", "2584", aims=(aim(),)), a_case("fel", HUDDINGE, aims=(aim(),), is_failure=True)]
    answer = learn_from(library, cases, measure_id="N17461", focus=BOTKYRKA)
    assert ids(answer.cases) == ["fel", "a-bra"]
    assert "Det gav inte det man hoppades." in reasons(answer.cases[0])


def test_a_case_that_a_similar_place_has_tried_too_says_so(library: Library):
    case = a_case("provat", "2584", aims=(aim(),))
    started = replace(case, also_in=((HANINGE, 2021),))
    (match,) = learn_from(library, [started], measure_id="N17461", focus=BOTKYRKA).cases
    assert "Har också prövats i Haninge, som liknar Botkyrka." in swedish(match.why)
    tries = Reuse("provat", HUDDINGE, ReuseState.TRYING)
    (match,) = learn_from(library, [case], measure_id="N17461", focus=BOTKYRKA, reuses=[tries]).cases
    assert "Har också prövats i Huddinge, som liknar Botkyrka." in swedish(match.why)
    wants = replace(tries, state=ReuseState.INTERESTED)
    (match,) = learn_from(library, [case], measure_id="N17461", focus=BOTKYRKA, reuses=[wants]).cases
    assert "Huddinge" not in reasons(match)


def test_made_up_stories_are_out_of_sight_where_the_figures_are_real(library: Library):
    real = a_case("riktigt", HUDDINGE, aims=(aim(),))
    made_up = a_case("pahittat", HUDDINGE, aims=(aim(),))
    made_up = replace(made_up, standing=replace(made_up.standing, is_made_up=True))
    assert not library.release.is_made_up
    assert ids(learn_from(library, [made_up, real], measure_id="N17461", focus=BOTKYRKA).cases) == ["riktigt"]


def test_methods_and_visits_come_from_the_cases_with_the_reason(library: Library):
    method = CooperationMethod(Standing("duk", StoryState.PUBLISHED), "Duken", MethodKind.RESIDENTS, "Samtal")
    unused = CooperationMethod(Standing("oanvand", StoryState.PUBLISHED), "Ingen", MethodKind.TOOL, "Inget")
    visit = StudyVisit(is_offered=True, what_one_sees="Skolan", how_to_ask="Rektorsexpeditionen")
    cases = [
        a_case(
            "ett", HUDDINGE, title="Ett", aims=(aim(),), method_ids=("duk", "finns-inte"), study_visit=visit
        ),
        a_case("två", "2584", title="Två", aims=(aim(),), method_ids=("duk",)),
    ]
    answer = learn_from(library, [*cases, method, unused], measure_id="N17461", focus=BOTKYRKA)
    (match,) = answer.methods
    assert match.method.name == "Duken"
    assert swedish(match.why) == ("Användes i ”Ett” (Huddinge) och ”Två” (Kiruna).",)
    (visited,) = answer.visits
    assert swedish(visited.why[0]) == "Huddinge tar emot studiebesök om ”Ett”."


def test_reading_is_counted_and_only_published_cases_are_shown(library: Library):
    cases = [a_case("ett", HUDDINGE, aims=(aim(),)), a_case("två", HANINGE)]
    read = {"ett": 1, "två": 12, "borta": 40}
    answer = learn_from(library, cases, measure_id="N17461", focus=BOTKYRKA, read_by_others=read)
    assert [(case.standing.id, times) for case, times in answer.read_by_others] == [("två", 12), ("ett", 1)]
    assert "En gång har någon gått hit från måttet." in swedish(answer.cases[0].why)


def test_a_case_of_a_place_that_does_not_exist_is_passed_over(library: Library):
    lost = replace(a_case("borta", aims=(aim(),)), municipality_code="9999")
    assert learn_from(library, [lost], measure_id="N17461", focus=BOTKYRKA).cases == ()


def test_no_more_is_shown_than_can_be_read(library: Library):
    many = [a_case(f"n{n:03}", "2584", aims=(aim(),)) for n in range(50)]
    assert len(learn_from(library, many, measure_id="N17461", focus=BOTKYRKA).cases) == MOST_CASES


def test_the_effect_that_is_shown_is_that_of_the_measure_where_there_is_one(library: Library):
    case = a_case("två-mål", HUDDINGE, aims=(aim("U07417"), aim()))
    effects = (
        an_effect(library, case, Evidence.REPEATED, "U07417"),
        an_effect(library, case, Evidence.DESCRIBED),
    )
    (match,) = learn_from(
        library, [case], measure_id="N17461", focus=BOTKYRKA, effects={"två-mål": effects}
    ).cases
    assert match.effect is not None
    assert match.effect.measure.id == "N17461"


def test_unknown_measures_and_places_raise_errors(library: Library):
    with pytest.raises(UnknownMeasureError):
        learn_from(library, (), measure_id="X1", focus=BOTKYRKA)
    with pytest.raises(UnknownPlaceError):
        learn_from(library, (), measure_id="N17461", focus="Ingenstans")
