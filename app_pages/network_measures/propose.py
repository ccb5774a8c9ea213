"""Propose published KPIs unchanged, with their names, units and directions."""

from functools import partial
from typing import Final

import streamlit as st

from app_pages.network_measures.choose import Choice
from app_pages.parts import forms, person
from app_pages.parts.forms import key
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _, ngettext
from domain.errors.measures import AlreadyInNetworkError
from domain.measure import Measure, MeasureKind
from domain.network_measure import MeasureDefinition, MeasureSource
from pipelines.networks import definitions

FORM: Final = "propose-kpis"


def form(choice: Choice) -> None:
    """Show the form to propose several KPIs at once, or any other by its id."""
    library = choice.view.library
    ids = dict.fromkeys(
        measure_id for group in library.catalogue.ready_made_sets() for measure_id in group.measure_ids
    )
    taken = {
        measure.definition.expression
        for measure in choice.measures
        if measure.definition.source is MeasureSource.KPI
    }
    names = {
        measure_id: library.catalogue.measure(measure_id).short_title
        for measure_id in ids
        if measure_id not in taken
    }
    forms.show_problem(FORM)
    forms.open_form(FORM, choice.network, {"kpis": [], "other": "", "section": ""})
    with st.form(FORM, enter_to_submit=False):
        st.markdown(f"**{_('Föreslå nyckeltal som de är')}**")
        left, right = st.columns([2, 1])
        left.multiselect(
            _("Nyckeltal i måttsamlingarna"),
            list(names),
            format_func=lambda measure_id: names.get(measure_id, measure_id),
            key=key(FORM, "kpis"),
            placeholder=_("Välj …"),
        )
        right.text_input(_("Annat nyckeltal: beteckning, till exempel N15030"), key=key(FORM, "other"))
        left.text_input(
            _("Avsnitt i nätverkets lista"), key=key(FORM, "section"), placeholder=_("till exempel: Skola")
        )
        st.form_submit_button(_("Föreslå måtten"), key="save-proposal", on_click=partial(_save, choice))


def _save(choice: Choice) -> None:
    def work() -> str:
        library = choice.view.library
        chosen_ids = [
            *(forms.value(FORM, "kpis") or []),
            *forms.text(FORM, "other").replace(",", " ").split(),
        ]
        if not chosen_ids:
            forms.required_value(FORM, "kpis", _("Nyckeltal"))
        chosen = {measure.id: measure for measure in map(library.catalogue.measure, chosen_ids)}
        in_network = {measure.definition.expression for measure in choice.measures}
        for measure in chosen.values():
            if measure.id in in_network:
                raise AlreadyInNetworkError(measure=measure.short_title, network=choice.network.name)
        for measure in chosen.values():
            definitions.propose_measure(
                get_workspace(),
                person.current_user(),
                library,
                choice.network,
                definition_of(measure, _first_year(choice, measure)),
                forms.text(FORM, "section"),
            )
        return ngettext(
            "{count} mått är föreslaget. Lägg fram det till diskussion när det är dags.",
            "{count} mått är föreslagna. Lägg fram dem till diskussion när det är dags.",
            len(chosen),
        ).format(count=len(chosen))

    forms.save(FORM, work)


def _first_year(choice: Choice, measure: Measure) -> int:
    years = choice.view.library.values.years_with_values(measure)
    return years[0] if years else person.today().year


def definition_of(measure: Measure, first_year: int) -> MeasureDefinition:
    """Return the definition of an unchanged KPI."""
    return MeasureDefinition(
        version=1,
        first_year=first_year,
        source=MeasureSource.KPI,
        expression=measure.id,
        name=measure.short_title,
        resident_sentence=measure.resident_sentence,
        unit=measure.unit,
        decimals=measure.decimals,
        direction=measure.direction,
        kind=measure.kind or MeasureKind.QUALITY,
        data_source=f"Kolada ({measure.id})",
    )
