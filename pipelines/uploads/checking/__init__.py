"""What is wrong or odd in a file that has been understood: from what each value may be to what it was and what others have."""

import numpy as np

from domain.upload import Finding
from pipelines.uploads.checking.concerned import left_to_report
from pipelines.uploads.checking.likelihood import unlikely_values
from pipelines.uploads.checking.ordering import in_order
from pipelines.uploads.checking.set_aside import set_aside
from pipelines.uploads.checking.sheet_places import SheetPlaces
from pipelines.uploads.checking.structure import broken_rules
from pipelines.uploads.known import Known
from pipelines.uploads.understood import Understood

__all__ = ["check", "left_to_report", "set_aside"]


def check(understood: Understood, known: Known) -> tuple[Finding, ...]:
    """Every finding of the municipality's own cells, in the order of level, sheet, row and column.

    What stands for other municipalities is compared with and never found fault with: it is not published from here.
    """
    places = SheetPlaces(understood, known)
    with np.errstate(
        all="ignore"
    ):  # a stranger's numbers may overflow; what is then infinite is never asked about
        found = [*broken_rules(understood, known, places), *unlikely_values(understood, known, places)]
    return in_order(found, understood)
