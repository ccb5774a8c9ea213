"""The contract of values on their way in."""

import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pandera.ibis as pa

from data.contracts.patterns import FIRST_YEAR, KPI_ID, LAST_YEAR, PLACE_CODE
from domain.value import Gender, Reason

KEY = ("kpi_id", "municipality_id", "year", "gender")


class StagedValue(pa.DataFrameModel):
    """Values as a pipeline has shaped them, in Parquet, before they are merged into `indicator_value`.

    As `indicator_value`, and with `is_deleted`: a row that the source has taken back. Such a row holds neither a
    number nor a reason, and withdraws what was kept. Validated inside DuckDB, so 30 million rows never pass
    through Python.
    """

    kpi_id: dt.String = pa.Field(str_matches=KPI_ID, description="KPI, as Kolada names it: N15428")
    municipality_id: dt.String = pa.Field(
        str_matches=PLACE_CODE, description="Four-digit code of a municipality or region; 0000 is Riket"
    )
    year: dt.Int32 = pa.Field(ge=FIRST_YEAR, le=LAST_YEAR, description="The year that the value is about")
    gender: dt.String = pa.Field(
        isin=[str(one) for one in Gender], description="Whom it is about: T all, K women, M men"
    )
    value: dt.Float64 = pa.Field(nullable=True, description="The number, finite, in the unit of the KPI")
    reason: dt.String = pa.Field(
        nullable=True, isin=[str(one) for one in Reason], description="Why there is no number"
    )
    is_deleted: dt.Boolean = pa.Field(description="True if the source has taken the value back")

    @pa.check("value", name="number_is_finite")
    def number_is_finite(cls, data: pa.IbisData) -> ir.Table:  # noqa: N805 - pandera hands over the class
        column = data.table[data.key]
        return data.table.select(~(column.isnan() | column.isinf()).fill_null(False))

    @pa.dataframe_check(name="number_or_reason")
    def number_or_reason(cls, data: pa.IbisData) -> ir.BooleanColumn:  # noqa: N805 - pandera hands over the class
        """A number or a reason, never both, never neither; a deleted row has none of them."""
        table = data.table
        pieces = table.value.notnull().cast("int8") + table.reason.notnull().cast("int8")
        return pieces == (~table.is_deleted).cast("int8")

    @pa.dataframe_check(name="key_is_unique")
    def key_is_unique(cls, data: pa.IbisData) -> ir.BooleanScalar:  # noqa: N805 - pandera hands over the class
        """No two rows share a key. Grouping is three times as fast as pandera's own `unique`, which is a window."""
        rows_per_key = data.table.group_by(*KEY).aggregate(rows=lambda group: group.count()).rows
        return (rows_per_key.max() == 1).fill_null(True)

    class Config:
        strict = True
