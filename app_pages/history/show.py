"""Show the head and the foot of the page."""

from app_pages.history.choose import Choice
from app_pages.parts import address, blocks, frame
from app_pages.parts.address import Name, PageName
from app_pages.parts.words import _
from domain.rights import Action


def show_head(choice: Choice) -> None:
    """Show whose values and files these are, and in which network."""
    frame.show_head(
        _("Historik för {place}").format(place=choice.place),
        " · ".join((choice.network.name, _("allt som har publicerats och ångrats, det senaste först"))),
        choice.view,
    )


def show_foot(choice: Choice) -> None:
    pages = [(PageName.UPLOAD, _("Ladda upp"))]
    if choice.may(Action.READ_DELIVERIES):
        pages.append((PageName.DELIVERIES, _("Rapporteringsläge")))
    blocks.show_links((address.link(page, **{Name.NETWORK: choice.network.id}), text) for page, text in pages)
    frame.show_foot(
        _("Källa: kommunernas egna uppgifter, rapporterade i {network}").format(network=choice.network.name),
        has_colour=False,
    )
