"""The effect of something that began at some places in some years on a measure, or why none can be told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from answers.effects.measure_panel import MeasurePanel, build_measure_panel
from answers.library import Library
from domain.effect import Design, Effect
from domain.group import Group
from domain.message import Factor, Listing, Message, to_translate
from domain.value import Gender
from metrics.effects import refusal
from metrics.effects.estimating import estimate
from metrics.effects.panel import Panel
from metrics.effects.refusal import FEWEST_BEFORE, FEWEST_BEFORE_FOR_WEIGHTS
from metrics.effects.window import within_series

_REDEFINED: Final = to_translate(
    "Måttet har definierats om under samma beteckning: källan har flyttat hela historiken med faktorn {factors}. Det går inte att veta att bara enheten är ny, så ingen effekt räknas."
)
_HOLES: Final = to_translate(
    "Serien för {place} är inte hel. {years}. Inget år mellan seriens första och sista får fattas."
)


def estimate_effect(
    library: Library,
    *,
    measure_id: str,
    treated: Mapping[str, int],
    design: Design | None = None,
    donors: Group | None = None,
    left_out: Mapping[str, Message] | None = None,
    without_neighbours: bool = False,
    gender: Gender = Gender.TOTAL,
) -> Effect:
    """By a design, or by `choose_design` the series. Units are codes; what is said of them has their names.

    treated: code or name → first year that counts as after (`domain.case_effect.first_year_of`). left_out: code → why.
    Raises as `build_measure_panel` does.
    """
    found = build_measure_panel(
        library,
        measure_id=measure_id,
        treated=treated,
        donors=donors,
        left_out=left_out,
        without_neighbours=without_neighbours,
        gender=gender,
    )
    return estimate_panel_effect(found, design or choose_design(found.panel))


def estimate_panel_effect(found: MeasurePanel, design: Design) -> Effect:
    """The effect in a panel that has been made, with codes for units."""
    return _by_code(_estimated(found, design), found.codes)


def choose_design(panel: Panel) -> Design:
    """Several starting years call for group-time effects; few points before the start for differences alone."""
    if len(set(panel.treated.values())) > 1:
        return Design.GROUP_TIME
    window = within_series(panel)
    n_before = window.n_before(window.first_start)
    is_short = FEWEST_BEFORE <= n_before < FEWEST_BEFORE_FOR_WEIGHTS
    return Design.DIFFERENCE_IN_DIFFERENCES if is_short else Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES


def _estimated(found: MeasurePanel, design: Design) -> Effect:
    if found.redefined_by:
        factors = Listing(tuple(map(Factor, found.redefined_by)), last=" × ", separator=" × ")
        return _refused(found, design, Message(_REDEFINED, factors=factors))
    if found.holes and design is not Design.GROUP_TIME and _only_holes_hinder(found, design):
        place, years = next(iter(found.holes.items()))
        return _refused(found, design, Message(_HOLES, place=place, years=years))
    return estimate(found.panel, design, breaks=found.break_years, left_out=found.left_out)


def _refused(found: MeasurePanel, design: Design, why: Message) -> Effect:
    return Effect(design, dict(found.panel.treated), refused=why, left_out=found.left_out)


def _only_holes_hinder(found: MeasurePanel, design: Design) -> bool:
    """Whether the treated series would do if they were whole: then the reasons of their holes are what to tell."""
    window = within_series(found.panel)
    outcomes = window.outcomes.copy()
    for unit in window.treated_units:
        row = outcomes[window.rows[unit]]
        row[np.isnan(row)] = np.nanmean(row)
    return not refusal.of_series(replace(window, outcomes=outcomes), design, found.break_years)


def _by_code(effect: Effect, codes: Mapping[str, str]) -> Effect:
    return replace(
        effect,
        treated={codes[name]: year for name, year in effect.treated.items()},
        unit_weights={codes[name]: weight for name, weight in effect.unit_weights.items()},
        placebos=tuple(replace(placebo, unit=codes[placebo.unit]) for placebo in effect.placebos),
        donors=tuple(codes[name] for name in effect.donors),
        left_out={codes[name]: why for name, why in effect.left_out.items()},
    )
