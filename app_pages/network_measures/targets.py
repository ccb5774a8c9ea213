"""Show and set the targets of the network and its members."""

from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from app_pages.network_measures.choose import Choice
from app_pages.parts import forms, frame, person
from app_pages.parts.forms import key
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, language
from data.workspace import measure_rows
from data.workspace import targets as stored_targets
from domain.network_measure import NetworkMeasure, Target
from domain.rights import Action
from language.numbers import with_unit

NETWORK: Final = ""  # stands for the whole network in the list of whose target it is


def show(choice: Choice, measure: NetworkMeasure) -> None:
    """Show the targets, each with a button to remove it for those who may; then the form for a new one."""
    targets = stored_targets.targets(get_workspace(), choice.network.id, measure.id)
    if targets:
        show_template(
            "network_measures/targets.html",
            targets=[
                (
                    _whose(choice, target.municipality_code or NETWORK),
                    target.year,
                    target_words(target, measure),
                )
                for target in targets
            ],
        )
    else:
        frame.show_box(
            _("Inget mål är satt"),
            [_("Nätverket kan ha ett mål, och varje medlem ett eget. Mål syns i diagrammen.")],
        )
    holders = _holders(choice)
    if holders:
        _form(choice, measure, targets, holders)
        own = [target for target in targets if (target.municipality_code or NETWORK) in holders]
        _removal(choice, measure, own)


def target_words(target: Target, measure: NetworkMeasure) -> str:
    """Describe a target: “minst 70,0 %”, “högst 12”, “60–70 %”."""

    def format_bound(bound: float) -> str:
        definition = measure.definition
        return with_unit(bound, definition.decimals, definition.unit, language())

    if target.low is not None and target.high is not None:
        if target.low == target.high:
            return format_bound(target.low)
        return _("från {low} till {high}").format(
            low=format_bound(target.low), high=format_bound(target.high)
        )
    if target.low is not None:
        return _("minst {bound}").format(bound=format_bound(target.low))
    return _("högst {bound}").format(bound=format_bound(target.high)) if target.high is not None else ""


def _whose(choice: Choice, code: str) -> str:
    return choice.name(code) if code else _("hela nätverket")


def _holders(choice: Choice) -> list[str]:
    """Return for whom the current user may set a target."""
    whole = [NETWORK] if choice.may(Action.SET_NETWORK_TARGET) else []
    return [*whole, *(code for code in choice.codes if choice.may(Action.SET_MUNICIPALITY_TARGET, code))]


def _form(choice: Choice, measure: NetworkMeasure, targets: tuple[Target, ...], holders: list[str]) -> None:
    form = f"target-{measure.id}"
    forms.show_problem(form)
    forms.open_form(
        form, targets, {"holder": holders[0], "year": person.today().year, "low": None, "high": None}
    )
    with st.form(form, enter_to_submit=False):
        first, second, third, fourth = st.columns([2, 1, 1, 1])
        first.selectbox(_("Vems mål"), holders, format_func=partial(_whose, choice), key=key(form, "holder"))
        second.number_input(
            _("Från år"),
            min_value=measure_rows.YEARS.start,
            max_value=measure_rows.YEARS.stop - 1,
            step=1,
            key=key(form, "year"),
        )
        third.number_input(_("Lägst"), value=None, key=key(form, "low"))
        fourth.number_input(_("Högst"), value=None, key=key(form, "high"))
        st.form_submit_button(
            _("Sätt målet"), key="save-target", on_click=partial(_save, choice, measure, form)
        )


def _save(choice: Choice, measure: NetworkMeasure, form: str) -> None:
    def work() -> str:
        code, year = (
            forms.value(form, "holder") or None,
            int(forms.required_value(form, "year", _("Från år"))),
        )
        known: tuple[Target, ...] = forms.subject(form)
        current = next(
            (target for target in known if (target.municipality_code, target.year) == (code, year)), None
        )
        base = current or Target(choice.network.id, measure.id, code, year, None, None)
        saved = stored_targets.set_target(
            get_workspace(),
            person.current_user(),
            replace(base, low=forms.value(form, "low"), high=forms.value(form, "high")),
        )
        return _("Målet är satt: {target}.").format(target=target_words(saved, measure))

    forms.save(form, work)


def _removal(choice: Choice, measure: NetworkMeasure, targets: list[Target]) -> None:
    form = f"untarget-{measure.id}"
    forms.show_problem(form)
    for target in targets:
        whose = _whose(choice, target.municipality_code or NETWORK)
        st.button(
            _("Ta bort målet för {whose}, {year}").format(whose=whose, year=target.year),
            key=f"remove-{target.municipality_code or 'network'}-{target.year}",
            on_click=partial(_remove, form, target),
        )


def _remove(form: str, target: Target) -> None:
    def work() -> str:
        stored_targets.remove_target(get_workspace(), person.current_user(), target)
        return _("Målet är borttaget.")

    forms.save(form, work)
