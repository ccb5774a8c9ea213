"""Networks are stored whole, version by version; when two people save at once, the second is told what the first changed."""

import string
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from data.workspace.audit import audit_log
from data.workspace.networks import create_network, join, leave, network, networks, save_network
from data.workspace.people import person, save_person
from domain.audit import Outcome, SubjectKind
from domain.errors.choices import UnknownPlaceError, UnusableGroupError
from domain.errors.fields import FieldError
from domain.errors.networks import AlreadyMemberError, NameTakenError, NetworkSizeError, UnknownNetworkError
from domain.errors.people import NotAllowedError
from domain.errors.storage import ChangedMeanwhileError
from domain.errors.user_error import UserError
from domain.network import Membership
from domain.place import PlaceKind
from domain.rights import HeldRole, Person, Role
from tests.data.conftest import SODERTORN, TODAY, sodertorn

SAFE_TEXT = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=60
) | st.sampled_from(
    ["'; DROP TABLE network; --", '"quoted" \\ %s :name {field}', "<script>alert(1)</script>", "=1+1"]
)
ON_ONE_WORKSPACE = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def newest(workspace, cast, **filters):
    return audit_log(workspace, cast[Role.ADMINISTRATOR], **filters, most=1)[0]


def lines(workspace, cast):
    return len(audit_log(workspace, cast[Role.ADMINISTRATOR], most=10_000))


def test_a_created_network_is_found_by_id_and_by_name_however_written(workspace):
    stored = network(workspace, "sodertorn")

    assert stored.members_on(TODAY) == SODERTORN
    assert stored == network(workspace, "Södertörn") == network(workspace, "  SÖDERTÖRN ")
    assert networks(workspace) == (stored,)


def test_an_unknown_network_is_reported_with_the_nearest_name(workspace):
    with pytest.raises(UnknownNetworkError, match="Menade du Södertörn"):
        network(workspace, "Södertön")


@ON_ONE_WORKSPACE
@given(name=SAFE_TEXT, aim=SAFE_TEXT, area_of_work=SAFE_TEXT, contact=SAFE_TEXT)
def test_whatever_is_written_comes_back_unchanged(workspace, cast, name, aim, area_of_work, contact):
    named = f"n{lines(workspace, cast)} {name}"
    draft = sodertorn(named, aim=aim, area_of_work=area_of_work, contact=contact)

    created = create_network(workspace, cast[Role.ADMINISTRATOR], draft, TODAY)

    assert network(workspace, created.id) == created
    assert created == replace(draft, id=created.id, version=1)
    assert newest(workspace, cast, subject_kind=SubjectKind.NETWORK).after["aim"] == aim


@pytest.mark.parametrize(
    ("definition", "refusal"),
    [
        (sodertorn("Fem", SODERTORN[:5]), NetworkSizeError),
        (sodertorn("Elva", (*SODERTORN, "0180", "0182", "0184")), NetworkSizeError),
        (sodertorn("Två gånger", (*SODERTORN[:7], "0127")), UnusableGroupError),
        (sodertorn("Okänd", (*SODERTORN[:7], "9999")), UnknownPlaceError),
        (sodertorn("Riket", (*SODERTORN[:7], "0000")), UnusableGroupError),
        (sodertorn("Blandat", (*SODERTORN[:7], "0001")), UnusableGroupError),
        (sodertorn(" "), FieldError),
        (sodertorn("N" * 201), FieldError),
        (sodertorn("Långt", aim="x" * 10_001), FieldError),
        (sodertorn("Noll", aim="a\x00b"), FieldError),
        (sodertorn("SÖDERTÖRN"), NameTakenError),
        (sodertorn("Sodertorn"), NameTakenError),
    ],
    ids=lambda parameter: parameter.__name__ if isinstance(parameter, type) else parameter.name[:12],
)
def test_an_invalid_network_is_refused_and_nothing_is_stored(workspace, cast, definition, refusal):
    before = lines(workspace, cast)

    with pytest.raises(refusal) as refused:
        create_network(workspace, cast[Role.ADMINISTRATOR], definition, TODAY)

    assert len(networks(workspace)) == 1
    assert lines(workspace, cast) == before
    assert "{" not in str(refused.value)


