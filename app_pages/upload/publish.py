"""Step 4: show each cell that would change, then publish, sign off, or undo."""

from datetime import timedelta
from functools import partial
from typing import Final

import streamlit as st

from app_pages.parts import address, blocks, differences, forms, frame, person
from app_pages.parts.address import Name, PageName
from app_pages.parts.forms import key
from app_pages.parts.opening import get_stores, get_workspace
from app_pages.parts.templates import show_template
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


def show(choice: Choice, held: AtHand | None, upload: Upload) -> None:
    """Show, by the state of the upload, the changes and the button, the wait, or what is published."""
    match upload.state:
        case UploadState.DRAFT:
            _show_draft(choice, held, upload)
        case UploadState.AWAITING_SIGN_OFF:
            _show_sign_off(choice, upload)
        case UploadState.AWAITING_DATE:
            _show_wait(choice, upload)
        case UploadState.PUBLISHED:
            _show_published(choice, upload)
        case _:
            _show_end(upload)


# ---- a draft ---------------------------------------------------------------------------------------------------


def _show_draft(choice: Choice, held: AtHand | None, upload: Upload) -> None:
    if is_of_projects(upload):
        _show_draft_of_projects(choice, upload)
        return
    if held is None:
        return  # the refusal is shown already
    errors, unexplained = len(held.review.blocking_findings), len(held.unexplained)
    if errors or unexplained:
        _show_obstacles(choice, errors, unexplained)
    changes = load.changes(choice, upload)
    differences.show_summary(choice.place, changes)
    differences.show_colour_changes(changes)
    differences.show_cells(changes, [measure.id for measure in choice.measures])
    forms.show_problem(FORM)
    if errors or unexplained or not changes.value_count:
        return
    if not choice.may(Action.PUBLISH_RESULTS):
        frame.show_box(
            _("Någon annan publicerar"),
            [
                _(
                    "Kommunens controller publicerar resultaten. Länken till den här sidan visar utkastet för kollegor i {place}."
                ).format(place=choice.place)
            ],
        )
        return
    _show_publish_form(choice, upload, changes)


def _show_draft_of_projects(choice: Choice, upload: Upload) -> None:
    """Show the results of projects, which are free of errors once they are saved, and the form to publish them."""
    if not choice.may_read_draft:
        frame.show_box(
            _("Utkastet är kommunens eget"), [_("Det blir synligt för nätverket när det publiceras.")]
        )
        return
    project_results.show_results(choice, upload)
    forms.show_problem(FORM)
    if choice.may(Action.PUBLISH_RESULTS):
        _show_publish_form(choice, upload, load.changes(choice, upload))


def _show_obstacles(choice: Choice, errors: int, unexplained: int) -> None:
    sentences = []
    if errors:
        sentences.append(
            ngettext(
                "{count} sak måste rättas i filen.", "{count} saker måste rättas i filen.", errors
            ).format(count=number(errors, 0, language()))
        )
    if unexplained:
        sentences.append(
            ngettext(
                "{count} värde avviker och saknar förklaring.",
                "{count} värden avviker och saknar förklaring.",
                unexplained,
            ).format(count=number(unexplained, 0, language()))
        )
    frame.show_box(_("Det går inte att publicera ännu"), sentences)
    blocks.show_links([(step_link(Step.FINDINGS, choice.upload), _("Till anmärkningarna"))])


def _show_publish_form(choice: Choice, upload: Upload, changes: Changes) -> None:
    """Show the form for why and when, with the number of values on the button."""
    today = person.today()
    if choice.network.wants_sign_off:
        blocks.show_text(
            _(
                "Nätverket vill att en andra person godkänner. Skicka den som ska godkänna adressen till den här "
                "sidan; resultaten publiceras när det är gjort."
            )
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
            _button_text(choice, changes),
            key="save-publication",
            type="primary",
            on_click=partial(_publish, choice, upload, changes.state_key),
        )


def _button_text(choice: Choice, changes: Changes) -> str:
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
        load.forget_changes()  # the changes are others afterwards, even if it fails
        saved = publishing.publish(
            get_stores(),
            choice.actor,
            upload.id,
            state_key=state_key,
            reason=forms.text(FORM, "reason"),
            publish_on=forms.value(FORM, "publish_on"),
            today=person.today(),
        )
        return _done_text(saved)

    forms.save(FORM, work)


def _done_text(saved: Upload) -> str:
    match saved.state:
        case UploadState.AWAITING_SIGN_OFF:
            return _("{file} väntar på att en andra person godkänner.").format(file=saved.file_name)
        case UploadState.AWAITING_DATE:
            return _("{file} publiceras {day}.").format(file=saved.file_name, day=saved.publish_on)
    return _("{file} är publicerad.").format(file=saved.file_name)


# ---- waiting ---------------------------------------------------------------------------------------------------


