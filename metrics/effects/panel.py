"""One outcome of many units over many times, and who began something when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from domain.errors.effects import TreatedError
from metrics.arrays import Booleans, Floats


@dataclass(frozen=True)
class Panel:
    """outcomes: (units, times), NaN where there is no value. treated: the first time of each treated unit.

    donors: who may be compared with the treated; everybody else who is not treated, unless told. Raises `ValueError`
    for shapes that do not fit and for infinite outcomes, `TreatedError`.
    """

    outcomes: Floats
    units: tuple[str, ...]
    times: tuple[int, ...]
    treated: Mapping[str, int]
    donors: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if self.outcomes.shape != (len(self.units), len(self.times)):
            raise ValueError(f"outcomes are {self.outcomes.shape}, not {(len(self.units), len(self.times))}")
        if np.isinf(self.outcomes).any():
            raise ValueError("an outcome is infinite")
        if len(set(self.units)) != len(self.units) or any(np.diff(self.times) <= 0):
            raise ValueError("units must differ and times rise")
        if not self.treated or not set(self.treated) <= set(self.units):
            raise ValueError(f"treated {sorted(self.treated)} are not among the units")
        for unit in self.donors or ():
            if unit in self.treated:
                raise TreatedError(TreatedError.AMONG_DONORS, unit=unit)
        if not set(self.donors or ()) <= set(self.units):
            raise ValueError(
                f"donors {sorted(set(self.donors or ()) - set(self.units))} are not among the units"
            )

    @property
    def treated_units(self) -> tuple[str, ...]:
        """The treated in the order of the units."""
        return tuple(unit for unit in self.units if unit in self.treated)

    @property
    def donor_units(self) -> tuple[str, ...]:
        """The donors in the order of the units."""
        candidates = set(self.units) if self.donors is None else set(self.donors)
        return tuple(unit for unit in self.units if unit in candidates and unit not in self.treated)

    @property
    def first_start(self) -> int:
        return min(self.treated.values())

    @cached_property
    def rows(self) -> Mapping[str, int]:
        return {unit: row for row, unit in enumerate(self.units)}

    def of(self, units: Sequence[str]) -> Floats:
        """The outcomes of some units, (units, times)."""
        return self.outcomes[[self.rows[unit] for unit in units]]

    def n_before(self, start: int) -> int:
        """How many times lie before a start."""
        return int(np.searchsorted(self.times, start))


@dataclass(frozen=True)
class Trials:
    """The same design for many at once: each target is compared with the donors allowed for it.

    targets: (trials, times). donors: (donors, times). may_use: (trials, donors). n_before: so many times, the first,
    lie before the start. n_treated: how many units each target is the mean of. Nothing is NaN.
    """

    targets: Floats
    donors: Floats
    may_use: Booleans
    n_before: int
    n_treated: int = 1

    @property
    def n_after(self) -> int:
        return int(self.targets.shape[1]) - self.n_before

    @property
    def before(self) -> Floats:
        """(donors, times before)."""
        return self.donors[:, : self.n_before]

    @classmethod
    def of_one(cls, treated: Floats, donors: Floats, n_before: int) -> "Trials":
        """treated: (treated, times), whose mean is the one target, compared with all donors."""
        return cls(
            treated.mean(axis=0, keepdims=True),
            donors,
            np.ones((1, len(donors)), dtype=np.bool_),
            n_before,
            len(treated),
        )

    def before_only(self, n_before: int) -> "Trials":
        """What was before the start, as if it had been at an earlier time."""
        return Trials(
            self.targets[:, : self.n_before],
            self.donors[:, : self.n_before],
            self.may_use,
            n_before,
            self.n_treated,
        )


@dataclass(frozen=True)
class Estimates:
    """What a design gives for every trial.

    gaps: (trials, times), actual less synthetic. unit_weights: (trials, donors), which sum to one. time_weights:
    (trials, times before), no columns where the design has no such weights. cells: (times,), how many treated values each
    time rests on, where that differs.
    """

    gaps: Floats
    n_before: int
    unit_weights: Floats
    time_weights: Floats
    cells: Floats | None = None

    @property
    def estimates(self) -> Floats:
        """(trials,): the mean gap from the start on, over all treated values."""
        after = self.gaps[:, self.n_before :]
        return np.average(after, axis=1, weights=None if self.cells is None else self.cells[self.n_before :])

    @property
    def pre_rmspe(self) -> Floats:
        """(trials,): root mean squared gap before the start."""
        return np.asarray(np.sqrt(np.mean(self.gaps[:, : self.n_before] ** 2, axis=1)))

    @property
    def post_rmspe(self) -> Floats:
        """(trials,): root mean squared gap from the start on."""
        return np.asarray(np.sqrt(np.mean(self.gaps[:, self.n_before :] ** 2, axis=1)))
