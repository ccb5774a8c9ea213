"""From a formula that works to a measure that the network can discuss: all fields of its definition."""

from dataclasses import replace
from functools import partial
from html import escape
from typing import Final

import streamlit as st

from app_pages.parts import address, definition_fields, forms, person
from app_pages.parts.address import Name, PageName
from app_pages.parts.forms import key
from app_pages.parts.words import _
from app_pages.workshop import choose
from app_pages.workshop.choose import Choice
from app_pages.workshop.load import Trial
from data.places import settings
from data.workspace.measures import YEARS
from domain.kept_text import LONGEST_TEXT
from domain.measure import Direction, Measure, MeasureKind
from domain.network_measure import MeasureDefinition, MeasureSource
from pipelines.networks import definitions

DECIMALS: Final = 1


def form_name(choice: Choice) -> str:
    """One form for each kind of source; a KPI that is chosen brings its own words into a form of its own."""
    kpi = _kpi(choice)
    return f"new-measure-{kpi.id if kpi else choice.source}"


def look(choice: Choice) -> tuple[int, Direction]:
    """The decimals and the direction that the form says, for the result to be shown with."""
    name = form_name(choice)
    decimals, direction = forms.value(name, "decimals"), forms.value(name, "direction")
    return (
        DECIMALS if decimals is None else int(decimals),
        Direction(direction) if direction else Direction.NEUTRAL,
    )


def form(choice: Choice, trial: Trial | None) -> None:
    """The definition and the button. Drawn without a form of Streamlit's own, so that colours follow the direction."""
    if choice.network is None:
        _no_network(choice)
        return
    st.html(f'<div class="chart-head"><h2>{escape(_("Definitionen"))}</h2></div>')
    if not (choice.may_propose or choice.asks_to_propose):
        told = _("Mått föreslås av nätverkets medlemmar och dess ledare. Pröva gärna formler ändå.")
        st.html(f'<p class="chart-notes">{escape(told)}</p>')
        return
    name = form_name(choice)
    told = _(
        "Det som sägs här är vad medlemmarna diskuterar och röstar om. Namnet behövs; resten kan fyllas i och ändras fram "
        "till beslutet."
    )
    st.html(f'<p class="chart-notes">{escape(told)}</p>')
    forms.opened(
        name,
        None,
        {**definition_fields.values(_empty(choice)), "first_year": _first_year(trial), "section": ""},
    )
    left, middle, right = st.columns([2, 1.4, 0.8])
    left.text_input(definition_fields.label("name"), key=key(name, "name"))
    middle.text_input(
        _("Avsnitt i nätverkets lista"),
        key=key(name, "section"),
        max_chars=LONGEST_TEXT,
        placeholder=_("till exempel: Skola"),
    )
    right.number_input(
        _("Första år"), min_value=YEARS.start, max_value=YEARS.stop - 1, step=1, key=key(name, "first_year")
    )
    definition_fields.draw(name, choice.source, without=("name", "expression"))
    forms.problem(name)
    st.button(
        _("Föreslå måttet för {network}").format(network=choice.network.name),
        type="primary",
        key="propose-measure",
        on_click=partial(_propose, choice),
    )
    ways = escape(address.link(PageName.NETWORK_MEASURES, **{Name.NETWORK: choice.network.id}))
    st.html(f'<p class="chart-notes"><a data-page href="{ways}">{escape(_("Till nätverkets mått"))}</a></p>')


def _no_network(choice: Choice) -> None:
    heading = _("För att föreslå måttet behövs ett nätverk")
    sentences = (
        _("{place} är inte med i något nätverk ännu.").format(place=choice.view.municipality.name),
        _("Formler går att pröva ändå. Bilda ett nätverk bland alla nätverk eller av liknande kommuner."),
    )
    links = " · ".join(
        f'<a data-page href="{escape(address.link(page))}">{escape(name)}</a>'
        for page, name in ((PageName.NETWORKS, _("Alla nätverk")), (PageName.SIMILAR, _("Liknande kommuner")))
    )
    told = "".join(f"<p>{escape(one)}</p>" for one in sentences)
    st.html(f'<div class="box" role="note"><h2>{escape(heading)}</h2>{told}<p>{links}</p></div>')


def _first_year(trial: Trial | None) -> int:
    """The first year in which a member has a value."""
    if trial is not None and trial.development is not None and trial.development.group_years:
        return trial.development.group_years[0].year
    return person.today().year


def _empty(choice: Choice) -> MeasureDefinition:
    """What the form begins with: nothing, or what a published KPI says of itself."""
    kpi = _kpi(choice)
    return MeasureDefinition(
        version=1,
        first_year=person.today().year,
        source=choice.source,
        expression=choice.expression,
        name=kpi.short_title if kpi else "",
        resident_sentence=kpi.resident_sentence if kpi else "",
        unit="",
        decimals=kpi.decimals if kpi else DECIMALS,
        direction=kpi.direction if kpi else Direction.NEUTRAL,
        kind=(kpi.kind if kpi else None) or MeasureKind.QUALITY,
    )


def _kpi(choice: Choice) -> Measure | None:
    if choice.source is not MeasureSource.KPI or not choice.expression:
        return None
    known = {one.id: one for one in choice.view.library.search(choice.expression)}
    return known.get(choice.expression.upper())


def _propose(choice: Choice) -> None:
    """With what stands in the editor now, which may be newer than the page."""
    network, name = choice.network, form_name(choice)
    if network is None:
        return

    def work() -> str:
        definition = definition_fields.read(name, _empty(choice))
        expression = choose.written()
        if choice.source is MeasureSource.KPI and expression:
            expression = choice.view.library.measure(expression).id
        first_year = int(forms.value(name, "first_year") or person.today().year)
        wanted = replace(definition, expression=expression, first_year=first_year)
        kept = definitions.propose(
            settings(), person.signed_in(), choice.view.library, network, wanted, forms.text(name, "section")
        )
        return _(
            "{measure} är föreslaget för {network}. Lägg fram det till diskussion när det är dags."
        ).format(measure=kept.definition.name, network=network.name)

    forms.save(name, work)
