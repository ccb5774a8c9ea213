"""Step 1: what is to be reported, the template, and the file itself; drafts that wait to be gone on with."""

from functools import partial
from html import escape
from typing import Final

import streamlit as st

from app_pages.parts import address, forms, frame
from app_pages.parts.downloads import EXCEL_TYPE
from app_pages.parts.error_advice import explain
from app_pages.parts.opening import get_workspace
from app_pages.parts.period_words import period_name
from app_pages.parts.words import _, language, ngettext
from app_pages.upload import load, project_results
from app_pages.upload.choose import STEP, UPLOAD, Choice, Step, is_of_projects, step_link
from app_pages.upload.load import REFUSED, ROUND, Refused
from data.workspace.uploads import uploads
from domain.errors import UserError
from domain.message import to_translate
from domain.network_measure import NetworkMeasure
from domain.rights import Action
from domain.upload import STATE_NAMES, Upload, UploadState
from language.numbers import number
from pipelines.uploads import drafts
from pipelines.uploads.template import template_csv, template_workbook
from spreadsheets.limits import MOST_BYTES

MEGABYTE: Final = 1_000_000
REPLACES: Final = to_translate(
    "Den ersätter den förra filen. Förklaringarna till det som står kvar följer med."
)
OPEN_STATES: Final = (UploadState.DRAFT, UploadState.AWAITING_SIGN_OFF, UploadState.AWAITING_DATE)


def parts(choice: Choice) -> None:
    """What is asked for, then template and file beside each other, then what lies waiting."""
    if choice.upload is not None:
        _handed_over(choice, choice.upload)
        return
    st.html(_asked(choice))
    left, right = st.columns([1, 1.35], gap="large")
    with left:
        _template(choice)
    with right:
        st.html(f'<h2 class="part">{escape(_("Lämna filen"))}</h2>')
        field(choice)
    _waiting(choice)
    project_results.part(choice)


def _handed_over(choice: Choice, upload: Upload) -> None:
    """The file that the other steps are about, and how to begin with another."""
    st.html(
        f'<p class="lead">{escape(upload.file_name)}</p><p class="part">{escape(" · ".join(_facts(upload)))}</p>'
        f'<p class="chart-notes">{escape(_("Kontrollsumma (SHA-256): {sum}").format(sum=upload.checksum))}</p>'
    )
    is_replaceable = upload.state is UploadState.DRAFT and not is_of_projects(upload)
    if is_replaceable and choice.may(Action.UPLOAD_RESULTS):
        st.html(f'<h2 class="part">{escape(_("Byt ut filen"))}</h2>')
        field(choice, told=REPLACES)
    new = escape(step_link(Step.FILE, None))
    text = _("Börja med en ny fil, mall eller annan period")
    st.html(f'<p class="ways-on"><a data-page href="{new}">{escape(text)}</a></p>')


def field(choice: Choice, *, told: str = "") -> None:
    """Where a file is dropped. It is read at once; the field is empty again afterwards. `told` says what happens with it."""
    refused: Refused | None = st.session_state.get(REFUSED)
    if refused is not None and refused.key == _told_for(choice):
        frame.box(
            _("{file} togs inte emot").format(file=refused.file_name),
            [explain(refused.error), _("Ingenting av filen är sparat.")],
        )
    this_round = st.session_state.setdefault(ROUND, 0)
    given = st.file_uploader(  # any kind: a file is judged by what it holds, and refused in our own words
        _("Släpp filen här, eller välj den"),
        key=f"file-{this_round}",
    )
    st.html(f'<p class="chart-notes">{escape(_limits() + " " + (_(told) if told else _told(choice)))}</p>')
    if given is not None:
        _take(choice, given.name, given.getvalue())


def _told_for(choice: Choice) -> tuple[str, ...]:
    return *choice.key, choice.step, choice.upload.id if choice.upload is not None else ""


