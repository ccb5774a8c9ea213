"""The head and foot of the page, the file that is open, and the boxes for when there is nothing to work on."""

from typing import Final

import streamlit as st

from app_pages.parts import address, blocks, frame, person
from app_pages.parts.address import Name, PageName
from app_pages.parts.error_advice import explain
from app_pages.parts.period_words import period_name
from app_pages.parts.words import _, ngettext
from app_pages.upload import load
from app_pages.upload.choose import Choice, Step, step_link
from app_pages.upload.load import AtHand
from domain.errors.people import NotAllowedError
from domain.rights import Action
from domain.upload import UploadState

REFUSALS: Final = "upload-refusals"


def show_head(choice: Choice) -> None:
    """Show municipality, network and period; and who may upload, where the current user may not."""
    line = " · ".join(
        (
            choice.network.name,
            period_name(choice.period),
            ngettext("{count} mått rapporteras", "{count} mått rapporteras", len(choice.measures)).format(
                count=len(choice.measures)
            ),
        )
    )
    welcome = ""
    if not choice.may(Action.UPLOAD_RESULTS):
        welcome = _(
            "Resultat för {place} laddas upp av kommunens controller. Du kan kontrollera en fil; då sparas ingenting."
        ).format(place=choice.place)
        if person.people_on_offer():
            welcome += " " + _("Du väljer vem du är högst upp på sidan.")
    elif choice.view.release.is_made_up:
        welcome = _("Det du publicerar hamnar bland de påhittade värdena, så pröva fritt.")
    frame.show_head(
        _("Ladda upp resultat för {place}").format(place=choice.place), line, choice.view, welcome=welcome
    )


def open_file(choice: Choice) -> AtHand | None:
    """Return the file at hand, or None; a box explains why where the current user may not see it.

    What is published needs no opening.
    """
    upload = choice.upload
    if (
        upload is not None
        and choice.step in {Step.FILE, Step.PUBLISH}
        and upload.state is not UploadState.DRAFT
    ):
        return None
    refusals: dict[tuple[str, ...], NotAllowedError] = st.session_state.setdefault(REFUSALS, {})
    key = (choice.actor.id, upload.id if upload is not None else "")
    if key not in refusals:  # the log has a refusal once a session
        try:
            return load.at_hand(choice)
        except NotAllowedError as error:
            refusals[key] = error
    is_draft = upload is not None and upload.state is UploadState.DRAFT
    sentences = [explain(refusals[key])]
    if is_draft:
        sentences.append(_("Det blir synligt för nätverket när det publiceras."))
    frame.show_box(_("Utkastet är kommunens eget") if is_draft else _("Filen är kommunens egen"), sentences)
    return None


def show_no_file(choice: Choice) -> None:
    """Show that a step needs a file: the session that only checked it has ended, or the user may not see it."""
    if choice.upload is not None:
        return  # the refusal is shown already
    frame.show_box(
        _("Här finns ingen fil ännu"),
        [
            _(
                "Börja med steg 1: hämta mallen eller lämna den fil du har. En fil som bara kontrollerades är inte sparad."
            )
        ],
    )
    blocks.show_links([(step_link(Step.FILE, None), _("Till steg 1"))])


def show_nothing_to_report(choice: Choice) -> None:
    """Show why the network has nothing to report, and what to do."""
    sentences = [
        _("{network} har inga egna variabler i bruk som rapporteras för {period}.").format(
            network=choice.network.name, period=period_name(choice.period)
        ),
        _(
            "Nyckeltal hämtas från Kolada och behöver inte laddas upp. Egna variabler föreslås i Mätverkstaden, "
            "beslutas av nätverket och tas i bruk; sedan rapporteras de här."
        ),
    ]
    frame.show_box(_("Det finns inget att rapportera"), sentences)
    words = {Name.NETWORK: choice.network.id}
    blocks.show_links(
        (address.link(page, **words), name)
        for page, name in (
            (PageName.WORKSHOP, _("Till Mätverkstaden")),
            (PageName.NETWORK_MEASURES, _("Till nätverkets mått")),
        )
    )


def show_foot(choice: Choice) -> None:
    """Show links to the deliveries and the history, then the source."""
    pages = [(PageName.HISTORY, _("Historik"))]
    if choice.may(Action.READ_DELIVERIES):
        pages.insert(0, (PageName.DELIVERIES, _("Rapporteringsläge")))
    words = {Name.NETWORK: choice.network.id, Name.MUNICIPALITY: choice.code}
    blocks.show_links((address.link(page, **words), name) for page, name in pages)
    frame.show_foot(
        _("Källa: kommunernas egna uppgifter, rapporterade i {network}").format(network=choice.network.name),
        has_colour=False,
    )
