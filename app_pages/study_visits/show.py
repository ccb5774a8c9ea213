"""Show the directory of study visits: a map with numbers, and the list with what visitors see and how to ask."""

from dataclasses import dataclass

from app_pages.parts import address, bank, frame
from app_pages.parts.address import PageName
from app_pages.parts.bank_pages import place_name
from app_pages.parts.blocks import show_links
from app_pages.parts.place_map import place_map
from app_pages.parts.story import unknown_sections
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, ngettext
from app_pages.study_visits import choose
from app_pages.study_visits.choose import COUNTY, SUBJECT, Choice
from domain.case import CASE_STATUS_NAMES, Case, StudyVisit
from language.rendering import render


def show_head(choice: Choice) -> None:
    """Show the title with how many cases can be visited, and where."""
    count = len(choice.offered)
    places = len({case.municipality_code for case in choice.offered})
    cases = ngettext("{count} exempel att besöka", "{count} exempel att besöka", count).format(count=count)
    where = ngettext("{count} kommun", "{count} kommuner", places).format(count=places)
    line = f"{cases} · {where}" if count else _("Kommuner som tar emot besök, och vad man får se")
    frame.show_head(_("Studiebesök"), line, choice.view)


def show_nothing_yet() -> None:
    """Say where study visits come from, while there is none."""
    frame.show_box(
        _("Ingen tar emot studiebesök ännu"),
        [
            _(
                "Den som skriver ett exempel kan säga att det går bra att komma och titta, vad man får se och hur man frågar."
            ),
            _("Här samlas alla sådana på en karta."),
        ],
    )


@dataclass(frozen=True, slots=True)
class VisitItem:
    """One case to visit: its link, a line on what it is about, and the answers that nobody knows yet."""

    href: str
    title: str
    about: str
    visit: StudyVisit
    unknown: frozenset[str]


@dataclass(frozen=True, slots=True)
class PlaceItem:
    """One place of the list with its number on the map."""

    number: str
    name: str
    county: str
    is_in_my_county: bool
    visits: tuple[VisitItem, ...]


def show_directory(choice: Choice) -> None:
    """Show the map beside the list, both with the same number for each place."""
    if not choice.matches:
        _show_no_match(choice)
        return
    cases_by_code: dict[str, list[Case]] = {}
    for case in choice.matches:
        cases_by_code.setdefault(case.municipality_code, []).append(case)
    numbers = {code: str(number) for number, code in enumerate(cases_by_code, start=1)}
    places = choice.view.library.places
    names = ", ".join(f"{number} {place_name(places.by_code, code)}" for code, number in numbers.items())
    text = _("Karta över dem som tar emot studiebesök: {places}.").format(places=names)
    show_template(
        "study_visits/directory.html",
        map=place_map(places.tile_positions(), numbers, choice.view.municipality.code, text),
        places=[_place_item(choice, code, numbers[code], cases) for code, cases in cases_by_code.items()],
    )


def _show_no_match(choice: Choice) -> None:
    """Say that the choices are too narrow together, with a link that clears them."""
    text = _("Valen ovanför är för snäva tillsammans. {count} finns i allt.")
    frame.show_box(_("Inget studiebesök passar"), [text.format(count=len(choice.offered))])
    all_visits = address.same_page_link(PageName.STUDY_VISITS, **{SUBJECT: None, COUNTY: None})
    show_links([(all_visits, _("Visa alla studiebesök"))])


def _place_item(choice: Choice, code: str, number: str, cases: list[Case]) -> PlaceItem:
    place = choice.view.library.places.by_code.get(code)
    return PlaceItem(
        number=number,
        name=place.name if place is not None else code,
        county=place.county_name if place is not None else "",
        is_in_my_county=place is not None and place.county_code == choice.view.municipality.county_code,
        visits=tuple(_visit_item(case) for case in cases),
    )


def _visit_item(case: Case) -> VisitItem:
    about = [_(CASE_STATUS_NAMES[case.status]), *choose.subjects(case)]
    if case.standing.is_made_up:
        about.append(_("påhittat exempel"))
    visit = case.study_visit
    return VisitItem(
        bank.case_link(case.standing.id), case.title, " · ".join(about), visit, unknown_sections(visit)
    )


def show_foot(choice: Choice) -> None:
    """Show the source."""
    frame.show_foot(f"{_('Värden')}: {render(choice.view.release.source, _)}.", has_colour=False)
