"""Links from a reported value to its history."""

from collections.abc import Sequence

from answers.library import Library
from app_pages.parts import address
from app_pages.parts.address import Name, PageName
from app_pages.parts.blocks import show_links
from app_pages.parts.choices import GENDER_WORDS
from app_pages.parts.words import _
from domain.measure import Measure
from domain.network_measure import MeasureSource
from domain.value import Gender


def history_address(
    measure_id: str, code: str, period: str, gender: Gender = Gender.TOTAL, **more: str
) -> str:
    """Return the address of the page with the history of one cell."""
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


def show_history_links(
    library: Library, measure: Measure, year: int, gender: Gender, places: Sequence[tuple[str, str]]
) -> None:
    """Show a line with one link per place for what members report themselves; nothing for other measures.

    places: (code, name) of those who have handed in something.
    """
    reported = library.own_measures.snapshot.by_id.get(measure.id)
    if reported is None or reported.definition_for(year).source is not MeasureSource.OWN:
        return
    text = _("Historik {year}: vem, när, från vilken fil och varför").format(year=year)
    links = [(history_address(measure.id, code, str(year), gender), name) for code, name in places]
    show_links(links, before=f"{text} – ")
