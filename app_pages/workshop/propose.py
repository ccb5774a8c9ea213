"""Show all fields of a measure's definition, from a working formula to a proposal."""

from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from app_pages.parts import address, definition_fields, forms, person
from app_pages.parts.address import Name, PageName
from app_pages.parts.blocks import show_chart_heading, show_links, show_text
from app_pages.parts.forms import key
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import show_template
from app_pages.parts.words import _
from app_pages.workshop import choose
from app_pages.workshop.choose import Choice
from app_pages.workshop.load import Look, Trial
from data.workspace.measure_rows import YEARS
from domain.kept_text import LONGEST_NAME, LONGEST_TEXT
from domain.measure import Direction, Measure, MeasureKind
from domain.network_measure import MeasureDefinition, MeasureSource, NetworkMeasure
from pipelines.networks import definitions

DECIMALS: Final = 1


def form_name(choice: Choice) -> str:
    """Name the form by source and measure; a chosen KPI fills in a form of its own."""
    if choice.changed is not None:
        return f"definition-of-{choice.changed.id}"
    kpi = _kpi(choice)
    return f"new-measure-{kpi.id if kpi else choice.source}"


def look(choice: Choice) -> Look:
    """Return how the form says the result is displayed, or its initial values where it is not drawn."""
    name, begins = form_name(choice), _initial_definition(choice)
    decimals, direction = forms.value(name, "decimals"), forms.value(name, "direction")
    return Look(
        decimals=begins.decimals if decimals is None else int(decimals),
        direction=Direction(direction or begins.direction),
        kind=MeasureKind(forms.value(name, "kind") or begins.kind),
        smallest_basis=int(forms.value(name, "smallest_basis") or 0),
        first_year=int(forms.value(name, "first_year") or begins.first_year),
    )


def form(choice: Choice, trial: Trial | None) -> None:
    """The definition and the button. Drawn without a form of Streamlit's own, so that colours follow the direction."""
    if choice.network is None:
        _show_no_network(choice)
        return
    show_chart_heading(_("Definitionen"))
    if not (choice.may_save or choice.asks_to_propose):
        explanation = _("Mått föreslås av nätverkets medlemmar och dess ledare. Pröva gärna formler ändå.")
        show_text(explanation, "chart-notes")
        return
    name = form_name(choice)
    show_text(_explain(choice), "chart-notes")
    begins = _initial_definition(choice)
    forms.open_form(
        name,
        choice.changed,
        {
            **definition_fields.values(begins),
            "first_year": begins.first_year,
            "section": "",
            "changed_because": "",
        },
    )
    if choice.changed is None:
        _follow_first_year(name, trial)
    _show_first_fields(choice, name)
    definition_fields.draw(name, choice.source, without=("name", "expression"))
    forms.show_problem(name)
    st.button(_label(choice), type="primary", key="propose-measure", on_click=partial(_save, choice))
    href = address.link(PageName.NETWORK_MEASURES, **{Name.NETWORK: choice.network.id})
    show_links([(href, _("Till nätverkets mått"))], kind="chart-notes")


def _explain(choice: Choice) -> str:
    if choice.is_redefinition:
        return _(
            "En ny definition gäller från ett visst år. Serien bryts där, och äldre år räknas som förut. Äldre "
            "jämförelser visar fortfarande den gamla definitionen."
        )
    if choice.changed is not None:
        return _("Förslaget kan ändras fram till beslutet. Röster på den gamla lydelsen faller.")
    return _(
        "Det som sägs här är vad medlemmarna diskuterar och röstar om. Namnet behövs; resten kan fyllas i och ändras fram "
        "till beslutet."
    )


def _label(choice: Choice) -> str:
    if choice.is_redefinition:
        return _("Spara den nya definitionen")
    if choice.changed is not None:
        return _("Ändra förslaget")
    return _("Föreslå måttet för {network}").format(network=choice.network.name if choice.network else "")


