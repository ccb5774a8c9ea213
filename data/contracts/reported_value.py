"""The contracts of members' reported values: as stored, and as changes."""

import numpy as np
import pandas as pd
import pandera.pandas as pa

from data.contracts.patterns import MEASURE_ID, PERIOD, PLACE_CODE
from domain.value import Gender, NoValueReason

KEY = ["measure_id", "municipality_id", "period", "gender"]


class ReportedValue(pa.DataFrameModel):
    """One value that a member has reported for a network's own measure: a number, or the reason why there is none.

    Published values only. A suppressed one holds neither number nor basis, here as everywhere. The upload says who
    reported it, when and from which file. A row that is absent was never reported, or has been withdrawn.
    """

    measure_id: str = pa.Field(
        str_matches=MEASURE_ID, description="The network's own measure: korttidssjukfranvaro"
    )
    municipality_id: str = pa.Field(
        str_matches=PLACE_CODE, description="Four-digit code of a municipality or region"
    )
    period: str = pa.Field(
        str_matches=PERIOD,
        description="The year or part of a year that it is about: 2023, 2023-VT, 2023-Q1, 2023-05",
    )
    gender: str = pa.Field(
        isin=[str(gender) for gender in Gender], description="Whom it is about: T all, K women, M men"
    )
    value: float = pa.Field(nullable=True, description="The number, in the unit of the measure's definition")
    reason: str = pa.Field(
        nullable=True,
        isin=[str(reason) for reason in NoValueReason],
        description="Why there is no number: missing, not_applicable or suppressed (too few to be shown)",
    )
    basis: float = pa.Field(
        nullable=True, ge=0, description="Persons or cases behind the number; empty where not said"
    )
    footnote: str = pa.Field(description="What the member says of an unusual value; empty text where nothing")
    upload_id: str = pa.Field(str_length={"min_value": 1}, description="The upload that it comes from")

    @pa.check("value", name="is_finite", description="Not infinite.")
    def is_finite(cls, value: "pd.Series[float]") -> "pd.Series[bool]":  # noqa: N805 - pandera hands over the class
        return value.abs() != np.inf

    @pa.dataframe_check(
        name="number_or_reason", description="A number or a reason, never both, never neither."
    )
    def number_or_reason(cls, table: pd.DataFrame) -> "pd.Series[bool]":  # noqa: N805
        return table["value"].isna() != table["reason"].isna()

    @pa.dataframe_check(name="hidden_without_basis", description="What is suppressed has no basis either.")
    def hidden_without_basis(cls, table: pd.DataFrame) -> "pd.Series[bool]":  # noqa: N805
        return (table["reason"] != NoValueReason.SUPPRESSED) | table["basis"].isna()

    class Config:
        strict = True
        coerce = True
        unique = KEY
        name = "reported_value"


class ReportedChange(ReportedValue):
    """What a publication, or undoing one, does to `reported_value`, cell by cell.

    Like `reported_value`, with `is_deleted` for a cell that is removed. Such a row holds neither number nor reason.
    """

    is_deleted: bool = pa.Field(description="True if the cell is taken away")

    @pa.dataframe_check(
        name="number_or_reason",
        description="A number or a reason, never both, never neither; a deleted row has none of them.",
    )
    def number_or_reason(cls, table: pd.DataFrame) -> "pd.Series[bool]":  # noqa: N805
        pieces = table["value"].notna().astype(int) + table["reason"].notna().astype(int)
        return pieces == (~table["is_deleted"]).astype(int)

    class Config:
        strict = True
        coerce = True
        unique = KEY
        name = "reported_change"
