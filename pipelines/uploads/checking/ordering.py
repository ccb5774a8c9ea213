"""Puts findings in reading order, and gives each an id of its own."""

from collections.abc import Iterable
from dataclasses import replace

from domain.upload import Finding
from pipelines.uploads.interpreted_file import InterpretedFile


def sort_findings(findings: Iterable[Finding], interpreted: InterpretedFile) -> tuple[Finding, ...]:
    """By level, sheet, row and column; what has no cell first in its level. What shares a cell stays in the
    order in which it was found.

    Two findings of one rule about one value differ by their cells, and so do their ids.
    """
    sheets = {sheet.name: place for place, sheet in enumerate(interpreted.workbook.sheets)}

    def position(one: Finding) -> tuple[int, int, int, int]:
        if one.address is None:
            return (one.level, -1, 0, 0)
        return (
            one.level,
            sheets.get(one.address.sheet, len(sheets)),
            one.address.row,
            one.address.column,
        )

    taken: set[str] = set()
    ordered = []
    for one in sorted(findings, key=position):
        if one.id in taken and one.address is not None:
            one = replace(one, id=f"{one.id}:{one.address.cell}")
        taken.add(one.id)
        ordered.append(one)
    return tuple(ordered)
