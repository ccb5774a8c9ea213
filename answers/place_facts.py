"""Facts about the place that a case comes from: inhabitants, density, SKR's group, county. Looked up, never typed."""

import math
from dataclasses import dataclass
from typing import Final

from answers.library import Library
from disclosure.values import disclose_values
from domain.value import Gender

DENSITY_KPI: Final = "N02937"  # inhabitants per square kilometre of land
LAND_AREA_KPI: Final = "N02993"  # square kilometres


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """Facts about a municipality. inhabitants: on 31 December, by the tracked reference. density: inhabitants per square
    kilometre and its year; `None` where the figures hold neither it nor the land area.
    """

    code: str
    name: str
    county_name: str
    skr_group: str
    inhabitants: int | None
    inhabitants_year: int | None
    density: float | None
    density_year: int | None


def load_place_facts(library: Library, code: str) -> PlaceFacts:
    """Load the facts about a place. Raises `UnknownPlaceError`."""
    place = library.places.find(code)
    year, inhabitants = max(place.population, default=(None, None))
    density_year, density = _latest(library, DENSITY_KPI, place.code)
    if density is None and inhabitants:
        _, area = _latest(library, LAND_AREA_KPI, place.code)
        density, density_year = (inhabitants / area, year) if area else (None, None)
    return PlaceFacts(
        place.code,
        place.name,
        place.county_name,
        place.skr_group,
        inhabitants,
        year,
        density,
        density_year,
    )


def _latest(library: Library, kpi_id: str, code: str) -> tuple[int | None, float | None]:
    """Return the year and value of a place's latest number."""
    guarded = library.values.rows([kpi_id], Gender.TOTAL, codes=[code])
    (grid,) = disclose_values(guarded, kpi_ids=[kpi_id], codes=[code], gender=Gender.TOTAL)
    numbers = zip(grid.years, grid.numbers[0, :, 0].tolist(), strict=True)
    return max(((year, number) for year, number in numbers if not math.isnan(number)), default=(None, None))
