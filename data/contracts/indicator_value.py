"""The contract of the values themselves."""

from typing import Final

import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pandera.ibis as pa

from data.contracts.patterns import FIRST_YEAR, KPI_ID, LAST_YEAR, PLACE_CODE
from domain.value import Gender, NoValueReason

KEY: Final = ("kpi_id", "municipality_id", "year", "gender")


class IndicatorValue(pa.DataFrameModel):
    """One value: a KPI, a place, a year and a gender, and either a number or the reason why there is none.

    A row that is absent was never reported, or has been withdrawn. Zero is a number. Earlier states can
    still be read by the number of the release.
    """

    # The rules are functions that give one column of yes and no: pandera's ready-made checks join their answer
    # to the table by position, which takes ten times as long over 30 million rows.

    kpi_id: dt.String = pa.Field(description="KPI, as Kolada names it: N15428")
    municipality_id: dt.String = pa.Field(
        description="Four-digit code of a municipality or region; 0000 is Riket"
    )
    year: dt.Int32 = pa.Field(description="The year that the value is about")
    gender: dt.String = pa.Field(description="Whom it is about: T all, K women, M men")
    value: dt.Float64 = pa.Field(nullable=True, description="The number, in the unit of the KPI")
    reason: dt.String = pa.Field(
        nullable=True,
        description="Why there is no number: missing, not_applicable or suppressed (too few to be shown)",
    )

    @pa.check("kpi_id", name="is_kpi_id", description="A letter and five digits.")
    def is_kpi_id(cls, data: pa.IbisData) -> ir.BooleanColumn:  # noqa: N805 - pandera hands over the class
        return data.table.kpi_id.re_search(KPI_ID)

    @pa.check("municipality_id", name="is_place_code", description="Four digits.")
    def is_place_code(cls, data: pa.IbisData) -> ir.BooleanColumn:  # noqa: N805 - pandera hands over the class
        return data.table.municipality_id.re_search(PLACE_CODE)

    @pa.check("year", name="is_plausible_year", description="1970–2100.")
    def is_plausible_year(cls, data: pa.IbisData) -> ir.BooleanColumn:  # noqa: N805 - pandera hands over the class
        return data.table.year.between(FIRST_YEAR, LAST_YEAR)

    @pa.check("gender", name="is_gender", description="T, K or M.")
    def is_gender(cls, data: pa.IbisData) -> ir.BooleanColumn:  # noqa: N805 - pandera hands over the class
        return data.table.gender.isin([str(gender) for gender in Gender])

    @pa.check("value", name="is_finite", description="Neither infinite nor “not a number”.")
    def is_finite(cls, data: pa.IbisData) -> ir.BooleanColumn:  # noqa: N805 - pandera hands over the class
        return ~(data.table.value.isnan() | data.table.value.isinf())

    @pa.check("reason", name="is_reason", description="missing, not_applicable or suppressed.")
    def is_reason(cls, data: pa.IbisData) -> ir.BooleanColumn:  # noqa: N805 - pandera hands over the class
        return data.table.reason.isin([str(reason) for reason in NoValueReason])

    @pa.dataframe_check(
        name="number_or_reason", description="A number or a reason, never both, never neither."
    )
    def number_or_reason(cls, data: pa.IbisData) -> ir.BooleanColumn:  # noqa: N805 - pandera hands over the class
        return data.table.value.isnull() != data.table.reason.isnull()

    @pa.dataframe_check(name="key_is_unique", description="No two rows share KPI, place, year and gender.")
    def key_is_unique(cls, data: pa.IbisData) -> ir.BooleanScalar:  # noqa: N805 - pandera hands over the class
        rows_per_key = data.table.group_by(*KEY).aggregate(rows=lambda group: group.count()).rows
        return (rows_per_key.max() == 1).fill_null(True)

    class Config:
        strict = True
