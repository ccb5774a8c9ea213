"""The way from a measure to whom one can learn from."""

from html import escape

from app_pages.parts import address
from app_pages.parts.address import Name, PageName
from app_pages.parts.words import _
from domain.measure import Measure


def learn_href(measure: Measure) -> str:
    """The address of Lär av for a measure, through the eyes that are chosen here."""
    return address.link(PageName.LEARN_FROM, **{Name.MEASURE: measure.id})


def learn_link(measure: Measure) -> str:
    """A line of its own that leads there."""
    text = _("Lär av andra: vem liknar oss och är bättre, och vad har de gjort?")
    return f'<p class="ways-on"><a data-page href="{escape(learn_href(measure))}">{escape(text)}</a></p>'
