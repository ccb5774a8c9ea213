"""Step 4: what changes for everybody, cell by cell, before it does; publishing, signing, and what comes after."""

from datetime import timedelta
from functools import partial
from html import escape
from typing import Final

import streamlit as st

from app_pages.parts import address, differences, forms, frame, person
from app_pages.parts.address import Name, PageName
from app_pages.parts.forms import key
from app_pages.parts.opening import get_stores, get_workspace
from app_pages.parts.words import _, language, ngettext
from app_pages.upload import load, project_results
from app_pages.upload.choose import Choice, Step, is_of_projects, step_link
from app_pages.upload.load import AtHand
from domain.kept_text import LONGEST_TEXT
from domain.rights import Action
from domain.upload import STATE_NAMES, Upload, UploadState
from language.numbers import number
from pipelines.uploads import publishing, undoing
from pipelines.uploads.changes import Changes

FORM: Final = "publish"
SIGN_FORM: Final = "sign-off"
UNDO_FORM: Final = "undo"
LONGEST_EMBARGO_DAYS: Final = 366


def parts(choice: Choice, held: AtHand | None, upload: Upload) -> None:
    """By where the upload stands: the difference and the button, the wait, or what is published."""
    match upload.state:
        case UploadState.DRAFT:
            _draft(choice, held, upload)
        case UploadState.AWAITING_SIGN_OFF:
            _awaiting_sign_off(choice, upload)
        case UploadState.AWAITING_DATE:
            _awaiting_date(choice, upload)
        case UploadState.PUBLISHED:
            _published(choice, upload)
        case _:
            _over(upload)


# ---- a draft ---------------------------------------------------------------------------------------------------


def _draft(choice: Choice, held: AtHand | None, upload: Upload) -> None:
    if is_of_projects(upload):
        _draft_of_projects(choice, upload)
        return
    if held is None:
        return  # the refusal has been said
    stops, open_ones = len(held.review.blocking_findings), len(held.unexplained)
    if stops or open_ones:
        _not_yet(choice, stops, open_ones)
    changes = load.changes(choice, upload)
    differences.show_summary(choice.place, changes)
    differences.show_colour_changes(changes)
    differences.show_cells(changes, [one.id for one in choice.measures])
    forms.problem(FORM)
    if stops or open_ones or not changes.value_count:
        return
    if not choice.may(Action.PUBLISH_RESULTS):
        frame.box(
            _("Någon annan publicerar"),
            [
                _(
                    "Kommunens controller publicerar resultaten. Länken till den här sidan visar utkastet för kollegor i {place}."
                ).format(place=choice.place)
            ],
        )
        return
    _publish_form(choice, upload, changes)


def _draft_of_projects(choice: Choice, upload: Upload) -> None:
    """Nothing that needed mending was kept, so there is only what will stand beside the measures."""
    if not choice.may_read_draft:
        frame.box(_("Utkastet är kommunens eget"), [_("Det blir synligt för nätverket när det publiceras.")])
        return
    project_results.kept(choice, upload)
    forms.problem(FORM)
    if choice.may(Action.PUBLISH_RESULTS):
        _publish_form(choice, upload, load.changes(choice, upload))


def _not_yet(choice: Choice, stops: int, open_ones: int) -> None:
    sentences = []
    if stops:
        sentences.append(
            ngettext(
                "{count} sak måste rättas i filen.", "{count} saker måste rättas i filen.", stops
            ).format(count=number(stops, 0, language()))
        )
    if open_ones:
        sentences.append(
            ngettext(
                "{count} värde avviker och saknar förklaring.",
                "{count} värden avviker och saknar förklaring.",
                open_ones,
            ).format(count=number(open_ones, 0, language()))
        )
    frame.box(_("Det går inte att publicera ännu"), sentences)
    href = escape(step_link(Step.FINDINGS, choice.upload))
    st.html(f'<p class="ways-on"><a data-page href="{href}">{escape(_("Till anmärkningarna"))}</a></p>')


def _publish_form(choice: Choice, upload: Upload, changes: Changes) -> None:
    """When, why, and the button that says how many values."""
    today = person.today()
    if choice.network.wants_sign_off:
        st.html(
            '<p class="part">'
            + escape(
                _(
                    "Nätverket vill att en andra person godkänner. Skicka den som ska godkänna adressen till den här "
                    "sidan; resultaten publiceras när det är gjort."
                )
            )
            + "</p>"
        )
    with st.form(FORM, enter_to_submit=False):
        left, right = st.columns([2, 1])
        left.text_input(
            _("Varför, om du vill (står i historiken)"),
            key=key(FORM, "reason"),
            max_chars=LONGEST_TEXT,
            placeholder=_("till exempel: ordinarie rapportering"),
        )
        right.date_input(
            _("Publicera först den (tomt: nu)"),
            value=None,
            min_value=today + timedelta(days=1),
            max_value=today + timedelta(days=LONGEST_EMBARGO_DAYS),
            key=key(FORM, "publish_on"),
            format="YYYY-MM-DD",
        )
        st.form_submit_button(
            _button(choice, changes),
            key="save-publication",
            type="primary",
            on_click=partial(_publish, choice, upload, changes.state_key),
        )


