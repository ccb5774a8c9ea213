"""What a person does not see on the screen is said, so that nothing hidden is read in silence."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Final

from domain.message import Message, to_translate
from domain.upload import Address, Note
from spreadsheets.workbook import Sheet

_MOST_NAMED: Final = 8
_SHEET: Final = to_translate("Bladet ”{sheet}” är dolt.")
_ROWS: Final = to_translate("Bladet ”{sheet}” har dolda rader: {rows}.")
_COLUMNS: Final = to_translate("Bladet ”{sheet}” har dolda kolumner: {columns}.")


def hidden_notes(sheets: Iterable[Sheet]) -> tuple[Note, ...]:
    """A note for each hidden sheet, and for the hidden rows and columns of the others."""
    notes = []
    for sheet in sheets:
        if sheet.is_hidden:
            notes.append(Note("hidden_sheet", Message(_SHEET, sheet=sheet.name)))
            continue
        if sheet.hidden_rows:
            first = Address(sheet.name, min(sheet.hidden_rows), 1)
            rows = _runs(sheet.hidden_rows, str)
            notes.append(Note("hidden_rows", Message(_ROWS, sheet=sheet.name, rows=rows), first))
        if sheet.hidden_columns:
            first = Address(sheet.name, 1, min(sheet.hidden_columns))
            columns = _runs(sheet.hidden_columns, lambda column: Address("", 1, column).cell[:-1])
            notes.append(Note("hidden_columns", Message(_COLUMNS, sheet=sheet.name, columns=columns), first))
    return tuple(notes)


def _runs(numbers: Iterable[int], name: Callable[[int], str]) -> str:
    """`4, 7–9` for 4, 7, 8, 9."""
    ordered = sorted(numbers)
    starts = [ordered[0], *(after for before, after in pairwise(ordered) if after != before + 1)]
    ends = [*(before for before, after in pairwise(ordered) if after != before + 1), ordered[-1]]
    runs = [
        name(start) if start == end else f"{name(start)}–{name(end)}"
        for start, end in zip(starts, ends, strict=True)
    ]
    return ", ".join(runs[:_MOST_NAMED]) + (" …" if len(runs) > _MOST_NAMED else "")
