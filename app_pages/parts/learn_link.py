"""The way from a measure to whom one can learn from."""

from app_pages.parts import address
from app_pages.parts.address import Name, PageName
from app_pages.parts.blocks import show_links
from app_pages.parts.words import _
from domain.measure import Measure


def learn_href(measure: Measure) -> str:
    """The address of Lär av for a measure, through the eyes that are chosen here."""
    return address.link(PageName.LEARN_FROM, **{Name.MEASURE: measure.id})


def show_learn_link(measure: Measure) -> None:
    """Show a line of its own that leads there."""
    show_links(
        [(learn_href(measure), _("Lär av andra: vem liknar oss och är bättre, och vad har de gjort?"))]
    )
