"""The value of a group is the sum of numerators over the sum of denominators."""

import numpy as np
import pytest

from domain.dimension import Unit
from domain.value import Status
from metrics.formula import Evaluated, aggregate, parse
from metrics.formula.evaluation import BY_WEIGHT

NAN = np.nan


def row(*values):
    numbers = np.array([values], dtype=float)
    lacks = BY_WEIGHT.index(Status.MISSING)
    return Evaluated(numbers, np.where(np.isnan(numbers), lacks, 0).astype(np.uint8))


COST, PERSONS = row(100, 600, 50, NAN), row(10, 20, NAN, 5)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("cost / persons", (100 + 600) / (10 + 20)),  # and not the mean of 10 and 30
        ("1000 * cost / persons", 1000 * (100 + 600) / (10 + 20)),
        ("-(cost / persons) / 2", -(100 + 600) / (10 + 20) / 2),
        ("andel(cost; persons)", 100 * (100 + 600) / (10 + 20)),
        ("per_1000(cost; persons)", 1000 * (100 + 600) / (10 + 20)),
        ("(cost + cost) / (persons - 1)", (200 + 1200) / (9 + 19)),
    ],
)
def test_members_without_both_are_left_out_of_both_sums(text, value):
    aggregated = aggregate(parse(text), {"cost": COST, "persons": PERSONS}, [2023], {})
    assert aggregated.numbers.tolist() == [value]
    assert aggregated.n.tolist() == [2]


def test_per_inhabitant_sums_the_inhabitants():
    aggregated = aggregate(parse("per_invånare(cost)"), {"cost": COST, "N01951": PERSONS}, [2023], {})
    assert (aggregated.numerators.tolist(), aggregated.denominators.tolist()) == ([700], [30])


def test_without_anything_to_divide_by_there_is_no_value():
    aggregated = aggregate(parse("a / b"), {"a": row(1, 1), "b": row(2, -2)}, [2023], {})
    assert np.isnan(aggregated.numbers).all()
    aggregated = aggregate(parse("a / b"), {"a": row(NAN), "b": row(2)}, [2023], {})
    assert np.isnan(aggregated.numbers).all()
    assert aggregated.n.tolist() == [0]


@pytest.mark.parametrize("text", ["a + b", "a / 1000", "glidande_medel(a / b; 3)", "a / b + 1", "1000 * a"])
def test_a_formula_that_is_not_a_ratio_has_no_weighted_mean(text):
    assert parse(text).ratio is None
    with pytest.raises(ValueError, match="no ratio"):
        aggregate(parse(text), {"a": row(1), "b": row(1)}, [2023], {})


def test_a_ratio_of_ratios_is_known_for_what_it_is():
    units = {"a": Unit.read("kr"), "b": Unit.read("inv"), "c": Unit.read("kr/inv"), "d": Unit.read("%")}
    assert parse("a / b").has_amounts_in_ratio(units)
    assert not parse("c / d").has_amounts_in_ratio(units)
    assert not parse("a + a").has_amounts_in_ratio(units)