def test_regions_have_networks_too(workspace, cast):
    six = replace(
        sodertorn("Regionerna", ("0001", "0003", "0004", "0005", "0006", "0007")), kind=PlaceKind.REGION
    )

    assert create_network(workspace, cast[Role.ADMINISTRATOR], six, TODAY).kind is PlaceKind.REGION


def test_a_refused_right_changes_nothing_and_leaves_one_line(workspace, cast):
    stored = network(workspace, "sodertorn")
    for role in (Role.CONTROLLER, Role.LEADERSHIP, Role.MEMBER, Role.VISITOR):
        before = lines(workspace, cast)

        with pytest.raises(NotAllowedError):
            save_network(workspace, cast[role], replace(stored, aim="Kapad"), TODAY)

        assert network(workspace, "sodertorn") == stored
        assert lines(workspace, cast) == before + 1
        line = newest(workspace, cast)
        assert (line.outcome, line.person_id, line.subject_id) == (Outcome.REFUSED, cast[role].id, stored.id)
        assert line.after["aim"] == "Kapad"


def test_a_coordinator_may_not_touch_another_network(workspace, cast):
    other = create_network(workspace, cast[Role.ADMINISTRATOR], sodertorn("Ett annat"), TODAY)

    with pytest.raises(NotAllowedError):
        save_network(workspace, cast[Role.COORDINATOR], replace(other, aim="Kapad"), TODAY)


def test_the_creator_of_a_network_becomes_its_coordinator_beside_the_others(workspace, cast):
    made = create_network(workspace, cast[Role.COORDINATOR], sodertorn("Kullen"), TODAY)

    roles = person(workspace, "coordinator").roles
    assert roles == (HeldRole(Role.COORDINATOR, "sodertorn"), HeldRole(Role.COORDINATOR, made.id))
    assert save_network(workspace, cast[Role.COORDINATOR], replace(made, aim="Lära"), TODAY).version == 2


def test_roles_in_memory_do_not_count_when_the_stored_ones_differ(workspace, cast):
    stored = network(workspace, "sodertorn")
    pretending = Person("visitor", "Besökare", (HeldRole(Role.ADMINISTRATOR),))

    with pytest.raises(NotAllowedError):
        save_network(workspace, pretending, replace(stored, aim="Kapad"), TODAY)


def test_the_second_to_save_learns_what_the_first_changed_and_loses_nothing(workspace, cast):
    read = network(workspace, "sodertorn")
    first = save_network(
        workspace,
        cast[Role.COORDINATOR],
        replace(read, aim="Lära av varandra", next_meeting=date(2027, 1, 15)).without_member(
            "0138", date(2026, 12, 31)
        ),
        TODAY,
    )
    mine = replace(read, contact="Kansliet")

    with pytest.raises(ChangedMeanwhileError) as refusal:
        save_network(workspace, cast[Role.ADMINISTRATOR], mine, TODAY)

    message = str(refusal.value)
    assert message.startswith("Nätverksledare hann spara före dig (")
    assert "syfte ”Lära av varandra”" in message
    assert "nästa möte ”2027-01-15”" in message
    assert "Tyresö 2026-01-01–2026-12-31" in message
    assert network(workspace, "sodertorn") == first
    again = save_network(workspace, cast[Role.ADMINISTRATOR], replace(first, contact=mine.contact), TODAY)
    assert (again.aim, again.contact) == ("Lära av varandra", "Kansliet")


