"""A measure's whole life in the workspace: proposed, discussed, decided, used, redefined, taken over, retired."""

from collections import Counter
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workspace.audit import audit_log
from data.workspace.comparability import state, statements
from data.workspace.discussion import comment, comments, vote, votes
from data.workspace.measures import (
    amend,
    change_measure_state,
    measure,
    network_measures,
    place_in_section,
    propose,
    redefine,
    take_over,
)
from data.workspace.networks import create_network, network
from data.workspace.targets import remove_target, set_target, targets
from data.workspace.use_counts import count_use, unused_measures, uses
from domain.audit import Outcome
from domain.comparability import Comparability, ComparabilityStatement
from domain.errors.choices import UnknownMeasureError
from domain.errors.fields import FieldError
from domain.errors.measures import (
    AlreadyInNetworkError,
    MeasureDefinitionError,
    MeasureLifeError,
    OwnedElsewhereError,
)
from domain.errors.networks import NameTakenError, NotMemberError
from domain.errors.people import NotAllowedError
from domain.errors.storage import ChangedMeanwhileError
from domain.measure import Direction, MeasureKind
from domain.network_measure import LifeEvent, MeasureDefinition, MeasureSource, MeasureState, Target, Vote
from domain.rights import Role
from tests.data.conftest import TODAY, sodertorn
from tests.data.test_workspace_networks import ON_ONE_WORKSPACE, SAFE_TEXT

COST = MeasureDefinition(
    version=1,
    first_year=2015,
    source=MeasureSource.FORMULA,
    expression="N15030 / N01951",
    name="Kostnad per elev",
    resident_sentence="Vad en elev kostar.",
    unit="kr/inv",
    decimals=0,
    direction=Direction.LOWER,
    kind=MeasureKind.COST,
)
NOW = datetime.now(UTC)
DECIDED = LifeEvent(MeasureState.DECIDED, NOW, "", date(2026, 11, 20), "§ 4")
SODERTORN = "sodertorn"


@pytest.fixture
def proposed(workspace, cast):
    return propose(workspace, cast[Role.COORDINATOR], network(workspace, SODERTORN), COST, "Skola")


def bring_to_state(workspace, actor, measure, target_state):
    """The measure taken step by step to a state."""
    for event in (
        LifeEvent(MeasureState.DISCUSSED, NOW, ""),
        DECIDED,
        LifeEvent(MeasureState.IN_USE, NOW, ""),
    ):
        if measure.state is target_state:
            break
        measure = change_measure_state(workspace, actor, measure, event)
    return measure


@pytest.fixture
def in_use(workspace, cast, proposed):
    return bring_to_state(workspace, cast[Role.COORDINATOR], proposed, MeasureState.IN_USE)


def lines(workspace, cast):
    return len(audit_log(workspace, cast[Role.ADMINISTRATOR], most=10_000))


def test_a_proposal_is_the_networks_own_business_until_it_is_decided(workspace, cast, proposed):
    assert network_measures(workspace, SODERTORN) == ()
    with pytest.raises(UnknownMeasureError):
        measure(workspace, proposed.id)
    for role in (Role.ADMINISTRATOR, Role.COORDINATOR, Role.CONTROLLER, Role.LEADERSHIP, Role.MEMBER):
        assert network_measures(workspace, SODERTORN, actor=cast[role]) == (proposed,)
    before = lines(workspace, cast)
    with pytest.raises(NotAllowedError):
        network_measures(workspace, SODERTORN, actor=cast[Role.VISITOR])
    with pytest.raises(NotAllowedError):
        comments(workspace, cast[Role.VISITOR], SODERTORN, proposed.id)
    with pytest.raises(NotAllowedError):
        votes(workspace, cast[Role.VISITOR], SODERTORN, proposed.id)
    assert lines(workspace, cast) == before + 3

    decided = bring_to_state(workspace, cast[Role.COORDINATOR], proposed, MeasureState.DECIDED)

    assert network_measures(workspace, SODERTORN) == (decided,) == (measure(workspace, decided.id),)


def test_the_actor_and_the_present_time_are_recorded_whatever_the_event_says(workspace, cast, proposed):
    event = LifeEvent(MeasureState.DISCUSSED, datetime(1999, 1, 1, tzinfo=UTC), "någon annan")

    taken = change_measure_state(workspace, cast[Role.COORDINATOR], proposed, event)

    assert taken.life[-1].person_id == "coordinator"
    assert datetime.now(UTC) - taken.life[-1].at < timedelta(minutes=1)
    assert network_measures(workspace, SODERTORN, actor=cast[Role.COORDINATOR]) == (taken,)


