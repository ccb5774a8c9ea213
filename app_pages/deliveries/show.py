"""The head of the page, the answer in a sentence, and the box for those who may not read more."""

from app_pages.deliveries.choose import Choice
from app_pages.parts import address, blocks, frame, person
from app_pages.parts.address import Name, PageName
from app_pages.parts.period_words import period_name
from app_pages.parts.words import _, language, ngettext
from domain.delivery import DeliveryState
from domain.rights import ACTION_NAMES, Action
from language.numbers import number
from pipelines.uploads.deliveries import DELIVERED, Deliveries


def show_head(choice: Choice) -> None:
    """Show network, period and next meeting."""
    line = " · ".join(
        (
            period_name(choice.period),
            _("nästa möte {day}").format(day=choice.network.next_meeting)
            if choice.network.next_meeting
            else _("inget möte är inbokat"),
        )
    )
    frame.show_head(
        _("Rapporteringsläge för {network}").format(network=choice.network.name), line, choice.view
    )


def show_refusal(choice: Choice) -> None:
    """Show whom to ask, and the link to what everybody may read."""
    sentences = [
        _("{who} får inte {what}.").format(
            who=_(choice.actor.name), what=_(ACTION_NAMES[Action.READ_DELIVERIES])
        ),
        _("Det läses av nätverksledaren och av medlemmarnas controllers och kommunledningar."),
    ]
    if choice.network.contact:
        sentences.append(_("Fråga {contact}.").format(contact=choice.network.contact))
    if person.people_on_offer():
        sentences.append(_("Du väljer vem du är högst upp på sidan."))
    frame.show_box(_("Rapporteringsläget är nätverkets eget"), sentences)
    _show_link(choice, PageName.NETWORK, _("Det som är publicerat står på nätverkets sida"))


def show_nothing_to_report(choice: Choice) -> None:
    """Show that the network has no measures of its own to report that period."""
    frame.show_box(
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
    _show_link(choice, PageName.WORKSHOP, _("Till Mätverkstaden"))


def show_lead(deliveries: Deliveries) -> None:
    """Show “5 av 8 medlemmar har levererat allt.”, and the members that have something left."""
    done, member_count = len(deliveries.done), len(deliveries.members)
    text = ngettext(
        "{done} av {count} medlem har levererat allt för {period}.",
        "{done} av {count} medlemmar har levererat allt för {period}.",
        member_count,
    ).format(
        done=number(done, 0, language()),
        count=number(member_count, 0, language()),
        period=period_name(deliveries.period),
    )
    left = [
        _("{place} ({missing} av {all})").format(place=name, missing=missing, all=len(deliveries.of(code)))
        for code, name in deliveries.members
        if (missing := len(deliveries.missing(code)))
    ]
    if left:
        text += " " + _("Kvar att publicera: {places}.").format(places=", ".join(left))
    blocks.show_lead(text)
    states = [delivery.state for delivery in deliveries.deliveries]
    counted = [
        (states.count(DeliveryState.AWAITING_SIGN_OFF), _("{count} väntar på godkännande")),
        (states.count(DeliveryState.AWAITING_DATE), _("{count} väntar på publiceringsdag")),
        (states.count(DeliveryState.DRAFT), _("{count} finns i utkast")),
    ]
    on_the_way = [text.format(count=number(count, 0, language())) for count, text in counted if count]
    if on_the_way and any(state not in DELIVERED for state in states):
        text = _("Av det som inte är publicerat: {what}.").format(what=", ".join(on_the_way))
        blocks.show_text(text)


def show_foot(choice: Choice) -> None:
    _show_link(choice, PageName.HISTORY, _("Historik: uppladdningar, filer och vad som har ändrats"))
    frame.show_foot(
        _("Källa: kommunernas egna uppgifter, rapporterade i {network}").format(network=choice.network.name),
        has_colour=False,
    )


def _show_link(choice: Choice, page: PageName, text: str) -> None:
    blocks.show_links([(address.link(page, **{Name.NETWORK: choice.network.id}), text)])
