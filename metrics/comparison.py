"""From plain arrays to finished comparisons, many measures in one pass."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from domain.comparability import Comparability
from domain.comparison import ColourAmong, Comparison, Interval, Member, Trend
from domain.group import Group
from domain.measure import CountModel, Direction, Measure
from domain.message import Message
from domain.release import Release
from domain.value import Gender, Status
from metrics.arrays import Booleans, Floats, Integers, Words
from metrics.averages import Averages, averages, best, deviations, ratio_of_sums
from metrics.change import changes_over_series, changes_since_last_year, values_in
from metrics.colouring import colours
from metrics.intervals import intervals
from metrics.ranking import are_tied, rank_ranges, ranks
from metrics.recent_trend import trend_of_proportions, trend_of_values, unbroken_window
from metrics.verdict import verdicts


@dataclass(frozen=True, slots=True)
class ComparisonInput:
    """What comparing needs: m measures, y years and the n members of one group.

    years: y calendar years, rising; holds at least the compared years, and the years before them for change
        and trend.
    compared_years: for each measure the year that is compared.
    names: the members' names, in the order of `group.codes`.
    values: (m, y, n), NaN where there is no number (for whatever reason).
    statuses: (m, n) of `Status`: why there is or is no number in the compared year.
    sources: for each measure the source line.
    national_values: (m,) Riket in the compared year.
    all_values: (m, k) the compared year's values of all municipalities, for places and colours among all; without
        it there are none, and `colour_among` must be the group.
    denominators: (m, y, n) for measures with a `basis` and for ratios, NaN elsewhere; without it there are no intervals
        and no weighted means.
    break_years: for each measure the first years of a new level or definition; empty means none at all.
    comparability: (m, n) of `Comparability`; who is not comparable is shown but not ranked, averaged or coloured, and
        must not be a number in `all_values` either. Without it everybody is comparable.
    footnotes: for each measure what each member says of its comparability; empty means nothing at all.
    """

    measures: tuple[Measure, ...]
    years: tuple[int, ...]
    compared_years: tuple[int, ...]
    gender: Gender
    group: Group
    names: tuple[str, ...]
    values: Floats
    statuses: Words
    release: Release
    sources: tuple[Message, ...]
    national_values: Floats
    all_values: Floats | None = None
    denominators: Floats | None = None
    break_years: tuple[tuple[int, ...], ...] = ()
    comparability: Words | None = None
    footnotes: tuple[tuple[str, ...], ...] = ()
    colour_among: ColourAmong = ColourAmong.GROUP
    focus: str | None = None


@dataclass(frozen=True, slots=True)
class ComparisonFigures:
    """The computed figures as arrays (m, n); `averages`, `weighted_mean` and `best` are (m,). NaN or place 0 is "none"."""

    values: Floats
    averages: Averages
    weighted_mean: Floats
    best: Floats
    rank: Integers
    rank_among_all: Integers
    is_tied: Booleans
    best_place: Integers
    worst_place: Integers
    colour: Words
    verdict: Words
    low: Floats
    high: Floats
    trend: Words
    deviation_from_mean: Floats
    deviation_from_best: Floats
    change_since_last_year: Floats
    change_over_series: Floats
    change_over_series_from: Integers


_STATUSES: Final = {status: status for status in Status}  # also finds a plain string


def compute_comparisons(inputs: ComparisonInput) -> tuple[Comparison, ...]:
    """Return one comparison per measure, in the order of `inputs.measures`. Raises `ValueError` where shapes disagree."""
    _check(inputs)
    figures = compute_figures(inputs)
    members = _members(inputs, figures)
    n_among_all = (
        None if inputs.all_values is None else np.count_nonzero(~np.isnan(inputs.all_values), axis=-1)
    )
    breaks = _break_years(inputs)
    comparisons = []
    for i, measure in enumerate(inputs.measures):
        n_all = None if n_among_all is None else int(n_among_all[i])
        comparisons.append(
            Comparison(
                measure=measure,
                year=inputs.compared_years[i],
                gender=inputs.gender,
                group=inputs.group,
                release=inputs.release,
                source=inputs.sources[i],
                members=members[i],
                colour_among=inputs.colour_among,
                focus=inputs.focus,
                n=len(members[i]),
                n_with_value=int(figures.averages.n_with_value[i]),
                n_not_comparable=sum(
                    member.value is not None and member.comparability is Comparability.NOT_COMPARABLE
                    for member in members[i]
                ),
                mean=_number(figures.averages.mean[i]),
                weighted_mean=_number(figures.weighted_mean[i]),
                median=_number(figures.averages.median[i]),
                lower_quartile=_number(figures.averages.lower_quartile[i]),
                upper_quartile=_number(figures.averages.upper_quartile[i]),
                national_value=_number(inputs.national_values[i]),
                best=_number(figures.best[i]),
                n_with_value_among_all=n_all,
                break_years=breaks[i],
            )
        )
    return tuple(comparisons)


def compute_figures(inputs: ComparisonInput) -> ComparisonFigures:
    """All methods on all measures at once, as arrays."""
    directions = _directions(inputs)
    values = values_in(inputs.values, inputs.years, inputs.compared_years)
    low, high = _intervals(inputs, values)
    held = values  # what is compared with each other
    if inputs.comparability is not None:
        held = np.where(inputs.comparability == Comparability.NOT_COMPARABLE, np.nan, values)
    middle, best_value = averages(held), best(held, directions)
    best_place, worst_place = rank_ranges(held, low, high, directions)
    breaks = _break_years(inputs)
    over_series, over_series_from = changes_over_series(
        inputs.values, inputs.years, inputs.compared_years, breaks
    )
    return ComparisonFigures(
        values=values,
        averages=middle,
        weighted_mean=_weighted_mean(inputs, held),
        best=best_value,
        rank=ranks(held, directions),
        rank_among_all=(
            np.zeros(values.shape, dtype=np.int64)
            if inputs.all_values is None
            else ranks(held, directions, among=inputs.all_values)
        ),
        is_tied=are_tied(held),
        best_place=best_place,
        worst_place=worst_place,
        colour=colours(
            held, directions, inputs.all_values if inputs.colour_among is ColourAmong.ALL else None
        ),
        verdict=verdicts(held, low, high, directions),
        low=low,
        high=high,
        trend=_trends(inputs),
        deviation_from_mean=deviations(held, middle.mean),
        deviation_from_best=deviations(held, best_value),
        change_since_last_year=changes_since_last_year(
            inputs.values, inputs.years, inputs.compared_years, breaks
        ),
        change_over_series=over_series,
        change_over_series_from=over_series_from,
    )


def _weighted_mean(inputs: ComparisonInput, held: Floats) -> Floats:
    """Sum of numerators over sum of denominators in the compared year, (m,); NaN where no denominator is known."""
    if inputs.denominators is None:
        return np.full(len(inputs.measures), np.nan)
    return ratio_of_sums(held, values_in(inputs.denominators, inputs.years, inputs.compared_years))


def _intervals(inputs: ComparisonInput, values: Floats) -> tuple[Floats, Floats]:
    """Limits of the compared year's values that have a basis, (m, n); NaN elsewhere."""
    low = np.full(values.shape, np.nan)
    high = np.full(values.shape, np.nan)
    if inputs.denominators is None:
        return low, high
    denominators = values_in(inputs.denominators, inputs.years, inputs.compared_years)
    for model in CountModel:
        rows = [
            i
            for i, measure in enumerate(inputs.measures)
            if measure.basis is not None and measure.basis.model is model
        ]
        low[rows], high[rows] = intervals(values[rows], denominators[rows], _multipliers(inputs, rows), model)
    return low, high


