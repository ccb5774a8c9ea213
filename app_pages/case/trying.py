"""Show who tries the case and how it went, with the form for saying that one's own municipality does."""

from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from app_pages.case.choose import Choice
from app_pages.parts import address, bank, forms, person
from app_pages.parts.address import PageName
from app_pages.parts.blocks import show_links, show_text
from app_pages.parts.forms import key
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, capitalize_first, ngettext
from data.workspace.reuses import say_trying
from domain.case import REUSE_STATE_NAMES, Reuse, ReuseState
from domain.kept_text import LONGEST_TEXT
from domain.rights import Action, Subject, may

FORM: Final = "trying"
ID: Final = "provar"


@dataclass(frozen=True, slots=True)
class ReuseItem:
    """One reuse in the list: where, its state, how it went, and links to what its figures say and to its own case."""

    place: str
    facts: str
    how_it_went: str
    links: tuple[tuple[str, str], ...]


def show(choice: Choice) -> None:
    """Show who tries the case and how that went, with the form for saying that one's own municipality does."""
    reuses = choice.bank.reuses_of(choice.case.standing.id)
    show_template(
        "case/reuses.html",
        id=ID,
        summary=describe_reuses(reuses),
        items=[_reuse_item(choice, reuse) for reuse in reuses],
    )
    _show_own_reuse(choice, reuses)


def describe_reuses(reuses: tuple[Reuse, ...]) -> str:
    """How many municipalities, and how many in each state: “Prövat av 3 kommuner: 1 har behållit det, 2 provar.”"""
    if not reuses:
        return _("Ingen annan kommun har sagt att den provar det här ännu.")
    by_state = ", ".join(
        f"{count} {_(REUSE_STATE_NAMES[state])}"
        for state in (ReuseState.KEPT, ReuseState.TRYING, ReuseState.STOPPED, ReuseState.INTERESTED)
        if (count := sum(reuse.state is state for reuse in reuses))
    )
    count = sum(reuse.state is not ReuseState.INTERESTED for reuse in reuses)
    begun = ngettext("Prövat av {count} kommun till", "Prövat av {count} kommuner till", count)
    return f"{begun.format(count=count)}: {by_state}."


def _reuse_item(choice: Choice, reuse: Reuse) -> ReuseItem:
    since = _("sedan {day}").format(day=reuse.started_on) if reuse.started_on else ""
    links = []
    if reuse.started_on is not None:
        href = bank.case_link(reuse.case_id, tried_by=reuse.municipality_code)
        links.append((href, _("Vad siffrorna säger där")))
    if reuse.own_case_id in choice.bank.cases:
        links.append((bank.case_link(reuse.own_case_id), _("Deras eget exempel")))
    return ReuseItem(
        place=choice.place_name(reuse.municipality_code),
        facts=", ".join(filter(None, [_(REUSE_STATE_NAMES[reuse.state]), since])),
        how_it_went=reuse.how_it_went,
        links=tuple(links),
    )


def _own_code(choice: Choice) -> str:
    """The municipality that the current user may report a reuse for: their own, else the focus; empty for neither."""
    actor = person.current_user()
    for code in (*person.own_codes(), choice.view.municipality.code):
        if may(actor, Action.TRY_CASE, Subject(municipality_code=code)):
            return code
    return ""


def _show_own_reuse(choice: Choice, reuses: tuple[Reuse, ...]) -> None:
    """Show the form for the user's own municipality, or why there is none."""
    code = _own_code(choice)
    if not code:
        text = _("Den som arbetar i en kommun och är inloggad kan ange att kommunen provar.")
        show_text(text, "chart-notes tries-note")
        return
    place = choice.place_name(code)
    if code == choice.case.municipality_code:
        href = address.link(PageName.CONTRIBUTE, **{bank.CASE_ID: choice.case.standing.id})
        show_links([(href, _("Ändra det"))], before=f"{_('Det här är ert eget exempel.')} ")
        return
    mine = next((reuse for reuse in reuses if reuse.municipality_code == code), None)
    forms.show_problem(FORM)
    if mine is not None and mine.started_on is not None:
        href = bank.case_link(choice.case.standing.id, tried_by=code)
        show_links([(href, _("Se {place}s egen effekt").format(place=place), "onwards")])
    label = (
        _("Vi provar: {place}").format(place=place)
        if mine is None
        else _("Ändra hur det går i {place}").format(place=place)
    )
    start = mine or Reuse(choice.case.standing.id, code, ReuseState.TRYING, person.today())
    current = forms.open_form(
        FORM,
        start,
        {
            "state": start.state,
            "started_on": start.started_on,
            "how_it_went": start.how_it_went,
            "own_case_id": start.own_case_id,
        },
    )
    with st.expander(label, icon=":material/handshake:", key="trying-form", expanded=False):
        _show_fields(choice, code, current)


def _show_fields(choice: Choice, code: str, current: Reuse) -> None:
    own = {
        case.standing.id: case.title for case in choice.bank.cases.values() if case.municipality_code == code
    }
    with st.form(FORM, enter_to_submit=False, border=False):
        left, right = st.columns(2)
        left.selectbox(
            _("Hur långt har ni kommit?"),
            list(ReuseState),
            format_func=lambda state: capitalize_first(_(REUSE_STATE_NAMES[ReuseState(state)])),
            key=key(FORM, "state"),
        )
        right.date_input(
            _("Började (avgör från vilket år effekten räknas)"),
            key=key(FORM, "started_on"),
            format="YYYY-MM-DD",
        )
        st.text_area(
            _("Hur har det gått? Skriv inga namn på privatpersoner."),
            key=key(FORM, "how_it_went"),
            max_chars=LONGEST_TEXT,
            height=100,
        )
        if own:
            st.selectbox(
                _("Ert eget exempel, om ni har skrivit ett"),
                ["", *own],
                format_func=lambda case_id: own.get(case_id, _("inget")),
                key=key(FORM, "own_case_id"),
            )
        st.form_submit_button(
            _("Vi provar") if not current.version else _("Spara hur det går"),
            key="save-trying",
            type="primary",
            on_click=_save,
        )


def _save() -> None:
    def work() -> str:
        subject: Reuse = forms.subject(FORM)
        reuse = say_trying(
            get_workspace(),
            person.current_user(),
            replace(
                subject,
                state=ReuseState(forms.value(FORM, "state")),
                started_on=forms.value(FORM, "started_on"),
                how_it_went=forms.text(FORM, "how_it_went"),
                own_case_id=forms.text(FORM, "own_case_id"),
            ),
        )
        return _("Sparat: {state}. Tack, det hjälper andra att se om det håller på fler platser.").format(
            state=_(REUSE_STATE_NAMES[reuse.state])
        )

    forms.save(FORM, work)