def test_a_step_that_does_not_follow_changes_nothing(workspace, cast, proposed):
    before = lines(workspace, cast)

    with pytest.raises(MeasureLifeError, match=r"”\. Ett mått föreslås,"):
        change_measure_state(
            workspace, cast[Role.COORDINATOR], proposed, LifeEvent(MeasureState.IN_USE, NOW, "")
        )

    assert network_measures(workspace, SODERTORN, actor=cast[Role.COORDINATOR]) == (proposed,)
    assert lines(workspace, cast) == before


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.LEADERSHIP, Role.MEMBER, Role.VISITOR])
def test_only_the_coordinator_decides_and_a_refusal_leaves_one_line(workspace, cast, proposed, role):
    discussed = bring_to_state(workspace, cast[Role.COORDINATOR], proposed, MeasureState.DISCUSSED)
    before = lines(workspace, cast)

    with pytest.raises(NotAllowedError):
        change_measure_state(workspace, cast[role], discussed, DECIDED)

    assert network_measures(workspace, SODERTORN, actor=cast[Role.COORDINATOR]) == (discussed,)
    assert lines(workspace, cast) == before + 1
    line = audit_log(workspace, cast[Role.ADMINISTRATOR], most=1)[0]
    assert (line.outcome, line.subject_id) == (Outcome.REFUSED, discussed.id)


def test_of_two_simultaneous_steps_one_is_refused(workspace, cast, proposed):
    change_measure_state(
        workspace, cast[Role.COORDINATOR], proposed, LifeEvent(MeasureState.DISCUSSED, NOW, "")
    )

    with pytest.raises(ChangedMeanwhileError, match=r"Nätverksledare hann spara före dig .*: läge"):
        change_measure_state(
            workspace,
            cast[Role.ADMINISTRATOR],
            proposed,
            LifeEvent(MeasureState.RETIRED, NOW, "", reason="Nej"),
        )


@ON_ONE_WORKSPACE
@given(st.data())
def test_whatever_a_definition_says_comes_back_unchanged(workspace, cast, data):
    texts = {
        field.name: data.draw(SAFE_TEXT, label=field.name)
        for field in fields(MeasureDefinition)
        if field.type is str and field.name not in {"name", "expression"}
    }
    proposal = replace(
        COST, name="m " + data.draw(SAFE_TEXT), expression="1 " + data.draw(SAFE_TEXT), **texts
    )

    saved = propose(
        workspace, cast[Role.MEMBER], network(workspace, SODERTORN), proposal, data.draw(SAFE_TEXT)
    )

    assert saved.definition == proposal
    assert saved in network_measures(workspace, SODERTORN, actor=cast[Role.MEMBER])


@ON_ONE_WORKSPACE
@given(SAFE_TEXT.filter(str.strip))
def test_comments_in_the_discussion_come_back_unchanged(workspace, cast, text):
    stored = network_measures(workspace, SODERTORN, actor=cast[Role.MEMBER])
    about = (
        stored[0] if stored else propose(workspace, cast[Role.MEMBER], network(workspace, SODERTORN), COST)
    )

    saved_comment = comment(workspace, cast[Role.CONTROLLER], about, text, "0136")

    assert comments(workspace, cast[Role.MEMBER], SODERTORN, about.id)[-1] == saved_comment
    assert saved_comment.text == text


def test_names_give_free_ids_and_an_own_variable_has_one_name(workspace, cast, proposed):
    here = network(workspace, SODERTORN)
    again = propose(workspace, cast[Role.MEMBER], here, COST)
    own = replace(COST, name="Årsarbetare", source=MeasureSource.OWN, expression="årsarbetare")
    propose(workspace, cast[Role.MEMBER], here, own)

    assert (proposed.id, again.id) == ("kostnad-per-elev", "kostnad-per-elev-2")
    with pytest.raises(NameTakenError):
        propose(workspace, cast[Role.MEMBER], here, own)
    with pytest.raises(NameTakenError):
        propose(workspace, cast[Role.MEMBER], here, replace(own, expression="kostnad_per_elev"))


@pytest.mark.parametrize(
    ("broken", "refusal"),
    [
        ({"name": " "}, FieldError),
        ({"expression": ""}, FieldError),
        ({"decimals": -1}, FieldError),
        ({"decimals": 7}, FieldError),
        ({"first_year": 20190}, FieldError),
        ({"smallest_basis": -1}, FieldError),
    ],
)
def test_an_invalid_definition_is_refused(workspace, cast, broken, refusal):
    with pytest.raises(refusal):
        propose(workspace, cast[Role.COORDINATOR], network(workspace, SODERTORN), replace(COST, **broken))
    assert network_measures(workspace, SODERTORN, actor=cast[Role.COORDINATOR]) == ()


