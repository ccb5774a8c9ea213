"""All measures of the network: how many stand where, the list, what nobody uses, and proposing KPIs as they are."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from app_pages.network_measures import propose
from app_pages.network_measures.choose import Choice
from app_pages.network_measures.road import ROAD, counted
from app_pages.parts import address, frame, person
from app_pages.parts.address import Name, PageName
from app_pages.parts.measure_words import kind_name, life_link
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _, ngettext
from data.workspace.use_counts import unused_measures
from domain.network_measure import SOURCE_NAMES, STATE_NAMES, MeasureState, NetworkMeasure
from domain.rights import Action


def head(choice: Choice) -> None:
    count = sum(1 for one in choice.measures if one.state is MeasureState.IN_USE)
    line = ngettext("{count} mått i bruk", "{count} mått i bruk", count).format(count=count)
    if not choice.may(Action.READ_NETWORK):
        line += " · " + _("förslag och diskussion syns för nätverkets medlemmar")
    frame.head(_("Mått i nätverket {network}").format(network=choice.network.name), line, choice.view)


def parts(choice: Choice) -> None:
    if choice.measures:
        st.html(counted(choice.measures))
        _unused(choice)
        _table(choice)
    else:
        frame.box(
            _("Nätverket har inga mått ännu"),
            [
                _(
                    "Ett mått föreslås, diskuteras, beslutas med datum och protokoll, tas i bruk och avvecklas med ett skäl."
                ),
                _(
                    "Börja med ett nyckeltal som det är, en formel i mätverkstaden eller ett mått från ett annat nätverk."
                ),
            ],
        )
    ways = [
        (PageName.NETWORK, _("Mitt nätverk")),
        (PageName.NETWORKS, _("Ta över ett mått från ett annat nätverk")),
    ]
    if choice.may(Action.PROPOSE_MEASURE):
        ways.insert(1, (PageName.WORKSHOP, _("Gör ett eget mått i mätverkstaden")))
    links = " · ".join(
        f'<a data-page href="{escape(address.link(page, **{Name.NETWORK: choice.network.id}))}">{escape(text)}</a>'
        for page, text in ways
    )
    st.html(f'<p class="ways-on">{links}</p>')
    if choice.may(Action.PROPOSE_MEASURE):
        propose.form(choice)


def _unused(choice: Choice) -> None:
    """What nobody has looked at for a year, for those who can do something about it."""
    if not choice.may(Action.READ_NETWORK):
        return
    found = unused_measures(get_workspace(), choice.network.id, person.today())
    if not found:
        return
    names = ", ".join(life_link(one) for one in found)
    text = escape(_("Ingen har tittat på de här måtten på ett år. Behövs de?"))
    st.html(
        f'<div class="box" role="note"><h2>{escape(_("Oanvända mått"))}</h2><p>{text}</p><p>{names}</p></div>'
    )


def _table(choice: Choice) -> None:
    heads = (_("Mått"), _("Läge"), _("Slag"), _("Gjort av"), _("Avsnitt"), _("Sedan"))
    in_order = [one for state in ROAD for one in choice.measures if one.state is state]
    rows = "".join(_row(choice, one) for one in in_order)
    header = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    caption = _("Nätverkets mått efter läge. Namnet leder till diskussion, definition, jämförbarhet och mål.")
    st.html(
        f'<table class="plain-table catalogue"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(choice: Choice, measure: NetworkMeasure) -> str:
    owner = ""
    if measure.owner_network != choice.network.id:
        owner = f"<br><small>{escape(_('övertaget; definieras av ett annat nätverk'))}</small>"
    definition = measure.definition
    cells: Sequence[str] = (
        _(STATE_NAMES[measure.state]),
        kind_name(definition.kind),
        _(SOURCE_NAMES[definition.source]),
        measure.section or "–",
        str(measure.life[-1].at.astimezone().date()),
    )
    return (
        f'<tr><th scope="row">{life_link(measure)}{owner}</th>'
        + "".join(f"<td>{escape(one)}</td>" for one in cells)
        + "</tr>"
    )
