"""Show the reuse of a case by another municipality: since when, how it goes, and what its own series says."""

from app_pages.case import load, measured
from app_pages.case import show as sections
from app_pages.case.choose import Choice
from app_pages.parts import bank, frame
from app_pages.parts.address import PageName
from app_pages.parts.blocks import show_links, show_text
from app_pages.parts.templates import show_template
from app_pages.parts.words import _
from domain.case import REUSE_STATE_NAMES, Reuse
from domain.case_effect import first_year_of


def show(choice: Choice, reuse: Reuse) -> None:
    """Show the whole page of one reuse."""
    place = choice.place_name(reuse.municipality_code)
    facts = [_(REUSE_STATE_NAMES[reuse.state])]
    if reuse.started_on is not None:
        facts.append(_("sedan {day}").format(day=reuse.started_on))
        facts.append(_("effekten räknas från {year}").format(year=first_year_of(reuse.started_on)))
    frame.show_head(
        _("{place} provar: {title}").format(place=place, title=choice.case.title),
        " · ".join(facts),
        choice.view,
    )
    bank.show_bank_navigation(PageName.CASE)
    text = _("Hela exemplet från {place}").format(place=choice.place_name(choice.case.municipality_code))
    show_links([(bank.case_link(choice.case.standing.id), text)])
    show_template("case/how_it_went.html", text=reuse.how_it_went)
    measured.show(choice, load.load_reuse_effects(choice, reuse), place=place)
    note = _("Måtten, riktningen och storleken är exemplets egna. Starten är {place}s.")
    show_text(note.format(place=place), "chart-notes")
    sections.show_foot(choice)
