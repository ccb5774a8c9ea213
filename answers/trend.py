"""How one measure developed for every member of a group, never across a break."""

from collections.abc import Sequence

import numpy as np

from answers.cells import Cells
from answers.comparison import compare_measure
from answers.library import Library
from domain.comparability import Comparability
from domain.development import Development, GroupYear, MemberDevelopment
from domain.group import Group
from domain.place import NATION_CODE
from domain.value import Gender
from metrics.averages import unweighted_mean
from metrics.change import largest_improvers

MOST_IMPROVERS = 3


def compare_development(
    library: Library,
    *,
    measure_id: str,
    group: Group,
    year: int | None = None,
    gender: Gender = Gender.TOTAL,
    focus: str | None = None,
) -> Development:
    """Return every year of the measure; trends and changes end in `year`, by default the group's latest with a value.

    Raises as `answers.comparison.compare_measure` does.
    """
    last = compare_measure(library, measure_id=measure_id, group=group, year=year, gender=gender, focus=focus)
    cells = library.values.cells((last.measure,), gender)
    breaks = last.break_years
    comparable = [
        member for member in last.members if member.comparability is not Comparability.NOT_COMPARABLE
    ]
    changes = np.array(
        [np.nan if member.change_over_series is None else member.change_over_series for member in comparable]
    )
    return Development(
        measure=last.measure,
        gender=gender,
        group=group,
        release=library.release,
        source=last.source,
        method=last.method,
        members=tuple(
            MemberDevelopment(
                series=cells.series(0, member.code, member.name, breaks),
                trend=member.trend,
                change_since_last_year=member.change_since_last_year,
                change_over_series=member.change_over_series,
                changed_from=member.change_over_series_from,
                comparability=member.comparability,
                footnote=member.footnote,
            )
            for member in last.members
        ),
        national=cells.grid.series(0, NATION_CODE, library.places.find(NATION_CODE).name, breaks),
        group_years=_group_years(cells, [member.code for member in comparable]),
        focus=last.focus,
        break_years=breaks,
        largest_improvers=tuple(
            comparable[place].code
            for place in largest_improvers(changes, last.measure.direction, MOST_IMPROVERS)
        ),
        notes=last.notes,
        targets=last.targets,
    )


def _group_years(cells: Cells, codes: Sequence[str]) -> tuple[GroupYear, ...]:
    """Return the group's figures by year, from the first year to the last in which a member has a value."""
    values = cells.grid.numbers[0][:, cells.grid.at(codes)]
    has_value = ~np.isnan(values)
    n = np.count_nonzero(has_value, axis=1)
    columns = (
        unweighted_mean(values),
        np.min(values, axis=1, where=has_value, initial=np.inf),
        np.max(values, axis=1, where=has_value, initial=-np.inf),
    )
    filled = np.flatnonzero(n)
    return tuple(
        GroupYear(
            cells.grid.years[row],
            int(n[row]),
            *((float(column[row]) for column in columns) if n[row] else (None, None, None)),
        )
        for row in (range(int(filled[0]), int(filled[-1]) + 1) if filled.size else ())
    )
