"""The head of the page, the answer in a sentence, and what is said to those who may not read more."""

from html import escape

import streamlit as st

from app_pages.deliveries.choose import Choice
from app_pages.parts import address, frame, person
from app_pages.parts.address import Name, PageName
from app_pages.parts.period_words import period_name
from app_pages.parts.words import _, language, ngettext
from domain.rights import ACTION_NAMES, Action
from language.numbers import number
from pipelines.uploads.deliveries import DELIVERED, Deliveries, DeliveryState


def head(choice: Choice) -> None:
    """Which network, for when."""
    line = " · ".join(
        (
            period_name(choice.period),
            _("nästa möte {day}").format(day=choice.network.next_meeting)
            if choice.network.next_meeting
            else _("inget möte är inbokat"),
        )
    )
    frame.head(_("Rapporteringsläge för {network}").format(network=choice.network.name), line, choice.view)


def not_for_everybody(choice: Choice) -> None:
    """Whom to ask, and what everybody may read instead."""
    sentences = [
        _("{who} får inte {what}.").format(
            who=_(choice.actor.name), what=_(ACTION_NAMES[Action.READ_DELIVERIES])
        ),
        _("Det läses av nätverksledaren och av medlemmarnas controllers och kommunledningar."),
    ]
    if choice.network.contact:
        sentences.append(_("Fråga {contact}.").format(contact=choice.network.contact))
    if person.offered():
        sentences.append(_("Du väljer vem du är högst upp på sidan."))
    frame.box(_("Rapporteringsläget är nätverkets eget"), sentences)
    _way_on(choice, PageName.NETWORK, _("Det som är publicerat står på nätverkets sida"))


def nothing_asked_for(choice: Choice) -> None:
    """A network that asks its members for nothing of their own that period."""
    frame.box(
        _("Det finns inget att rapportera"),
        [
            _("{network} har inga egna variabler i bruk som rapporteras för {period}.").format(
                network=choice.network.name, period=period_name(choice.period)
            ),
            _(
                "Egna variabler föreslås i Mätverkstaden, beslutas av nätverket och tas i bruk; sedan syns här vem som "
                "har rapporterat dem."
            ),
        ],
    )
    _way_on(choice, PageName.WORKSHOP, _("Till Mätverkstaden"))


def lead(found: Deliveries) -> None:
    """“5 av 8 medlemmar har levererat allt.”, and who has something left."""
    done, members = len(found.done), len(found.members)
    told = ngettext(
        "{done} av {count} medlem har levererat allt för {period}.",
        "{done} av {count} medlemmar har levererat allt för {period}.",
        members,
    ).format(
        done=number(done, 0, language()),
        count=number(members, 0, language()),
        period=period_name(found.period),
    )
    left = [
        _("{place} ({missing} av {all})").format(place=name, missing=missing, all=len(found.of(code)))
        for code, name in found.members
        if (missing := len(found.missing(code)))
    ]
    if left:
        told += " " + _("Kvar att publicera: {places}.").format(places=", ".join(left))
    st.html(f'<p class="lead">{escape(told)}</p>')
    states = [one.state for one in found.deliveries]
    counted = [
        (states.count(DeliveryState.AWAITING_SIGN_OFF), _("{count} väntar på godkännande")),
        (states.count(DeliveryState.AWAITING_DATE), _("{count} väntar på publiceringsdag")),
        (states.count(DeliveryState.DRAFT), _("{count} finns i utkast")),
    ]
    on_the_way = [text.format(count=number(count, 0, language())) for count, text in counted if count]
    if on_the_way and any(one not in DELIVERED for one in states):
        text = _("Av det som inte är publicerat: {what}.").format(what=", ".join(on_the_way))
        st.html(f'<p class="part">{escape(text)}</p>')


def foot(choice: Choice) -> None:
    _way_on(choice, PageName.HISTORY, _("Historik: uppladdningar, filer och vad som har ändrats"))
    frame.foot(
        _("Källa: kommunernas egna uppgifter, rapporterade i {network}").format(network=choice.network.name),
        has_colour=False,
    )


def _way_on(choice: Choice, page: PageName, text: str) -> None:
    href = escape(address.link(page, **{Name.NETWORK: choice.network.id}))
    st.html(f'<p class="ways-on"><a data-page href="{href}">{escape(text)}</a></p>')
