"""Read from the address the source, the formula, the network, and what is searched for."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from app_pages.parts import address, network_choice, person
from app_pages.parts.address import CHANGED
from app_pages.parts.choices import View
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _
from data.workspace.measures import BEFORE_DECISION, network_measures
from domain.errors.choices import UnknownMeasureError
from domain.group import Group, GroupKind, GroupReference
from domain.measure import Measure
from domain.network import Network
from domain.network_measure import MeasureSource, MeasureState, NetworkMeasure
from domain.rights import Action
from domain.suggestion import suggest_similar

FORMULA: Final = "formel"
SOURCE: Final = "av"
SEARCH: Final = "sok"
PROPOSES: Final = "foresla"  # the address asks for the form, whatever the user's rights
SOURCE_WORDS: Final = {
    "formel": MeasureSource.FORMULA,
    "nyckeltal": MeasureSource.KPI,
    "egen": MeasureSource.OWN,
}
EDITOR: Final = f"choice-{FORMULA}"
MOST_FOUND: Final = 6
MOST_OWN: Final = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """`expression` is the formula, the KPI or the variable's name, after `source`.

    `group` is the network's members or, without a network, whom the reader compares with. `unpublished` are the
    network's measures that are not public yet and that whoever acts may name. `changed` is the measure that gets a new
    definition here, if any.
    """

    view: View
    network: Network | None
    group: Group
    source: MeasureSource
    expression: str
    search: str
    unpublished: tuple[NetworkMeasure, ...]
    changed: NetworkMeasure | None
    asks_to_propose: bool

    @property
    def focus(self) -> str:
        """The focus municipality where it is in the group, else the group's first member."""
        mine = self.view.municipality.code
        return mine if mine in self.group.codes else self.group.codes[0]

    @property
    def is_redefinition(self) -> bool:
        """Whether a new definition from a year on is saved; a proposal is reworded as a whole."""
        return self.changed is not None and self.changed.state not in BEFORE_DECISION

    @property
    def may_save(self) -> bool:
        action = Action.DECIDE_MEASURE if self.is_redefinition else Action.PROPOSE_MEASURE
        return self.network is not None and person.may_here(action, self.network)


def load_choice(view: View) -> Choice:
    """Read the choice from the address; what cannot be read is reported and replaced by the default."""
    words = view.address
    network = network_choice.chosen_network(view)
    may_read = network is not None and person.may_here(Action.READ_NETWORK, network)
    actor = person.current_user() if may_read else None
    measures = network_measures(get_workspace(), network.id, actor=actor) if network else ()
    changeable = {measure.id: measure for measure in measures if network and _is_changeable(measure, network)}

    def measure_of(word: str) -> NetworkMeasure:
        if word not in changeable:
            raise UnknownMeasureError(measure=word, suggestion=suggest_similar(word, changeable))
        return changeable[word]

    changed = words.read(CHANGED, measure_of, None, kind=_("mått")) if words.text(CHANGED) else None
    newest = changed.definition if changed else None
    source = words.read(
        SOURCE,
        SOURCE_WORDS.__getitem__,
        newest.source if newest else MeasureSource.FORMULA,
        kind=_("vad måttet är gjort av"),
        hint=_("Möjliga ord: {words}.").format(words=", ".join(SOURCE_WORDS)),
    )
    as_it_was = newest.expression if newest and newest.source is source else ""
    return Choice(
        view=view,
        network=network,
        group=_group(view, network),
        source=source,
        expression=words.text(FORMULA) or as_it_was,
        search=words.text(SEARCH),
        unpublished=tuple(measure for measure in measures if not measure.is_published),
        changed=changed,
        asks_to_propose=bool(words.text(PROPOSES)),
    )


def _is_changeable(measure: NetworkMeasure, network: Network) -> bool:
    return measure.owner_network == network.id and measure.state is not MeasureState.RETIRED


def _group(view: View, network: Network | None) -> Group:
    if network is None or len(network.members_on(person.today())) < 2:
        return view.group
    return view.library.groups.resolve(GroupReference(GroupKind.NETWORK, network.id))


