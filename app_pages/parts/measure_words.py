"""How pages name a network's measure and lead to it."""

from html import escape
from typing import Final

from app_pages.parts import address
from app_pages.parts.address import Name, PageName
from app_pages.parts.words import _
from domain.measure import MeasureKind
from domain.network_measure import NetworkMeasure
from language.sentences import KIND_WORDS

CHOSEN: Final = "natverksmatt"  # the measure that Mått i nätverket is open at


def life_link(measure: NetworkMeasure) -> str:
    """The measure's own place in Mått i nätverket, as an anchor."""
    href = address.link(PageName.NETWORK_MEASURES, **{Name.NETWORK: measure.network_id, CHOSEN: measure.id})
    return f'<a data-page href="{escape(href)}">{escape(measure.definition.name)}</a>'


def comparison_link(measure: NetworkMeasure) -> str:
    """The address of the comparison within the measure's network."""
    return address.link(
        PageName.MEASURE,
        **{Name.MEASURE: measure.id, Name.GROUP: f"network:{measure.network_id}", Name.YEAR: None},
    )


def kind_name(kind: MeasureKind | None) -> str:
    return _(KIND_WORDS[kind]) if kind else ""
