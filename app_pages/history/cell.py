"""Show one value: what has been done to it, when, by whom, from which file and why."""

from dataclasses import dataclass

from app_pages.history.choose import Choice
from app_pages.history.load import load_events
from app_pages.parts import address, blocks
from app_pages.parts.address import Name, PageName
from app_pages.parts.differences import MARKS
from app_pages.parts.period_words import period_name
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, language
from domain.network_measure import MeasureDefinition
from domain.upload import CELL_CHANGE_NAMES
from domain.value import Gender, Status
from language.enum_words import GENDER_WORDS, STATUS_WORDS
from language.numbers import with_unit
from pipelines.uploads.history import CellEvent, ReportedState


@dataclass(frozen=True, slots=True)
class EventRow:
    """One change of the value. texts: before, after, by whom, file, why and footnote."""

    when: str
    mark: str
    what: str
    texts: tuple[str, ...]


def show(choice: Choice) -> None:
    """Show what the value is now and everything that led there."""
    if choice.measure is None:
        blocks.show_text(
            _("{network} har inga egna variabler i bruk, så det finns inga rapporterade värden.").format(
                network=choice.network.name
            )
        )
        return
    definition = choice.measure.definition_for(choice.period.year)
    names = [definition.name, choice.place, period_name(choice.period)]
    if choice.view.gender is not Gender.TOTAL:
        names.append(_(GENDER_WORDS[choice.view.gender]))
    blocks.show_heading(", ".join(names))
    events = load_events(choice, choice.measure)
    if not events:
        blocks.show_text(_("Ingenting är rapporterat för det här värdet, och ingenting har ångrats."))
        return
    blocks.show_lead(_("Nu: {value}.").format(value=_value_text(events[0].after, definition)))
    show_template(
        "history/cell_events.html",
        headings=(_("När"), _("Vad"), _("Före"), _("Efter"), _("Av"), _("Fil"), _("Varför"), _("Fotnot")),
        rows=[_event_row(event, definition) for event in events],
    )
    href = address.link(
        PageName.MEASURE,
        **{
            Name.MEASURE: choice.measure.id,
            Name.MUNICIPALITY: choice.code,
            Name.GROUP: f"network:{choice.network.id}",
            Name.YEAR: str(choice.period.year),
        },
    )
    blocks.show_links([(href, _("Se måttet i nätverket"))])


def _event_row(event: CellEvent, definition: MeasureDefinition) -> EventRow:
    return EventRow(
        when=f"{event.at.astimezone():%Y-%m-%d %H:%M}",
        mark="↩" if event.is_undo else MARKS[event.change],
        what=_("ångrat") if event.is_undo else _(CELL_CHANGE_NAMES[event.change]),
        texts=(
            _value_text(event.before, definition),
            _value_text(event.after, definition),
            _(event.person),
            event.file_name,
            event.why,
            event.footnote,
        ),
    )


def _value_text(state: ReportedState, definition: MeasureDefinition) -> str:
    """Return a number with its unit, a reason in words, or that nothing is reported."""
    if state.value is not None:
        return with_unit(state.value, definition.decimals, definition.unit, language())
    return _(STATUS_WORDS[Status(state.reason.value) if state.reason is not None else Status.NOT_REPORTED])
