"""What is wrong or odd in a file that has been understood: from what each value may be to what it was and what others have."""

import numpy as np

from domain.upload import Finding
from pipelines.uploads.checking.cell_locations import CellLocator
from pipelines.uploads.checking.covered_measures import note_unreported_measures
from pipelines.uploads.checking.likelihood import find_unlikely_values
from pipelines.uploads.checking.ordering import sort_findings
from pipelines.uploads.checking.structure import find_broken_rules
from pipelines.uploads.checking.unreadable_cells import note_unreadable_cells
from pipelines.uploads.interpreted_file import InterpretedFile
from pipelines.uploads.upload_context import UploadContext

__all__ = ["check", "note_unreadable_cells", "note_unreported_measures"]


def check(interpreted: InterpretedFile, context: UploadContext) -> tuple[Finding, ...]:
    """Every finding of the municipality's own cells, in the order of level, sheet, row and column.

    What stands for other municipalities is compared with and never found fault with: it is not published from here.
    """
    places = CellLocator(interpreted, context)
    with np.errstate(
        all="ignore"
    ):  # a stranger's numbers may overflow; what is then infinite is never asked about
        findings = [
            *find_broken_rules(interpreted, context, places),
            *find_unlikely_values(interpreted, context, places),
        ]
    return sort_findings(findings, interpreted)
