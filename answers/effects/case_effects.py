"""The effects of a case on the measures it aims at, how well they are known, and whether the aims were reached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from answers.effects.estimation import choose_design, estimate_panel_effect
from answers.effects.measure_panel import (
    ARE_TRYING,
    MeasurePanel,
    build_measure_panel,
    places_running_similar_cases,
)
from answers.library import Library
from domain.case import Aim, Case, Reuse
from domain.case_effect import CaseEffect, Level, first_year_of
from domain.effect import Design, Effect
from domain.errors.user_error import UserError
from domain.measure import Measure
from domain.message import Message
from domain.series import Series
from domain.value import Gender
from language import effect_texts as texts
from metrics.effects.refusal import FEWEST_BEFORE_FOR_A_LINE, FEWEST_DONORS
from metrics.effects.window import within_series
from metrics.evidence.aims import held_against
from metrics.evidence.evidence import evidence, has_survived_checks
from metrics.evidence.levels import levels

_BESIDE: Final = {
    Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES: (Design.SYNTHETIC_CONTROL, Design.DIFFERENCE_IN_DIFFERENCES),
}


def estimate_case_effects(
    library: Library, case: Case, *, cases: Sequence[Case] = (), reuses: Sequence[Reuse] = ()
) -> tuple[CaseEffect, ...]:
    """Estimate one effect for each aim, in the case's order. cases: every published case. reuses: every reuse.

    Places that run or try something similar are not compared with. Where this case is tried elsewhere and the effect there
    has the same sign and survives its checks, the evidence is repeated. Raises `UnknownPlaceError`.
    """
    starts = {} if case.started_on is None else {case.municipality_code: first_year_of(case.started_on)}
    if starts:
        starts |= {code: year for code, year in case.also_in if code not in starts}
    return tuple(
        _AimQuestion(library, case, aim, cases, reuses, starts).effect_at(case.municipality_code)
        for aim in case.aims
    )


def estimate_reuse_effects(
    library: Library, case: Case, reuse: Reuse, *, cases: Sequence[Case] = (), reuses: Sequence[Reuse] = ()
) -> tuple[CaseEffect, ...]:
    """Estimate the effect on the same aims where another municipality tries the case, from its own start.

    Direction and size of each aim are the case's.
    """
    code = reuse.municipality_code
    starts = {} if reuse.started_on is None else {code: first_year_of(reuse.started_on)}
    return tuple(_AimQuestion(library, case, aim, cases, reuses, starts).effect_at(code) for aim in case.aims)


@dataclass(frozen=True)
class _Estimates:
    """What the figures say of one aim at one place. why: why they say nothing."""

    series: Series
    before: Level | None = None
    after: Level | None = None
    effect: Effect | None = None
    beside: tuple[Effect, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    why: Message | None = None


@dataclass(frozen=True)
class _AimQuestion:
    """The question on one aim. starts: code → first year of the places that are estimated together."""

    library: Library
    case: Case
    aim: Aim
    cases: Sequence[Case]
    reuses: Sequence[Reuse]
    starts: Mapping[str, int]

    def effect_at(self, code: str) -> CaseEffect:
        """Return the effect on the aim at one place."""
        place = self.library.places.find(code)
        first_year = self.starts.get(code)
        measure = self._measure()
        estimates = self._estimates(code, measure)
        repeated_at = self._repeated_at(code, estimates)
        level, evidence_why, would_change = evidence(
            first_year,
            estimates.before,
            estimates.after,
            estimates.effect,
            estimates.beside,
            repeated_at,
            estimates.why,
        )
        aim = held_against(
            self.aim,
            estimates.series,
            first_year,
            estimates.before,
            estimates.after,
            measure.decimals,
            estimates.why,
        )
        return CaseEffect(
            measure=measure,
            aim=self.aim,
            municipality_code=code,
            place=place.name,
            first_year=first_year,
            series=estimates.series,
            release=self.library.release,
            evidence=level,
            evidence_why=evidence_why,
            would_change=would_change,
            outcome=aim.outcome,
            outcome_why=aim.why,
            is_stated_beforehand=self.case.started_on is None or self.aim.stated_on <= self.case.started_on,
            before=estimates.before,
            after=estimates.after,
            met=aim.met,
            changed_by=aim.changed_by,
            effect=estimates.effect,
            beside=estimates.beside,
            repeated_at=tuple(repeated_at),
            names=estimates.names,
        )

    def _measure(self) -> Measure:
        try:
            return self.library.catalogue.measure(self.aim.measure_id)
        except UserError:
            return self.library.catalogue.measure_or_placeholder(self.aim.measure_id)

    def _estimates(self, code: str, measure: Measure) -> _Estimates:
        name = self.library.places.find(code).name
        nothing = Series(code, name, ())
        if self.case.standing.is_made_up != self.library.release.is_made_up:
            return _Estimates(nothing, why=Message(texts.NOT_THESE_FIGURES))
        try:
            self.library.catalogue.measure(self.aim.measure_id)
            cells = self.library.values.cells((measure,), Gender.TOTAL)
            series = cells.series(0, code, name, self.library.catalogue.break_years(measure.id))
            if code not in self.starts:
                return _Estimates(series)
            panel = self._panel(self.starts)
        except UserError as error:
            return _Estimates(nothing, why=error.message)
        before, after = (None, None) if panel.redefined_by else levels(series, self.starts[code])
        effect, beside = _estimate_by_rules(panel)
        if len(self.starts) > 1 and effect.estimate is not None:
            alone, _ = _estimate_by_rules(self._panel({code: self.starts[code]}))
            beside = (*beside, alone)
        names = {of_code: name for name, of_code in panel.codes.items()}
        return _Estimates(series, before, after, effect, beside, names)

    def _panel(self, starts: Mapping[str, int]) -> MeasurePanel:
        similar = places_running_similar_cases(
            self.library, self.aim.measure_id, [*self.cases, self.case], self.reuses
        )
        return build_measure_panel(
            self.library, measure_id=self.aim.measure_id, treated=starts, left_out=similar
        )

    def _repeated_at(self, code: str, estimates: _Estimates) -> list[str]:
        """Return the names of the case's other places whose own effect has the same sign and survives its checks."""
        if (
            estimates.effect is None
            or estimates.effect.estimate is None
            or not has_survived_checks(estimates.effect, estimates.beside)
        ):
            return []
        repeated = []
        for other, year in self._places().items():
            if other == code:
                continue
            effect, beside = _estimate_by_rules(self._panel({other: year}))
            has_same_sign = (effect.estimate or 0.0) * estimates.effect.estimate > 0
            if has_same_sign and has_survived_checks(effect, beside):
                repeated.append(self.library.places.find(other).name)
        return repeated

    def _places(self) -> dict[str, int]:
        """Return every place that runs or tries this case, with its first year."""
        case = self.case
        own = {} if case.started_on is None else {case.municipality_code: first_year_of(case.started_on)}
        tried = {
            reuse.municipality_code: first_year_of(reuse.started_on)
            for reuse in self.reuses
            if reuse.case_id == case.standing.id
            and reuse.started_on is not None
            and reuse.state in ARE_TRYING
        }
        return {**tried, **dict(case.also_in), **own}


def _estimate_by_rules(measure_panel: MeasurePanel) -> tuple[Effect, tuple[Effect, ...]]:
    """Estimate by the design that the series allows, and by the other designs beside it where there is an estimate.

    Without donors the place's own trend is extended, if the series is long enough.
    """
    design = choose_design(measure_panel.panel)
    effect = estimate_panel_effect(measure_panel, design)
    if effect.estimate is not None:
        return effect, tuple(estimate_panel_effect(measure_panel, other) for other in _BESIDE.get(design, ()))
    window = within_series(measure_panel.panel)
    has_no_donors = not measure_panel.redefined_by and len(effect.donors) < FEWEST_DONORS and not effect.gap
    is_long = window.n_before(window.first_start) >= FEWEST_BEFORE_FOR_A_LINE
    if has_no_donors and is_long and design is not Design.GROUP_TIME:
        alone = estimate_panel_effect(measure_panel, Design.INTERRUPTED_TIME_SERIES)
        if alone.estimate is not None:
            return alone, ()
    return effect, ()
