"""Panels made up for the tests, and the published ones where they are available."""

import csv
from pathlib import Path

import numpy as np

from metrics.arrays import Floats
from metrics.effects.panel import Panel, Trials

PROP_99 = Path(__file__).parents[4] / "shared" / "worked_examples" / "california_prop99_synthdid.csv"


def prop_99() -> Panel:
    """Cigarette packs per head in 39 states 1970–2000; California's Proposition 99 from 1989."""
    with PROP_99.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    states = tuple(sorted({row["State"] for row in rows}))
    years = tuple(sorted({int(row["Year"]) for row in rows}))
    packs = np.full((len(states), len(years)), np.nan)
    for row in rows:
        packs[states.index(row["State"]), int(row["Year"]) - years[0]] = float(row["PacksPerCapita"])
    return Panel(packs, states, years, {"California": 1989})


def moving_alike(n_units: int = 40, n_times: int = 16, seed: int = 0, noise: float = 0.3) -> Floats:
    """(units, times): a level for each unit, a common effect for each year, and noise."""
    random = np.random.default_rng(seed)
    level = 50 + 5 * random.normal(size=(n_units, 1))
    common = np.cumsum(random.normal(size=n_times))
    return level + common + noise * random.normal(size=(n_units, n_times))


def panel_of(outcomes: Floats, treated: dict[str, int], first: int = 2008) -> Panel:
    """Units `U00`, `U01` … over years that follow on one another."""
    n_units, n_times = outcomes.shape
    units = tuple(f"U{at:02}" for at in range(n_units))
    return Panel(outcomes, units, tuple(range(first, first + n_times)), treated)


def one_trial(outcomes: Floats, n_before: int, n_treated: int = 1) -> Trials:
    """The first rows are treated and the others donors."""
    return Trials.of_one(outcomes[:n_treated], outcomes[n_treated:], n_before)
