"""The four steps: which is open, which are done, and what the others wait for."""

from dataclasses import dataclass

from app_pages.parts.templates import show_template
from app_pages.parts.words import _, language, ngettext
from app_pages.upload.choose import PROJECTS, Choice, Step, is_of_projects, step_link
from app_pages.upload.load import AtHand
from domain.upload import STATE_NAMES, Upload, UploadState
from language.numbers import number

DONE = "passed"
WAITING = "waiting"
STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class StepLabel:
    """A step in the bar. sign: empty where its number is shown; href: empty where it cannot be opened."""

    kind: str
    sign: str
    name: str
    state: str
    href: str
    is_current: bool


def show_step_bar(choice: Choice, held: AtHand | None) -> None:
    """Show the steps as links, with the state of each in words under its name."""
    show_template("upload/step_bar.html", steps=[_step_label(step, choice, held) for step in Step])


def _step_label(step: Step, choice: Choice, held: AtHand | None) -> StepLabel:
    kind, state = _state(step, choice, held)
    is_current = step is choice.step
    is_readable = step is Step.PUBLISH or (choice.may_read_draft and not is_of_projects(choice.upload))
    has_file = held is not None or choice.upload is not None
    is_open = step is Step.FILE or (is_readable and has_file)
    return StepLabel(
        kind=kind,
        sign={DONE: "✓", STOPPED: "✕", WAITING: ""}[kind],
        name=_names()[step],
        state=state,
        href=step_link(step, choice.upload) if is_open and not is_current else "",
        is_current=is_current,
    )


def _names() -> dict[Step, str]:
    return {
        Step.FILE: _("Fil"),
        Step.READING: _("Så läser vi den"),
        Step.FINDINGS: _("Anmärkningar"),
        Step.PUBLISH: _("Publicera"),
    }


def _state(step: Step, choice: Choice, held: AtHand | None) -> tuple[str, str]:
    """The state of a step: a class and the words."""
    upload = choice.upload
    if step is Step.FILE:
        if upload is not None:
            return DONE, upload.file_name
        if held is not None:
            return DONE, held.review.workbook.file_name
        return WAITING, _("välj en fil eller hämta mallen")
    if upload is not None and (upload.state is not UploadState.DRAFT or is_of_projects(upload)):
        return _upload_state(step, upload)
    if held is None:
        return WAITING, _("bara kommunen ser utkastet") if upload is not None else _("väntar på filen")
    stops, unexplained = len(held.review.blocking_findings), len(held.unexplained)
    if step is Step.READING:
        count = own_value_count(held)
        return (DONE if count else STOPPED), _values_read(count)
    if step is Step.FINDINGS:
        parts = []
        if stops:
            parts.append(_("{count} måste rättas").format(count=number(stops, 0, language())))
        if unexplained:
            parts.append(_("{count} att förklara").format(count=number(unexplained, 0, language())))
        if parts:
            return (STOPPED if stops else WAITING), ", ".join(parts)
        return DONE, _("inget kvar att göra")
    if upload is None:
        return WAITING, _("bara kontrollerat, inget sparat")
    if stops or unexplained:
        return WAITING, _("väntar på anmärkningarna")
    return WAITING, _("klart att publicera") if own_value_count(held) else _("inget att publicera")


def _upload_state(step: Step, upload: Upload) -> tuple[str, str]:
    """The state of a step of an upload that is no longer a draft, without opening its file."""
    if step is Step.PUBLISH:
        return DONE if upload.state is UploadState.PUBLISHED else WAITING, _(STATE_NAMES[upload.state])
    if step is Step.READING and is_of_projects(upload):
        count = upload.counts[PROJECTS]
        text = ngettext("{count} projektresultat läst", "{count} projektresultat lästa", count)
        return DONE, text.format(count=number(count, 0, language()))
    if step is Step.READING:
        return DONE, _values_read(upload.counts.get("values", 0))
    return DONE, _("inget kvar att göra")


def _values_read(count: int) -> str:
    text = ngettext("{count} värde läst", "{count} värden lästa", count)
    return text.format(count=number(count, 0, language()))


def own_value_count(held: AtHand) -> int:
    """How many values of the municipality's own reported measures the file holds, missing ones with a reason included."""
    values = held.review.interpreted.values
    context = held.review.context
    is_own = (values["municipality_code"] == context.place.code) & values["measure_id"].isin(
        [measure.id for measure in context.reported]
    )
    is_reported = values["value"].notna() | values["reason"].notna()
    return int((is_own & is_reported).sum())
