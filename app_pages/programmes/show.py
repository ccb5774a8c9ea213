"""How programmes look: the list, and one with its steps, projects on the map, criteria and counts."""

from html import escape

import streamlit as st

from app_pages.parts import address, bank, bank_pages, frame, person, story
from app_pages.parts.address import PageName
from app_pages.parts.bank_pages import page_anchor, place_name
from app_pages.parts.place_map import place_map
from app_pages.parts.programme_story import criteria_words, programme_article, step_line
from app_pages.parts.words import _, ngettext
from app_pages.programmes.choose import Choice
from domain.programme import Programme
from language.rendering import render


def head(choice: Choice) -> None:
    programme = choice.programme
    if programme is None:
        count = len(choice.bank.programmes)
        line = ngettext("{count} program", "{count} program", count).format(count=count)
        told = _("lokala samhällsutmaningar som ingen klarar ensam")
        frame.head(_("Program"), f"{line} · {told}", choice.view)
        return
    facts = [_projects_words(programme)]
    if programme.criteria:
        facts.append(criteria_words(programme).rstrip("."))
    if programme.standing.is_stale_on(person.today()):
        facts.append(_("inte sett över sedan {day}").format(day=programme.standing.revisit_on))
    if programme.standing.is_made_up:
        facts.append(_("påhittat program"))
    frame.head(programme.name, " · ".join(facts), choice.view)


def _projects_words(programme: Programme) -> str:
    count, places = (
        len(programme.projects),
        len({project.municipality_code for project in programme.projects}),
    )
    told = ngettext("{count} lokalt projekt", "{count} lokala projekt", count).format(count=count)
    where = ngettext("i {count} kommun", "i {count} kommuner", places).format(count=places)
    return f"{told} {where}" if count else told


def nothing_yet() -> None:
    """The first time: what a programme is, and the one thing to do."""
    frame.box(
        _("Här finns inga program ännu"),
        [
            _(
                "Ett program tar sig an en lokal samhällsutmaning som ingen klarar ensam: flera kommuner, regionen, föreningar och företag."
            ),
            _("Det går i tre steg med en grind efter varje, och säger i förväg hur man vet om det lyckas."),
        ],
    )


def listed(choice: Choice) -> None:
    """Several programmes as cards."""
    cards = "".join(
        f'<li class="card"><div class="words"><h2>'
        f"{page_anchor(bank.programme_link(programme.standing.id), programme.name)}</h2>"
        f"{story.paragraphs(programme.challenge)}{step_line(programme)}"
        f'<p class="where">{escape(_projects_words(programme))}</p></div></li>'
        for programme in choice.bank.programmes.values()
    )
    st.html(f'<ul class="cards plain">{cards}</ul>')


def one(choice: Choice, programme: Programme) -> None:
    """One programme, with its places on the map and a way to each local case that is published."""
    library = choice.view.library
    cases = choice.bank.cases
    links = {
        name: page_anchor(bank.case_link(name), _("Läs exemplet: {title}").format(title=cases[name].title))
        for project in programme.projects
        if (name := project.case_id) in cases
    }
    st.html(step_line(programme))
    st.html(
        programme_article(
            programme,
            bank_pages.around(library, programme),
            case_links=links,
            map_of_projects=_map(choice, programme),
        )
    )


def _map(choice: Choice, programme: Programme) -> str:
    """Where the projects are, numbered as they are listed; one number for a place that has several."""
    library = choice.view.library
    numbers: dict[str, str] = {}
    for place, project in enumerate(programme.projects, start=1):
        numbers.setdefault(project.municipality_code, str(place))
    names = ", ".join(
        f"{number} {place_name(library.places.by_code, code)}" for code, number in numbers.items()
    )
    text = _("Karta med de lokala projekten: {places}.").format(places=names)
    return place_map(library.places.tile_positions(), numbers, choice.view.municipality.code, text)


def foot(choice: Choice) -> None:
    if choice.programme is not None and len(choice.bank.programmes) > 1:
        st.html(f'<p class="ways-on">{page_anchor(address.link(PageName.PROGRAMMES), _("Alla program"))}</p>')
    frame.foot(f"{_('Värden')}: {render(choice.view.release.source, _)}.", has_colour=False)
