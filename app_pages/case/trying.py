"""Who tries the case and how it went, and saying that one's own municipality does."""

from dataclasses import replace
from html import escape
from typing import Final

import streamlit as st

from app_pages.case.choose import Choice
from app_pages.parts import address, bank, forms, person
from app_pages.parts.address import PageName
from app_pages.parts.forms import key
from app_pages.parts.opening import get_workspace
from app_pages.parts.story import paragraphs
from app_pages.parts.words import _, ngettext
from data.workspace.reuses import say_trying
from domain.case import REUSE_STATE_NAMES, Reuse, ReuseState
from domain.kept_text import LONGEST_TEXT
from domain.rights import Action, Subject, may

FORM: Final = "trying"
ID: Final = "provar"


def show(choice: Choice) -> None:
    """How often it has been tried and how that went; the button for trying it oneself."""
    tried = choice.bank.tried(choice.case.standing.id)
    items = "".join(_item(choice, one) for one in tried)
    st.html(
        f'<section class="tries" id="{ID}"><h2>{escape(_("Andra som provar"))}</h2>'
        f"<p>{escape(counted(tried))}</p>{f'<ul>{items}</ul>' if items else ''}</section>"
    )
    _own(choice, tried)


def counted(tried: tuple[Reuse, ...]) -> str:
    """How many, and how many of each kind: “Prövat av 3 kommuner: 1 har behållit det, 2 provar.”"""
    begun = [one for one in tried if one.state is not ReuseState.INTERESTED]
    if not tried:
        return _("Ingen annan kommun har sagt att den provar det här ännu.")
    by_state = ", ".join(
        f"{count} {_(REUSE_STATE_NAMES[state])}"
        for state in (ReuseState.KEPT, ReuseState.TRYING, ReuseState.STOPPED, ReuseState.INTERESTED)
        if (count := sum(one.state is state for one in tried))
    )
    count = len(begun)
    told = ngettext("Prövat av {count} kommun till", "Prövat av {count} kommuner till", count).format(
        count=count
    )
    return f"{told}: {by_state}."


def _item(choice: Choice, reuse: Reuse) -> str:
    since = _("sedan {day}").format(day=reuse.started_on) if reuse.started_on else ""
    facts = ", ".join(filter(None, [_(REUSE_STATE_NAMES[reuse.state]), since]))
    links = []
    if reuse.started_on is not None:
        links.append(
            (bank.case_link(reuse.case_id, tried_by=reuse.municipality_code), _("Vad siffrorna säger där"))
        )
    if reuse.own_case_id in choice.bank.cases:
        links.append((bank.case_link(reuse.own_case_id), _("Deras eget exempel")))
    ways = " · ".join(f'<a data-page href="{escape(href)}">{escape(text)}</a>' for href, text in links)
    return (
        f"<li><b>{escape(choice.place_name(reuse.municipality_code))}</b> <small>{escape(facts)}</small>"
        f"{paragraphs(reuse.how_it_went)}{f'<p>{ways}</p>' if ways else ''}</li>"
    )


def _own_code(choice: Choice) -> str:
    """The municipality that whoever is acting may say it for: the own one, else the one that is looked at."""
    actor = person.signed_in()
    for code in (*person.own_codes(), choice.view.municipality.code):
        if may(actor, Action.TRY_CASE, Subject(municipality_code=code)):
            return code
    return ""


def _own(choice: Choice, tried: tuple[Reuse, ...]) -> None:
    code = _own_code(choice)
    if not code:
        told = _("Den som arbetar i en kommun och är inloggad kan ange att kommunen provar.")
        st.html(f'<p class="chart-notes tries-note">{escape(told)}</p>')
        return
    place = choice.place_name(code)
    if code == choice.case.municipality_code:
        told = _("Det här är ert eget exempel.")
        href = address.link(PageName.CONTRIBUTE, **{bank.CASE_ID: choice.case.standing.id})
        st.html(
            f'<p class="ways-on">{escape(told)} <a data-page href="{escape(href)}">{escape(_("Ändra det"))}</a></p>'
        )
        return
    mine = next((one for one in tried if one.municipality_code == code), None)
    forms.problem(FORM)
    if mine is not None and mine.started_on is not None:
        href = bank.case_link(choice.case.standing.id, tried_by=code)
        text = _("Se {place}s egen effekt").format(place=place)
        st.html(
            f'<p class="ways-on"><a class="onwards" data-page href="{escape(href)}">{escape(text)}</a></p>'
        )
    label = (
        _("Vi provar: {place}").format(place=place)
        if mine is None
        else _("Ändra hur det går i {place}").format(place=place)
    )
    start = mine or Reuse(choice.case.standing.id, code, ReuseState.TRYING, person.today())
    current = forms.opened(
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
        _fields(choice, code, current)


def _fields(choice: Choice, code: str, current: Reuse) -> None:
    own = {
        case.standing.id: case.title for case in choice.bank.cases.values() if case.municipality_code == code
    }
    with st.form(FORM, enter_to_submit=False, border=False):
        left, right = st.columns(2)
        left.selectbox(
            _("Hur långt har ni kommit?"),
            list(ReuseState),
            format_func=lambda one: _capital(_(REUSE_STATE_NAMES[ReuseState(one)])),
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
                format_func=lambda one: own.get(one, _("inget")),
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
        kept = say_trying(
            get_workspace(),
            person.signed_in(),
            replace(
                subject,
                state=ReuseState(forms.value(FORM, "state")),
                started_on=forms.value(FORM, "started_on"),
                how_it_went=forms.text(FORM, "how_it_went"),
                own_case_id=forms.text(FORM, "own_case_id"),
            ),
        )
        return _("Sparat: {state}. Tack, det hjälper andra att se om det håller på fler platser.").format(
            state=_(REUSE_STATE_NAMES[kept.state])
        )

    forms.save(FORM, work)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