def _take(choice: Choice, file_name: str, content: bytes) -> None:
    """Read and check, saying what is being done; then on to how it was understood."""
    st.session_state[ROUND] += 1
    st.session_state.pop(REFUSED, None)
    with st.status(_("Läser {file} …").format(file=file_name), expanded=True) as status:
        try:
            upload = load.receive(choice, file_name, content, status.write)
        except UserError as error:
            st.session_state[REFUSED] = Refused(_told_for(choice), file_name, error)
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


def _told(choice: Choice) -> str:
    """What happens with the file, in one line."""
    if choice.may(Action.UPLOAD_RESULTS):
        return _(
            "Filen läses, kontrolleras och sparas som ett utkast som bara {place} ser. Ingenting publiceras förrän du "
            "väljer det i steg 4."
        ).format(place=choice.place)
    return _("Filen läses och kontrolleras. Ingenting sparas.")


def _asked(choice: Choice) -> str:
    """The measures that are to be reported, folded."""
    count = len(choice.measures)
    summary = ngettext(
        "{count} mått rapporteras för {period}", "{count} mått rapporteras för {period}", count
    ).format(count=count, period=period_name(choice.period))
    items = "".join(_measure(one, choice.period.year) for one in choice.measures)
    return f'<details class="figures"><summary>{escape(summary)}</summary><dl class="facts">{items}</dl></details>'


def _measure(measure: NetworkMeasure, year: int) -> str:
    definition = measure.definition_for(year)
    told = [definition.unit, definition.resident_sentence]
    if definition.smallest_basis:
        told.append(_("visas inte om underlaget är färre än {count}").format(count=definition.smallest_basis))
    return f"<dt>{escape(definition.name)}</dt><dd>{escape(' · '.join(one for one in told if one))}</dd>"


def _template(choice: Choice) -> None:
    st.html(
        f'<h2 class="part">{escape(_("Hämta mallen, om du vill"))}</h2><p class="part">'
        + escape(
            _(
                "Den är gjord för {place} och {period}, med förra årets värden bredvid, och känns igen utan att du "
                "pekar ut något. Du kan lika gärna lämna den fil som du redan har."
            ).format(place=choice.place, period=period_name(choice.period))
        )
        + "</p>"
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


def _waiting(choice: Choice) -> None:
    """What has been handed in and not published; the municipality's own business."""
    if not (choice.may(Action.READ_DRAFT) or choice.may(Action.UPLOAD_RESULTS)):
        return
    found = uploads(
        get_workspace(), network_id=choice.network.id, municipality_code=choice.code, states=OPEN_STATES
    )
    if not found:
        return
    forms.problem("discard")
    st.html(f'<h2 class="part">{escape(_("Påbörjat för {place}").format(place=choice.place))}</h2>')
    for one in found:
        with st.container(horizontal=True, key=f"waiting-{one.id}", vertical_alignment="center"):
            st.html(_draft(one))
            if choice.may(Action.UPLOAD_RESULTS):
                with st.popover(_("Kasta"), key=f"discard-{one.id}-ask"):
                    st.markdown(_("Utkastet och filen tas bort. Det går inte att ångra."))
                    st.button(
                        _("Kasta {file}").format(file=one.file_name),
                        key=f"discard-{one.id}",
                        on_click=partial(_discard, choice, one),
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


def _draft(upload: Upload) -> str:
    is_to_be_read = upload.state is UploadState.DRAFT and not is_of_projects(upload)
    href = escape(step_link(Step.FINDINGS if is_to_be_read else Step.PUBLISH, upload))
    facts = _facts(upload)
    return (
        f'<p class="draft"><a data-page href="{href}">{escape(_("Fortsätt med {file}").format(file=upload.file_name))}</a>'
        f"<small>{escape(' · '.join(facts))}</small></p>"
    )


def _discard(choice: Choice, upload: Upload) -> None:
    def work() -> str:
        drafts.discard(get_workspace(), choice.actor, upload.id)
        return _("{file} är kastad.").format(file=upload.file_name)

    forms.save("discard", work)
