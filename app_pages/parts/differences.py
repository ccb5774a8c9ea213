"""Show what a publication or an undo would change: cells before and after, suppressions, and changed colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app_pages.parts.blocks import show_text
from app_pages.parts.period_words import period_name
from app_pages.parts.templates import show_template
from app_pages.parts.theme import SIGN
from app_pages.parts.words import _, language, ngettext
from disclosure.publication import SuppressionGround
from domain.comparison import Colour
from domain.message import to_translate
from domain.upload import CELL_CHANGE_NAMES, CellChange
from domain.value import Gender, NoValueReason, Status
from language.enum_words import COLOUR_QUARTERS, GENDER_WORDS, STATUS_WORDS
from language.numbers import number, with_unit
from pipelines.uploads.changes import ChangedCell, Changes

MOST_SHOWN: Final = 200  # more is not read; the rest is counted
NOTHING: Final = "–"  # left out where the table is a list of cards
MOST_OPEN: Final = 12  # colours; more are folded, so that the values and the button stay in sight
MARKS: Final = {
    CellChange.NEW: "+",
    CellChange.CHANGED: "→",
    CellChange.WITHDRAWN: "−",
    CellChange.UNCHANGED: "=",
}  # always beside the word
WHY_SUPPRESSED: Final = {
    SuppressionGround.SAID: to_translate("visas inte: filen säger sekretess"),
    SuppressionGround.PRIMARY: to_translate("visas inte: för litet underlag"),
    SuppressionGround.COMPLEMENTARY: to_translate("visas inte: annars går ett dolt värde att räkna ut"),
}


@dataclass(frozen=True, slots=True)
class _CellRow:
    """One cell as the table shows it. `why_suppressed` says why its number is not shown, if it is not."""

    name: str
    mark: str
    change: str
    before: str
    after: str
    why_suppressed: str
    footnote: str


def show_summary(municipality: str, changes: Changes) -> None:
    """Show the whole difference in one sentence: new, changed, withdrawn, unchanged, suppressed."""
    counts = changes.counts
    parts = [
        text.format(count=number(counts[change], 0, language()))
        for change, text in (
            (CellChange.NEW, ngettext("{count} nytt värde", "{count} nya värden", counts[CellChange.NEW])),
            (CellChange.CHANGED, ngettext("{count} ändrat", "{count} ändrade", counts[CellChange.CHANGED])),
            (
                CellChange.WITHDRAWN,
                ngettext("{count} borttaget", "{count} borttagna", counts[CellChange.WITHDRAWN]),
            ),
            (
                CellChange.UNCHANGED,
                ngettext("{count} oförändrat", "{count} oförändrade", counts[CellChange.UNCHANGED]),
            ),
        )
        if counts[change]
    ]
    if not parts:
        show_text(_("Ingenting ändras."), "lead")
        return
    text = _("För {place}: {what}.").format(place=municipality, what=", ".join(parts))
    if suppressed := len(changes.suppressed):
        text += " " + ngettext(
            "{count} värde visas inte för andra, se varför i tabellen.",
            "{count} värden visas inte för andra, se varför i tabellen.",
            suppressed,
        ).format(count=number(suppressed, 0, language()))
    show_text(text, "lead")


def show_colour_changes(changes: Changes) -> None:
    """Show which comparisons in the network get another colour, with their signs."""
    colour_changes = changes.colour_changes
    if not colour_changes:
        show_text(_("Ingen jämförelse i nätverket byter färg."))
        return
    show_template(
        "parts/colour_changes.html",
        summary=ngettext(
            "{count} jämförelse i nätverket byter färg",
            "{count} jämförelser i nätverket byter färg",
            len(colour_changes),
        ).format(count=number(len(colour_changes), 0, language())),
        rows=[
            (
                _named(change.measure_name, str(change.year), change.gender),
                change.municipality_name,
                (change.before, _colour(change.before)),
                (change.after, _colour(change.after)),
            )
            for change in colour_changes[:MOST_SHOWN]
        ],
        not_shown=len(colour_changes) - MOST_SHOWN,
        is_folded=len(colour_changes) > MOST_OPEN,
    )


def _colour(colour: Colour) -> str:
    """Return the sign and words of a colour: “▲ bästa 25 %”; never the colour alone."""
    text = _(COLOUR_QUARTERS[colour]) if COLOUR_QUARTERS[colour] else _("ingen färg")
    return f"{SIGN[colour]} {text}".strip()


def show_cells(changes: Changes, measure_ids: Sequence[str]) -> None:
    """Show the cells that change, then, folded, those that stay as they are; measures in the order in which they are given."""
    order = {measure_id: position for position, measure_id in enumerate(measure_ids)}
    genders = list(Gender)
    cells = sorted(
        changes.cells,
        key=lambda cell: (order.get(cell.measure_id, len(order)), cell.period, genders.index(cell.gender)),
    )
    changed = [cell for cell in cells if cell.change is not CellChange.UNCHANGED]
    unchanged = [cell for cell in cells if cell.change is CellChange.UNCHANGED]
    if changed:
        _show_cells(changed, heading=_("Det som ändras"), is_folded=False)
    if unchanged:
        summary = ngettext(
            "{count} värde är oförändrat", "{count} värden är oförändrade", len(unchanged)
        ).format(count=number(len(unchanged), 0, language()))
        _show_cells(unchanged, heading=summary, is_folded=True)


def _show_cells(cells: Sequence[ChangedCell], *, heading: str, is_folded: bool) -> None:
    show_template(
        "parts/changed_cells.html",
        heading=heading,
        rows=[_cell_row(cell) for cell in cells[:MOST_SHOWN]],
        not_shown=len(cells) - MOST_SHOWN,
        is_folded=is_folded,
    )


def _cell_row(cell: ChangedCell) -> _CellRow:
    after = _value(cell.new_value, cell.new_reason, cell)
    if cell.ground is not None and cell.said_value is not None:
        in_file = with_unit(cell.said_value, cell.decimals, cell.unit, language())
        after = _("{value} i filen").format(value=in_file)
    return _CellRow(
        name=_named(cell.measure_name, cell.period, cell.gender),
        mark=MARKS[cell.change],
        change=_(CELL_CHANGE_NAMES[cell.change]),
        before=_value(cell.old_value, cell.old_reason, cell),
        after=after,
        why_suppressed=_(WHY_SUPPRESSED[cell.ground]) if cell.ground is not None else "",
        footnote=cell.footnote or (NOTHING if not cell.old_footnote else _("tas bort")),
    )


def _value(value: float | None, reason: NoValueReason | None, cell: ChangedCell) -> str:
    """A number with its unit, a reason in words, or that nothing is reported: five different things."""
    if value is not None:
        return with_unit(value, cell.decimals, cell.unit, language())
    return _(STATUS_WORDS[Status(reason.value) if reason is not None else Status.NOT_REPORTED])


def _named(measure: str, period: str, gender: Gender) -> str:
    """Name a cell: “Trygga elever, 2023, kvinnor”."""
    parts = [measure, period_name(period)]
    if gender is not Gender.TOTAL:
        parts.append(_(GENDER_WORDS[gender]))
    return ", ".join(parts)
