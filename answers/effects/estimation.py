"""The effect on a measure of something that began at some places in some years, or why it cannot be estimated."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from answers.effects.measure_panel import MeasurePanel, build_measure_panel
from answers.library import Library
from domain.effect import Design, Effect
from domain.group import Group
from domain.message import Factor, Listing, Message
from domain.value import Gender
from language import effect_texts as texts
from metrics.effects import refusal
from metrics.effects.estimating import estimate
from metrics.effects.panel import Panel
from metrics.effects.refusal import FEWEST_BEFORE, FEWEST_BEFORE_FOR_WEIGHTS
from metrics.effects.window import within_series


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
    """Estimate by a design, or by the one that `choose_design` takes. Units are codes; sentences use names.

    treated: code or name → first year that counts as after (`domain.case_effect.first_year_of`). left_out: code → why.
    Raises as `build_measure_panel` does.
    """
    measure_panel = build_measure_panel(
        library,
        measure_id=measure_id,
        treated=treated,
        donors=donors,
        left_out=left_out,
        without_neighbours=without_neighbours,
        gender=gender,
    )
    return estimate_panel_effect(measure_panel, design or choose_design(measure_panel.panel))


def estimate_panel_effect(measure_panel: MeasurePanel, design: Design) -> Effect:
    """Estimate the effect in a panel, with codes for units."""
    return _by_code(_estimate_or_refuse(measure_panel, design), measure_panel.codes)


def choose_design(panel: Panel) -> Design:
    """Choose group-time effects for several starting years, difference in differences for few years before the start."""
    if len(set(panel.treated.values())) > 1:
        return Design.GROUP_TIME
    window = within_series(panel)
    n_before = window.n_before(window.first_start)
    is_short = FEWEST_BEFORE <= n_before < FEWEST_BEFORE_FOR_WEIGHTS
    return Design.DIFFERENCE_IN_DIFFERENCES if is_short else Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES


def _estimate_or_refuse(measure_panel: MeasurePanel, design: Design) -> Effect:
    if measure_panel.redefined_by:
        factors = Listing(tuple(map(Factor, measure_panel.redefined_by)), last=" × ", separator=" × ")
        return _refuse(measure_panel, design, Message(texts.REDEFINED, factors=factors))
    if measure_panel.gaps and design is not Design.GROUP_TIME and _only_gaps_prevent(measure_panel, design):
        place, years = next(iter(measure_panel.gaps.items()))
        return _refuse(measure_panel, design, Message(texts.GAPS, place=place, years=years))
    return estimate(
        measure_panel.panel, design, breaks=measure_panel.break_years, left_out=measure_panel.left_out
    )


def _refuse(measure_panel: MeasurePanel, design: Design, why: Message) -> Effect:
    return Effect(design, dict(measure_panel.panel.treated), refused=why, left_out=measure_panel.left_out)


def _only_gaps_prevent(measure_panel: MeasurePanel, design: Design) -> bool:
    """Return whether the treated series would do without its gaps: then their reasons are what to report."""
    window = within_series(measure_panel.panel)
    outcomes = window.outcomes.copy()
    for unit in window.treated_units:
        row = outcomes[window.rows[unit]]
        row[np.isnan(row)] = np.nanmean(row)
    return not refusal.of_series(replace(window, outcomes=outcomes), design, measure_panel.break_years)


def _by_code(effect: Effect, codes: Mapping[str, str]) -> Effect:
    return replace(
        effect,
        treated={codes[name]: year for name, year in effect.treated.items()},
        unit_weights={codes[name]: weight for name, weight in effect.unit_weights.items()},
        placebos=tuple(replace(placebo, unit=codes[placebo.unit]) for placebo in effect.placebos),
        donors=tuple(codes[name] for name in effect.donors),
        left_out={codes[name]: why for name, why in effect.left_out.items()},
    )
