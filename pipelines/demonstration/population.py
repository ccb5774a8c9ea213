"""The made-up population of the municipalities: inhabitants by age and gender, and affluence.

Counts by gender add up to the total, and shares are those counts divided, so that intervals and sums come out right.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from domain.place import Place
from pipelines.demonstration.truths import FIRST_YEAR, LAST_YEAR

Floats = npt.NDArray[np.float64]

YEARS: Final = np.arange(FIRST_YEAR, LAST_YEAR + 1)
JITTER: Final = 0.02  # so that no count is the real one: each is changed by about two per cent
WOMENS_SHARE: Final = 0.497

# KPI, share of all inhabitants, how much larger that share is in small places (per standard deviation of size).
AGE_GROUPS: Final = (
    ("N01948", 0.232, -0.004),  # 0–20 years, not divided by gender
    ("N01953", 0.117, -0.001),  # 6–15
    ("N01954", 0.047, -0.001),  # 16–19
    ("N02104", 0.795, 0.004),  # 18 and older
    ("N01938", 0.228, 0.027),  # 65 and older
    ("N01957", 0.066, 0.009),  # 80 and older
)
NOT_DIVIDED_BY_GENDER: Final = frozenset({"N01948"})
INHABITANTS: Final = "N01951"

# Mean affluence, in standard deviations, by kind of municipality.
AFFLUENCE_OF_KIND: Final = {
    "Storstäder": 0.5,
    "Pendlingskommun nära storstad": 0.9,
    "Större stad": 0.3,
    "Pendlingskommun nära större stad": 0.1,
    "Lågpendlingskommun nära större stad": -0.2,
    "Mindre stad/tätort": -0.3,
    "Pendlingskommun nära mindre tätort": -0.5,
    "Landsbygdskommun, ej nära större stad": -0.6,
    "Landsbygdskommun med besöksnäring": 0.0,
}


@dataclass(frozen=True, slots=True)
class Population:
    """`places` are P municipalities; `affluence` and `size` (P,) are standardised.

    `counts` holds for each KPI of inhabitants the counts by gender T, K, M: (3, P, years), whole numbers.
    """

    places: tuple[Place, ...]
    affluence: Floats
    size: Floats
    counts: dict[str, Floats]

    @property
    def inhabitants(self) -> Floats:
        """(P, years)"""
        return np.asarray(self.counts[INHABITANTS][0])


def generate_population(places: tuple[Place, ...], seed: int) -> Population:
    """Return a population of nearly the real size, with made-up ages and affluence, the same for the same seed."""
    random = np.random.default_rng([seed, 1])
    known_years = np.array([year for year, _ in places[0].population], dtype=float)
    known = np.array([[count for _, count in place.population] for place in places], dtype=float)
    slope = (np.log(known[:, -1]) - np.log(known[:, 0])) / (known_years[-1] - known_years[0])
    moved = 1 + JITTER * random.standard_normal(len(places))
    total = known[:, [-1]] * moved[:, None] * np.exp(slope[:, None] * (YEARS - known_years[-1]))
    size = _standardise(np.log(total[:, -1]))

    county = {code: random.standard_normal() for code in sorted({place.county_code for place in places})}
    affluence = _standardise(
        np.array([AFFLUENCE_OF_KIND[place.skr_group] + 0.3 * county[place.county_code] for place in places])
        + 0.75 * random.standard_normal(len(places))
    )
    womens_share = WOMENS_SHARE + 0.004 * random.standard_normal(len(places))
    counts = {INHABITANTS: _by_gender(total, womens_share)}
    for kpi_id, share, larger_where_small in AGE_GROUPS:
        own = share - larger_where_small * size + 0.05 * share * random.standard_normal(len(places))
        ageing = 1 + (0.009 if kpi_id in {"N01938", "N01957"} else -0.001) * (YEARS - YEARS[-1])
        womens = womens_share + (0.09 if kpi_id == "N01957" else 0.03 if kpi_id == "N01938" else -0.01)
        counts[kpi_id] = _by_gender(total * own[:, None] * ageing, womens)
    return Population(places=places, affluence=affluence, size=size, counts=counts)


def _by_gender(total: Floats, womens_share: Floats) -> Floats:
    """Split (P, years) by a share (P,) into whole numbers (3, P, years): total, women and men, who add up to it."""
    everyone = np.round(total)
    women = np.round(everyone * womens_share[:, None])
    return np.stack([everyone, women, everyone - women])


def _standardise(values: Floats) -> Floats:
    return np.asarray((values - values.mean()) / values.std())
