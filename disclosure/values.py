"""Values of KPIs → what of them may be shown to everybody."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data.store.guarded import GuardedValues
from disclosure.genders import GENDERS, complementary_cells
from disclosure.grid import ShownGrid, as_grid, disclose_grids, years_of
from domain.value import Gender, Status
from metrics.arrays import Booleans


def disclose_values(
    guarded: GuardedValues,
    *,
    kpi_ids: Sequence[str],
    codes: Sequence[str],
    gender: Gender,
    more_years: Sequence[int] = (),
) -> tuple[ShownGrid, ...]:
    """The cells of some KPIs and places, over every year that there is a row of and `more_years`.

    One grid for the total; for women or men those of total, women and men, whose rows must all be there.
    """
    rows = guarded.guarded_rows
    years = years_of(rows, more_years)
    genders = (gender,) if gender is Gender.TOTAL else GENDERS
    return disclose_grids([as_grid(rows[rows["gender"] == each], kpi_ids, codes, years) for each in genders])


def disclose_numbers(guarded: GuardedValues) -> pd.DataFrame:
    """The rows whose numbers may be shown: kpi_id, municipality_id, year, gender, value. All three genders must be there."""
    rows = guarded.guarded_rows
    is_shown = rows["value"].notna().to_numpy() & ~complementary_rows(rows)
    return rows.loc[is_shown, ["kpi_id", "municipality_id", "year", "gender", "value"]].reset_index(drop=True)


def complementary_rows(rows: pd.DataFrame) -> Booleans:
    """Which rows hold a number that a suppressed one would follow from, (n,). rows: of all three genders."""
    cell = rows.groupby(["kpi_id", "municipality_id", "year"], sort=False).ngroup().to_numpy()
    gender = pd.Index([str(each) for each in GENDERS]).get_indexer(pd.Index(rows["gender"].astype(str)))
    statuses = np.full((len(GENDERS), int(cell.max(initial=-1)) + 1), Status.NOT_REPORTED, dtype=object)
    is_number = rows["value"].notna().to_numpy()
    statuses[gender[is_number], cell[is_number]] = Status.OK
    is_suppressed = (rows["reason"] == Status.SUPPRESSED).to_numpy()
    statuses[gender[is_suppressed], cell[is_suppressed]] = Status.SUPPRESSED
    return np.asarray(complementary_cells(statuses)[gender, cell])
