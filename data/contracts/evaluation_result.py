"""The contract of the results of evaluated projects."""

import numpy as np
import pandas as pd
import pandera.pandas as pa

from data.contracts.patterns import DAY_OR_LONGER, MEASURE_OR_KPI_ID, PLACE_CODE


class EvaluationResult(pa.DataFrameModel):
    """What one project reports that it changed in one place: a measure before and after, for how many persons, and by what method."""

    result_id: str = pa.Field(
        unique=True, str_length={"min_value": 1}, description="Project, place and measure in one word"
    )
    project: str = pa.Field(str_length={"min_value": 1}, description="The project's name")
    municipality_id: str = pa.Field(
        str_matches=PLACE_CODE, description="Four-digit code of a municipality or region"
    )
    measure_id: str = pa.Field(
        str_matches=MEASURE_OR_KPI_ID,
        description="A KPI or a network's own measure; empty text for any other",
    )
    measure_text: str = pa.Field(
        str_length={"min_value": 1}, description="The measure as the project calls it"
    )
    before: float = pa.Field(nullable=True, description="Before, in the unit")
    after: float = pa.Field(nullable=True, description="After, in the unit")
    unit: str = pa.Field(description="Unit of both; empty text where not said")
    before_day: str = pa.Field(
        str_matches=DAY_OR_LONGER, description="Day, month or year measured before; empty text where not said"
    )
    after_day: str = pa.Field(
        str_matches=DAY_OR_LONGER, description="Day, month or year measured after; empty text where not said"
    )
    person_count: pd.Int64Dtype = pa.Field(
        nullable=True, ge=0, description="How many persons it is about; empty where not said"
    )
    method: str = pa.Field(description="How it was evaluated; empty text where not said")
    reference: str = pa.Field(description="Where it is reported; empty text where not said")
    upload_id: str = pa.Field(str_length={"min_value": 1}, description="The upload that it comes from")

    @pa.check("before", "after", name="is_finite", description="Not infinite.")
    def is_finite(cls, value: "pd.Series[float]") -> "pd.Series[bool]":  # noqa: N805 - pandera hands over the class
        return value.abs() != np.inf

    class Config:
        strict = True
        coerce = True
        name = "evaluation_result"
