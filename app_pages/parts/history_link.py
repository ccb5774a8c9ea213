"""The way from a reported value to what has been done to it."""

from collections.abc import Sequence
from html import escape

from answers.library import Library
from app_pages.parts import address
from app_pages.parts.address import Name, PageName
from app_pages.parts.choices import GENDER_WORDS
from app_pages.parts.words import _
from domain.measure import Measure
from domain.network_measure import MeasureSource
from domain.value import Gender


def history_address(
    measure_id: str, code: str, period: str, gender: Gender = Gender.TOTAL, **more: str
) -> str:
    """The page with what has been done to one cell."""
    words = {gender: word for word, gender in GENDER_WORDS.items()}
    return address.link(
        PageName.HISTORY,
        **{
            Name.MEASURE: measure_id,
            Name.MUNICIPALITY: code,
            Name.YEAR: period,
            Name.GENDER: None if gender is Gender.TOTAL else words[gender],
            **more,
        },
    )


def history_links(
    library: Library, measure: Measure, year: int, gender: Gender, places: Sequence[tuple[str, str]]
) -> str:
    """A line of links, a place each, for what members report themselves; nothing for other measures.

    places: (code, name) of those who have handed in something.
    """
    reported = library.own_measures.snapshot.by_id.get(measure.id)
    if reported is None or reported.definition_for(year).source is not MeasureSource.OWN or not places:
        return ""
    links = " · ".join(
        f'<a data-page href="{escape(history_address(measure.id, code, str(year), gender))}">{escape(name)}</a>'
        for code, name in places
    )
    text = _("Historik {year}: vem, när, från vilken fil och varför").format(year=year)
    return f'<p class="ways-on">{escape(text)} – {links}</p>'
