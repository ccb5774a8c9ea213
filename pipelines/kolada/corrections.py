"""Puts right what is known to be wrong at the source, and stops when the source no longer is what it was.

A correction is data (`data/reference/corrections.csv`): which cells, what is done, for which level of values it is meant,
and between which bounds the KPI's median must lie for anybody to believe it still.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from domain.correction import Correction, CorrectionAction
from domain.errors.source import CorrectionOutdatedError
from domain.unit import tidy_unit
from pipelines.kolada.staged_rows import StagedRows
from pipelines.kolada.transform import STAGED_SCHEMA


def check_expectations(tracked: Iterable[Correction], median_of_kpi: Mapping[str, float]) -> None:
    """Hold the KPIs' medians, before anything is put right, against what the corrections expect.

    A KPI without a median (nothing received, or no numbers) is not judged. Raises `CorrectionOutdatedError`.
    """
    for correction in tracked:
        median = median_of_kpi.get(correction.kpi_id)
        if median is not None and not correction.is_expected(median):
            raise CorrectionOutdatedError(
                correction=correction.id,
                kpi=correction.kpi_id,
                low=f"{correction.expected_median_from:g}",
                high=f"{correction.expected_median_to:g}",
                median=f"{median:g}",
            )


def correct_units(tracked: Iterable[Correction], median_of_kpi: Mapping[str, float]) -> dict[str, str]:
    """The units that the values really have, by KPI, where the level says that the title is wrong."""
    return {
        correction.kpi_id: tidy_unit(correction.argument)
        for correction in tracked
        if correction.action is CorrectionAction.SET_UNIT
        and correction.kpi_id in median_of_kpi
        and correction.applies_to_level(median_of_kpi[correction.kpi_id])
    }


def correct_rows(rows: pa.Table, tracked: Sequence[Correction]) -> tuple[pa.Table, dict[str, int]]:
    """The rows (`STAGED_SCHEMA`) put right, and how many cells each correction that applied has changed.

    A correction whose cell holds something else than it is meant for is simply not applied.
    """
    applied: dict[str, int] = {}
    for correction in tracked:
        if correction.action is CorrectionAction.SET_UNIT:
            continue
        is_meant = _cells(rows, correction)
        count = pc.sum(is_meant).as_py() or 0
        if not count:
            continue
        applied[correction.id] = applied.get(correction.id, 0) + count
        if correction.action is CorrectionAction.SET_REASON:
            value = pc.if_else(is_meant, pa.scalar(None, pa.float64()), rows["value"])
            reason = pc.if_else(is_meant, pa.scalar(correction.new_reason.value), rows["reason"])
            rows = rows.set_column(rows.schema.get_field_index("reason"), "reason", reason)
        else:
            value = pc.if_else(is_meant, pc.multiply(rows["value"], correction.factor), rows["value"])
        rows = rows.set_column(rows.schema.get_field_index("value"), "value", value)
    return rows, applied


def correct_staged(staged: StagedRows, tracked: Sequence[Correction]) -> dict[str, int]:
    """Put the staged files right, in their place; how many cells each correction has changed."""
    applied: dict[str, int] = {}
    for part in staged.parts:
        concerned = [correction for correction in tracked if correction.kpi_id in part.kpi_ids]
        if not concerned:
            continue
        rows, counts = correct_rows(pq.read_table(part.path).cast(STAGED_SCHEMA), concerned)
        if counts:
            whole = Path(part.path).with_suffix(".corrected")
            pq.write_table(rows, whole, compression="lz4")
            whole.replace(part.path)
        for name, count in counts.items():
            applied[name] = applied.get(name, 0) + count
    return applied


def _cells(rows: pa.Table, correction: Correction) -> pa.ChunkedArray:
    """Which rows a correction is meant for: its cells, where they hold a number within its bounds."""
    is_meant = pc.and_(pc.equal(rows["kpi_id"], correction.kpi_id), pc.is_valid(rows["value"]))
    for column, expected in (
        ("municipality_id", correction.municipality_id),
        ("year", correction.year),
        ("gender", correction.gender and correction.gender.value),
    ):
        if expected is not None:
            is_meant = pc.and_(is_meant, pc.equal(rows[column], expected))
    if correction.applies_from is not None:
        is_meant = pc.and_(
            is_meant, pc.fill_null(pc.greater_equal(rows["value"], correction.applies_from), False)
        )
    if correction.applies_to is not None:
        is_meant = pc.and_(is_meant, pc.fill_null(pc.less_equal(rows["value"], correction.applies_to), False))
    return is_meant