# Votes


def test_a_municipality_votes_once_and_may_change_its_mind_while_it_is_discussed(workspace, cast, proposed):
    member = cast[Role.MEMBER]
    with pytest.raises(MeasureLifeError, match="föreslaget"):
        vote(workspace, member, proposed, "0126", is_for=True)
    discussed = bring_to_state(workspace, cast[Role.COORDINATOR], proposed, MeasureState.DISCUSSED)

    vote(workspace, member, discussed, "0126", is_for=False)
    latest = vote(workspace, member, discussed, "0126", is_for=True)

    assert votes(workspace, member, SODERTORN, discussed.id) == (latest,)
    with pytest.raises(NotAllowedError):
        vote(workspace, member, discussed, "0127", is_for=True)
    with pytest.raises(NotAllowedError):
        vote(workspace, cast[Role.ADMINISTRATOR], discussed, "0126", is_for=True)
    decided = change_measure_state(workspace, cast[Role.COORDINATOR], discussed, DECIDED)
    with pytest.raises(MeasureLifeError, match=r"\. Medlemmarna röstar medan"):
        vote(workspace, member, decided, "0126", is_for=False)
    assert votes(workspace, member, SODERTORN, discussed.id) == (latest,)


def test_votes_for_another_wording_lapse_and_are_logged(workspace, cast, proposed):
    discussed = bring_to_state(workspace, cast[Role.COORDINATOR], proposed, MeasureState.DISCUSSED)
    vote(workspace, cast[Role.MEMBER], discussed, "0126", is_for=True)

    changed = amend(workspace, cast[Role.MEMBER], discussed, replace(COST, expression="N15030 / N15031"))

    assert [definition.expression for definition in changed.definitions] == ["N15030 / N15031"]
    assert changed.break_years == ()
    assert votes(workspace, cast[Role.MEMBER], SODERTORN, changed.id) == ()
    line = audit_log(workspace, cast[Role.ADMINISTRATOR], most=1)[0]
    assert [ballot["municipality_code"] for ballot in line.before["votes"]] == ["0126"]


