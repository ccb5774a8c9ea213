"""All networks: who is in them and what they measure, which measures several share, and taking one over."""

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import Final

import streamlit as st

from app_pages.networks import choose, found
from app_pages.networks.choose import PART, Choice
from app_pages.parts import address, forms, frame, network_choice, person
from app_pages.parts.address import Name, PageName
from app_pages.parts.measure_words import kind_name, life_link
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _, ngettext
from data.workspace import measures
from domain.network import Network
from domain.network_measure import SOURCE_NAMES, STATE_NAMES, MeasureSource, MeasureState, NetworkMeasure
from language.rendering import render

MOST_SHOWN: Final = 30
MOST_NAMED: Final = 6  # more measures than this of one network are not read in a cell
TAKE: Final = "take-over"


def head(choice: Choice) -> None:
    networks, count = len(choice.networks), len(by_sameness(choice.measures))
    line = [
        ngettext("{count} nätverk", "{count} nätverk", networks).format(count=networks),
        ngettext("{count} gemensamt mått", "{count} gemensamma mått", count).format(count=count),
    ]
    frame.head(_("Nätverken: vilka som är med och vad de mäter"), " · ".join(line), choice.view)


def parts(choice: Choice) -> None:
    """The list, the measures, and founding a network for those who may."""
    names = [_("Nätverken"), _("Deras mått")]
    draw = [_networks, _measures]
    if choice.may_create:
        names.append(_("Bilda nätverk"))
        draw.append(found.forms_of)
    for tab, show in zip(st.tabs(names, key=PART, bind="query-params"), draw, strict=True):
        if tab.open:
            with tab:
                show(choice)
    ways = [(PageName.SIMILAR, _("Vilka som liknar oss"))]
    if choice.may_administer:
        ways.append((PageName.ADMINISTRATION, _("Personer, roller och ändringslogg")))
    links = " · ".join(
        f'<a data-page href="{escape(address.link(page))}">{escape(text)}</a>' for page, text in ways
    )
    st.html(f'<p class="ways-on">{links}</p>')
    frame.foot(f"{_('Värden')}: {render(choice.view.release.source, _)}.", has_colour=False)


def _networks(choice: Choice) -> None:
    if not choice.networks:
        sentences = [_("Ett nätverk är sex till tio kommuner som väljer sina mått tillsammans.")]
        if choice.may_create:
            sentences.append(
                _("Bilda det första under fliken Bilda nätverk, till exempel av en grupp i Kolada.")
            )
        elif person.offered():
            sentences.append(
                _("Den som är nätverksledare kan bilda ett. Du väljer vem du är högst upp på sidan.")
            )
        frame.box(_("Det finns inga nätverk ännu"), sentences)
        return
    heads = (_("Nätverk"), _("Medlemmar"), _("Verksamhetsområde"), _("Mäter"))
    rows = "".join(_network_row(choice, one) for one in choice.networks.values())
    header = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    st.html(
        f'<table class="plain-table national"><caption>{escape(_("Alla nätverk i bokstavsordning."))}</caption>'
        f"<thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
    )
    _shared(choice)


def _network_row(choice: Choice, network: Network) -> str:
    href = address.link(PageName.NETWORK, **{Name.NETWORK: network.id})
    day = person.today()
    codes = network_choice.members(choice.view, network)
    mine = ' class="mine"' if choice.view.municipality.code in codes else ""
    forming = (
        f"<br><small>{escape(_('under bildande till {day}').format(day=network.forming_until))}</small>"
        if network.is_forming_on(day)
        else ""
    )
    used = [
        one for one in choice.measures if one.network_id == network.id and one.state is MeasureState.IN_USE
    ]
    named = ", ".join(escape(one.definition.name) for one in used[:MOST_NAMED])
    if len(used) > MOST_NAMED:
        named += " " + escape(_("och {count} till").format(count=len(used) - MOST_NAMED))
    return (
        f'<tr{mine}><th scope="row"><a data-page href="{escape(href)}">{escape(network.name)}</a>{forming}</th>'
        f"<td>{len(codes)}: {escape(', '.join(choice.name(code) for code in codes))}</td>"
        f"<td>{escape(network.area_of_work) or '–'}</td><td>{named or escape(_('inget i bruk ännu'))}</td></tr>"
    )


# ---- measures that several share ---------------------------------------------------------------------------------


