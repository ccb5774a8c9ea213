"""One measure for women and for men, disclosed so that no suppressed third value can be derived."""

import numpy as np

from answers.comparison import compare_measure
from answers.library import Library
from domain.comparison import ColourAmong, Comparison
from domain.group import Group
from domain.message import Message
from domain.value import Gender
from domain.women_and_men import WomenAndMen
from language import comparison_texts as texts
from metrics.arrays import Floats
from metrics.gender_gap import gender_gap


def compare_women_and_men(
    library: Library,
    *,
    measure_id: str,
    group: Group,
    year: int | None = None,
    focus: str | None = None,
    colour_among: ColourAmong = ColourAmong.GROUP,
) -> WomenAndMen:
    """Compare women, men and total in one year, by default the latest in which women have a value.

    Raises `NotDividedByGenderError`, and as `compare_measure` does.
    """

    def compare_gender(gender: Gender, chosen_year: int | None) -> Comparison:
        return compare_measure(
            library,
            measure_id=measure_id,
            group=group,
            year=chosen_year,
            gender=gender,
            focus=focus,
            colour_among=colour_among,
        )

    women = compare_gender(Gender.WOMEN, year)
    men = compare_gender(Gender.MEN, women.year)
    gap = gender_gap(_values(women), _values(men)).gap
    return WomenAndMen(
        women=women,
        men=men,
        total=compare_gender(Gender.TOTAL, women.year),
        gaps=tuple(None if np.isnan(value) else float(value) for value in gap),
        method=(*women.method, Message(texts.GAP)),
    )


def _values(comparison: Comparison) -> Floats:
    return np.array([np.nan if member.value is None else member.value for member in comparison.members])
