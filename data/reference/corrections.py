"""The known errors of the sources, read from `corrections.csv`, which is reviewed as a diff."""

import csv
from functools import cache
from pathlib import Path

from domain.correction import Correction, CorrectionAction
from domain.value import Gender


@cache
def corrections() -> tuple[Correction, ...]:
    """Every tracked correction, in the order of the file.

    Raises `ValueError` for an action, reason, gender or number that is none: the file is part of the
    program, so that is a defect.
    """
    with (Path(__file__).parent / "corrections.csv").open(encoding="utf-8", newline="") as source:
        read = tuple(_correction(row) for row in csv.DictReader(source))
    for correction in read:
        if correction.action is CorrectionAction.SET_REASON:
            _ = correction.new_reason
        elif correction.action is CorrectionAction.MULTIPLY:
            _ = correction.factor
    return read


def _correction(row: dict[str, str]) -> Correction:
    return Correction(
        id=row["correction_id"],
        kpi_id=row["kpi_id"],
        municipality_id=row["municipality_id"] or None,
        year=int(row["year"]) if row["year"] else None,
        gender=Gender(row["gender"]) if row["gender"] else None,
        action=CorrectionAction(row["action"]),
        argument=row["argument"],
        applies_from=float(row["applies_from"]) if row["applies_from"] else None,
        applies_to=float(row["applies_to"]) if row["applies_to"] else None,
        expected_median_from=float(row["expected_median_from"]),
        expected_median_to=float(row["expected_median_to"]),
        reason=row["reason"],
        source=row["source"],
    )
