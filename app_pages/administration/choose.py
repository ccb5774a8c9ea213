"""Read from the address which person is edited and which entries of the log are shown."""

from dataclasses import dataclass
from typing import Final

from app_pages.parts import network_choice, person
from app_pages.parts.address import Name
from app_pages.parts.choice_row import select
from app_pages.parts.choices import View
from app_pages.parts.words import _
from domain.audit import OUTCOME_NAMES, SUBJECT_NAMES, Outcome, SubjectKind
from domain.network import Network
from domain.rights import Action

PERSON: Final = "andra"
WHO: Final = "vem"
WHAT: Final = "vad"
OUTCOME: Final = "utfall"
BEFORE: Final = "fore"
KIND_WORDS: Final = {
    "personer": SubjectKind.PERSON,
    "natverk": SubjectKind.NETWORK,
    "matt": SubjectKind.MEASURE,
    "kommentarer": SubjectKind.COMMENT,
    "roster": SubjectKind.VOTE,
    "mal": SubjectKind.TARGET,
    "jamforbarhet": SubjectKind.STATEMENT,
    "loggen": SubjectKind.AUDIT,
}
OUTCOME_WORDS: Final = {"gjort": Outcome.DONE, "nekat": Outcome.REFUSED}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address chooses.

    `networks` are those whose log the current user may read; `reads_all` is whether they may read the whole log.
    `before` is the number of a log entry: only older ones are shown.
    """

    view: View
    manages_people: bool
    reads_all: bool
    networks: tuple[Network, ...]
    network_id: str | None
    person_id: str
    who: str | None
    kind: SubjectKind | None
    outcome: Outcome | None
    before: int | None

    @property
    def is_allowed(self) -> bool:
        """Whether the current user may see this page."""
        return self.manages_people or self.reads_all or bool(self.networks)


def load_choice(view: View) -> Choice:
    """Read the choice from the address; what cannot be read is reported and replaced by the default."""
    words = view.address
    reads_all = person.may_here(Action.READ_AUDIT)
    readable = tuple(
        network
        for network in network_choice.known_networks(view)
        if person.may_here(Action.READ_AUDIT, network)
    )
    by_id = {network.id: network.id for network in readable}
    default = None if reads_all or not readable else readable[0].id
    hint = _("Möjliga ord: {words}.")
    return Choice(
        view=view,
        manages_people=person.may_here(Action.MANAGE_PEOPLE),
        reads_all=reads_all,
        networks=readable,
        network_id=by_id.get(words.text(Name.NETWORK), default),
        person_id=words.text(PERSON),
        who=words.text(WHO) or None,
        kind=words.read(
            WHAT,
            KIND_WORDS.__getitem__,
            None,
            kind=_("slag av ändring"),
            hint=hint.format(words=", ".join(KIND_WORDS)),
        ),
        outcome=words.read(
            OUTCOME,
            OUTCOME_WORDS.__getitem__,
            None,
            kind=_("utfall"),
            hint=hint.format(words=", ".join(OUTCOME_WORDS)),
        ),
        before=words.read(BEFORE, int, None, kind=_("radnummer")),
    )


def log_controls(chosen: Choice, names: dict[str, str]) -> None:
    """Show the filters of the log: network, person, subject, and done or refused. `names` are everybody's, by id."""

    def newest(_word: str) -> dict[str, str | None]:
        return {BEFORE: None}

    of_network = {network.id: network.name for network in chosen.networks}
    select(
        Name.NETWORK,
        _("Nätverk"),
        ({"": _("alla")} if chosen.reads_all else {}) | of_network,
        chosen.network_id or "",
        also=newest,
    )
    everybody = {"": _("alla")} | names
    if chosen.who:
        everybody.setdefault(chosen.who, chosen.who)
    select(WHO, _("Vem"), everybody, chosen.who or "", also=newest)
    kinds = {word: _(SUBJECT_NAMES[kind]) for word, kind in KIND_WORDS.items()}
    by_kind = {kind: word for word, kind in KIND_WORDS.items()}
    select(WHAT, _("Vad"), {"": _("allt")} | kinds, by_kind[chosen.kind] if chosen.kind else "", also=newest)
    outcomes = {word: _(OUTCOME_NAMES[outcome]) for word, outcome in OUTCOME_WORDS.items()}
    by_outcome = {outcome: word for word, outcome in OUTCOME_WORDS.items()}
    select(
        OUTCOME,
        _("Utfall"),
        {"": _("gjort och nekat")} | outcomes,
        by_outcome[chosen.outcome] if chosen.outcome else "",
        also=newest,
    )