def _show_first_fields(choice: Choice, name: str) -> None:
    """Show the first fields: name, first year, and section or reason for the change."""
    left, middle, right = st.columns([2, 1.4, 0.8])
    left.text_input(definition_fields.label("name"), key=key(name, "name"), max_chars=LONGEST_NAME)
    if choice.is_redefinition:
        middle.text_input(
            _("Varför definitionen ändras"), key=key(name, "changed_because"), max_chars=LONGEST_TEXT
        )
    elif choice.changed is None:
        middle.text_input(
            _("Avsnitt i nätverkets lista"),
            key=key(name, "section"),
            max_chars=LONGEST_TEXT,
            placeholder=_("till exempel: Skola"),
        )
    right.number_input(
        _("Första år"), min_value=YEARS.start, max_value=YEARS.stop - 1, step=1, key=key(name, "first_year")
    )


def _follow_first_year(name: str, trial: Trial | None) -> None:
    """Set the first year to the first with a value in the result, until the user writes another."""
    year = person.today().year
    if trial is not None and trial.development is not None and trial.development.group_years:
        year = trial.development.group_years[0].year
    followed = key(name, "followed-year")
    if forms.value(name, "first_year") == st.session_state.get(followed, person.today().year):
        st.session_state[key(name, "first_year")] = year
    st.session_state[followed] = year


def _show_no_network(choice: Choice) -> None:
    show_template("workshop/no_network.html", municipality=choice.view.municipality.name)


def _initial_definition(choice: Choice) -> MeasureDefinition:
    """Return the initial values: the definition that is changed, the KPI's own, or none."""
    this_year = person.today().year
    if choice.changed is not None:
        newest = choice.changed.definition
        unit = (
            newest.unit if choice.source is MeasureSource.OWN else ""
        )  # else it follows from what is written
        first_year = _last_year(choice, choice.changed) if choice.is_redefinition else newest.first_year
        return replace(newest, source=choice.source, unit=unit, first_year=first_year)
    kpi = _kpi(choice)
    return MeasureDefinition(
        version=1,
        first_year=this_year,
        source=choice.source,
        expression=choice.expression,
        name=kpi.short_title if kpi else "",
        resident_sentence=kpi.resident_sentence if kpi else "",
        unit="",
        decimals=kpi.decimals if kpi else DECIMALS,
        direction=kpi.direction if kpi else Direction.NEUTRAL,
        kind=(kpi.kind if kpi else None) or MeasureKind.QUALITY,
    )


def _last_year(choice: Choice, measure: NetworkMeasure) -> int:
    """Return the latest year with a value that the existing definition leaves open, so that a new one shows at once."""
    years = choice.view.library.values.years_with_values(choice.view.library.catalogue.measure(measure.id))
    later = [year for year in years if year > measure.definition.first_year]
    return later[-1] if later else max(person.today().year, measure.definition.first_year + 1)


def _kpi(choice: Choice) -> Measure | None:
    if choice.source is not MeasureSource.KPI or not choice.expression:
        return None
    known = {measure.id: measure for measure in choice.view.library.catalogue.search(choice.expression)}
    return known.get(choice.expression.upper())


def _save(choice: Choice) -> None:
    """Save with what is in the editor now, which may be newer than the page."""
    forms.save(form_name(choice), partial(_saved, choice))


def _saved(choice: Choice) -> str:
    network, name, library = choice.network, form_name(choice), choice.view.library
    if network is None:
        return ""
    expression = choose.typed_formula()
    if choice.source is MeasureSource.KPI and expression:
        expression = library.catalogue.measure(expression).id
    definition = replace(
        definition_fields.read(name, _initial_definition(choice)),
        expression=expression,
        first_year=int(forms.value(name, "first_year") or person.today().year),
        changed_because=forms.text(name, "changed_because"),
    )
    actor = person.current_user()
    if choice.changed is None:
        section = forms.text(name, "section")
        saved_measure = definitions.propose_measure(
            get_workspace(), actor, library, network, definition, section
        )
        text = _("{measure} är föreslaget för {network}. Lägg fram det till diskussion när det är dags.")
        return text.format(measure=saved_measure.definition.name, network=network.name)
    save = definitions.redefine_measure if choice.is_redefinition else definitions.amend_measure
    saved_measure = save(get_workspace(), actor, library, network, forms.subject(name), definition)
    if choice.is_redefinition:
        text = _("{measure} har en ny definition från {year}. Serien bryts där.")
        return text.format(measure=saved_measure.definition.name, year=saved_measure.definition.first_year)
    return _("Ändringen av {measure} är sparad.").format(measure=saved_measure.definition.name)
