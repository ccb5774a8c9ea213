"""Generates the values of every measure: levels that follow from the places, chance, missing cells and the truths."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.measure import Basis, CountModel, CuratedMeasure
from domain.place import NATION_CODE, Place, PlaceKind
from domain.value import Gender, NoValueReason
from pipelines.demonstration.population import INHABITANTS, NOT_DIVIDED_BY_GENDER, YEARS, Population
from pipelines.demonstration.profiles import MIDDLE_YEAR, Profile
from pipelines.demonstration.truths import (
    EFFECTS,
    HOLES,
    IMPROVES,
    LEVEL_BREAKS,
    NOTHING_THERE,
    WORSENS,
    ZERO,
    Development,
    Hole,
    KnownEffect,
)

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]

GENDERS: Final = (Gender.TOTAL, Gender.WOMEN, Gender.MEN)
COLUMNS: Final = ("kpi_id", "municipality_id", "year", "gender", "value", "reason")

# The status of a cell, in the order of `REASONS`.
NUMBER, MISSING, NOT_APPLICABLE, SUPPRESSED, ABSENT = range(5)
REASONS: Final = (
    None,
    str(NoValueReason.MISSING),
    str(NoValueReason.NOT_APPLICABLE),
    str(NoValueReason.SUPPRESSED),
)

SHARE_MISSING: Final = 0.004  # as when a form is not returned
SHARE_SUPPRESSED_IN_THE_SMALLEST: Final = 0.4  # of the values by gender; falls off with size
SMALL_PLACE_INHABITANTS: Final = 2500.0
SHARE_WITH_ONE_GENDER_HIDDEN: Final = 0.3  # else both are hidden
YEARLY_CHANCE: Final = 0.22  # of the spread, for a place of 10,000 inhabitants
OWN_CHANGE_PER_YEAR: Final = 0.035  # of the spread: places drift apart
CORRELATION: Final = 0.9  # correlation between measures of the same subject
DECIMALS_KEPT: Final = 4
WITHOUT_DECIMALS: Final = 0


@dataclass(slots=True)
class GenderCells:
    """One measure: `numbers` (G, P, years) with NaN, and the `status` of each cell (same shape). G is 1 or 3 genders."""

    kpi_id: str
    numbers: Floats
    status: Codes


def generate_measure_values(
    population: Population,
    regions: tuple[Place, ...],
    profiles: Iterable[Profile],
    curated: Mapping[str, CuratedMeasure],
    seed: int,
) -> pd.DataFrame:
    """Return all values as the later release knows them: kpi_id, municipality_id, year, gender, value, reason.

    An absent row was never reported. Riket and the regions are weighted by inhabitants.
    """
    pieces = [
        _to_rows(cells, population, regions, has_regions=True) for cells in _generate_inhabitants(population)
    ]
    for profile in profiles:
        cells = _generate_cells(population, profile, curated[profile.kpi_id], seed)
        pieces.append(_to_rows(cells, population, regions, has_regions=profile.municipality_type == "A"))
    return pd.concat(pieces, ignore_index=True)


def _generate_inhabitants(population: Population) -> Iterator[GenderCells]:
    """Yield the counts by age, and what follows from them: the share aged 65 or more and the yearly growth."""
    total = population.counts[INHABITANTS]
    growth = np.full(total.shape, np.nan)
    growth[:, :, 1:] = 100 * (total[:, :, 1:] / total[:, :, :-1] - 1)
    made: dict[str, Floats] = {
        kpi_id: counts[:1] if kpi_id in NOT_DIVIDED_BY_GENDER else counts
        for kpi_id, counts in population.counts.items()
    }
    made |= {"N01960": 100 * population.counts["N01938"] / total, "N01963": growth}
    for kpi_id, values in made.items():
        yield GenderCells(kpi_id, values, np.where(np.isnan(values), ABSENT, NUMBER).astype(np.int8))


def _generate_cells(
    population: Population, profile: Profile, curated: CuratedMeasure, seed: int
) -> GenderCells:
    random = _make_generator(profile.kpi_id, seed)
    level = _generate_levels(population, profile, seed, random)
    for level_break in LEVEL_BREAKS:
        if level_break.kpi_id == profile.kpi_id and level_break.first_year:
            level[:, level_break.first_year <= YEARS] *= level_break.factor
    changes = [truth for truth in (*IMPROVES, *WORSENS, *EFFECTS) if truth.kpi_id == profile.kpi_id]
    by_gender = _split_by_gender(level, profile, random)
    if curated.basis:
        values = _with_whole_numerators(by_gender, population, curated.basis, random, changes)
    else:
        for truth in changes:
            _apply_truth(by_gender, population, truth)
        decimals = WITHOUT_DECIMALS if curated.decimals == 0 else DECIMALS_KEPT
        values = np.round(by_gender, decimals)
    if profile.kpi_id == ZERO[0]:
        values[:, _position_of(population, ZERO[1]), np.isin(YEARS, ZERO[2])] = 0.0
    status = _choose_status(population, profile, values.shape, random)
    values[status != NUMBER] = np.nan
    return GenderCells(profile.kpi_id, values, status)


def _make_generator(kpi_id: str, seed: int) -> np.random.Generator:
    """Return a generator of the measure's own, so that adding a measure leaves the others as they were."""
    return np.random.default_rng([seed, 2, ord(kpi_id[0]), int(kpi_id[1:])])