def test_of_many_simultaneous_saves_one_is_stored_and_the_others_are_refused(workspace, cast):
    read = network(workspace, "sodertorn")
    saved, refusals = [], []

    def save(number):
        try:
            saved.append(
                save_network(workspace, cast[Role.ADMINISTRATOR], replace(read, aim=f"Syfte {number}"), TODAY)
            )
        except ChangedMeanwhileError as error:
            refusals.append(str(error))

    threads = [Thread(target=save, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(saved) == 1
    assert network(workspace, "sodertorn") == saved[0]
    assert len(refusals) == 3
    assert all(saved[0].aim in message for message in refusals)


def test_joining_and_leaving_count_from_their_day_and_the_past_stays_as_it_was_known(workspace, cast):
    coordinator = cast[Role.COORDINATOR]
    known = datetime.now(UTC)
    before = network(workspace, "sodertorn")
    left = leave(workspace, coordinator, before, "0138", date(2026, 6, 30), TODAY)  # told only now
    joined = join(workspace, coordinator, left, "0180", date(2026, 12, 1), TODAY)

    assert "0138" not in joined.members_on(date(2026, 7, 1))
    assert "0180" not in joined.members_on(date(2026, 11, 30))
    assert "0180" in joined.members_on(date(2026, 12, 1))
    assert network(workspace, "sodertorn", as_of=known) == before
    assert networks(workspace, as_of=datetime.now(UTC)) == (joined,)
    assert networks(workspace, as_of=known - timedelta(days=900)) == (before,)
    with pytest.raises(AlreadyMemberError):
        join(workspace, coordinator, joined, "0180", date(2027, 1, 1), TODAY)


def test_a_network_may_not_shrink_below_six_on_a_day_to_come(workspace, cast):
    small = create_network(workspace, cast[Role.ADMINISTRATOR], sodertorn("Sex", SODERTORN[:6]), TODAY)

    with pytest.raises(NetworkSizeError, match="skulle få 5"):
        leave(workspace, cast[Role.ADMINISTRATOR], small, "0127", date(2027, 3, 1), TODAY)
    forming = replace(small, forming_until=date(2027, 12, 31))
    assert leave(workspace, cast[Role.ADMINISTRATOR], forming, "0127", date(2027, 3, 1), TODAY).version == 2


@ON_ONE_WORKSPACE
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["join", "leave"]),
            st.sampled_from((*SODERTORN, "0180", "0182", "0184")),
            st.integers(0, 400),
        ),
        max_size=8,
    )
)
def test_every_stored_network_has_six_to_ten_members_on_every_day(workspace, cast, steps):
    administrator = cast[Role.ADMINISTRATOR]
    current = create_network(workspace, administrator, sodertorn(f"n{lines(workspace, cast)}"), TODAY)
    for what, code, offset in steps:
        act = join if what == "join" else leave
        try:
            current = act(workspace, administrator, current, code, TODAY + timedelta(days=offset), TODAY)
        except UserError:
            continue
    stored = network(workspace, current.id)
    assert stored == current
    for offset in range(402):
        members = stored.members_on(TODAY + timedelta(days=offset))
        assert 6 <= len(set(members)) == len(members) <= 10


def test_a_name_may_change_and_the_id_stays(workspace, cast):
    stored = network(workspace, "sodertorn")

    renamed = save_network(workspace, cast[Role.COORDINATOR], replace(stored, name="Södra Stockholm"), TODAY)

    assert network(workspace, "södra stockholm") == renamed == network(workspace, "sodertorn")
    with pytest.raises(UnknownNetworkError):
        network(workspace, "Södertörn kommuner")


def test_a_stay_can_be_written_in_afterwards(workspace, cast):
    stored = network(workspace, "sodertorn")
    long_ago = Membership("0180", date(2010, 1, 1), date(2014, 12, 31))

    saved = save_network(
        workspace, cast[Role.COORDINATOR], replace(stored, memberships=(*stored.memberships, long_ago)), TODAY
    )

    assert saved.members_on(date(2012, 1, 1)) == ("0180",)


# The log


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET person_name = 'Ingen'",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE number = 1",
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE number = 1",
        "REPLACE INTO audit_entry SELECT * FROM audit_entry",
        "UPDATE OR REPLACE audit_entry SET number = number + 1",
    ],
)
def test_the_log_cannot_be_altered_even_by_sql(workspace, cast, statement):
    before = audit_log(workspace, cast[Role.ADMINISTRATOR], most=10_000)

    with pytest.raises(Exception, match="the audit log only grows"), workspace.engine.begin() as connection:
        connection.execute(text(statement))

    assert audit_log(workspace, cast[Role.ADMINISTRATOR], most=10_000) == before