def _show_sign_off(choice: Choice, upload: Upload) -> None:
    """Show the person who signs the same changes as the sender saw, and the buttons."""
    blocks.show_lead(
        _(
            "{person} har lämnat in {file} för {place}. En andra person i kommunen eller nätverket godkänner."
        ).format(person=_(upload.person_name), file=upload.file_name, place=choice.place)
    )
    _show_differences(choice, upload)
    forms.show_problem(SIGN_FORM)
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
        blocks.show_text(
            _("Du har själv lämnat in filen, så någon annan godkänner. Dela länken med den som ska göra det.")
        )
        frame.share_button()
    elif not choice.may(Action.SIGN_OFF_RESULTS):
        blocks.show_text(_("Controllern, kommunledningen eller nätverksledaren godkänner."))


def _sign(choice: Choice, upload: Upload) -> None:
    forms.save(
        SIGN_FORM,
        lambda: _done_text(publishing.sign_off(get_stores(), choice.actor, upload.id, today=person.today())),
    )


def _take_back(choice: Choice, upload: Upload) -> None:
    def work() -> str:
        saved = publishing.take_back(get_workspace(), choice.actor, upload.id)
        return _("{file} är ett utkast igen.").format(file=saved.file_name)

    forms.save(SIGN_FORM, work)


def _show_wait(choice: Choice, upload: Upload) -> None:
    blocks.show_lead(
        _("{file} är klar och publiceras {day}. Till dess ser bara {place} värdena.").format(
            file=upload.file_name, day=upload.publish_on, place=choice.place
        )
    )
    _show_differences(choice, upload)
    forms.show_problem(SIGN_FORM)
    if choice.may(Action.UPLOAD_RESULTS):
        st.button(_("Ta tillbaka till utkast"), key="take-back", on_click=partial(_take_back, choice, upload))


def _show_differences(choice: Choice, upload: Upload) -> None:
    """Show the changes to those who may read drafts, and to others only the counts."""
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
        blocks.show_text(text.format(values=values, explained=explained))
        return
    if is_of_projects(upload):
        project_results.show_results(choice, upload)
        return
    changes = load.changes(choice, upload)
    differences.show_summary(choice.place, changes)
    differences.show_colour_changes(changes)
    differences.show_cells(changes, [measure.id for measure in choice.measures])


# ---- published -------------------------------------------------------------------------------------------------


def _show_published(choice: Choice, upload: Upload) -> None:
    """Show when and by whom it was published, where to see it, and how to undo it."""
    moment = upload.published_at.astimezone() if upload.published_at else None
    text = _("{file} publicerades av {person} {when}.").format(
        file=upload.file_name,
        person=_(upload.published_by or upload.person_name),
        when=f"{moment:%Y-%m-%d %H:%M}" if moment else "",
    )
    if upload.signed_by:
        text += " " + _("Godkänd av {person}.").format(person=_(upload.signed_by))
    blocks.show_lead(text)
    _show_result_links(choice, upload)
    _show_undo_form(choice, upload)


def _show_result_links(choice: Choice, upload: Upload) -> None:
    """Show links to the published measures and to the history."""
    year = upload.period[:4]
    words = {Name.MUNICIPALITY: choice.code, Name.GROUP: f"network:{choice.network.id}", Name.YEAR: year}
    measures = [
        (
            address.link(PageName.MEASURE, **{**words, Name.MEASURE: measure.id}),
            measure.definition_for(int(year)).name,
        )
        for measure in choice.measures
    ]
    history = address.link(
        PageName.HISTORY, **{Name.NETWORK: choice.network.id, Name.MUNICIPALITY: choice.code}
    )
    count = len(upload.explanations)
    text = ngettext(
        "{count} förklaring står som fotnot vid sitt värde.",
        "{count} förklaringar står som fotnoter vid sina värden.",
        count,
    )
    show_template(
        "upload/published.html",
        explained=text.format(count=count) if count else "",
        measures=measures,
        history=history,
    )


def _show_undo_form(choice: Choice, upload: Upload) -> None:
    if not choice.may(Action.PUBLISH_RESULTS):
        return
    forms.show_problem(UNDO_FORM)
    with st.expander(_("Ångra publiceringen")):
        blocks.show_text(
            _(
                "Precis det som stod före återställs, och senare uppladdningar står kvar. Både publiceringen och ångrandet syns i historiken."
            )
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
        because = str(forms.required_value(UNDO_FORM, "because", _("Varför den ångras"))).strip()
        undoing.undo(get_stores(), choice.actor, upload.id, because)
        return _("{file} är ångrad, och det som stod före är återställt.").format(file=upload.file_name)

    forms.save(UNDO_FORM, work)


def _show_end(upload: Upload) -> None:
    """Show an upload that is undone, discarded, or between the two databases for a moment."""
    text = _("{file} är {state}.").format(file=upload.file_name, state=_(STATE_NAMES[upload.state]))
    if upload.state is UploadState.UNDONE:
        moment = upload.undone_at.astimezone() if upload.undone_at else None
        text = _("{file} ångrades av {person} {when}: {why}").format(
            file=upload.file_name,
            person=_(upload.undone_by),
            when=f"{moment:%Y-%m-%d %H:%M}" if moment else "",
            why=upload.undone_because,
        )
    blocks.show_lead(text)
    if upload.state in {UploadState.PUBLISHING, UploadState.UNDOING}:
        blocks.show_text(_("Ladda om sidan om en stund."))
    blocks.show_links([(step_link(Step.FILE, None), _("Lämna en ny fil"))])
