"""The link from a measure to those one can learn from."""

from app_pages.parts import address
from app_pages.parts.address import Name, PageName
from app_pages.parts.blocks import show_links
from app_pages.parts.words import _
from domain.measure import Measure


def learn_href(measure: Measure) -> str:
    """Return the address of Lär av for a measure, with the focus chosen here."""
    return address.link(PageName.LEARN_FROM, **{Name.MEASURE: measure.id})


def show_learn_link(measure: Measure) -> None:
    """Show the link on a line of its own."""
    show_links(
        [(learn_href(measure), _("Lär av andra: vem liknar oss och är bättre, och vad har de gjort?"))]
    )
