"""The two releases of the made-up values: what was known first, and what was known later."""

from typing import Final

import numpy as np
import pandas as pd

from domain.value import Gender
from pipelines.demonstration.truths import (
    LAST_YEAR,
    LEVEL_BREAKS,
    REISSUED_WITH_OTHER_ROUNDING,
    REVISED,
    WITHDRAWN_SERIES,
)

EARLIER_DECIMALS: Final = 1
RESCALED_DECIMALS: Final = 2


def earlier_state(values: pd.DataFrame) -> pd.DataFrame:
    """Return the values without the last year, before they were revised, re-issued, rescaled and withdrawn."""
    known = values[values["year"] < LAST_YEAR].copy()
    for truth in REVISED:
        known.loc[_revise(known, truth.kpi_id, truth.county_code, truth.years), "value"] -= truth.difference
    reissued = known["kpi_id"] == REISSUED_WITH_OTHER_ROUNDING
    known.loc[reissued, "value"] = known.loc[reissued, "value"].round(EARLIER_DECIMALS)
    for level_break in LEVEL_BREAKS:
        if level_break.first_year is None:
            rescaled = known["kpi_id"] == level_break.kpi_id
            old_level = known.loc[rescaled, "value"] / level_break.factor
            known.loc[rescaled, "value"] = old_level.round(RESCALED_DECIMALS)
    return known.assign(is_deleted=False)


def later_state(values: pd.DataFrame) -> pd.DataFrame:
    """Return all values, and the withdrawn rows marked as deleted."""
    withdrawn = _find_withdrawn(values)
    taken_back = withdrawn & (values["year"] < LAST_YEAR)
    return pd.concat(
        [
            values[~withdrawn].assign(is_deleted=False),
            values[taken_back].assign(value=np.nan, reason=None, is_deleted=True),
        ],
        ignore_index=True,
    )


def _revise(values: pd.DataFrame, kpi_id: str, county_code: str, years: tuple[int, ...]) -> pd.Series:
    return (
        (values["kpi_id"] == kpi_id)
        & values["municipality_id"].str.startswith(county_code)
        & values["year"].isin(years)
        & (values["gender"] == str(Gender.TOTAL))
    )


def _find_withdrawn(values: pd.DataFrame) -> pd.Series:
    kpi_id, municipality_id = WITHDRAWN_SERIES
    return (values["kpi_id"] == kpi_id) & (values["municipality_id"] == municipality_id)
