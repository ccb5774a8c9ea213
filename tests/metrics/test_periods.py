"""From terms, quarters and months to the year."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.measure import Direction, MeasureKind
from domain.network_measure import MeasureDefinition, MeasureSource
from domain.value import Status
from metrics.formula.evaluation import BY_WEIGHT
from metrics.periods import is_summed, yearly

OK, GONE = BY_WEIGHT.index(Status.OK), BY_WEIGHT.index(Status.SUPPRESSED)


def year_of(parts, bases=None, *, is_sum):
    """The year of one place. parts: a number or a status each."""
    numbers = np.array([np.nan if isinstance(part, Status) else part for part in parts])[None, :, None]
    codes = [BY_WEIGHT.index(part if isinstance(part, Status) else Status.OK) for part in parts]
    behind = np.array(bases or [np.nan] * len(parts), dtype=float)[None, :, None]
    years = yearly(numbers, np.array(codes, dtype=np.uint8)[None, :, None], behind, is_sum=is_sum)
    return years.cells.numbers.item(), BY_WEIGHT[years.cells.statuses.item()], years.bases.item()


def test_an_amount_adds_up_and_a_share_is_the_mean_of_its_parts():
    assert year_of([10.0, 20.0, 30.0, 0.0], is_sum=True)[:2] == (10 + 20 + 30 + 0, Status.OK)
    assert year_of([50.0, 60.0], is_sum=False)[:2] == ((50 + 60) / 2, Status.OK)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ([1.0, Status.NOT_REPORTED], Status.NOT_REPORTED),
        ([1.0, Status.MISSING], Status.MISSING),
        ([1.0, Status.NOT_APPLICABLE], Status.NOT_APPLICABLE),
        ([1.0, Status.SUPPRESSED], Status.SUPPRESSED),
        ([Status.MISSING, Status.SUPPRESSED], Status.SUPPRESSED),
        ([Status.NOT_APPLICABLE, Status.MISSING], Status.MISSING),
        ([Status.NOT_REPORTED, Status.NOT_APPLICABLE], Status.NOT_APPLICABLE),
    ],
)
def test_a_year_with_a_missing_part_has_a_reason_instead_of_a_number(parts, reason):
    for is_sum in (True, False):
        number, status, basis = year_of(parts, [30, 40], is_sum=is_sum)
        assert np.isnan(number)
        assert np.isnan(basis)
        assert status is reason


def test_the_basis_of_a_year_is_the_smallest_of_its_parts():
    assert year_of([50.0, 60.0], [40, 25], is_sum=False)[2] == 25
    assert np.isnan(year_of([50.0, 60.0], [40, None], is_sum=False)[2])


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=12), st.integers(0, 11), st.booleans())
def test_a_suppressed_part_never_follows_from_the_year(parts, place, is_sum):
    hidden = [Status.SUPPRESSED if at == place % len(parts) else code for at, code in enumerate(parts)]
    number, status, _basis = year_of(hidden, is_sum=is_sum)
    assert np.isnan(number)
    assert status is Status.SUPPRESSED


@pytest.mark.parametrize(
    ("kind", "unit", "summed"),
    [
        (MeasureKind.VOLUME, "antal", True),
        (MeasureKind.VOLUME, "timmar", True),
        (MeasureKind.COST, "tkr", True),
        (MeasureKind.COST, "kr/inv", False),
        (MeasureKind.VOLUME, "%", False),
        (MeasureKind.QUALITY, "antal", False),
        (MeasureKind.SATISFACTION, "index", False),
    ],
)
def test_only_volumes_and_costs_in_an_amount_are_summed(kind, unit, summed):
    definition = MeasureDefinition(
        1, 2020, MeasureSource.OWN, "besok", "Besök", "", unit, 0, Direction.NEUTRAL, kind
    )
    assert is_summed(definition) is summed
