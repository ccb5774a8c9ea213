"""A formula gives for every year and place a number or the reason why there is none."""

import math
import operator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.value import Status
from metrics.formula import Evaluated, evaluate, parse
from metrics.formula.evaluation import BY_WEIGHT, codes_from, codes_into
from metrics.formula.printing import format_node
from metrics.formula.tree import Binary, Input, Negative, Number, Operator

LETTERS = {
    "-": Status.MISSING,
    ".": Status.NOT_APPLICABLE,
    "..": Status.SUPPRESSED,
    "": Status.NOT_REPORTED,
}
YEARS = (2019, 2020, 2021, 2022, 2023)


def cells(*rows):
    """Rows are years, columns places; "-" is missing, "." not applicable, ".." suppressed, "" not reported."""
    numbers = [[math.nan if isinstance(value, str) else float(value) for value in row] for row in rows]
    statuses = [
        [BY_WEIGHT.index(LETTERS[value] if isinstance(value, str) else Status.OK) for value in row]
        for row in rows
    ]
    return Evaluated(np.array(numbers), np.array(statuses, dtype=np.uint8))


def cells_of(evaluated):
    signs = {status: sign for sign, status in LETTERS.items()}
    return [
        [
            number if BY_WEIGHT[code] is Status.OK else signs[BY_WEIGHT[code]]
            for number, code in zip(*row, strict=True)
        ]
        for row in zip(evaluated.numbers.tolist(), evaluated.statuses.tolist(), strict=True)
    ]


def one_year(text, **inputs):
    return cells_of(evaluate(parse(text), {name: cells(row) for name, row in inputs.items()}, [2023], {}))[0]


def over_years(text, values, breaks=()):
    """One place, a value a year from 2019."""
    evaluated = evaluate(
        parse(text), {"a": cells(*([value] for value in values))}, YEARS[: len(values)], {"a": breaks}
    )
    return [row[0] for row in cells_of(evaluated)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b", [6 + 2, 9 + 3]),
        ("a - b * 2", [6 - 2 * 2, 9 - 3 * 2]),
        ("-(a + b) / 2", [-(6 + 2) / 2, -(9 + 3) / 2]),
        ("a / b", [6 / 2, 9 / 3]),
        ("min(a; b; 2,5)", [2, 2.5]),
        ("max(a; 7)", [7, 9]),
        ("medel(a; b; 1)", [(6 + 2 + 1) / 3, (9 + 3 + 1) / 3]),
        ("summa(a; b; 1)", [6 + 2 + 1, 9 + 3 + 1]),
        ("abs(b - a)", [4, 6]),
        ("andel(b; a)", [100 * (2 / 6), 100 * (3 / 9)]),
        ("per_1000(a; b)", [1000 * 6 / 2, 1000 * 9 / 3]),
        ("5", [5, 5]),
    ],
)
def test_numbers_are_computed_as_they_are_written(text, expected):
    assert one_year(text, a=[6, 9], b=[2, 3]) == expected


def test_per_inhabitant_divides_by_all_inhabitants():
    assert one_year("per_100000_invånare(a)", a=[30], N01951=[60_000]) == [100_000 * (30 / 60_000)]


def test_a_result_has_no_number_for_the_reason_that_its_input_has_none():
    assert one_year("a * 2 + b", a=[1, "-", ".", "..", ""], b=[1, 1, 1, 1, 1]) == [3, "-", ".", "..", ""]
    assert one_year("max(a; b)", a=["-", 1], b=[5, ".."]) == ["-", ".."]


def test_of_several_reasons_suppressed_precedes_missing_not_applicable_and_not_reported():
    reasons = ["..", "-", ".", ""]
    for heavier in range(4):
        for lighter in range(heavier, 4):
            for a, b in ((heavier, lighter), (lighter, heavier)):
                assert one_year("a + b", a=[reasons[a]], b=[reasons[b]]) == [reasons[heavier]]


def test_division_by_zero_is_missing_and_stays_so():
    assert one_year("a / b", a=[1, 0, "..", 1], b=[0, 0, 0, "."]) == ["-", "-", "..", "."]
    assert one_year("1 / (1 / a)", a=[0, 2]) == ["-", 2]
    assert one_year("0 * (1 / a) + 5", a=[0, 2]) == ["-", 5]
    assert one_year("a / 0", a=[1]) == ["-"]
    assert one_year("andel(a; b)", a=[1], b=[0]) == ["-"]


def test_a_number_too_large_to_hold_is_missing():
    assert one_year("*".join(["a"] * 40), a=[1e15, 1]) == ["-", 1]


def test_zero_is_a_number_and_nothing_is_no_zero():
    assert one_year("a + b", a=[0, "-"], b=[0, 5]) == [0, "-"]


def test_the_first_available_is_the_first_that_has_a_number():
    assert one_year("första(a; b)", a=[1, "-", "..", "."], b=[9, 8, 7, ""]) == [1, 8, 7, "."]
    assert one_year("första(a; b; a + b)", a=["-"], b=[".."]) == [".."]


def test_change_is_since_last_year_and_never_over_a_hole_or_a_break():
    assert over_years("förändring(a)", [10, 12, "-", 15, 19]) == ["", 12 - 10, "-", "-", 19 - 15]
    assert over_years("förändring(a)", [10, 12, 15, 15, 19], breaks=[2021]) == ["", 2, ".", 0, 4]
    assert over_years("förändring(a)", [10, "..", 15], breaks=[2020]) == ["", "..", ".."]