def _generate_levels(
    population: Population, profile: Profile, seed: int, random: np.random.Generator
) -> Floats:
    """Return levels (P, years) in the measure's unit, before they are split by gender."""
    own = random.standard_normal(len(population.places))
    if profile.goes_with:  # the other measure's own part is the first that its generator gives
        others = _make_generator(profile.goes_with, seed).standard_normal(len(population.places))
        own = CORRELATION * others + np.sqrt(1 - CORRELATION**2) * own
    explained = profile.with_affluence**2 + profile.with_size**2
    place = (
        profile.with_affluence * population.affluence
        + profile.with_size * population.size
        + np.sqrt(max(0.1, 1 - explained)) * own
    )
    calm = np.sqrt(10_000 / population.inhabitants[:, :1])  # chance is larger in smaller places
    chance = YEARLY_CHANCE * np.clip(calm, 0.25, 2.0) * random.standard_normal((len(place), len(YEARS)))
    chance[:, 1:] += 0.4 * chance[:, :-1]
    drift = OWN_CHANGE_PER_YEAR * random.standard_normal(len(place))[:, None] * (YEARS - MIDDLE_YEAR)
    deviation = place[:, None] + chance + drift
    level = np.maximum(
        profile.level + profile.change_per_year * (YEARS - MIDDLE_YEAR), profile.lowest + profile.level / 20
    )
    if profile.is_skewed:
        sigma = np.sqrt(np.log1p((profile.spread / profile.level) ** 2))
        made = level * np.exp(sigma * deviation - sigma**2 / 2)
    else:
        made = level + profile.spread * deviation
    return np.asarray(np.clip(made, profile.lowest, profile.highest))


def _split_by_gender(level: Floats, profile: Profile, random: np.random.Generator) -> Floats:
    """Split levels (P, years) into total, women and men (G, P, years)."""
    if not profile.is_divided_by_gender:
        return level[None].copy()
    difference = profile.women_minus_men + 0.15 * profile.spread * random.standard_normal(level.shape)
    women = np.clip(level + difference / 2, profile.lowest, profile.highest)
    men = np.clip(level - difference / 2, profile.lowest, profile.highest)
    return np.stack([(women + men) / 2, women, men])


def _with_whole_numerators(
    rates: Floats,
    population: Population,
    basis: Basis,
    random: np.random.Generator,
    changes: list[Development | KnownEffect],
) -> Floats:
    """Return values with whole numerators over the generated denominators, so that their intervals are valid."""
    denominators = population.counts[basis.denominator_id]
    genders = [1, 2] if len(rates) == len(GENDERS) else [0]
    below = denominators[genders]
    chances = np.clip(rates[genders] / basis.multiplier, 0, None)
    if basis.model is CountModel.PROPORTION:
        numerators = random.binomial(below.astype(np.int64), np.minimum(chances, 1)).astype(np.float64)
    else:
        numerators = random.poisson(chances * below).astype(np.float64)
    for truth in changes:
        numerators = _apply_truth_to_counts(numerators, below, population, basis, truth)
    if len(genders) == 1:
        return np.asarray(basis.multiplier * numerators / below)
    everyone = denominators[0] if basis.denominator_id not in NOT_DIVIDED_BY_GENDER else below.sum(axis=0)
    total = numerators.sum(axis=0)
    return basis.multiplier * np.stack([total / everyone, *(numerators / below)])


def _apply_truth_to_counts(
    numerators: Floats, below: Floats, population: Population, basis: Basis, truth: Development | KnownEffect
) -> Floats:
    changed = basis.multiplier * numerators / below
    _apply_truth(changed, population, truth)
    return np.asarray(np.round(changed * below / basis.multiplier))


def _apply_truth(values: Floats, population: Population, truth: Development | KnownEffect) -> None:
    """Insert the straight line of a development, or add an effect, for all genders alike. Changes `values`."""
    place = _position_of(population, truth.municipality_id)
    if isinstance(truth, KnownEffect):
        values[:, place] += [truth.in_year(int(year)) for year in YEARS]
        return
    during = (truth.first_year <= YEARS) & (truth.last_year >= YEARS)
    line = np.interp(YEARS, [truth.first_year, truth.last_year], [truth.first_value, truth.last_value])
    values[:, place, during] = line[during]


