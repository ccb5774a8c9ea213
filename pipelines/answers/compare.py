"""One measure, one year, one gender, one group."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

import numpy as np

from domain.comparison import ColourAmong, Comparison
from domain.errors import MeasureWithoutValuesError, NotDividedByGenderError, YearWithoutValuesError
from domain.group import Group
from domain.measure import Measure
from domain.place import NATION_CODE, PlaceKind
from domain.value import Gender
from domain.wording import Sentence, factor_written, to_translate
from metrics.comparison import Panel
from metrics.comparison import compare as compared
from pipelines.answers.cells import Cells
from pipelines.answers.groups import notes_on, with_focus
from pipelines.answers.library import Library

_BREAK: Final = to_translate(
    "Måttets nivå ändrades {years}: värden före och efter går inte att jämföra, och ingen förändring räknas däröver."
)
_RESCALED: Final = to_translate(
    "Hela måttets historia har räknats om under samma beteckning (ungefär gånger {factor}). Jämför inte med siffror "
    "från tidigare uttag."
)


def compare(
    library: Library,
    *,
    measure_id: str,
    group: Group,
    year: int | None = None,
    gender: Gender = Gender.TOTAL,
    focus: str | None = None,
    colour_among: ColourAmong = ColourAmong.GROUP,
) -> Comparison:
    """The comparison; without a year, in the latest one in which a member of the group has a value.

    Raises `UnknownMeasureError`, `NotDividedByGenderError`, `MeasureWithoutValuesError`,
    `YearWithoutValuesError`, `UnknownPlaceError` and `FocusOutsideGroupError`.
    """
    measure = askable(library.measure(measure_id), gender)
    focus = with_focus(library, group, focus)
    cells = library.cells((measure,), gender)
    chosen = latest_year(cells, measure, peers(library, group), group) if year is None else year
    check_year(cells, measure, peers(library, group), chosen)
    (comparison,) = comparisons(
        library,
        cells,
        measures=(measure,),
        years=(chosen,),
        group=group,
        gender=gender,
        focus=focus,
        colour_among=colour_among,
    )
    return comparison


def comparisons(
    library: Library,
    cells: Cells,
    *,
    measures: Sequence[Measure],
    years: Sequence[int],
    group: Group,
    gender: Gender,
    focus: str | None,
    colour_among: ColourAmong,
) -> tuple[Comparison, ...]:
    """One comparison a measure, each in its own year, from cells that hold them all."""
    grid = cells.grid
    members, everybody = grid.at(group.codes), grid.at(peers(library, group))
    rows = np.arange(len(measures))
    at_year = np.asarray(years) - grid.years[0]
    breaks = tuple(library.break_years(one.id) for one in measures)
    panel = Panel(
        measures=tuple(measures),
        years=grid.years,
        compared_years=tuple(years),
        gender=gender,
        group=group,
        names=tuple(library.all_places[code].name for code in group.codes),
        values=grid.numbers[:, :, members],
        statuses=grid.statuses(years, members),
        release=library.release,
        sources=(library.release.source,) * len(measures),
        national_values=grid.numbers[rows, at_year, grid.at([NATION_CODE])[0]],
        all_values=grid.numbers[rows, at_year][:, everybody],
        denominators=None if cells.denominators is None else cells.denominators[:, :, members],
        break_years=breaks,
        colour_among=colour_among,
        focus=focus,
    )
    of_group = notes_on(group)
    return tuple(
        replace(one, method=(*one.method, *said), notes=(*of_group, *notes_on_level(library, one.measure)))
        for one, said in zip(compared(panel), cells.methods, strict=True)
    )


def askable(measure: Measure, gender: Gender) -> Measure:
    """The measure, if it can be asked for this gender. Raises `NotDividedByGenderError`."""
    if gender is not Gender.TOTAL and not measure.is_divided_by_gender:
        raise NotDividedByGenderError(measure=measure.id)
    return measure


def peers(library: Library, group: Group) -> tuple[str, ...]:
    """Everybody of the members' own kind: municipalities for municipalities, regions for regions."""
    if library.all_places[group.codes[0]].kind is PlaceKind.REGION:
        return tuple(one.code for one in library.regions())
    return tuple(one.code for one in library.municipalities())


def latest_year(cells: Cells, measure: Measure, everybody: Sequence[str], group: Group) -> int:
    """The latest year in which a member has a value, else in which anybody has. Raises `MeasureWithoutValuesError`."""
    row = cells.grid.measure_ids.index(measure.id)
    for codes in (group.codes, everybody):
        if years := cells.grid.years_with_values(row, cells.grid.at(codes)):
            return years[-1]
    raise MeasureWithoutValuesError(measure=measure.id)


def check_year(cells: Cells, measure: Measure, everybody: Sequence[str], year: int) -> None:
    """Raises `MeasureWithoutValuesError`, or `YearWithoutValuesError` which names the years there are."""
    row = cells.grid.measure_ids.index(measure.id)
    years = cells.grid.years_with_values(row, cells.grid.at(everybody))
    if not years:
        raise MeasureWithoutValuesError(measure=measure.id)
    if year not in years:
        raise YearWithoutValuesError(measure=measure.id, year=year, years=spans(years))


def spans(years: Sequence[int]) -> str:
    """Rising years in as few words as possible: `2010–2014, 2016`."""
    runs = [
        [year for _, year in run]
        for _, run in groupby(enumerate(years), key=lambda numbered: numbered[1] - numbered[0])
    ]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def notes_on_level(library: Library, measure: Measure) -> tuple[Sentence, ...]:
    """What a reader must know of jumps in the measure's level."""
    years = library.break_years(measure.id)
    breaks = (Sentence(_BREAK, years=", ".join(map(str, years))),) if years else ()
    factors = map(factor_written, library.rescaling_factors(measure.id))
    return (*breaks, *(Sentence(_RESCALED, factor=factor) for factor in factors))
