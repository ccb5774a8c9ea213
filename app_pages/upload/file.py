"""Step 1: what is to be reported, the template, the file itself, and drafts to continue with."""

from functools import partial
from typing import Final

import streamlit as st

from app_pages.parts import address, blocks, forms, frame
from app_pages.parts.downloads import EXCEL_TYPE
from app_pages.parts.error_advice import explain
from app_pages.parts.opening import get_workspace
from app_pages.parts.period_words import period_name
from app_pages.parts.templates import render_macro, show_template
from app_pages.parts.words import _, language, ngettext
from app_pages.upload import load, project_results
from app_pages.upload.choose import STEP, UPLOAD, Choice, Step, is_of_projects, step_link
from app_pages.upload.load import REFUSED, ROUND, Refused
from data.workspace.uploads import uploads
from domain.errors.user_error import UserError
from domain.message import to_translate
from domain.network_measure import NetworkMeasure
from domain.rights import Action
from domain.upload import STATE_NAMES, Upload, UploadState
from language.numbers import number
from pipelines.uploads import drafts
from pipelines.uploads.template.text_file import template_csv
from pipelines.uploads.template.workbook import template_workbook
from spreadsheets.limits import MOST_BYTES

MEGABYTE: Final = 1_000_000
REPLACES: Final = to_translate(
    "Den ersätter den förra filen. Förklaringarna till det som står kvar följer med."
)
OPEN_STATES: Final = (UploadState.DRAFT, UploadState.AWAITING_SIGN_OFF, UploadState.AWAITING_DATE)


def show(choice: Choice) -> None:
    """Show what is to be reported, then template and file beside each other, then what is not published yet."""
    if choice.upload is not None:
        _show_upload(choice, choice.upload)
        return
    _show_measures(choice)
    left, right = st.columns([1, 1.35], gap="large")
    with left:
        _show_template_files(choice)
    with right:
        blocks.show_heading(_("Lämna filen"))
        show_upload_field(choice)
    _show_open_uploads(choice)
    project_results.show_part(choice)


def _show_upload(choice: Choice, upload: Upload) -> None:
    """Show the file that the other steps are about, and how to start with another."""
    show_template("upload/handed_in.html", file=upload, facts=_facts(upload))
    is_replaceable = upload.state is UploadState.DRAFT and not is_of_projects(upload)
    if is_replaceable and choice.may(Action.UPLOAD_RESULTS):
        blocks.show_heading(_("Byt ut filen"))
        show_upload_field(choice, consequence=REPLACES)
    text = _("Börja med en ny fil, mall eller annan period")
    blocks.show_links([(step_link(Step.FILE, None), text)])


def show_upload_field(choice: Choice, *, consequence: str = "") -> None:
    """Show the file field; a file is read at once and the field emptied. `consequence` says what happens with it."""
    refused: Refused | None = st.session_state.get(REFUSED)
    if refused is not None and refused.key == _choice_key(choice):
        frame.show_box(
            _("{file} togs inte emot").format(file=refused.file_name),
            [explain(refused.error), _("Ingenting av filen är sparat.")],
        )
    this_round = st.session_state.setdefault(ROUND, 0)
    given = st.file_uploader(  # any kind: a file is judged by its content, and refused in our own words
        _("Släpp filen här, eller välj den"),
        key=f"file-{this_round}",
    )
    blocks.show_text(f"{_limits()} {_(consequence) if consequence else _consequence(choice)}", "chart-notes")
    if given is not None:
        _take(choice, given.name, given.getvalue())


def _choice_key(choice: Choice) -> tuple[str, ...]:
    return *choice.key, choice.step, choice.upload.id if choice.upload is not None else ""


def _take(choice: Choice, file_name: str, content: bytes) -> None:
    """Read and check the file, with the progress in words; then go on to how it was read."""
    st.session_state[ROUND] += 1
    st.session_state.pop(REFUSED, None)
    with st.status(_("Läser {file} …").format(file=file_name), expanded=True) as status:
        try:
            upload = load.receive(choice, file_name, content, status.write)
        except UserError as error:
            st.session_state[REFUSED] = Refused(_choice_key(choice), file_name, error)
        else:
            held = st.session_state[load.AT_HAND]
            is_plain = held.review.interpreted.mapping.is_template
            address.change(
                **{
                    UPLOAD: upload.id if upload else None,
                    STEP: Step.FINDINGS if is_plain else Step.READING,
                }
            )
    st.rerun()


def _limits() -> str:
    return _("Excel, OpenDocument eller text (.csv, .tsv, .txt), högst {size} MB.").format(
        size=MOST_BYTES // MEGABYTE
    )


