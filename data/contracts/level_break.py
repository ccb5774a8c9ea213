"""The contract of level breaks."""

import pandas as pd
import pandera.pandas as pa

from data.contracts.patterns import FIRST_YEAR, KPI_ID, LAST_YEAR


class LevelBreak(pa.DataFrameModel):
    """A KPI whose level jumps by a constant factor for nearly everybody: no trend is drawn across it."""

    kpi_id: str = pa.Field(str_matches=KPI_ID, description="KPI, as Kolada names it: U07417")
    first_year: pd.Int32Dtype = pa.Field(
        nullable=True,
        ge=FIRST_YEAR,
        le=LAST_YEAR,
        description="First year of the new level; empty if the whole history was rescaled between two releases",
    )
    factor: float = pa.Field(gt=0, description="New level divided by old level")
    share_of_places: float = pa.Field(
        ge=0, le=1, description="Share of the places that jumped by that factor, 0–1"
    )
    found_by_run: str = pa.Field(description="The pipeline run that found it")
    kind: str = pa.Field(
        isin=["between_releases", "between_years"],
        description="Rescaled between two releases, or a jump within the series",
    )

    class Config:
        strict = True
        coerce = True
        name = "level_break"
