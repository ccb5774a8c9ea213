"""Show what each member states about how its values may be compared."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import streamlit as st

from app_pages.network_measures.choose import Choice
from app_pages.parts import forms, person
from app_pages.parts.charts.wording import FLAG
from app_pages.parts.definition_fields import label
from app_pages.parts.forms import key
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import show_template
from app_pages.parts.words import _
from data.workspace import comparability
from domain.comparability import COMPARABILITY_NAMES, Comparability, ComparabilityStatement
from domain.kept_text import LONGEST_TEXT
from domain.network_measure import NetworkMeasure
from domain.rights import Action

TEXTS: Final = ("included", "overhead", "operator", "counting_method")


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A member's statement: its flag and `TEXTS`; no texts where it has made none."""

    place: str
    is_mine: bool
    texts: tuple[str, ...]


def show(choice: Choice, measure: NetworkMeasure) -> None:
    """Show every member with its flag and texts; then the form, for those who may make statements for a member."""
    given = {
        statement.municipality_code: statement
        for statement in comparability.statements(get_workspace(), choice.network.id, measure.id)
    }
    show_template(
        "network_measures/statements.html",
        columns=[_("Medlem"), _("Jämförbarhet"), *(label(name) for name in TEXTS)],
        rows=[
            StatementRow(
                place=choice.name(code),
                is_mine=code == choice.view.municipality.code,
                texts=_statement_texts(given[code]) if code in given else (),
            )
            for code in choice.codes
        ],
    )
    codes = [code for code in choice.codes if choice.may(Action.STATE_COMPARABILITY, code)]
    if codes:
        _form(choice, measure, codes, given)


def _statement_texts(statement: ComparabilityStatement) -> tuple[str, ...]:
    flag = f"{FLAG[statement.flag]} {_(COMPARABILITY_NAMES[statement.flag])}".strip()
    return flag, *(getattr(statement, name) for name in TEXTS)


def _form(
    choice: Choice, measure: NetworkMeasure, codes: list[str], given: dict[str, ComparabilityStatement]
) -> None:
    picker = f"statement-{measure.id}-code"
    mine = choice.view.municipality.code
    if st.session_state.get(picker) not in codes:
        st.session_state[picker] = mine if mine in codes else codes[0]
    code = st.selectbox(_("Ange jämförbarhet för"), codes, format_func=choice.name, key=picker)
    form = f"statement-{measure.id}-{code}"
    statement = given.get(code) or ComparabilityStatement(
        choice.network.id, measure.id, code, Comparability.COMPARABLE
    )
    forms.show_problem(form)
    forms.open_form(
        form, statement, {"flag": statement.flag, **{name: getattr(statement, name) for name in TEXTS}}
    )
    with st.form(form, enter_to_submit=False):
        st.radio(
            _("Jämförbarhet"),
            list(Comparability),
            format_func=lambda flag: _(COMPARABILITY_NAMES[flag]),
            key=key(form, "flag"),
            horizontal=True,
        )
        left, right = st.columns(2)
        for place, name in enumerate(TEXTS):
            (left, right)[place % 2].text_input(label(name), key=key(form, name), max_chars=LONGEST_TEXT)
        st.form_submit_button(
            _("Spara för {place}").format(place=choice.name(code)),
            key="save-statement",
            on_click=partial(_save, choice, form),
        )


def _save(choice: Choice, form: str) -> None:
    def work() -> str:
        base: ComparabilityStatement = forms.subject(form)
        texts: dict[str, Any] = {name: forms.text(form, name) for name in TEXTS}
        saved = comparability.state(
            get_workspace(), person.current_user(), replace(base, flag=forms.value(form, "flag"), **texts)
        )
        return _("Jämförbarheten för {place} är sparad.").format(place=choice.name(saved.municipality_code))

    forms.save(form, work)
