"""A formula of five terms over 290 000 rows (290 municipalities, 25 years, 40 measures' worth), against bare numpy."""

import numpy as np

from benchmarks.measuring import Row, measured, median_seconds
from domain.value import Status
from metrics.formula import Evaluated, evaluate, parse
from metrics.formula.evaluation import BY_WEIGHT

ROWS = 290_000
PLACES = 290
FORMULA = "(a + b) * c - d / e"
MOST_MILLISECONDS = 50.0
SHARE_MISSING = 0.03


def formula_row() -> Row:
    """The whole formula with the status of every cell; bare numpy knows no statuses."""
    random = np.random.default_rng(2026)
    formula = parse(FORMULA)
    years = range(ROWS // PLACES)
    inputs = {name: _made_up(random, (len(years), PLACES)) for name in formula.inputs}
    a, b, c, d, e = (inputs[name].numbers for name in "abcde")

    def ours() -> None:
        evaluate(formula, inputs, years, {})

    seconds = median_seconds(ours)
    bare_seconds = median_seconds(lambda: (a + b) * c - d / e)
    return Row(
        name=f"A formula of five terms over {ROWS:,} rows, with the status of each; milliseconds",
        ours=f"{seconds * 1000:.1f} ms",
        bare=f"{bare_seconds * 1000:.1f} ms",
        figure=seconds * 1000,
        limit=MOST_MILLISECONDS,
        memory=f"{measured(ours).peak_mib:,.0f} MiB",
    )


def _made_up(random: np.random.Generator, shape: tuple[int, int]) -> Evaluated:
    is_missing = random.random(shape) < SHARE_MISSING
    statuses = np.where(is_missing, BY_WEIGHT.index(Status.MISSING), BY_WEIGHT.index(Status.OK)).astype(
        np.uint8
    )
    return Evaluated(np.where(is_missing, np.nan, random.random(shape) + 1), statuses)
