"""One estimate with the estimates for all who did nothing: the input of every check."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from metrics.arrays import Floats
from metrics.effects.panel import Estimates, Trials
from metrics.effects.refusal import usual_change

CONVINCING: Final = 0.1  # the p that still counts: with the nine donors of a network none can be lower
MOST_AT_ONCE: Final = 500  # trials: arrays of trials × donors then stay small whatever the number of donors
SMALLEST_ERROR: Final = 0.01  # of the usual change: a smaller error before would make any ratio vast


@dataclass(frozen=True)
class Study:
    """design: the estimating function. trial: the treated, alone. placebos: the donors in the place of the treated.

    donors: their names, in the order of the rows. fewest_before: what the design needs before a start.
    """

    design: Callable[[Trials], Estimates]
    trial: Trials
    placebos: Trials
    donors: tuple[str, ...]
    fewest_before: int

    @cached_property
    def treated_estimates(self) -> Estimates:
        return self.design(self.trial)

    @cached_property
    def placebo_estimates(self) -> Estimates:
        return in_batches(self.design, self.placebos)

    @property
    def estimate(self) -> float:
        return float(self.treated_estimates.estimates[0])

    @cached_property
    def usual_change(self) -> float:
        """The usual yearly change of means of as many donors as are treated."""
        return usual_change(self.placebos.targets[:, : self.trial.n_before])

    @property
    def decimals(self) -> int:
        """How many decimals are meaningful, from how much the donors usually move in a year."""
        return decimals_for(self.usual_change)


def in_batches(design: Callable[[Trials], Estimates], trials: Trials) -> Estimates:
    """Apply the design to all trials, with the same result as at once, one batch at a time."""
    cuts = range(0, len(trials.targets), MOST_AT_ONCE)
    if len(cuts) <= 1:
        return design(trials)
    parts = [
        design(
            replace(
                trials,
                targets=trials.targets[cut : cut + MOST_AT_ONCE],
                may_use=trials.may_use[cut : cut + MOST_AT_ONCE],
            )
        )
        for cut in cuts
    ]
    return Estimates(
        np.vstack([part.gaps for part in parts]),
        trials.n_before,
        np.vstack([part.unit_weights for part in parts]),
        np.vstack([part.time_weights for part in parts]),
    )


def decimals_for(size: float) -> int:
    """Two significant digits of a size, four decimals at most."""
    return min(max(1 - math.floor(math.log10(size)), 0), 4) if size > 0 and math.isfinite(size) else 1


def p_value(estimate: float, placebos: Floats) -> float:
    """(1 + placebos at least as extreme) / (1 + placebos); placebos: (placebos,), either sign counts."""
    return (1 + n_as_extreme(estimate, placebos)) / (1 + placebos.size)


def n_as_extreme(estimate: float, placebos: Floats) -> int:
    """How many placebos are at least as far from zero; equal but for rounding is equal."""
    return int((np.abs(placebos) >= abs(estimate) * (1 - 1e-9)).sum())


def error_ratios(estimates: Estimates, usual: float) -> Floats:
    """(trials,): error from the start on over error before, which counts as at least `SMALLEST_ERROR`."""
    least = max(SMALLEST_ERROR * usual, float(np.finfo(np.float64).tiny))
    return np.asarray(estimates.post_rmspe / np.maximum(estimates.pre_rmspe, least))
