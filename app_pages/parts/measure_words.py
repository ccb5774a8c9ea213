"""Name a network's measure on a page and link to it."""

from typing import Final

from markupsafe import Markup

from answers.delivery import find_delivery
from answers.library import Library
from app_pages.parts import address
from app_pages.parts.address import Name, PageName
from app_pages.parts.templates import render_macro
from app_pages.parts.words import _
from domain.group import Group
from domain.measure import Measure, MeasureKind
from domain.network_measure import NetworkMeasure
from language.enum_words import KIND_WORDS
from language.numbers import day

MOST_NAMED: Final = 10  # as many as a network may have
CHOSEN: Final = "natverksmatt"  # the measure that Mått i nätverket is open at


def life_link(measure: NetworkMeasure) -> Markup:
    """Return a link to the measure on Mått i nätverket."""
    href = address.link(PageName.NETWORK_MEASURES, **{Name.NETWORK: measure.network_id, CHOSEN: measure.id})
    return render_macro("page_link", href, measure.definition.name)


def comparison_link(measure: NetworkMeasure) -> str:
    """Return the address of the comparison within the measure's network."""
    return address.link(
        PageName.MEASURE,
        **{Name.MEASURE: measure.id, Name.GROUP: f"network:{measure.network_id}", Name.YEAR: None},
    )


def delivered_words(library: Library, measure: Measure, group: Group, year: int | None = None) -> str:
    """How many of a group have delivered what a measure needs of them, when, and who has not; nothing of a KPI."""
    delivery = find_delivery(library, measure, group, year)
    if delivery is None:
        return ""
    text = _("{n} av {all} har lämnat uppgifter för {year}.").format(
        n=len(delivery.codes), all=delivery.n, year=delivery.year
    )
    latest = _("Senast publicerat {day}.").format(day=day(delivery.latest)) if delivery.latest else ""
    silent = [library.places.by_code[code].name for code in group.codes if code not in delivery.codes]
    waited = _("Ännu inte: {names}.").format(names=", ".join(silent)) if 0 < len(silent) <= MOST_NAMED else ""
    return " ".join(filter(None, [text, latest, waited]))


def kind_name(kind: MeasureKind | None) -> str:
    return _(KIND_WORDS[kind]) if kind else ""
