"""Take the next step in a measure's life: discussion, decision with date and minutes, use, retirement."""

from functools import partial
from typing import Final

import streamlit as st

from app_pages.network_measures.choose import Choice
from app_pages.parts import forms, frame, person
from app_pages.parts.error_advice import explain
from app_pages.parts.forms import key
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _
from data.workspace import measures
from domain.kept_text import LONGEST_TEXT
from domain.message import to_translate
from domain.network_measure import LifeEvent, MeasureState, NetworkMeasure
from domain.rights import Action

STEP: Final = "gor"
WORDS: Final = {
    "foresla": Action.PROPOSE_MEASURE,
    "diskutera": Action.PROPOSE_MEASURE,
    "besluta": Action.DECIDE_MEASURE,
    "ta-i-bruk": Action.DECIDE_MEASURE,
    "definiera": Action.DECIDE_MEASURE,
    "avveckla": Action.DECIDE_MEASURE,
}  # what an address may lead to
NEXT: Final = {
    MeasureState.PROPOSED: (MeasureState.DISCUSSED, to_translate("Lägg fram till diskussion")),
    MeasureState.DISCUSSED: (MeasureState.DECIDED, to_translate("Besluta om måttet")),
    MeasureState.DECIDED: (MeasureState.IN_USE, to_translate("Ta måttet i bruk")),
}
DONE: Final = {
    MeasureState.DISCUSSED: to_translate("{measure} är under diskussion."),
    MeasureState.DECIDED: to_translate("{measure} är beslutat."),
    MeasureState.IN_USE: to_translate("{measure} är i bruk."),
    MeasureState.RETIRED: to_translate("{measure} är avvecklat."),
}


def show_refusal(choice: Choice) -> None:
    """Tell a user who followed an address here that they may not take the step."""
    action = WORDS.get(choice.view.address.text(STEP))
    if action is None or choice.may(action):
        return
    error = person.refusal(action, choice.network)
    if error is not None:
        frame.show_box(_("Det får du inte göra"), [explain(error)])


def forms_of(choice: Choice, measure: NetworkMeasure) -> None:
    """Show the next step and, collapsed, retirement; only for those who may."""
    for form in (f"step-{measure.id}", f"decide-{measure.id}"):
        forms.show_problem(form)  # also where somebody else has taken the step meanwhile
    next_step = NEXT.get(measure.state)
    if next_step is not None and choice.may(measures.RIGHT_FOR_STEP[next_step[0]]):
        state, text = next_step
        if state is MeasureState.DECIDED:
            _decision(measure, _(text))
        else:
            _plain(measure, state, _(text))
    if measure.state is not MeasureState.RETIRED and choice.may(Action.DECIDE_MEASURE):
        asks = choice.view.address.text(STEP) == "avveckla"
        form = f"retire-{measure.id}"
        forms.show_problem(form)
        with st.expander(_("Avveckla måttet"), expanded=asks):
            _retirement(measure, form)


def _plain(measure: NetworkMeasure, state: MeasureState, text: str) -> None:
    form = f"step-{measure.id}"
    forms.open_form(form, measure, {})
    st.button(text, key="save-step", type="primary", on_click=partial(_save, form, state))


def _decision(measure: NetworkMeasure, text: str) -> None:
    form = f"decide-{measure.id}"
    forms.open_form(form, measure, {"decided_on": person.today(), "minutes": ""})
    with st.form(form, enter_to_submit=False):
        st.markdown(f"**{_('Beslutet')}**")
        left, right = st.columns([1, 2])
        left.date_input(_("Beslutat den"), value=None, key=key(form, "decided_on"), format="YYYY-MM-DD")
        right.text_input(
            _("Protokoll"),
            key=key(form, "minutes"),
            max_chars=LONGEST_TEXT,
            placeholder=_("till exempel: Nätverksmötet 2026-11-20, § 4"),
        )
        st.form_submit_button(
            text, key="save-step", type="primary", on_click=partial(_save, form, MeasureState.DECIDED)
        )


def _retirement(measure: NetworkMeasure, form: str) -> None:
    forms.open_form(form, measure, {"reason": ""})
    with st.form(form, enter_to_submit=False, border=False):
        st.text_area(_("Varför måttet avvecklas"), key=key(form, "reason"), max_chars=LONGEST_TEXT, height=80)
        st.form_submit_button(
            _("Avveckla måttet"), key="save-retirement", on_click=partial(_save, form, MeasureState.RETIRED)
        )


def _save(form: str, state: MeasureState) -> None:
    def work() -> str:
        measure: NetworkMeasure = forms.subject(form)
        event = LifeEvent(
            state=state,
            at=measure.life[-1].at,  # replaced by now when it is saved
            person_id=person.current_user().id,
            decided_on=forms.value(form, "decided_on") if state is MeasureState.DECIDED else None,
            minutes_reference=forms.text(form, "minutes") if state is MeasureState.DECIDED else "",
            reason=forms.text(form, "reason") if state is MeasureState.RETIRED else "",
        )
        saved = measures.change_measure_state(get_workspace(), person.current_user(), measure, event)
        return _(DONE[state]).format(measure=saved.definition.name)

    forms.save(form, work)
