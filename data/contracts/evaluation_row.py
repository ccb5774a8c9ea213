"""The contract of incoming evaluation results: a row that breaks it is a cell for the user to correct."""

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
import pandas as pd
import pandera.pandas as pa

from data.contracts.patterns import PLACE_CODE
from data.contracts.reported import SHARE_LIMITS

GIVEN: Final = ("project", "municipality_text", "measure_text", "method")
NUMBERS: Final = ("before", "after", "person_count")
DAYS: Final = ("before_day", "after_day")
MEASURED: Final = ("before", "after")

Rule = Callable[[pd.DataFrame], "pd.Series[bool]"]


def evaluation_schema(*, fewest_persons: int) -> pa.DataFrameSchema:
    """Return the schema of an evaluation workbook's rows, to be validated lazily.

    Rows: project, municipality_text, municipality_id (empty where none is given), measure_text, unit, method as text; before,
    after and person_count as numbers (NaN) beside the cell's own text (`…_text`); before_day and after_day as `2023`, `2023-05` or
    `2023-05-01` (empty where unreadable) beside their text; result_id. A failing check is named after its rule, a column's
    check after the column too: `given:project`. fewest_persons: the smallest number of persons for a result to be shown.
    """
    rules: dict[str, Rule] = {
        **{f"given:{name}": partial(_is_given, name=name) for name in GIVEN},
        **{f"given:{name}": partial(_is_given, name=f"{name}_text") for name in MEASURED},
        **{f"number:{name}": partial(_is_number, name=name) for name in NUMBERS},
        **{f"day:{name}": partial(_is_day, name=name) for name in DAYS},
        **{f"share:{name}": partial(_is_share, name=name) for name in MEASURED},
        "place:municipality_text": _is_place,
        "order:after_day": _is_after,
        "whole:person_count": _is_count,
        "few:person_count": lambda rows: ~rows["person_count"].between(0, fewest_persons, inclusive="left"),
        "duplicate:project": lambda rows: (
            (rows["result_id"] == "") | ~rows["result_id"].duplicated(keep=False)
        ),
    }
    return pa.DataFrameSchema(
        name="evaluation_row",
        checks=[pa.Check(rule, name=name, error=name, ignore_na=False) for name, rule in rules.items()],
    )


def _is_given(rows: pd.DataFrame, name: str) -> "pd.Series[bool]":
    return rows[name] != ""


def _is_number(rows: pd.DataFrame, name: str) -> "pd.Series[bool]":
    return (rows[f"{name}_text"] == "") | (rows[name].notna() & (rows[name].abs() != np.inf))


def _is_day(rows: pd.DataFrame, name: str) -> "pd.Series[bool]":
    return (rows[f"{name}_text"] == "") | (rows[name] != "")


def _is_place(rows: pd.DataFrame) -> "pd.Series[bool]":
    return (rows["municipality_text"] == "") | rows["municipality_id"].str.fullmatch(PLACE_CODE.strip("^$"))


def _is_count(rows: pd.DataFrame) -> "pd.Series[bool]":
    count = rows["person_count"]
    return count.isna() | ((count >= 0) & (count % 1 == 0))


def _is_share(rows: pd.DataFrame, name: str) -> "pd.Series[bool]":
    highest = rows["unit"].map(SHARE_LIMITS)
    return highest.isna() | rows[name].isna() | ((rows[name] >= 0) & (rows[name] <= highest))


def _is_after(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Compare the days to the precision that both have: a year is neither before nor after a day in it."""
    early, late = rows["before_day"], rows["after_day"]
    shared = np.minimum(early.str.len(), late.str.len())
    pairs = zip(early, late, shared, strict=True)
    return pd.Series(
        [not length or text[:length] <= other[:length] for text, other, length in pairs], index=rows.index
    )
