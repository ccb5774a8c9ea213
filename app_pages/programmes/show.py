"""Show programmes as cards, and one programme with its steps, projects on the map, criteria and counts."""

import streamlit as st
from markupsafe import Markup

from app_pages.parts import address, bank, bank_pages, frame, person
from app_pages.parts.address import PageName
from app_pages.parts.bank_pages import place_name
from app_pages.parts.blocks import show_links
from app_pages.parts.place_map import place_map
from app_pages.parts.programme_story import describe_criteria, list_steps, render_programme
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, ngettext
from app_pages.programmes.choose import Choice
from domain.programme import Programme
from language.rendering import render


def show_head(choice: Choice) -> None:
    """Show the title with how many programmes there are, or with the projects and criteria of one."""
    programme = choice.programme
    if programme is None:
        count = len(choice.bank.programmes)
        line = ngettext("{count} program", "{count} program", count).format(count=count)
        what = _("lokala samhällsutmaningar som ingen klarar ensam")
        frame.show_head(_("Program"), f"{line} · {what}", choice.view)
        return
    facts = [_describe_projects(programme)]
    if programme.criteria:
        facts.append(describe_criteria(programme).rstrip("."))
    if programme.standing.is_stale_on(person.today()):
        facts.append(_("inte sett över sedan {day}").format(day=programme.standing.revisit_on))
    if programme.standing.is_made_up:
        facts.append(_("påhittat program"))
    frame.show_head(programme.name, " · ".join(facts), choice.view)


def _describe_projects(programme: Programme) -> str:
    count, places = (
        len(programme.projects),
        len({project.municipality_code for project in programme.projects}),
    )
    projects = ngettext("{count} lokalt projekt", "{count} lokala projekt", count).format(count=count)
    where = ngettext("i {count} kommun", "i {count} kommuner", places).format(count=places)
    return f"{projects} {where}" if count else projects


def show_nothing_yet() -> None:
    """Say what a programme is, while there is none."""
    frame.show_box(
        _("Här finns inga program ännu"),
        [
            _(
                "Ett program tar sig an en lokal samhällsutmaning som ingen klarar ensam: flera kommuner, regionen, föreningar och företag."
            ),
            _("Det går i tre steg med en grind efter varje, och säger i förväg hur man vet om det lyckas."),
        ],
    )


def show_programmes(choice: Choice) -> None:
    """Show several programmes as cards."""
    cards = [
        (
            bank.programme_link(programme.standing.id),
            programme,
            list_steps(programme),
            _describe_projects(programme),
        )
        for programme in choice.bank.programmes.values()
    ]
    show_template("programmes/cards.html", cards=cards)


def show_programme(choice: Choice, programme: Programme) -> None:
    """Show one programme, with its projects on the map and a link to each published case."""
    cases = choice.bank.cases
    links = {
        case_id: (bank.case_link(case_id), _("Läs exemplet: {title}").format(title=cases[case_id].title))
        for project in programme.projects
        if (case_id := project.case_id) in cases
    }
    show_template("programmes/steps.html", steps=list_steps(programme))
    st.html(
        render_programme(
            programme,
            bank_pages.load_surroundings(choice.view.library, programme, choice.bank),
            case_links=links,
            project_map=_project_map(choice, programme),
        )
    )


def _project_map(choice: Choice, programme: Programme) -> Markup:
    """Render the map of the projects, numbered as they are listed; a place with several has the number of its first."""
    library = choice.view.library
    numbers: dict[str, str] = {}
    for number, project in enumerate(programme.projects, start=1):
        numbers.setdefault(project.municipality_code, str(number))
    names = ", ".join(
        f"{number} {place_name(library.places.by_code, code)}" for code, number in numbers.items()
    )
    text = _("Karta med de lokala projekten: {places}.").format(places=names)
    return place_map(library.places.tile_positions(), numbers, choice.view.municipality.code, text)


def show_foot(choice: Choice) -> None:
    """Show the way back to all programmes, and the source."""
    if choice.programme is not None and len(choice.bank.programmes) > 1:
        show_links([(address.link(PageName.PROGRAMMES), _("Alla program"))])
    frame.show_foot(f"{_('Värden')}: {render(choice.view.release.source, _)}.", has_colour=False)