def same(measure: NetworkMeasure) -> str:
    """What makes two networks' measures the same: one measure taken over, or the same KPI as it is."""
    definition = measure.definition
    return definition.expression.upper() if definition.source is MeasureSource.KPI else measure.id


def by_sameness(found_measures: Sequence[NetworkMeasure]) -> dict[str, list[NetworkMeasure]]:
    """The measures of all networks, those that are the same together; the most shared first."""
    together: dict[str, list[NetworkMeasure]] = {}
    for one in found_measures:
        together.setdefault(same(one), []).append(one)
    ranked = sorted(
        together.items(), key=lambda one: (-len({m.network_id for m in one[1]}), one[1][0].definition.name)
    )
    return dict(ranked)


def _users(choice: Choice, same_measures: Sequence[NetworkMeasure]) -> list[str]:
    ids = dict.fromkeys(one.network_id for one in same_measures)
    return [choice.networks[one].name for one in ids if one in choice.networks]


def _shared(choice: Choice) -> None:
    shared = [one for one in by_sameness(choice.measures).values() if len(_users(choice, one)) > 1]
    if not shared:
        return
    rows = "".join(
        f'<tr><th scope="row">{life_link(one[0])}</th><td class="number">{len(_users(choice, one))}</td>'
        f"<td>{escape(', '.join(_users(choice, one)))}</td></tr>"
        for one in shared
    )
    heads = "".join(
        f'<th scope="col"{kind}>{escape(text)}</th>'
        for text, kind in ((_("Mått"), ""), (_("Antal nätverk"), ' class="number"'), (_("Nätverk"), ""))
    )
    st.html(
        f'<table class="plain-table"><caption>{escape(_("Mått som flera nätverk delar."))}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


# ---- taking over ---------------------------------------------------------------------------------------------------


def _measures(choice: Choice) -> None:
    choose.search_control(choice)
    forms.problem(TAKE)
    wanted = choice.words.casefold()
    together = [
        one
        for one in by_sameness(choice.measures).values()
        if all(word in _searched(one[0]) for word in wanted.split())
    ]
    if not together:
        frame.box(
            _("Inget mått passar") if choice.measures else _("Inget nätverk har beslutat om något mått ännu"),
            [
                _("Pröva andra ord.")
                if choice.measures
                else _("När ett nätverk har beslutat om ett mått kan andra nätverk ta över det härifrån.")
            ],
        )
        return
    for one in together[:MOST_SHOWN]:
        _measure(choice, one)
    if len(together) > MOST_SHOWN:
        told = _("De {count} mest delade visas. Sök för att hitta fler.").format(count=MOST_SHOWN)
        st.html(f'<p class="chart-notes">{escape(told)}</p>')


def _searched(measure: NetworkMeasure) -> str:
    definition = measure.definition
    return " ".join(
        (definition.name, definition.resident_sentence, definition.expression, definition.included)
    ).casefold()


def _measure(choice: Choice, together: Sequence[NetworkMeasure]) -> None:
    """What it is and who uses it, with the one click that takes it over."""
    measure = next((one for one in together if one.network_id == one.owner_network), together[0])
    definition = measure.definition
    facts = " · ".join(
        one
        for one in (
            kind_name(definition.kind),
            _(SOURCE_NAMES[definition.source]),
            definition.unit,
            _(STATE_NAMES[measure.state]),
        )
        if one
    )
    users = _("Används av {networks}.").format(networks=", ".join(_users(choice, together)))
    sentence = f"<p>{escape(_(definition.resident_sentence))}</p>" if definition.resident_sentence else ""
    with st.container(horizontal=True, key=f"offer-{measure.id}", vertical_alignment="center", gap="medium"):
        st.html(
            f'<div class="offer"><h3>{life_link(measure)}</h3>{sentence}'
            f"<small>{escape(facts)}. {escape(users)}</small></div>"
        )
        into = choice.into
        if into is None:
            return
        if any(one.network_id == into.id for one in together):
            st.html(
                f'<p class="chart-notes">{escape(_("Finns i {network}").format(network=into.name))}</p>',
                width="content",
            )
        else:
            st.button(
                _("Ta över måttet"), key=f"take-{measure.id}", on_click=partial(_take_over, into, measure)
            )


def _take_over(into: Network, measure: NetworkMeasure) -> None:
    def work() -> str:
        kept = measures.take_over(get_workspace(), person.signed_in(), into, measure.id)
        return _("{measure} är föreslaget i {network}.").format(
            measure=kept.definition.name, network=into.name
        )

    forms.save(TAKE, work)
