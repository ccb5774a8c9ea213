"""Doubt: did the treated leave its comparison more than the others left theirs, seen to how well each fitted before?

The ratio of the error after to the error before (Abadie, Diamond and Hainmueller 2010, section 3.4) is fair to units that
are hard to fit; the plain estimate is not.
"""

from typing import Final

import numpy as np

from domain.effect import Check
from domain.wording import Sentence, number_written, to_translate
from metrics.arrays import Floats
from metrics.effects.study import CONVINCING, n_as_extreme, p_value

_MESSAGE: Final = to_translate(
    "Avvikelsen efter starten är {ratio} gånger den före. {n_extreme} av {n} som inte gjorde något har en minst lika stor kvot (p = {p})."
)


def check(ratio: float, placebo_ratios: Floats) -> Check:
    """Passed where p ≤ 0.1; only informs where the donors are too few for that."""
    p = p_value(ratio, placebo_ratios)
    is_possible = 1 / (1 + placebo_ratios.size) <= CONVINCING
    return Check(
        "error_ratio",
        bool(p <= CONVINCING) if is_possible else None,
        Sentence(
            _MESSAGE,
            ratio=number_written(ratio, 1),
            n_extreme=n_as_extreme(ratio, placebo_ratios),
            n=placebo_ratios.size,
            p=number_written(p, 3),
        ),
        {"p_value": p, "ratio": ratio, "median_ratio": float(np.median(placebo_ratios))},
    )
