"""Who may do what. The rules are a table; the layers that write and that read what is unpublished ask it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.errors.people import NotAllowedError
from domain.message import Message, to_translate


class Role(StrEnum):
    """What a person is in the work. A person may hold several roles, each for its own network or municipality."""

    ADMINISTRATOR = "administrator"  # national: networks, people
    COORDINATOR = "coordinator"  # runs one network
    CONTROLLER = "controller"  # uploads and explains one municipality's results
    LEADERSHIP = "leadership"  # reads everything of its municipality's networks
    MEMBER = "member"  # speaks and votes for one municipality in its networks
    VISITOR = "visitor"  # reads what is published


class Action(StrEnum):
    READ_PUBLISHED = "read_published"
    READ_NETWORK = "read_network"  # discussion, proposals, what is not yet published
    CREATE_NETWORK = "create_network"
    CHANGE_NETWORK = "change_network"  # description, members, meetings
    PROPOSE_MEASURE = "propose_measure"
    DISCUSS_MEASURE = "discuss_measure"
    VOTE = "vote"  # one vote a municipality
    DECIDE_MEASURE = "decide_measure"  # decide, take into use, redefine, retire
    SET_NETWORK_TARGET = "set_network_target"
    SET_MUNICIPALITY_TARGET = "set_municipality_target"
    STATE_COMPARABILITY = "state_comparability"
    MANAGE_PEOPLE = "manage_people"
    READ_AUDIT = "read_audit"
    UPLOAD_RESULTS = "upload_results"  # keep a draft, correct how it is read, explain, discard
    READ_DRAFT = "read_draft"  # the values of what is not yet published
    PUBLISH_RESULTS = "publish_results"  # and undo a publication
    SIGN_OFF_RESULTS = "sign_off_results"  # somebody else's upload, where the network wants a second person
    READ_DELIVERIES = "read_deliveries"  # who has delivered what, explanations, reminders
    WRITE_STORY = "write_story"  # a case, a method or a programme of one's own, up to the review
    READ_STORY_DRAFT = "read_story_draft"
    REVIEW_STORY = "review_story"  # somebody else's; and publish or withdraw it
    TRY_CASE = "try_case"  # say that one's own municipality tries somebody else's case


ROLE_NAMES: Final = {
    Role.ADMINISTRATOR: to_translate("nationell administratör"),
    Role.COORDINATOR: to_translate("nätverksledare"),
    Role.CONTROLLER: to_translate("controller"),
    Role.LEADERSHIP: to_translate("kommunledning"),
    Role.MEMBER: to_translate("nätverksmedlem"),
    Role.VISITOR: to_translate("besökare"),
}

ACTION_NAMES: Final = {
    Action.READ_PUBLISHED: to_translate("läsa det som är publicerat"),
    Action.READ_NETWORK: to_translate("läsa nätverkets arbete"),
    Action.CREATE_NETWORK: to_translate("bilda nätverk"),
    Action.CHANGE_NETWORK: to_translate("ändra nätverket och dess medlemmar"),
    Action.PROPOSE_MEASURE: to_translate("föreslå mått"),
    Action.DISCUSS_MEASURE: to_translate("diskutera mått"),
    Action.VOTE: to_translate("rösta om mått"),
    Action.DECIDE_MEASURE: to_translate("besluta om, ändra och avveckla mått"),
    Action.SET_NETWORK_TARGET: to_translate("sätta nätverkets mål"),
    Action.SET_MUNICIPALITY_TARGET: to_translate("sätta kommunens mål"),
    Action.STATE_COMPARABILITY: to_translate("ange jämförbarhet"),
    Action.MANAGE_PEOPLE: to_translate("hantera personer och roller"),
    Action.READ_AUDIT: to_translate("läsa ändringsloggen"),
    Action.UPLOAD_RESULTS: to_translate("ladda upp resultat"),
    Action.READ_DRAFT: to_translate("läsa utkast"),
    Action.PUBLISH_RESULTS: to_translate("publicera och ångra resultat"),
    Action.SIGN_OFF_RESULTS: to_translate("godkänna någon annans resultat"),
    Action.READ_DELIVERIES: to_translate("läsa rapporteringsläget"),
    Action.WRITE_STORY: to_translate("skriva exempel, metoder och program"),
    Action.READ_STORY_DRAFT: to_translate("läsa utkast i framgångsbanken"),
    Action.REVIEW_STORY: to_translate("granska och publicera det som andra har skrivit"),
    Action.TRY_CASE: to_translate("ange att kommunen provar ett exempel"),
}


class Reach(StrEnum):
    """How far a role's right goes."""

    EVERYWHERE = "everywhere"
    OWN_NETWORK = "own_network"  # the network that the role names
    NETWORKS_OF_OWN_MUNICIPALITY = "networks_of_own_municipality"
    OWN_MUNICIPALITY = "own_municipality"  # and the network must have it as a member, where one is concerned