def _consequence(choice: Choice) -> str:
    """What happens with the file, in one line."""
    if choice.may(Action.UPLOAD_RESULTS):
        return _(
            "Filen läses, kontrolleras och sparas som ett utkast som bara {place} ser. Ingenting publiceras förrän du "
            "väljer det i steg 4."
        ).format(place=choice.place)
    return _("Filen läses och kontrolleras. Ingenting sparas.")


def _show_measures(choice: Choice) -> None:
    """Show the measures that are to be reported, collapsed."""
    count = len(choice.measures)
    summary = ngettext(
        "{count} mått rapporteras för {period}", "{count} mått rapporteras för {period}", count
    ).format(count=count, period=period_name(choice.period))
    facts = [(*_measure_fact(measure, choice.period.year), "") for measure in choice.measures]
    blocks.show_folded(summary, render_macro("facts", facts))


def _measure_fact(measure: NetworkMeasure, year: int) -> tuple[str, str]:
    """The name of a measure, and its unit and definition in a sentence."""
    definition = measure.definition_for(year)
    facts = [definition.unit, definition.resident_sentence]
    if definition.smallest_basis:
        facts.append(
            _("visas inte om underlaget är färre än {count}").format(count=definition.smallest_basis)
        )
    return definition.name, " · ".join(fact for fact in facts if fact)


def _show_template_files(choice: Choice) -> None:
    show_template(
        "upload/heading_and_text.html",
        heading=_("Hämta mallen, om du vill"),
        text=_(
            "Den är gjord för {place} och {period}, med förra årets värden bredvid, och känns igen utan att du "
            "pekar ut något. Du kan lika gärna lämna den fil som du redan har."
        ).format(place=choice.place, period=period_name(choice.period)),
    )
    name = f"{_('mall')}-{choice.network.id}-{choice.code}-{choice.period}"
    with st.container(horizontal=True, key="template"):
        st.download_button(
            _("Mall i Excel"),
            lambda: template_workbook(load.load_context(choice)),
            file_name=f"{name}.xlsx",
            mime=EXCEL_TYPE,
            key="template-xlsx",
            on_click="ignore",
        )
        st.download_button(
            _("Mall i CSV"),
            lambda: template_csv(load.load_context(choice)),
            file_name=f"{name}.csv",
            mime="text/csv",
            key="template-csv",
            on_click="ignore",
        )


def _show_open_uploads(choice: Choice) -> None:
    """Show uploads that are not yet published, to those who may see them."""
    if not (choice.may(Action.READ_DRAFT) or choice.may(Action.UPLOAD_RESULTS)):
        return
    open_uploads = uploads(
        get_workspace(), network_id=choice.network.id, municipality_code=choice.code, states=OPEN_STATES
    )
    if not open_uploads:
        return
    forms.show_problem("discard")
    blocks.show_heading(_("Påbörjat för {place}").format(place=choice.place))
    for upload in open_uploads:
        with st.container(horizontal=True, key=f"waiting-{upload.id}", vertical_alignment="center"):
            _show_open_upload(upload)
            if choice.may(Action.UPLOAD_RESULTS):
                with st.popover(_("Kasta"), key=f"discard-{upload.id}-ask"):
                    st.markdown(_("Utkastet och filen tas bort. Det går inte att ångra."))
                    st.button(
                        _("Kasta {file}").format(file=upload.file_name),
                        key=f"discard-{upload.id}",
                        on_click=partial(_discard, choice, upload),
                    )


def _facts(upload: Upload) -> list[str]:
    """Period, count, state, who and when."""
    created = upload.created_at.astimezone()
    facts = [
        period_name(upload.period),
        _(STATE_NAMES[upload.state]),
        f"{upload.person_name}, {created:%Y-%m-%d %H:%M}",
    ]
    if upload.publish_on is not None:
        facts.append(_("publiceras {day}").format(day=upload.publish_on))
    if is_of_projects(upload):
        facts.insert(1, _("resultat av projekt"))
    if count := upload.counts.get("values", 0):
        text = ngettext("{count} värde", "{count} värden", count)
        facts.insert(1, text.format(count=number(count, 0, language())))
    return facts


def _show_open_upload(upload: Upload) -> None:
    is_to_be_read = upload.state is UploadState.DRAFT and not is_of_projects(upload)
    show_template(
        "upload/open_upload.html",
        href=step_link(Step.FINDINGS if is_to_be_read else Step.PUBLISH, upload),
        file_name=upload.file_name,
        facts=_facts(upload),
    )


def _discard(choice: Choice, upload: Upload) -> None:
    def work() -> str:
        drafts.discard(get_workspace(), choice.actor, upload.id)
        return _("{file} är kastad.").format(file=upload.file_name)

    forms.save("discard", work)