def source_control(chosen: Choice) -> None:
    """Show the choice of what the measure is made of."""
    key = f"choice-{SOURCE}"
    by_source = {source: word for word, source in SOURCE_WORDS.items()}
    st.session_state[key] = by_source[chosen.source]
    names = {
        "formel": _("en formel"),
        "nyckeltal": _("ett nyckeltal som det är"),
        "egen": _("en egen variabel"),
    }
    st.radio(
        _("Måttet är gjort av"),
        list(names),
        format_func=lambda word: names.get(word, word),
        key=key,
        on_change=lambda: address.change(**{SOURCE: st.session_state[key], FORMULA: None}),
        horizontal=True,
    )


def editor(chosen: Choice) -> None:
    """Show the formula field. The formula is computed when typing pauses (page.js) or the field loses focus.

    The field is filled only where it differs, so that what is typed meanwhile is not overwritten.
    """
    if st.session_state.get(EDITOR, "").strip() != chosen.expression:
        st.session_state[EDITOR] = chosen.expression

    def write() -> None:
        address.change(**{FORMULA: typed_formula()})

    with st.container(key="formula-editor"):
        match chosen.source:
            case MeasureSource.FORMULA:
                st.text_area(
                    _("Formel"),
                    key=EDITOR,
                    on_change=write,
                    height=100,
                    placeholder=_("till exempel: N15030 / N01951 * 1 000"),
                )
            case MeasureSource.KPI:
                st.text_input(
                    _("Nyckeltalets beteckning eller namn"),
                    key=EDITOR,
                    on_change=write,
                    placeholder=_("till exempel: N15428"),
                )
            case MeasureSource.OWN:
                st.text_input(
                    _("Variabelns namn"),
                    key=EDITOR,
                    on_change=write,
                    placeholder=_("till exempel: platser_i_simskola"),
                    help=_("Bokstäver, siffror och understreck. Medlemmarna lämnar värdena själva."),
                )


def typed_formula() -> str:
    """Return the text in the field; one that is too long is reported instead of being written to the address."""
    return str(st.session_state.get(EDITOR) or "").strip()


def add(word: str) -> None:
    """Append a word to the formula; for an unchanged KPI, replace what is there."""
    before = typed_formula()
    is_alone = st.session_state.get(f"choice-{SOURCE}") != "formel" or not before
    st.session_state[EDITOR] = word if is_alone else f"{before} {word}"
    address.change(**{FORMULA: st.session_state[EDITOR]})


def search_control(chosen: Choice, measures: tuple[Measure, ...]) -> None:
    """Show the KPI search; a click puts a KPI into the formula."""
    key = f"choice-{SEARCH}"
    st.session_state[key] = chosen.search
    st.text_input(
        _("Sök nyckeltal"),
        key=key,
        on_change=lambda: address.change(**{SEARCH: st.session_state[key]}),
        placeholder=_("till exempel: kostnad förskola"),
    )
    for measure in measures[:MOST_FOUND]:
        _addable(measure.id, " · ".join(part for part in (measure.short_title, measure.unit) if part))
    if chosen.search and not measures:
        st.caption(_("Inget nyckeltal passar orden. Pröva andra."))


def own_names(chosen: Choice) -> None:
    """Show the networks' own measures and variables that a formula may use."""
    own = {
        measure.variable_name: measure
        for measure in (*chosen.view.library.own_measures.snapshot.by_id.values(), *chosen.unpublished)
    }
    mine = chosen.network.id if chosen.network else ""
    listed = sorted(own.values(), key=lambda measure: (measure.network_id != mine, measure.variable_name))
    for item in listed[:MOST_OWN]:
        definition = item.definition
        _addable(item.variable_name, " · ".join(part for part in (definition.name, definition.unit) if part))
    if not listed:
        st.caption(_("Nätverken har inga egna mått ännu."))


def _addable(word: str, explanation: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"addable-{word}"):
        st.button(
            word,
            key=f"add-{word}",
            on_click=add,
            args=(word,),
            help=_("Lägg till i formeln"),
        )
        st.caption(explanation)
