"""Show the versions of a measure side by side with the differences marked, and the forms to change it."""

from dataclasses import fields, replace
from functools import partial
from typing import Any, Final

import streamlit as st

from app_pages.network_measures.choose import Choice
from app_pages.parts import blocks, definition_fields, forms, person
from app_pages.parts.address import CHANGED, Name, PageName, link
from app_pages.parts.forms import key
from app_pages.parts.measure_words import delivered_words
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import show_template
from app_pages.parts.words import _
from data.workspace import measure_rows, measures
from data.workspace.networks import network as get_network
from domain.group import GroupKind, GroupReference
from domain.kept_text import LONGEST_TEXT
from domain.measure import Direction, MeasureKind
from domain.network_measure import (
    INTERVAL_NAMES,
    SOURCE_NAMES,
    MeasureDefinition,
    MeasureSource,
    MeasureState,
    NetworkMeasure,
    ReportingInterval,
)
from domain.rights import Action
from language.enum_words import DIRECTION_WORDS, KIND_WORDS
from pipelines.networks import definitions

SHOWN: Final = tuple(field.name for field in fields(MeasureDefinition) if field.name not in {"version"})


def show(choice: Choice, measure: NetworkMeasure) -> None:
    """Show the versions, then the forms to change them for those who may."""
    _show_side_by_side(measure)
    library = choice.view.library
    if measure.id in library.own_measures.snapshot.by_id:
        group = library.groups.resolve(GroupReference(GroupKind.NETWORK, choice.network.id))
        if text := delivered_words(library, library.catalogue.measure(measure.id), group):
            blocks.show_text(text, "chart-notes")
    if measure.owner_network != choice.network.id:
        owner = get_network(get_workspace(), measure.owner_network).name
        text = _("Måttet är övertaget från {network}, som bestämmer vad det betyder.").format(network=owner)
        blocks.show_text(text, "chart-notes")
    elif measure.state is not MeasureState.RETIRED:
        _change(choice, measure)
    if choice.may(Action.DECIDE_MEASURE) and measure.state is not MeasureState.RETIRED:
        _section(measure)


def _show_side_by_side(measure: NetworkMeasure) -> None:
    """Show one column per version, newest last; a cell that differs from the version before is marked."""
    versions = measure.definitions
    rows = [
        (definition_fields.label(name), [_text(name, getattr(version, name)) for version in versions])
        for name in SHOWN
    ]
    show_template(
        "network_measures/versions.html",
        caption=_("Definitionen. Bara en version finns.")
        if len(versions) == 1
        else _(
            "Versionerna sida vid sida. Det som skiljer sig från versionen före är markerat; serien bryts vid varje nytt första år."
        ),
        columns=[
            _("Uppgift"),
            *(
                _("Version {version}, från {year}").format(version=version.version, year=version.first_year)
                for version in versions
            ),
        ],
        rows=[(name, texts) for name, texts in rows if any(texts)],
    )


def _text(name: str, value: Any) -> str:  # noqa: ANN401 - a definition's fields are of many kinds
    words = {
        "source": lambda: _(SOURCE_NAMES[MeasureSource(value)]),
        "direction": lambda: _(DIRECTION_WORDS[Direction(value)]),
        "kind": lambda: _(KIND_WORDS[MeasureKind(value)]),
        "interval": lambda: _(INTERVAL_NAMES[ReportingInterval(value)]),
        "smallest_basis": lambda: str(value) if value else "",
    }
    return words[name]() if name in words else str(value)


# ---- changing -----------------------------------------------------------------------------------------------------


