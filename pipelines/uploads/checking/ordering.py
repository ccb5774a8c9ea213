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

    def position(finding: Finding) -> tuple[int, int, int, int]:
        if finding.address is None:
            return (finding.level, -1, 0, 0)
        return (
            finding.level,
            sheets.get(finding.address.sheet, len(sheets)),
            finding.address.row,
            finding.address.column,
        )

    taken: set[str] = set()
    ordered = []
    for finding in sorted(findings, key=position):
        if finding.id in taken and finding.address is not None:
            finding = replace(finding, id=f"{finding.id}:{finding.address.cell}")
        taken.add(finding.id)
        ordered.append(finding)
    return tuple(ordered)
