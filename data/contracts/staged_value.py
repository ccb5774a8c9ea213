"""The contract of incoming values."""

import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pandera.ibis as pa

from data.contracts.indicator_value import IndicatorValue


class StagedValue(IndicatorValue):
    """Values as transformed by a pipeline, in Parquet, before they are merged into `indicator_value`.

    Like `indicator_value`, with `is_deleted` for a row that the source has withdrawn. Such a row holds neither a
    number nor a reason, and withdraws the stored value. Validated inside DuckDB, so 30 million rows never pass
    through Python.
    """

    is_deleted: dt.Boolean = pa.Field(description="True if the source has taken the value back")

    @pa.dataframe_check(
        name="number_or_reason",
        description="A number or a reason, never both, never neither; a deleted row has none of them.",
    )
    def number_or_reason(cls, data: pa.IbisData) -> ir.BooleanColumn:  # noqa: N805 - pandera hands over the class
        table = data.table
        pieces = table.value.notnull().cast("int8") + table.reason.notnull().cast("int8")
        return pieces == (~table.is_deleted).cast("int8")

    class Config:
        strict = True
