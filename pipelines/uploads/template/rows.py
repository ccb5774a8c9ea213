"""What a municipality is asked for, one row per value, with what is already published.

What is published for the period is filled in, so that only changes need to be written. Published values that are
hidden are not filled in: returned as hidden, they would replace the number that the municipality once reported.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from domain.errors.uploads import NothingToReportError
from domain.period import Period
from domain.reporting_template import (
    GENDER_WORDS,
    HEADINGS,
    REASON_WORDS,
    TemplateId,
)
from domain.value import Gender, NoValueReason
from pipelines.uploads.upload_context import UploadContext, UploadMeasure


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One requested value. before: what is published for a year earlier; now: what is already published for the period."""

    measure: UploadMeasure
    period: Period
    gender: Gender
    before: float | NoValueReason | None
    now: float | NoValueReason | None
    basis: int | None

    @property
    def is_hidden(self) -> bool:
        """Whether the published value is hidden from readers."""
        return self.now is NoValueReason.SUPPRESSED

    @property
    def hint(self) -> str:
        """A short explanation of what the measure counts; the definitions sheet has the rest."""
        definition = self.measure.definition
        share = (
            f"{definition.numerator} / {definition.denominator}"
            if definition.numerator and definition.denominator
            else ""
        )
        return "\n".join(
            text for text in (definition.resident_sentence or definition.included, share) if text
        )


def template_rows(context: UploadContext) -> tuple[TemplateRow, ...]:
    """Return the requested values in the network's order. Raises `NothingToReportError`."""
    if not context.requested:
        raise NothingToReportError(network=context.network.name, period=context.period)
    table = context.published[context.published["municipality_code"] == context.place.code]
    published = {(row.measure_id, row.period, row.gender): row for row in table.itertuples(index=False)}
    rows = []
    for measure, period in context.requested:
        for gender in Gender:
            now = published.get((measure.id, str(period), gender))
            before = published.get((measure.id, str(period.year_before), gender))
            basis = getattr(now, "basis", None)
            rows.append(
                TemplateRow(
                    measure,
                    period,
                    gender,
                    _number_or_reason(before),
                    _number_or_reason(now),
                    None if pd.isna(basis) else int(basis),
                )
            )
    return tuple(rows)


def row_cells(row: TemplateRow) -> dict[str, str | float | int | None]:
    """Return the cells of a row by heading, in the order of the columns."""
    definition = row.measure.definition
    cells: tuple[str | float | int | None, ...] = (
        row.measure.id,
        definition.name,
        definition.unit,
        row.hint if row.gender is Gender.TOTAL else "",
        str(row.period),
        GENDER_WORDS[row.gender],
        REASON_WORDS[row.before] if isinstance(row.before, NoValueReason) else row.before,
        None if isinstance(row.now, NoValueReason) else row.now,
        row.basis,
        REASON_WORDS[row.now] if isinstance(row.now, NoValueReason) and not row.is_hidden else None,
        None,
    )
    return dict(zip(HEADINGS, cells, strict=True))


def template_id(context: UploadContext) -> TemplateId:
    return TemplateId(context.network.id, context.place.code, str(context.period))


def _number_or_reason(row: Any) -> float | NoValueReason | None:  # noqa: ANN401 - a row of `itertuples`
    if row is None:
        return None
    return float(row.value) if not pd.isna(row.value) else NoValueReason(row.reason) if row.reason else None