def _choose_status(
    population: Population, profile: Profile, shape: tuple[int, ...], random: np.random.Generator
) -> Codes:
    genders, places, years = shape
    status = np.zeros(shape, dtype=np.int8)
    status[:, random.random((places, years)) < SHARE_MISSING] = MISSING
    if genders == len(GENDERS):
        small = np.exp(-population.inhabitants / SMALL_PLACE_INHABITANTS) * SHARE_SUPPRESSED_IN_THE_SMALLEST
        is_hidden = random.random((places, years)) < small
        draw = random.random((places, years))
        is_one = is_hidden & (draw < SHARE_WITH_ONE_GENDER_HIDDEN)
        is_women = draw < SHARE_WITH_ONE_GENDER_HIDDEN / 2
        status[1][is_hidden & (~is_one | is_women)] = SUPPRESSED
        status[2][is_hidden & (~is_one | ~is_women)] = SUPPRESSED
    # Large places nearly always report; places without a service are small.
    by_size = random.standard_normal(places) + population.size
    takes_part = by_size >= np.quantile(by_size, 1 - profile.share_reporting)
    status[:, ~takes_part] = ABSENT
    if profile.share_not_applicable:
        status[:, population.size < np.quantile(population.size, profile.share_not_applicable)] = (
            NOT_APPLICABLE
        )
    status[:, :, ~np.isin(YEARS, profile.years)] = ABSENT
    whole = (*IMPROVES, *WORSENS, *EFFECTS, *NOTHING_THERE)
    known = [*((truth.kpi_id, truth.municipality_id) for truth in whole), ZERO[:2]]
    for kpi_id, code in known:
        if kpi_id == profile.kpi_id:
            status[:, _position_of(population, code), np.isin(YEARS, profile.years)] = NUMBER
    for hole in HOLES:
        if hole.kpi_id == profile.kpi_id:
            _apply_hole(status, population, profile, hole)
    return status


def _apply_hole(status: Codes, population: Population, profile: Profile, hole: Hole) -> None:
    """Set the cells of a known hole, with the other genders shown. Changes `status`."""
    during = np.isin(YEARS, hole.years) & np.isin(YEARS, profile.years)
    place = _position_of(population, hole.municipality_id)
    status[:, place, during] = NUMBER
    for position, gender in enumerate(GENDERS[: len(status)]):
        if gender in hole.genders:
            status[position, place, during] = (
                ABSENT if hole.reason is None else REASONS.index(str(hole.reason))
            )


def _to_rows(
    cells: GenderCells, population: Population, regions: tuple[Place, ...], *, has_regions: bool
) -> pd.DataFrame:
    """Return the reported cells as rows, with Riket and, where regions have the measure, regions."""
    genders = len(cells.numbers)
    wider = [place for place in regions if place.kind is PlaceKind.NATION or has_regions]
    is_count = cells.kpi_id in population.counts
    wider_values = np.stack(
        [_aggregate(cells.numbers, population, place, is_count=is_count) for place in wider], axis=1
    )
    values = np.concatenate([cells.numbers, wider_values], axis=1)
    wider_status = np.where(np.isnan(wider_values), ABSENT, NUMBER).astype(np.int8)
    status = np.concatenate([cells.status, wider_status], axis=1)
    codes = [place.code for place in (*population.places, *wider)]
    gender_at, place_at, year_at = np.nonzero(status != ABSENT)
    return pd.DataFrame(
        {
            "kpi_id": np.full(len(year_at), cells.kpi_id, dtype=object),
            "municipality_id": np.array(codes, dtype=object)[place_at],
            "year": YEARS[year_at].astype(np.int32),
            "gender": np.array([str(gender) for gender in GENDERS[:genders]], dtype=object)[gender_at],
            "value": values[gender_at, place_at, year_at],
            "reason": np.array(REASONS, dtype=object)[status[gender_at, place_at, year_at]],
        }
    )


def _aggregate(values: Floats, population: Population, place: Place, *, is_count: bool) -> Floats:
    """Aggregate (G, P, years) to (G, years): a sum for counts, else the mean weighted by inhabitants."""
    if place.code == NATION_CODE:
        within = np.ones(len(population.places), dtype=bool)
    else:
        within = np.array([other.county_code == place.county_code for other in population.places])
    inside, weight = values[:, within], population.inhabitants[within]
    if is_count:
        return np.asarray(inside.sum(axis=1))
    weights = np.where(np.isnan(inside), 0.0, weight)
    shares = np.divide(
        np.nansum(inside * weights, axis=1),
        weights.sum(axis=1),
        out=np.full(inside.shape[::2], np.nan),
        where=weights.sum(axis=1) > 0,
    )
    return np.asarray(np.round(shares, DECIMALS_KEPT))


def _position_of(population: Population, code: str) -> int:
    return next(position for position, place in enumerate(population.places) if place.code == code)
