"""The contract of what has been fetched."""

import pandera.pandas as pa

from data.contracts.patterns import FIRST_YEAR, ISO_DAY, KPI_ID, LAST_YEAR


class Coverage(pa.DataFrameModel):
    """How much of each KPI has been fetched, and when: what the next fetch need not ask for."""

    kpi_id: str = pa.Field(unique=True, str_matches=KPI_ID, description="KPI, as Kolada names it: N15428")
    first_year: int = pa.Field(ge=FIRST_YEAR, le=LAST_YEAR, description="First year asked for")
    last_year: int = pa.Field(ge=FIRST_YEAR, le=LAST_YEAR, description="Last year asked for")
    municipalities: str = pa.Field(
        str_matches=r"^(all|\d{4}(,\d{4})*)$",
        description="The word all, or the codes asked for, comma between",
    )
    fetched_at: str = pa.Field(str_matches=ISO_DAY, description="Day of the last complete fetch")

    class Config:
        strict = True
        name = "coverage"