def _button(choice: Choice, changes: Changes) -> str:
    if is_of_projects(choice.upload):
        wants = choice.network.wants_sign_off
        return _("Skicka projektresultaten för godkännande") if wants else _("Publicera projektresultaten")
    count = changes.value_count
    if choice.network.wants_sign_off:
        return ngettext(
            "Skicka {count} värde för godkännande", "Skicka {count} värden för godkännande", count
        ).format(count=number(count, 0, language()))
    return ngettext("Publicera {count} värde", "Publicera {count} värden", count).format(
        count=number(count, 0, language())
    )


def _publish(choice: Choice, upload: Upload, state_key: str) -> None:
    def work() -> str:
        load.forget_changes()  # whatever comes of it, the difference is another afterwards
        kept = publishing.publish(
            get_stores(),
            choice.actor,
            upload.id,
            state_key=state_key,
            reason=forms.text(FORM, "reason"),
            publish_on=forms.value(FORM, "publish_on"),
            today=person.today(),
        )
        return _done(kept)

    forms.save(FORM, work)


def _done(kept: Upload) -> str:
    match kept.state:
        case UploadState.AWAITING_SIGN_OFF:
            return _("{file} väntar på att en andra person godkänner.").format(file=kept.file_name)
        case UploadState.AWAITING_DATE:
            return _("{file} publiceras {day}.").format(file=kept.file_name, day=kept.publish_on)
    return _("{file} är publicerad.").format(file=kept.file_name)


# ---- waiting ---------------------------------------------------------------------------------------------------


def _awaiting_sign_off(choice: Choice, upload: Upload) -> None:
    """For whoever signs: the same difference as the sender saw, and one button."""
    st.html(
        '<p class="lead">'
        + escape(
            _(
                "{person} har lämnat in {file} för {place}. En andra person i kommunen eller nätverket godkänner."
            ).format(person=_(upload.person_name), file=upload.file_name, place=choice.place)
        )
        + "</p>"
    )
    _differences_if_allowed(choice, upload)
    forms.problem(SIGN_FORM)
    is_own = upload.person_id == choice.actor.id
    with st.container(horizontal=True, key="sign-off"):
        if choice.may(Action.SIGN_OFF_RESULTS) and not is_own:
            st.button(
                _("Godkänn och publicera"),
                key="save-sign-off",
                type="primary",
                on_click=partial(_sign, choice, upload),
            )
        if choice.may(Action.UPLOAD_RESULTS) or (choice.may(Action.SIGN_OFF_RESULTS) and not is_own):
            st.button(
                _("Ta tillbaka till utkast"), key="take-back", on_click=partial(_take_back, choice, upload)
            )
    if is_own:
        st.html(
            f'<p class="part">{escape(_("Du har själv lämnat in filen, så någon annan godkänner. Dela länken med den som ska göra det."))}</p>'
        )
        frame.share_button()
    elif not choice.may(Action.SIGN_OFF_RESULTS):
        st.html(
            f'<p class="part">{escape(_("Controllern, kommunledningen eller nätverksledaren godkänner."))}</p>'
        )


def _sign(choice: Choice, upload: Upload) -> None:
    forms.save(
        SIGN_FORM,
        lambda: _done(publishing.sign_off(get_stores(), choice.actor, upload.id, today=person.today())),
    )


def _take_back(choice: Choice, upload: Upload) -> None:
    def work() -> str:
        kept = publishing.take_back(get_workspace(), choice.actor, upload.id)
        return _("{file} är ett utkast igen.").format(file=kept.file_name)

    forms.save(SIGN_FORM, work)


def _awaiting_date(choice: Choice, upload: Upload) -> None:
    st.html(
        '<p class="lead">'
        + escape(
            _("{file} är klar och publiceras {day}. Till dess ser bara {place} värdena.").format(
                file=upload.file_name, day=upload.publish_on, place=choice.place
            )
        )
        + "</p>"
    )
    _differences_if_allowed(choice, upload)
    forms.problem(SIGN_FORM)
    if choice.may(Action.UPLOAD_RESULTS):
        st.button(_("Ta tillbaka till utkast"), key="take-back", on_click=partial(_take_back, choice, upload))


