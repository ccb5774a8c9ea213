"""Proposing published KPIs as they are: their names, units and directions come along."""

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
    """Several at once, or any one by its id."""
    library = choice.view.library
    ids = dict.fromkeys(one for group in library.catalogue.ready_made_sets() for one in group.measure_ids)
    taken = {
        one.definition.expression for one in choice.measures if one.definition.source is MeasureSource.KPI
    }
    names = {one: library.catalogue.measure(one).short_title for one in ids if one not in taken}
    forms.problem(FORM)
    forms.opened(FORM, choice.network, {"kpis": [], "other": "", "section": ""})
    with st.form(FORM, enter_to_submit=False):
        st.markdown(f"**{_('Föreslå nyckeltal som de är')}**")
        left, right = st.columns([2, 1])
        left.multiselect(
            _("Nyckeltal i måttsamlingarna"),
            list(names),
            format_func=lambda one: names.get(one, one),
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
        asked = [*(forms.value(FORM, "kpis") or []), *forms.text(FORM, "other").replace(",", " ").split()]
        if not asked:
            forms.needed(FORM, "kpis", _("Nyckeltal"))
        wanted = list({(one := library.catalogue.measure(word)).id: one for word in asked}.values())
        kept = {one.definition.expression for one in choice.measures}
        for one in wanted:
            if one.id in kept:
                raise AlreadyInNetworkError(measure=one.short_title, network=choice.network.name)
        for one in wanted:
            definitions.propose_measure(
                get_workspace(),
                person.signed_in(),
                library,
                choice.network,
                definition_of(one, _first_year(choice, one)),
                forms.text(FORM, "section"),
            )
        return ngettext(
            "{count} mått är föreslaget. Lägg fram det till diskussion när det är dags.",
            "{count} mått är föreslagna. Lägg fram dem till diskussion när det är dags.",
            len(wanted),
        ).format(count=len(wanted))

    forms.save(FORM, work)


def _first_year(choice: Choice, measure: Measure) -> int:
    years = choice.view.library.values.years_with_values(measure)
    return years[0] if years else person.today().year


def definition_of(measure: Measure, first_year: int) -> MeasureDefinition:
    """A KPI as it is, in the words of a definition."""
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
