"""How the values of each measure are generated: its level, spread and correlations, from `profiles.csv`.

The levels are what a reader would take for believable, in the middle year. They are nobody's figures.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

MIDDLE_YEAR: Final = 2018  # the year in which the level and spread of a profile hold


@dataclass(frozen=True, slots=True)
class Profile:
    """One measure. Level, spread, bounds, yearly change and difference are in the measure's unit.

    `with_affluence` and `with_size` are correlations with how well off and how large a municipality is, −1 to 1.
    `share_reporting` and `share_not_applicable` are shares of the municipalities, 0–1.
    `goes_with` is a measure of the same subject: a place that is high in one is high in both.
    """

    kpi_id: str
    title_ending: str
    is_divided_by_gender: bool
    municipality_type: str
    level: float
    spread: float
    lowest: float
    highest: float
    change_per_year: float
    with_affluence: float
    with_size: float
    women_minus_men: float
    first_year: int
    last_year: int
    years_between: int
    share_reporting: float
    share_not_applicable: float
    goes_with: str

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1, self.years_between)

    @property
    def is_skewed(self) -> bool:
        """Whether the distribution over places has a long upper tail: the spread is wide and nothing is below zero."""
        return self.lowest >= 0 and self.level < 3 * self.spread


@cache
def profiles() -> tuple[Profile, ...]:
    """Return every profile in the order of the file. Inhabitants by age are generated in `population.py`."""
    with (Path(__file__).parent / "profiles.csv").open(encoding="utf-8", newline="") as source:
        return tuple(
            Profile(
                kpi_id=row["kpi_id"],
                title_ending=row["title_ending"],
                is_divided_by_gender=row["is_divided_by_gender"] == "1",
                municipality_type=row["municipality_type"],
                level=float(row["level"]),
                spread=float(row["spread"]),
                lowest=float(row["lowest"]),
                highest=float(row["highest"]),
                change_per_year=float(row["change_per_year"]),
                with_affluence=float(row["with_affluence"]),
                with_size=float(row["with_size"]),
                women_minus_men=float(row["women_minus_men"]),
                first_year=int(row["first_year"]),
                last_year=int(row["last_year"]),
                years_between=int(row["years_between"]),
                share_reporting=float(row["share_reporting"]),
                share_not_applicable=float(row["share_not_applicable"]),
                goes_with=row["goes_with"],
            )
            for row in csv.DictReader(source)
        )