def test_simultaneous_statements_votes_and_targets_are_each_stored_or_refused(workspace, cast, proposed):
    discussed = bring_to_state(workspace, cast[Role.COORDINATOR], proposed, MeasureState.DISCUSSED)
    administrator = cast[Role.ADMINISTRATOR]
    statement = ComparabilityStatement(SODERTORN, discussed.id, "0136", Comparability.COMPARABLE)
    aim = Target(SODERTORN, discussed.id, None, 2027, 1.0, None)
    acts = [
        *[
            lambda n=n: state(workspace, administrator, replace(statement, included=f"nr {n}"))
            for n in range(3)
        ],
        *[lambda n=n: set_target(workspace, administrator, replace(aim, low=float(n))) for n in range(3)],
        *[lambda n=n: vote(workspace, cast[Role.MEMBER], discussed, "0126", is_for=n > 0) for n in range(3)],
    ]
    results = []

    def done(act):
        try:
            results.append(type(act()))
        except ChangedMeanwhileError as error:
            results.append(type(error))

    threads = [Thread(target=done, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    counted = Counter(results)
    assert counted == {ComparabilityStatement: 1, Target: 1, ChangedMeanwhileError: 4, Vote: 3}
    assert len(votes(workspace, administrator, SODERTORN, discussed.id)) == 1


# Versions


def test_a_new_definition_breaks_the_series_and_the_old_one_is_shown_as_known_then(workspace, cast, in_use):
    known = datetime.now(UTC)
    new = replace(COST, first_year=2019, expression="N15030 / N15031", changed_because="Lokaler ingår inte")

    changed = redefine(workspace, cast[Role.COORDINATOR], in_use, new)

    assert changed.break_years == (2019,)
    assert [changed.definition_for(year).expression for year in (2018, 2019)] == [
        COST.expression,
        new.expression,
    ]
    assert network_measures(workspace, SODERTORN) == (changed,)
    (then,) = network_measures(workspace, SODERTORN, as_of=known)
    assert then.definitions == (COST,)
    (long_before,) = network_measures(workspace, SODERTORN, as_of=known - timedelta(days=900))
    assert (long_before.definitions, long_before.state) == ((COST,), MeasureState.IN_USE)


def test_a_retired_measure_was_in_use_before_it_was_retired(workspace, cast, in_use):
    known = datetime.now(UTC)
    retired = LifeEvent(MeasureState.RETIRED, NOW, "", reason="Ingen tittar på det")

    gone = change_measure_state(workspace, cast[Role.COORDINATOR], in_use, retired)

    assert network_measures(workspace, SODERTORN) == (gone,)
    assert gone.life[-1].reason == "Ingen tittar på det"
    assert network_measures(workspace, SODERTORN, as_of=known)[0].state is MeasureState.IN_USE


@pytest.mark.parametrize("first_year", [2015, 2014])
def test_a_new_definition_begins_later_than_the_last(workspace, cast, in_use, first_year):
    with pytest.raises(MeasureDefinitionError, match=r"\. En ny definition"):
        redefine(
            workspace,
            cast[Role.COORDINATOR],
            in_use,
            replace(COST, first_year=first_year, changed_because="x"),
        )
    with pytest.raises(FieldError, match=r"” är tomt\. Fyll"):
        redefine(workspace, cast[Role.COORDINATOR], in_use, replace(COST, first_year=2019))
    assert network_measures(workspace, SODERTORN) == (in_use,)


def test_a_proposal_is_reworded_not_redefined(workspace, cast, proposed):
    with pytest.raises(MeasureLifeError, match=r"\. En ny definition"):
        redefine(
            workspace, cast[Role.COORDINATOR], proposed, replace(COST, first_year=2019, changed_because="x")
        )


def test_a_measure_in_use_may_be_worded_better_but_no_break_hidden(workspace, cast, in_use):
    better = replace(COST, resident_sentence="Så mycket kostar en elev.", decimals=1)

    mended = amend(workspace, cast[Role.COORDINATOR], in_use, better)

    assert mended.definitions == (better,)
    with pytest.raises(MeasureLifeError, match=r"\. Spara den som"):
        amend(workspace, cast[Role.COORDINATOR], mended, replace(better, not_included="Lokaler"))


# Other networks


def test_a_measure_is_adopted_and_follows_its_owner(workspace, cast, in_use):
    administrator = cast[Role.ADMINISTRATOR]
    other = create_network(workspace, administrator, sodertorn("Ett annat"), TODAY)

    taken = take_over(workspace, administrator, other, in_use.id)

    assert (taken.network_id, taken.owner_network, taken.state) == (
        other.id,
        SODERTORN,
        MeasureState.PROPOSED,
    )
    with pytest.raises(AlreadyInNetworkError):
        take_over(workspace, administrator, other, in_use.id)
    taken = bring_to_state(workspace, administrator, taken, MeasureState.IN_USE)
    with pytest.raises(OwnedElsewhereError, match="Södertörn"):
        redefine(workspace, administrator, taken, replace(COST, first_year=2019, changed_because="x"))
    redefine(workspace, administrator, in_use, replace(COST, first_year=2019, changed_because="x"))
    assert [network_measure.break_years for network_measure in network_measures(workspace)] == [
        (2019,),
        (2019,),
    ]


def test_another_networks_proposal_cannot_be_adopted(workspace, cast, proposed):
    other = create_network(workspace, cast[Role.ADMINISTRATOR], sodertorn("Ett annat"), TODAY)

    with pytest.raises(UnknownMeasureError):
        take_over(workspace, cast[Role.ADMINISTRATOR], other, proposed.id)


# Sections, targets, statements, use


def test_a_measure_moves_to_another_section(workspace, cast, in_use):
    moved = place_in_section(workspace, cast[Role.COORDINATOR], in_use, "Kostnader")

    assert network_measures(workspace, SODERTORN) == (moved,)
    with pytest.raises(ChangedMeanwhileError, match="avsnitt från ”Skola” till ”Kostnader”"):
        place_in_section(workspace, cast[Role.ADMINISTRATOR], in_use, "Annat")


def test_the_network_and_its_members_have_targets_of_their_own(workspace, cast, in_use):
    whole = Target(SODERTORN, in_use.id, None, 2027, None, 90_000.0)
    botkyrka = replace(whole, municipality_code="0127", low=80_000.0)

    saved = set_target(workspace, cast[Role.COORDINATOR], whole)
    own = set_target(workspace, cast[Role.LEADERSHIP], botkyrka)

    assert targets(workspace, SODERTORN, in_use.id) == (saved, own)
    with pytest.raises(NotAllowedError):
        set_target(workspace, cast[Role.LEADERSHIP], whole)
    with pytest.raises(NotAllowedError):
        set_target(workspace, cast[Role.LEADERSHIP], replace(botkyrka, municipality_code="0136"))
    with pytest.raises(NotMemberError):
        set_target(workspace, cast[Role.ADMINISTRATOR], replace(botkyrka, municipality_code="0180"))
    with pytest.raises(ChangedMeanwhileError, match=r"mål, högst ”90000\.0”"):
        set_target(workspace, cast[Role.ADMINISTRATOR], whole)


def test_a_removed_target_can_be_set_again_and_is_known_as_of_then(workspace, cast, in_use):
    coordinator = cast[Role.COORDINATOR]
    saved = set_target(workspace, coordinator, Target(SODERTORN, in_use.id, None, 2027, 1.0, 2.0))
    known = datetime.now(UTC)

    remove_target(workspace, coordinator, saved)
    assert targets(workspace, SODERTORN) == ()
    again = set_target(workspace, coordinator, Target(SODERTORN, in_use.id, None, 2027, 3.0, None))

    assert targets(workspace, SODERTORN) == (again,)
    assert targets(workspace, SODERTORN, as_of=known) == (saved,)


def test_a_member_states_how_its_values_may_be_compared(workspace, cast, in_use):
    statement = ComparabilityStatement(
        SODERTORN, in_use.id, "0136", Comparability.WITH_RESERVATION, "Allt", "Nej", "Egen regi", "I december"
    )

    saved = state(workspace, cast[Role.CONTROLLER], statement)
    known = datetime.now(UTC)
    changed = state(workspace, cast[Role.COORDINATOR], replace(saved, flag=Comparability.NOT_COMPARABLE))

    assert statements(workspace, SODERTORN, in_use.id) == (changed,)
    assert statements(workspace, SODERTORN, as_of=known) == (saved,)
    with pytest.raises(ChangedMeanwhileError, match="jämförbarhet från"):
        state(workspace, cast[Role.CONTROLLER], replace(saved, overhead="Ja"))
    with pytest.raises(NotAllowedError):
        state(workspace, cast[Role.CONTROLLER], replace(statement, municipality_code="0127"))
    with pytest.raises(NotMemberError, match="Stockholm"):
        state(workspace, cast[Role.ADMINISTRATOR], replace(statement, municipality_code="0180"))


@ON_ONE_WORKSPACE
@given(SAFE_TEXT, SAFE_TEXT, SAFE_TEXT, SAFE_TEXT, st.sampled_from(Comparability))
def test_whatever_a_statement_says_comes_back_unchanged(
    workspace, cast, included, overhead, operator, method, flag
):
    administrator = cast[Role.ADMINISTRATOR]
    stored = network_measures(workspace, SODERTORN, actor=administrator)
    about = stored[0] if stored else propose(workspace, administrator, network(workspace, SODERTORN), COST)
    earlier = statements(workspace, SODERTORN, about.id)
    version = earlier[0].version if earlier else 0

    statement = state(
        workspace,
        administrator,
        ComparabilityStatement(
            SODERTORN, about.id, "0127", flag, included, overhead, operator, method, version
        ),
    )

    assert statements(workspace, SODERTORN, about.id) == (statement,)
    assert (statement.included, statement.overhead, statement.operator, statement.counting_method) == (
        included,
        overhead,
        operator,
        method,
    )


def test_looks_are_counted_by_day_and_measure(workspace, in_use):
    for day in (TODAY, TODAY, TODAY - timedelta(days=400)):
        count_use(workspace, in_use.id, day)

    assert uses(workspace, SODERTORN, TODAY) == {in_use.id: 2}
    assert uses(workspace, SODERTORN, TODAY - timedelta(days=500)) == {in_use.id: 3}


def test_measures_in_use_for_a_year_without_views_are_listed(workspace, in_use):
    in_a_year = in_use.life[-1].at.date() + timedelta(days=366)

    assert unused_measures(workspace, SODERTORN, in_a_year - timedelta(days=30)) == ()
    assert unused_measures(workspace, SODERTORN, in_a_year) == (in_use,)
    count_use(workspace, in_use.id, in_a_year - timedelta(days=2))
    assert unused_measures(workspace, SODERTORN, in_a_year) == ()


def test_a_page_view_that_cannot_be_counted_does_not_disturb_the_page(workspace, in_use, caplog):
    with workspace.transaction() as busy:
        busy.connection()  # takes the lock of whoever writes
        count_use(workspace, in_use.id, TODAY)

    assert "was not counted" in caplog.text
    count_use(workspace, in_use.id, TODAY)
    assert uses(workspace, SODERTORN, TODAY) == {in_use.id: 1}