def _trends(inputs: ComparisonInput) -> Words:
    """The recent trend of every member, (m, n)."""
    trends = np.empty((len(inputs.measures), len(inputs.names)), dtype=object)
    trends.fill(Trend.CANNOT_BE_CALCULATED)  # np.full would make plain strings of the enum
    if inputs.denominators is None:
        return trends
    breaks = _break_years(inputs)
    for model in CountModel:
        windows = {
            i: window
            for i, measure in enumerate(inputs.measures)
            if measure.basis is not None and measure.basis.model is model
            if (window := unbroken_window(inputs.years, inputs.compared_years[i], breaks[i])) is not None
        }
        if not windows:
            continue
        rows, at = list(windows), np.array(list(windows.values()))[:, :, np.newaxis]
        values, denominators = (
            np.moveaxis(np.take_along_axis(part[rows], at, axis=1), 1, -1)
            for part in (inputs.values, inputs.denominators)
        )
        multipliers = _multipliers(inputs, rows)[:, :, np.newaxis]
        if model is CountModel.PROPORTION:
            # A published 100 % may come back as a hair more than everybody.
            counts = np.minimum(values * denominators / multipliers, denominators)
            trends[rows] = trend_of_proportions(counts, denominators).trend
        else:
            low, high = intervals(values, denominators, multipliers, model)
            trends[rows] = trend_of_values(values, low, high).trend
    return trends


