"""The four steps, always in sight: where one is, what is done, what waits and why."""

from html import escape

from app_pages.parts.words import _, language, ngettext
from app_pages.upload.choose import PROJECTS, Choice, Step, is_of_projects, step_link
from app_pages.upload.load import AtHand
from domain.upload import STATE_NAMES, Upload, UploadState
from language.numbers import number

DONE = "passed"
WAITING = "waiting"
STOPPED = "stopped"


def step_bar(choice: Choice, held: AtHand | None) -> str:
    """A list of steps as links; the words beneath each say how it stands."""
    items = []
    for position, (step, name) in enumerate(_names().items(), start=1):
        state, words = _state(step, choice, held)
        sign = {DONE: "✓", STOPPED: "✕", WAITING: ""}[state]
        is_here = step is choice.step
        inner = (
            f'<b><i aria-hidden="true">{sign or position}</i> <span class="unseen">{position}. </span>'
            f"{escape(name)}</b><small>{escape(words)}</small>"
        )
        is_open = step in {Step.FILE, Step.PUBLISH} or (
            choice.may_read_draft and not is_of_projects(choice.upload)
        )
        is_open = step is Step.FILE or (is_open and (held is not None or choice.upload is not None))
        if is_open and not is_here:
            href = escape(step_link(step, choice.upload))
            inner = f'<a data-page href="{href}">{inner}</a>'
        current = ' aria-current="step"' if is_here else ""
        items.append(f'<li class="{state}"{current}>{inner}</li>')
    return f'<nav aria-label="{escape(_("Stegen"))}"><ol class="upload-steps">{"".join(items)}</ol></nav>'


def _names() -> dict[Step, str]:
    return {
        Step.FILE: _("Fil"),
        Step.READING: _("Så läser vi den"),
        Step.FINDINGS: _("Anmärkningar"),
        Step.PUBLISH: _("Publicera"),
    }


def _state(step: Step, choice: Choice, held: AtHand | None) -> tuple[str, str]:
    """How a step stands: a class and the words."""
    upload = choice.upload
    if step is Step.FILE:
        if upload is not None:
            return DONE, upload.file_name
        if held is not None:
            return DONE, held.review.interpreted.workbook.file_name
        return WAITING, _("välj en fil eller hämta mallen")
    if upload is not None and (upload.state is not UploadState.DRAFT or is_of_projects(upload)):
        return _kept_state(step, upload)
    if held is None:
        return WAITING, _("bara kommunen ser utkastet") if upload is not None else _("väntar på filen")
    stops, open_ones = len(held.review.blocking_findings), len(held.unexplained)
    if step is Step.READING:
        count = own_value_count(held)
        return (DONE if count else STOPPED), _values_read(count)
    if step is Step.FINDINGS:
        parts = []
        if stops:
            parts.append(_("{count} måste rättas").format(count=number(stops, 0, language())))
        if open_ones:
            parts.append(_("{count} att förklara").format(count=number(open_ones, 0, language())))
        if parts:
            return (STOPPED if stops else WAITING), ", ".join(parts)
        return DONE, _("inget kvar att göra")
    if upload is None:
        return WAITING, _("bara kontrollerat, inget sparat")
    if stops or open_ones:
        return WAITING, _("väntar på anmärkningarna")
    return WAITING, _("klart att publicera") if own_value_count(held) else _("inget att publicera")


def _kept_state(step: Step, upload: Upload) -> tuple[str, str]:
    """Of what has left the draft behind, without opening its file."""
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
        [one.id for one in context.reported]
    )
    is_said = values["value"].notna() | values["reason"].notna()
    return int((is_own & is_said).sum())
