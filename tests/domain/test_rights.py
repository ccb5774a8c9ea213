"""Rights: every role against every action, in every scope."""

import pytest

from domain.errors.people import NotAllowedError
from domain.rights import Action, HeldRole, Person, Role, Subject, may, require
from language.rendering import render

OWN, OTHER = "sodertorn", "kullen"
HOME, STRANGE = "0136", "1280"
MEMBERS = frozenset({"0127", HOME})

# Columns: may it in the own network, about the own municipality | in the own network, about another municipality |
# in another network, about the own municipality | with no network and no municipality.
TABLE = """
                         administrator  coordinator  controller  leadership  member  visitor
read_published           yyyy           yyyy         yyyy        yyyy        yyyy    yyyy
read_network             yyyy           yy..         yy..        yy..        yy..    ....
create_network           yyyy           yyyy         ....        ....        ....    ....
change_network           yyyy           yy..         ....        ....        ....    ....
propose_measure          yyyy           yy..         ....        ....        yy..    ....
discuss_measure          yyyy           yy..         yy..        ....        yy..    ....
vote                     ....           ....         ....        ....        y...    ....
decide_measure           yyyy           yy..         ....        ....        ....    ....
set_network_target       yyyy           yy..         ....        ....        ....    ....
set_municipality_target  yyyy           ....         ....        y...        ....    ....
state_comparability      yyyy           yy..         y...        ....        ....    ....
manage_people            yyyy           ....         ....        ....        ....    ....
read_audit               yyyy           yy..         ....        ....        ....    ....
upload_results           yyyy           ....         y...        ....        ....    ....
read_draft               ....           ....         y...        y...        ....    ....
publish_results          yyyy           ....         y...        ....        ....    ....
sign_off_results         yyyy           yy..         y...        y...        ....    ....
read_deliveries          yyyy           yy..         yy..        yy..        ....    ....
write_story              yyyy           yy..         y...        y...        y...    ....
read_story_draft         yyyy           yyyy         y...        y...        y...    ....
review_story             yyyy           yyyy         ....        ....        ....    ....
try_case                 yyyy           ....         y...        y...        y...    ....
"""
SUBJECTS = (
    Subject(OWN, MEMBERS, HOME),
    Subject(OWN, MEMBERS, "0127"),
    Subject(OTHER, frozenset({"1280", "1283"}), HOME),
    Subject(),
)


def cells():
    heading, *rows = [line.split() for line in TABLE.strip().splitlines()]
    return [
        (Role(role), Action(action), answers)
        for action, *answered in rows
        for role, answers in zip(heading, answered, strict=True)
    ]


def holder_of(role):
    if role is Role.COORDINATOR:
        return Person("p", "Person", (HeldRole(role, network_id=OWN),))
    if role in {Role.CONTROLLER, Role.LEADERSHIP, Role.MEMBER}:
        return Person("p", "Person", (HeldRole(role, municipality_code=HOME),))
    return Person("p", "Person", (HeldRole(role),))


def test_the_table_has_a_cell_for_every_role_and_every_action():
    assert {(role, action) for role, action, _ in cells()} == {
        (role, action) for role in Role for action in Action
    }


@pytest.mark.parametrize(("role", "action", "answers"), cells())
def test_a_role_reaches_as_far_as_the_table_says(role, action, answers):
    assert "".join("y" if may(holder_of(role), action, subject) else "." for subject in SUBJECTS) == answers


@pytest.mark.parametrize("action", Action)
def test_a_person_without_a_role_may_do_nothing(action):
    assert not any(may(Person("p", "Person"), action, subject) for subject in SUBJECTS)


def test_a_person_may_what_any_of_its_roles_may():
    both = Person("p", "Person", (HeldRole(Role.VISITOR), HeldRole(Role.MEMBER, municipality_code=HOME)))

    assert may(both, Action.VOTE, SUBJECTS[0])
    assert may(both, Action.READ_PUBLISHED)


def test_a_municipality_that_has_left_a_network_has_no_right_in_it():
    left = Subject(OWN, MEMBERS - {HOME}, HOME)

    assert not may(holder_of(Role.MEMBER), Action.VOTE, left)
    assert not may(holder_of(Role.CONTROLLER), Action.STATE_COMPARABILITY, left)
    assert not may(holder_of(Role.LEADERSHIP), Action.READ_NETWORK, left)


def test_a_coordinator_of_no_network_yet_may_form_one_and_nothing_in_others():
    nobody = Person("p", "Person", (HeldRole(Role.COORDINATOR),))

    assert may(nobody, Action.CREATE_NETWORK)
    assert not may(nobody, Action.CHANGE_NETWORK, Subject())
    assert not may(nobody, Action.CHANGE_NETWORK, Subject(OTHER))


def test_a_refusal_names_the_person_and_the_action_in_the_readers_language():
    with pytest.raises(NotAllowedError) as refused:
        require(Person("p", "Controller, Haninge"), Action.VOTE)

    assert str(refused.value) == (
        "Controller, Haninge har inte rätt att rösta om mått. Det som skulle ändras är oförändrat."
    )
    english = {"rösta om mått": "vote", refused.value.text: "{person} may not {action}."}
    assert (
        render(refused.value.message, lambda text: english.get(text, text))
        == "Controller, Haninge may not vote."
    )
