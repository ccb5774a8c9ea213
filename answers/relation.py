"""The relation between two measures within a group."""

import numpy as np

from answers.comparison import compare_measure
from answers.library import Library
from domain.comparability import Comparability
from domain.comparison import Comparison
from domain.group import Group
from domain.message import Message
from domain.relation import TwoMeasures
from domain.value import Gender
from language import relation_texts as texts
from metrics.arrays import Floats
from metrics.relation import FEWEST_MEMBERS
from metrics.relation import rank_correlation as related


def relate_measures(
    library: Library,
    *,
    measure_ids: tuple[str, str],
    group: Group,
    years: tuple[int | None, int | None] = (None, None),
    gender: Gender = Gender.TOTAL,
    focus: str | None = None,
) -> TwoMeasures:
    """Compare two measures, each in its chosen or latest year, and relate them. Raises as `compare_measure` does."""
    first, second = (
        compare_measure(library, measure_id=measure_id, group=group, year=year, gender=gender, focus=focus)
        for measure_id, year in zip(measure_ids, years, strict=True)
    )
    correlation = related(_values(first), _values(second), first.measure.direction, second.measure.direction)
    too_few = (Message(texts.TOO_FEW, fewest=FEWEST_MEMBERS),) if correlation.n < FEWEST_MEMBERS else ()
    not_same = (
        (Message(texts.DIFFERENT_YEARS, first_year=first.year, second_year=second.year),)
        if first.year != second.year
        else ()
    )
    return TwoMeasures(
        first=first,
        second=second,
        relation=correlation,
        method=(Message(texts.METHOD, n=correlation.n),),
        notes=tuple(dict.fromkeys([*too_few, *not_same, *first.notes, *second.notes])),
    )


def _values(comparison: Comparison) -> Floats:
    """Return the members' values, NaN where a value is missing or not comparable."""
    return np.array(
        [
            np.nan
            if member.value is None or member.comparability is Comparability.NOT_COMPARABLE
            else member.value
            for member in comparison.members
        ]
    )
