"""An effect over 290 municipalities × 20 years with all 289 placebos and every doubt, against bare least squares per placebo."""

import numpy as np
from scipy.optimize import nnls

from benchmarks.measuring import Row, measured, median_seconds
from domain.effect import DESIGN_NAMES, Design
from metrics.arrays import Floats
from metrics.effects.estimating import estimate
from metrics.effects.panel import Panel

PLACES = 290
YEARS = 20
YEARS_BEFORE = 14
FIRST_YEAR = 2004
MOST_SECONDS = 3.0
DESIGNS = (Design.SYNTHETIC_CONTROL, Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES)


def effect_rows() -> list[Row]:
    """One row per design."""
    panel = _panel()
    bare = f"{median_seconds(lambda: _bare(panel.outcomes), times=3):.2f} s"
    return [_row(design, panel, bare) for design in DESIGNS]


def _row(design: Design, panel: Panel, bare: str) -> Row:
    memory = measured(lambda: estimate(panel, design)).peak_mib
    seconds = median_seconds(lambda: estimate(panel, design), times=3)
    return Row(
        name=f"An effect by {design.value} ({DESIGN_NAMES[design]}) of {PLACES} × {YEARS} with all placebos and doubts; seconds",
        ours=f"{seconds:.2f} s",
        bare=bare,
        figure=seconds,
        limit=MOST_SECONDS,
        memory=f"{memory:,.0f} MiB",
    )


def _panel() -> Panel:
    """Levels of their own, two forces that places follow more or less, and noise."""
    random = np.random.default_rng(2026)
    forces = np.cumsum(random.normal(size=(2, YEARS)), axis=1)
    outcomes = 50 + 5 * random.normal(size=(PLACES, 1)) + random.normal(size=(PLACES, 2)) @ forces
    places = tuple(f"{at:04}" for at in range(PLACES))
    years = tuple(range(FIRST_YEAR, FIRST_YEAR + YEARS))
    noisy = outcomes + random.normal(size=(PLACES, YEARS))
    noisy[0] = noisy[1:].mean(axis=0) + random.normal(size=YEARS)  # a place that the others can be mixed to
    return Panel(noisy, places, years, {places[0]: FIRST_YEAR + YEARS_BEFORE})


def _bare(outcomes: Floats) -> None:
    """The weights alone, one non-negative least squares a place."""
    before = outcomes[:, :YEARS_BEFORE]
    for place in range(PLACES):
        others = np.delete(before, place, axis=0)
        rows = np.vstack([others.T, np.full(len(others), 1e6)])
        nnls(rows, np.append(before[place], 1e6), maxiter=10_000)