def test_the_log_is_read_by_who_may_and_a_coordinator_reads_its_own_networks_lines(workspace, cast):
    create_network(workspace, cast[Role.ADMINISTRATOR], sodertorn("Ett annat"), TODAY)

    own = audit_log(workspace, cast[Role.COORDINATOR], network_id="sodertorn")

    assert {line.network_id for line in own} == {"sodertorn"}
    for role in (Role.CONTROLLER, Role.MEMBER, Role.LEADERSHIP, Role.VISITOR):
        with pytest.raises(NotAllowedError):
            audit_log(workspace, cast[role], network_id="sodertorn")
    with pytest.raises(NotAllowedError):
        audit_log(workspace, cast[Role.COORDINATOR])
    with pytest.raises(NotAllowedError):
        audit_log(workspace, cast[Role.COORDINATOR], network_id="ett-annat")


def test_a_line_says_who_what_when_and_both_states(workspace, cast):
    stored = network(workspace, "sodertorn")
    save_network(workspace, cast[Role.COORDINATOR], replace(stored, aim="Lära"), TODAY)

    line = newest(workspace, cast)

    assert (line.person_name, line.outcome, line.subject_kind, line.subject_id) == (
        "Nätverksledare",
        Outcome.DONE,
        SubjectKind.NETWORK,
        "sodertorn",
    )
    assert [(change.field, change.before, change.after) for change in line.changes] == [("aim", "", "Lära")]
    assert datetime.now(UTC) - line.at < timedelta(minutes=1)


def test_pages_of_the_log_follow_each_other(workspace, cast):
    everything = audit_log(workspace, cast[Role.ADMINISTRATOR])
    first = audit_log(workspace, cast[Role.ADMINISTRATOR], most=3)

    assert first == everything[:3]
    assert audit_log(workspace, cast[Role.ADMINISTRATOR], before_number=first[-1].number) == everything[3:]


# People


def test_only_who_manages_people_gives_roles(workspace, cast):
    with pytest.raises(NotAllowedError):
        save_person(
            workspace,
            cast[Role.COORDINATOR],
            replace(cast[Role.COORDINATOR], roles=(HeldRole(Role.ADMINISTRATOR),)),
        )
    assert person(workspace, "coordinator") == cast[Role.COORDINATOR]


def test_a_new_person_gets_an_id_from_the_name_and_the_second_of_two_saves_is_refused(workspace, cast):
    administrator = cast[Role.ADMINISTRATOR]
    new = save_person(
        workspace, administrator, Person("", "Controller, Åmål", (HeldRole(Role.CONTROLLER, None, "1492"),))
    )
    assert new.id == "controller-amal"

    save_person(workspace, administrator, replace(new, name=f"Ekonom ({string.punctuation})"))
    with pytest.raises(ChangedMeanwhileError, match="namn från ”Controller, Åmål” till ”Ekonom"):
        save_person(workspace, administrator, replace(new, name="Någon"))


def test_the_last_administrator_stays(workspace, cast):
    with pytest.raises(UserError, match="enda nationella administratören"):
        save_person(workspace, cast[Role.ADMINISTRATOR], replace(cast[Role.ADMINISTRATOR], roles=()))
    assert person(workspace, "administrator").roles


@pytest.mark.parametrize(
    "role",
    [
        HeldRole(Role.CONTROLLER),
        HeldRole(Role.MEMBER, None, "9999"),
        HeldRole(Role.COORDINATOR, "finns-inte"),
    ],
)
def test_a_role_is_held_for_something_that_exists(workspace, cast, role):
    with pytest.raises(UserError):
        save_person(workspace, cast[Role.ADMINISTRATOR], Person("", "Någon", (role,)))