def _change(choice: Choice, measure: NetworkMeasure) -> None:
    is_proposal = measure.state in measures.BEFORE_DECISION
    action = Action.PROPOSE_MEASURE if is_proposal else Action.DECIDE_MEASURE
    if not choice.may(action):
        return
    workshop = link(PageName.WORKSHOP, **{Name.NETWORK: measure.network_id, CHANGED: measure.id})
    blocks.show_links([(workshop, _("Ändra i Mätverkstaden och se resultatet medan du skriver"))])
    reword = f"reword-{measure.id}"
    forms.show_problem(reword)
    title = _("Ändra förslaget") if is_proposal else _("Ändra ordalydelsen")
    with st.expander(title):
        note = (
            _("Röster på den gamla lydelsen faller.")
            if is_proposal
            else _("Bara det som inte ändrar vad värdena betyder. Annat är en ny definition.")
        )
        st.caption(note)
        forms.open_form(reword, measure, definition_fields.values(measure.definition))
        with st.form(reword, enter_to_submit=False, border=False):
            definition_fields.draw(reword, measure.definition.source)
            st.form_submit_button(title, key="save-wording", on_click=partial(_reword, choice, reword))
    if not is_proposal:
        _redefinition(choice, measure)


def _reword(choice: Choice, form: str) -> None:
    def work() -> str:
        measure: NetworkMeasure = forms.subject(form)
        definition = definition_fields.read(form, measure.definition)
        saved = definitions.amend_measure(
            get_workspace(), person.current_user(), choice.view.library, choice.network, measure, definition
        )
        return _("Ändringen av {measure} är sparad.").format(measure=saved.definition.name)

    forms.save(form, work)


def _redefinition(choice: Choice, measure: NetworkMeasure) -> None:
    form = f"redefine-{measure.id}"
    forms.show_problem(form)
    with st.expander(
        _("Ny definition från ett visst år"), expanded=choice.view.address.text("gor") == "definiera"
    ):
        forms.open_form(
            form,
            measure,
            {
                **definition_fields.values(measure.definition),
                "first_year": person.today().year,
                "source": measure.definition.source,
                "changed_because": "",
            },
        )
        with st.form(form, enter_to_submit=False, border=False):
            left, right = st.columns([1, 3])
            left.number_input(
                _("Första år"),
                min_value=measure_rows.YEARS.start,
                max_value=measure_rows.YEARS.stop - 1,
                step=1,
                key=key(form, "first_year"),
            )
            right.text_input(
                _("Varför definitionen ändras"), key=key(form, "changed_because"), max_chars=LONGEST_TEXT
            )
            definition_fields.draw(form, measure.definition.source, with_source=True)
            st.form_submit_button(
                _("Spara den nya definitionen"),
                key="save-definition",
                on_click=partial(_redefine, choice, form),
            )


def _redefine(choice: Choice, form: str) -> None:
    def work() -> str:
        measure: NetworkMeasure = forms.subject(form)
        definition = replace(
            definition_fields.read(form, measure.definition),
            first_year=int(forms.required_value(form, "first_year", _("Första år"))),
            source=forms.value(form, "source"),
            changed_because=forms.text(form, "changed_because"),
        )
        saved = definitions.redefine_measure(
            get_workspace(), person.current_user(), choice.view.library, choice.network, measure, definition
        )
        return _("{measure} har en ny definition från {year}. Serien bryts där.").format(
            measure=saved.definition.name, year=saved.definition.first_year
        )

    forms.save(form, work)


def _section(measure: NetworkMeasure) -> None:
    form = f"section-{measure.id}"
    forms.show_problem(form)
    forms.open_form(form, measure, {"section": measure.section})
    with st.form(form, enter_to_submit=False, border=False):
        left, right = st.columns([2, 1], vertical_alignment="bottom")
        left.text_input(_("Avsnitt i nätverkets lista"), key=key(form, "section"), max_chars=LONGEST_TEXT)
        with right:
            st.form_submit_button(
                _("Flytta till avsnittet"), key="save-section", on_click=partial(_place, form)
            )


def _place(form: str) -> None:
    def work() -> str:
        saved = measures.place_in_section(
            get_workspace(), person.current_user(), forms.subject(form), forms.text(form, "section")
        )
        return _("{measure} står i avsnittet ”{section}”.").format(
            measure=saved.definition.name, section=saved.section
        )

    forms.save(form, work)
