"""Show all networks: their members and measures, which measures several share, and how to copy one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

import streamlit as st

from app_pages.networks import choose, create
from app_pages.networks.choose import PART, Choice
from app_pages.parts import address, blocks, forms, frame, network_choice, person
from app_pages.parts.address import Name, PageName
from app_pages.parts.measure_words import kind_name, life_link
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, ngettext
from data.workspace import measures
from domain.network import Network
from domain.network_measure import SOURCE_NAMES, STATE_NAMES, MeasureSource, MeasureState, NetworkMeasure
from language.rendering import render

MOST_SHOWN: Final = 30
MOST_NAMED: Final = 6  # more measures than this of one network are not read in a cell
TAKE: Final = "take-over"


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """A network in the list of all; `measures` names those in use, `forming_until` is set while it is being formed."""

    href: str
    name: str
    is_mine: bool
    forming_until: date | None
    members: tuple[str, ...]
    area_of_work: str
    measures: str


def show_head(choice: Choice) -> None:
    networks, count = len(choice.networks), len(by_sameness(choice.measures))
    line = [
        ngettext("{count} nätverk", "{count} nätverk", networks).format(count=networks),
        ngettext("{count} gemensamt mått", "{count} gemensamma mått", count).format(count=count),
    ]
    frame.show_head(_("Nätverken: vilka som är med och vad de mäter"), " · ".join(line), choice.view)


def show_parts(choice: Choice) -> None:
    """Show the list, the measures, and the form to create a network for those who may."""
    names = [_("Nätverken"), _("Deras mått")]
    draw = [_networks, _measures]
    if choice.may_create:
        names.append(_("Bilda nätverk"))
        draw.append(create.forms_of)
    for tab, show in zip(st.tabs(names, key=PART, bind="query-params"), draw, strict=True):
        if tab.open:
            with tab:
                show(choice)
    ways = [(PageName.SIMILAR, _("Vilka som liknar oss"))]
    if choice.may_administer:
        ways.append((PageName.ADMINISTRATION, _("Personer, roller och ändringslogg")))
    blocks.show_links((address.link(page), text) for page, text in ways)
    frame.show_foot(f"{_('Värden')}: {render(choice.view.release.source, _)}.", has_colour=False)


def _networks(choice: Choice) -> None:
    if not choice.networks:
        sentences = [_("Ett nätverk är sex till tio kommuner som väljer sina mått tillsammans.")]
        if choice.may_create:
            sentences.append(
                _("Bilda det första under fliken Bilda nätverk, till exempel av en grupp i Kolada.")
            )
        elif person.people_on_offer():
            sentences.append(
                _("Den som är nätverksledare kan bilda ett. Du väljer vem du är högst upp på sidan.")
            )
        frame.show_box(_("Det finns inga nätverk ännu"), sentences)
        return
    rows = [_network_row(choice, network) for network in choice.networks.values()]
    show_template("networks/networks.html", rows=rows)
    _show_shared_measures(choice)


def _network_row(choice: Choice, network: Network) -> NetworkRow:
    codes = network_choice.members_by_name(choice.view, network)
    used = [
        measure.definition.name
        for measure in choice.measures
        if measure.network_id == network.id and measure.state is MeasureState.IN_USE
    ]
    names = ", ".join(used[:MOST_NAMED])
    if len(used) > MOST_NAMED:
        names += " " + _("och {count} till").format(count=len(used) - MOST_NAMED)
    return NetworkRow(
        href=address.link(PageName.NETWORK, **{Name.NETWORK: network.id}),
        name=network.name,
        is_mine=choice.view.municipality.code in codes,
        forming_until=network.forming_until if network.is_forming_on(person.today()) else None,
        members=tuple(choice.name(code) for code in codes),
        area_of_work=network.area_of_work,
        measures=names,
    )


# ---- measures that several share ---------------------------------------------------------------------------------


def same(measure: NetworkMeasure) -> str:
    """Return a key that is equal for the same measure in two networks: a copied measure, or the same unchanged KPI."""
    definition = measure.definition
    return definition.expression.upper() if definition.source is MeasureSource.KPI else measure.id


def by_sameness(all_measures: Sequence[NetworkMeasure]) -> dict[str, list[NetworkMeasure]]:
    """Group the measures of all networks by sameness, the most shared first."""
    together: dict[str, list[NetworkMeasure]] = {}
    for measure in all_measures:
        together.setdefault(same(measure), []).append(measure)

    def rank(entry: tuple[str, list[NetworkMeasure]]) -> tuple[int, str]:
        same_measures = entry[1]
        return -len({measure.network_id for measure in same_measures}), same_measures[0].definition.name

    return dict(sorted(together.items(), key=rank))


def _users(choice: Choice, same_measures: Sequence[NetworkMeasure]) -> list[str]:
    ids = dict.fromkeys(measure.network_id for measure in same_measures)
    return [choice.networks[network_id].name for network_id in ids if network_id in choice.networks]


def _show_shared_measures(choice: Choice) -> None:
    users = [
        (same_measures[0], _users(choice, same_measures))
        for same_measures in by_sameness(choice.measures).values()
    ]
    rows = [(life_link(measure), names) for measure, names in users if len(names) > 1]
    if rows:
        show_template("networks/shared_measures.html", rows=rows)


# ---- taking over ---------------------------------------------------------------------------------------------------


def _measures(choice: Choice) -> None:
    choose.search_control(choice)
    forms.show_problem(TAKE)
    words = choice.words.casefold().split()
    matching = [
        same_measures
        for same_measures in by_sameness(choice.measures).values()
        if all(word in _searched_text(same_measures[0]) for word in words)
    ]
    if not matching:
        frame.show_box(
            _("Inget mått passar") if choice.measures else _("Inget nätverk har beslutat om något mått ännu"),
            [
                _("Pröva andra ord.")
                if choice.measures
                else _("När ett nätverk har beslutat om ett mått kan andra nätverk ta över det härifrån.")
            ],
        )
        return
    for same_measures in matching[:MOST_SHOWN]:
        _show_measure(choice, same_measures)
    if len(matching) > MOST_SHOWN:
        blocks.show_text(
            _("De {count} mest delade visas. Sök för att hitta fler.").format(count=MOST_SHOWN), "chart-notes"
        )


def _searched_text(measure: NetworkMeasure) -> str:
    definition = measure.definition
    return " ".join(
        (definition.name, definition.resident_sentence, definition.expression, definition.included)
    ).casefold()


def _show_measure(choice: Choice, same_measures: Sequence[NetworkMeasure]) -> None:
    """Show what it is and who uses it, with the one click that takes it over."""
    measure = next(
        (measure for measure in same_measures if measure.network_id == measure.owner_network),
        same_measures[0],
    )
    definition = measure.definition
    facts = (
        kind_name(definition.kind),
        _(SOURCE_NAMES[definition.source]),
        definition.unit,
        _(STATE_NAMES[measure.state]),
    )
    with st.container(horizontal=True, key=f"offer-{measure.id}", vertical_alignment="center", gap="medium"):
        show_template(
            "networks/offer.html",
            measure_link=life_link(measure),
            sentence=_(definition.resident_sentence) if definition.resident_sentence else "",
            facts=[fact for fact in facts if fact],
            users=_users(choice, same_measures),
        )
        into = choice.into
        if into is None:
            return
        if any(measure.network_id == into.id for measure in same_measures):
            text = _("Finns i {network}").format(network=into.name)
            blocks.show_text(text, "chart-notes", width="content")
        else:
            st.button(
                _("Ta över måttet"), key=f"take-{measure.id}", on_click=partial(_take_over, into, measure)
            )


def _take_over(into: Network, measure: NetworkMeasure) -> None:
    def work() -> str:
        taken = measures.take_over(get_workspace(), person.current_user(), into, measure.id)
        return _("{measure} är föreslaget i {network}.").format(
            measure=taken.definition.name, network=into.name
        )

    forms.save(TAKE, work)