def test_a_moving_mean_needs_every_year_on_the_same_level():
    expected = ["", "", (1 + 2 + 6) / 3, (2 + 6 + 4) / 3, (6 + 4 + 5) / 3]
    assert over_years("glidande_medel(a; 3)", [1, 2, 6, 4, 5]) == expected
    assert over_years("glidande_medel(a; 3)", [1, 2, 6, 4, 5], breaks=[2020]) == ["", ".", ".", 4, 5]
    assert over_years("glidande_medel(a; 3)", [1, "-", 6, 4, 5]) == ["", "-", "-", "-", 5]
    assert over_years("glidande_medel(a; 2)", [4, 6, 8], breaks=[2019]) == [".", 5, 7]


def test_a_break_in_another_input_does_not_reach_into_a_change():
    inputs = {"a": cells([1], [3]), "b": cells([2], [2])}
    assert cells_of(evaluate(parse("förändring(a) * b"), inputs, [2022, 2023], {"b": [2023]}))[1] == [4]
    assert cells_of(evaluate(parse("förändring(a * b)"), inputs, [2022, 2023], {"b": [2023]}))[1] == ["."]


def test_a_moving_mean_of_changes_looks_back_over_both():
    assert over_years("glidande_medel(förändring(a); 2)", [1, 2, 4, 8]) == ["", "", (1 + 2) / 2, (2 + 4) / 2]


def test_one_formula_builds_on_another():
    sum_ = evaluate(parse("a + b"), {"a": cells([1, "-"]), "b": cells([2, 3])}, [2023], {})
    assert cells_of(evaluate(parse("summan * 2"), {"summan": sum_}, [2023], {})) == [[6, "-"]]


def test_a_formula_breaks_where_any_of_its_inputs_does():
    assert parse("a + b").break_years({"a": [2021], "b": [2019, 2021], "c": [2015]}) == (2019, 2021)


def test_inputs_are_left_as_they_were():
    given_cells = cells([1, "-"])
    before = given_cells.numbers.copy(), given_cells.statuses.copy()
    evaluate(parse("första(a; a) / 0 + abs(-a)"), {"a": given_cells}, [2023], {})
    np.testing.assert_array_equal(given_cells.numbers, before[0])
    np.testing.assert_array_equal(given_cells.statuses, before[1])


def test_statuses_in_another_order_are_translated_both_ways():
    order = (Status.NOT_REPORTED, Status.OK, Status.MISSING, Status.NOT_APPLICABLE, Status.SUPPRESSED)
    theirs = np.arange(5)
    ours = codes_from(order)[theirs]
    assert [BY_WEIGHT[code] for code in ours] == list(order)
    assert codes_into(order)[ours].tolist() == theirs.tolist()


def test_years_with_a_hole_between_them_are_a_mistake():
    with pytest.raises(ValueError, match="follow each other"):
        evaluate(parse("a"), {"a": cells([1], [2])}, [2019, 2021], {})


inputs_and_numbers = st.one_of(
    st.sampled_from("abc").map(Input), st.integers(0, 9).map(lambda number: Number(float(number)))
)
small_trees = st.recursive(
    inputs_and_numbers,
    lambda inner: st.one_of(
        st.builds(Negative, inner), st.builds(Binary, st.sampled_from(Operator), inner, inner)
    ),
    max_leaves=10,
)
PYTHON = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


def by_plain_python(node, values):
    match node:
        case Number(value):
            return value
        case Input(name):
            return values[name]
        case Negative(operand):
            return -by_plain_python(operand, values)
        case Binary(sign, left, right):
            return PYTHON[sign](by_plain_python(left, values), by_plain_python(right, values))


@settings(max_examples=60)
@given(small_trees, st.fixed_dictionaries({name: st.integers(-5, 5).map(float) for name in "abc"}))
def test_a_formula_gives_what_plain_python_gives(tree, values):
    inputs = {name: cells([value]) for name, value in values.items()}
    result = cells_of(evaluate(parse(format_node(tree)), inputs, [2023], {}))[0][0]
    try:
        expected = by_plain_python(tree, values)
    except ZeroDivisionError:
        expected = "-"
    assert result == expected


any_cells = st.lists(st.one_of(st.integers(-9, 9), st.sampled_from(list(LETTERS))), min_size=4, max_size=4)


@settings(max_examples=60)
@given(small_trees, any_cells, any_cells, any_cells)
def test_a_number_is_never_made_of_nothing_and_a_reason_is_never_made_up(tree, a, b, c):
    formula = parse(format_node(tree))
    inputs = {"a": cells(a), "b": cells(b), "c": cells(c)}
    evaluated = evaluate(formula, inputs, [2023], {})
    assert (np.isnan(evaluated.numbers) == ~evaluated.has_number).all()
    for place in range(4):
        heaviest = max((int(inputs[name].statuses[0, place]) for name in formula.inputs), default=0)
        divided_by_zero = heaviest < BY_WEIGHT.index(Status.MISSING) and "/" in str(formula)
        status = int(evaluated.statuses[0, place])
        assert status == heaviest or (divided_by_zero and BY_WEIGHT[status] is Status.MISSING)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("a / b", {"a": 0, "b": 0}),
        ("förändring(a) + b", {"a": 1, "b": 0}),
        ("glidande_medel(a; 3)", {"a": 2}),
        ("förändring(glidande_medel(a; 3)) - a", {"a": 3}),
        ("-max(a; förändring(b))", {"a": 0, "b": 1}),
    ],
)
def test_a_formula_knows_how_many_years_back_each_input_is_looked_at(text, back):
    assert parse(text).years_back == back