def _members(inputs: ComparisonInput, figures: ComparisonFigures) -> list[tuple[Member, ...]]:
    """The arrays as members, measure by measure."""
    names = inputs.names
    columns = [
        [[_STATUSES[status] for status in row] for row in inputs.statuses.tolist()],
        figures.rank.tolist(),
        figures.rank_among_all.tolist(),
        figures.is_tied.tolist(),
        figures.best_place.tolist(),
        figures.worst_place.tolist(),
        figures.colour.tolist(),
        figures.verdict.tolist(),
        figures.trend.tolist(),
        figures.change_over_series_from.tolist(),
        _comparability(inputs),
        inputs.footnotes or [[""] * len(names)] * len(inputs.measures),
        *(
            np.where(np.isnan(figure), None, figure).tolist()  # type: ignore[call-overload]  # None turns it into objects
            for figure in (
                figures.values,
                figures.low,
                figures.high,
                figures.deviation_from_mean,
                figures.deviation_from_best,
                figures.change_since_last_year,
                figures.change_over_series,
            )
        ),
    ]
    return [
        tuple(
            Member(
                code=code,
                name=name,
                value=value,
                status=status,
                rank=rank or None,
                rank_range=(best_place, worst_place) if best_place else None,
                is_tied=is_tied,
                colour=colour,
                verdict=verdict,
                interval=None if low is None else Interval(low, high),
                trend=trend,
                deviation_from_mean=from_mean,
                deviation_from_best=from_best,
                change_since_last_year=since_last_year,
                change_over_series=over_series,
                change_over_series_from=over_series_from or None,
                rank_among_all=rank_among_all or None,
                comparability=comparability,
                footnote=footnote,
            )
            for (
                code,
                name,
                status,
                rank,
                rank_among_all,
                is_tied,
                best_place,
                worst_place,
                colour,
                verdict,
                trend,
                over_series_from,
                comparability,
                footnote,
                value,
                low,
                high,
                from_mean,
                from_best,
                since_last_year,
                over_series,
            ) in zip(inputs.group.codes, names, *(column[i] for column in columns), strict=True)
        )
        for i in range(len(inputs.measures))
    ]


def _comparability(inputs: ComparisonInput) -> list[list[Comparability]]:
    if inputs.comparability is None:
        return [[Comparability.COMPARABLE] * len(inputs.names)] * len(inputs.measures)
    return [[Comparability(level) for level in row] for row in inputs.comparability.tolist()]


def _directions(inputs: ComparisonInput) -> list[Direction]:
    return [measure.direction for measure in inputs.measures]


def _break_years(inputs: ComparisonInput) -> tuple[tuple[int, ...], ...]:
    return inputs.break_years or ((),) * len(inputs.measures)


def _multipliers(inputs: ComparisonInput, rows: list[int]) -> Floats:
    """The multipliers of measures that all have a basis, (rows, 1)."""
    bases = (inputs.measures[i].basis for i in rows)
    return np.array([1.0 if basis is None else basis.multiplier for basis in bases])[:, np.newaxis]


def _number(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _check(inputs: ComparisonInput) -> None:
    """Raise `ValueError` naming the part of the input that does not fit: a defect of the caller."""
    m, y, n = len(inputs.measures), len(inputs.years), len(inputs.group.codes)
    shapes = {
        "names": ((len(inputs.names),), (n,)),
        "compared_years": ((len(inputs.compared_years),), (m,)),
        "sources": ((len(inputs.sources),), (m,)),
        "break_years": ((len(_break_years(inputs)),), (m,)),
        "values": (inputs.values.shape, (m, y, n)),
        "statuses": (inputs.statuses.shape, (m, n)),
        "national_values": (inputs.national_values.shape, (m,)),
    }
    if inputs.denominators is not None:
        shapes["denominators"] = (inputs.denominators.shape, (m, y, n))
    if inputs.comparability is not None:
        shapes["comparability"] = (inputs.comparability.shape, (m, n))
    if inputs.footnotes:
        shapes["footnotes"] = (tuple(map(len, inputs.footnotes)), (n,) * m)
    if inputs.all_values is not None:
        shapes["all_values"] = (inputs.all_values.shape[:1], (m,))
    for name, (shape, expected) in shapes.items():
        if shape != expected:
            raise ValueError(f"{name} has shape {shape}, expected {expected}")
    if inputs.colour_among is ColourAmong.ALL and inputs.all_values is None:
        raise ValueError("to colour among all, all_values must be given")
    if any(year not in inputs.years for year in inputs.compared_years):
        raise ValueError("every compared year must be among the years")
    has_number = ~np.isnan(values_in(inputs.values, inputs.years, inputs.compared_years))
    if not np.array_equal(has_number, inputs.statuses == Status.OK):
        raise ValueError("a status is ok exactly where there is a number")