_NOT_FOR_ADMINISTRATORS: Final = {Action.VOTE, Action.READ_DRAFT}  # who uploads reads the own draft anyhow
_EVERYTHING: Final[dict[Action, Reach]] = {
    action: Reach.EVERYWHERE for action in Action if action not in _NOT_FOR_ADMINISTRATORS
}
_PUBLISHED: Final[dict[Action, Reach]] = {Action.READ_PUBLISHED: Reach.EVERYWHERE}
_READS_OWN: Final[dict[Action, Reach]] = {
    **_PUBLISHED,
    Action.READ_NETWORK: Reach.NETWORKS_OF_OWN_MUNICIPALITY,
    Action.WRITE_STORY: Reach.OWN_MUNICIPALITY,
    Action.READ_STORY_DRAFT: Reach.OWN_MUNICIPALITY,
    Action.TRY_CASE: Reach.OWN_MUNICIPALITY,
}

RIGHTS: Final[dict[Role, dict[Action, Reach]]] = {
    Role.ADMINISTRATOR: _EVERYTHING,
    Role.COORDINATOR: {
        **_PUBLISHED,
        Action.READ_NETWORK: Reach.OWN_NETWORK,
        Action.CREATE_NETWORK: Reach.EVERYWHERE,
        Action.CHANGE_NETWORK: Reach.OWN_NETWORK,
        Action.PROPOSE_MEASURE: Reach.OWN_NETWORK,
        Action.DISCUSS_MEASURE: Reach.OWN_NETWORK,
        Action.DECIDE_MEASURE: Reach.OWN_NETWORK,
        Action.SET_NETWORK_TARGET: Reach.OWN_NETWORK,
        Action.STATE_COMPARABILITY: Reach.OWN_NETWORK,
        Action.READ_AUDIT: Reach.OWN_NETWORK,
        Action.SIGN_OFF_RESULTS: Reach.OWN_NETWORK,
        Action.READ_DELIVERIES: Reach.OWN_NETWORK,
        Action.WRITE_STORY: Reach.OWN_NETWORK,
        Action.READ_STORY_DRAFT: Reach.EVERYWHERE,
        Action.REVIEW_STORY: Reach.EVERYWHERE,
    },
    Role.CONTROLLER: {
        **_READS_OWN,
        Action.UPLOAD_RESULTS: Reach.OWN_MUNICIPALITY,
        Action.READ_DRAFT: Reach.OWN_MUNICIPALITY,
        Action.PUBLISH_RESULTS: Reach.OWN_MUNICIPALITY,
        Action.SIGN_OFF_RESULTS: Reach.OWN_MUNICIPALITY,
        Action.READ_DELIVERIES: Reach.NETWORKS_OF_OWN_MUNICIPALITY,
        Action.DISCUSS_MEASURE: Reach.NETWORKS_OF_OWN_MUNICIPALITY,
        Action.STATE_COMPARABILITY: Reach.OWN_MUNICIPALITY,
    },
    Role.LEADERSHIP: {
        **_READS_OWN,
        Action.SET_MUNICIPALITY_TARGET: Reach.OWN_MUNICIPALITY,
        Action.READ_DRAFT: Reach.OWN_MUNICIPALITY,
        Action.SIGN_OFF_RESULTS: Reach.OWN_MUNICIPALITY,
        Action.READ_DELIVERIES: Reach.NETWORKS_OF_OWN_MUNICIPALITY,
    },
    Role.MEMBER: {
        **_READS_OWN,
        Action.PROPOSE_MEASURE: Reach.NETWORKS_OF_OWN_MUNICIPALITY,
        Action.DISCUSS_MEASURE: Reach.NETWORKS_OF_OWN_MUNICIPALITY,
        Action.VOTE: Reach.OWN_MUNICIPALITY,
    },
    Role.VISITOR: _PUBLISHED,
}


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role and what it is held for: a coordinator's network, or the municipality of the others."""

    role: Role
    network_id: str | None = None
    municipality_code: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does things here. `id` is stable; a function ("controller, Haninge") may stand as the name.

    `version` rises with each saved change.
    """

    id: str
    name: str
    roles: tuple[HeldRole, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """What an action is about: a network with its member codes, a municipality, both or neither."""

    network_id: str | None = None
    member_codes: frozenset[str] = frozenset()
    municipality_code: str | None = None


ANYTHING: Final = Subject()
VISITOR: Final = Person("visitor", "Besökare", (HeldRole(Role.VISITOR),))


def may(person: Person, action: Action, subject: Subject = ANYTHING) -> bool:
    """Whether any of the person's roles reaches this far."""
    return any(_reaches(held, action, subject) for held in person.roles)


def require(person: Person, action: Action, subject: Subject = ANYTHING) -> None:
    """Raises `NotAllowedError` unless the person may. Who calls it notes the refusal in the audit log."""
    if not may(person, action, subject):
        raise NotAllowedError(person=person.name, action=Message(ACTION_NAMES[action]))


def _reaches(held: HeldRole, action: Action, subject: Subject) -> bool:
    match RIGHTS[held.role].get(action):
        case Reach.EVERYWHERE:
            return True
        case Reach.OWN_NETWORK:
            return subject.network_id is not None and subject.network_id == held.network_id
        case Reach.NETWORKS_OF_OWN_MUNICIPALITY:
            return subject.network_id is not None and held.municipality_code in subject.member_codes
        case Reach.OWN_MUNICIPALITY:
            is_own = (
                subject.municipality_code is not None and subject.municipality_code == held.municipality_code
            )
            is_member = subject.network_id is None or held.municipality_code in subject.member_codes
            return is_own and is_member
        case None:
            return False
