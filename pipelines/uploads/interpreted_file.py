"""What a file says, value by value, with the cell that each stands in; right or wrong is decided later."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from domain.upload import FileMapping, Note
from spreadsheets.workbook import Workbook

VALUE_COLUMNS: Final = (
    "sheet",  # category of names
    "row",
    "column",  # of the cell that holds the value; from 1
    "measure_id",  # empty where nothing known is meant
    "measure_text",
    "municipality_code",
    "municipality_text",
    "period",
    "gender",  # T, K or M
    "value",  # NaN where there is none
    "reason",  # missing, not_applicable, suppressed, or None
    "basis",  # persons or cases behind the value, NaN where not said
    "comment",
    "text",  # what the cell holds, as a person sees it; empty where that is `value` itself
    "problem",  # `Problem`, empty where there is none
)


@dataclass(frozen=True)
class InterpretedFile:
    """The values of a file. values: one row a cell that holds a value or should, columns `VALUE_COLUMNS`.

    mapping: how it was read. notes: what was left out and why (mean rows, hidden sheets, measures that nobody asked for).
    """

    workbook: Workbook
    mapping: FileMapping
    values: pd.DataFrame
    notes: tuple[Note, ...] = ()