def _differences_if_allowed(choice: Choice, upload: Upload) -> None:
    """The difference for those who may read drafts; the others are told that it is not theirs to see yet."""
    if not choice.may_read_draft:
        text = ngettext(
            "Filen har {values} värde och {explained}. Värdena visas för kommunen själv; du ser dem när de är publicerade.",
            "Filen har {values} värden och {explained}. Värdena visas för kommunen själv; du ser dem när de är "
            "publicerade.",
            upload.counts.get("values", 0),
        )
        findings = upload.counts.get("findings", 0)
        explained = ngettext("{count} förklarad avvikelse", "{count} förklarade avvikelser", findings).format(
            count=number(findings, 0, language())
        )
        values = number(upload.counts.get("values", 0), 0, language())
        st.html(f'<p class="part">{escape(text.format(values=values, explained=explained))}</p>')
        return
    if is_of_projects(upload):
        project_results.kept(choice, upload)
        return
    changes = load.changes(choice, upload)
    differences.show_summary(choice.place, changes)
    differences.show_colour_changes(changes)
    differences.show_cells(changes, [one.id for one in choice.measures])


# ---- published -------------------------------------------------------------------------------------------------


def _published(choice: Choice, upload: Upload) -> None:
    """What is true now, where to see it, and how to take it back."""
    moment = upload.published_at.astimezone() if upload.published_at else None
    text = _("{file} publicerades av {person} {when}.").format(
        file=upload.file_name,
        person=_(upload.published_by or upload.person_name),
        when=f"{moment:%Y-%m-%d %H:%M}" if moment else "",
    )
    if upload.signed_by:
        text += " " + _("Godkänd av {person}.").format(person=_(upload.signed_by))
    st.html(f'<p class="lead">{escape(text)}</p>')
    st.html(_what_now(choice, upload))
    _undo(choice, upload)


def _what_now(choice: Choice, upload: Upload) -> str:
    year = upload.period[:4]
    words = {Name.MUNICIPALITY: choice.code, Name.GROUP: f"network:{choice.network.id}", Name.YEAR: year}
    items = "".join(
        f'<li><a data-page href="{escape(address.link(PageName.MEASURE, **{**words, Name.MEASURE: one.id}))}">'
        f"{escape(one.definition_for(int(year)).name)}</a></li>"
        for one in choice.measures
    )
    history = address.link(
        PageName.HISTORY, **{Name.NETWORK: choice.network.id, Name.MUNICIPALITY: choice.code}
    )
    explained = len(upload.explanations)
    told = (
        ngettext(
            "{count} förklaring står som fotnot vid sitt värde.",
            "{count} förklaringar står som fotnoter vid sina värden.",
            explained,
        ).format(count=explained)
        if explained
        else ""
    )
    return (
        f'<div class="news"><h2>{escape(_("Se hur det blev"))}</h2>'
        f"{f'<p>{escape(told)}</p>' if told else ''}<ul>{items}</ul></div>"
        f'<p class="ways-on"><a data-page href="{escape(history)}">{escape(_("Historik: vem, när, från vilken fil, varför"))}</a></p>'
    )


def _undo(choice: Choice, upload: Upload) -> None:
    if not choice.may(Action.PUBLISH_RESULTS):
        return
    forms.problem(UNDO_FORM)
    with st.expander(_("Ångra publiceringen")):
        st.html(
            f'<p class="part">{escape(_("Precis det som stod före återställs, och senare uppladdningar står kvar. Både publiceringen och ångrandet syns i historiken."))}</p>'
        )
        with st.form(UNDO_FORM, enter_to_submit=False, border=False):
            st.text_input(_("Varför den ångras"), key=key(UNDO_FORM, "because"), max_chars=LONGEST_TEXT)
            st.form_submit_button(
                _("Ångra {file}").format(file=upload.file_name),
                key="save-undo",
                on_click=partial(_save_undo, choice, upload),
            )


def _save_undo(choice: Choice, upload: Upload) -> None:
    def work() -> str:
        because = str(forms.needed(UNDO_FORM, "because", _("Varför den ångras"))).strip()
        undoing.undo(get_stores(), choice.actor, upload.id, because)
        return _("{file} är ångrad, och det som stod före är återställt.").format(file=upload.file_name)

    forms.save(UNDO_FORM, work)


def _over(upload: Upload) -> None:
    """Undone, discarded, or between the two databases for a moment."""
    text = _("{file} är {state}.").format(file=upload.file_name, state=_(STATE_NAMES[upload.state]))
    if upload.state is UploadState.UNDONE:
        moment = upload.undone_at.astimezone() if upload.undone_at else None
        text = _("{file} ångrades av {person} {when}: {why}").format(
            file=upload.file_name,
            person=_(upload.undone_by),
            when=f"{moment:%Y-%m-%d %H:%M}" if moment else "",
            why=upload.undone_because,
        )
    st.html(f'<p class="lead">{escape(text)}</p>')
    if upload.state in {UploadState.PUBLISHING, UploadState.UNDOING}:
        st.html(f'<p class="part">{escape(_("Ladda om sidan om en stund."))}</p>')
    href = escape(step_link(Step.FILE, None))
    st.html(f'<p class="ways-on"><a data-page href="{href}">{escape(_("Lämna en ny fil"))}</a></p>')
