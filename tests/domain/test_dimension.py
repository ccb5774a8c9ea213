"""Units multiply, divide and cancel as numbers do, and what cannot be added is named."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dimension import WRITTEN_NUMBER, Unit
from domain.errors.formulas import UnitError
from domain.unit import read_title

CATALOGUE = Path(__file__).parents[3] / "shared" / "kolada" / "kpi.json"
KR, TKR, MNKR, PERCENT, POINTS = (Unit.read(text) for text in ("kr", "tkr", "mnkr", "%", "procentenheter"))
PUPILS, TEACHERS = Unit.read("elever"), Unit.read("lärare")
INHABITANTS = Unit.read("antal", "Invånare totalt, antal")
OLD = Unit.read("antal", "Invånare 80+, antal")
NONE = Unit.read("")


@pytest.mark.parametrize(
    ("left", "right", "product", "quotient"),
    [
        (KR, INHABITANTS, "inv·kr", "kr/inv"),
        (Unit.read("kr/inv"), INHABITANTS, "kr", "kr/inv²"),
        (PUPILS, TEACHERS, "elever·lärare", "elever/lärare"),
        (KR, KR, "kr²", ""),
        (KR, TKR, "kr·tkr", "kr/tkr"),
        (PERCENT, PERCENT, "%²", ""),
        (POINTS, PERCENT, "%²", ""),
        (WRITTEN_NUMBER, INHABITANTS, "inv", "per inv"),
        (KR, Unit.read("antal"), "antal·kr", "kr/st"),
    ],
)
def test_units_multiply_and_divide_as_their_numbers_do(left, right, product, quotient):
    assert str(left.times(right)) == product
    assert str(left.over(right)) == quotient


@pytest.mark.parametrize(
    ("unit", "number", "resized"),
    [
        ("tkr", 1_000, "kr"),  # 12 tkr = 12 000 kr
        ("mnkr", 1_000, "tkr"),
        ("mnkr", 1_000_000, "kr"),
        ("kr", 1 / 1_000, "tkr"),
        ("kr/inv", 1 / 1_000, "tkr/inv"),
        ("kr/inv", 1_000, "kr per 1\u00a0000 inv"),
        ("per inv", 100_000, "per 100\u00a0000 inv"),
        ("per 1\u00a0000 inv", 100, "per 100\u00a0000 inv"),
        ("per 1\u00a0000 inv", 1 / 1_000, "per inv"),
        ("%", 1 / 100, ""),
        ("%", 0.01, ""),
        ("‰", 1 / 1_000, ""),
        ("kr", 2, "kr"),  # twice as much of the same
        ("kr", 1_000, "kr"),  # there is no thousandth of a krona
        ("index", 100, "index"),
        ("kr/meter", 1_000, "kr/meter"),
        ("", 100, "%"),
        ("", 1_000, "‰"),
        ("kr", -1_000, "kr"),
    ],
)
def test_a_written_number_gives_another_size_of_the_same_unit(unit, number, resized):
    assert str(Unit.read(unit).multiplied_by(number)) == resized


def test_a_part_of_its_own_kind_times_a_hundred_is_a_percentage_but_others_are_not():
    assert str(OLD.over(INHABITANTS).multiplied_by(100)) == "%"
    assert str(TEACHERS.over(PUPILS).multiplied_by(100)) == "lärare per 100 elever"


def test_percent_of_persons_is_persons_once_it_is_divided_by_a_hundred():
    assert str(PERCENT.times(INHABITANTS).multiplied_by(1 / 100)) == "inv"
    assert str(PERCENT.multiplied_by(1 / 100).times(INHABITANTS)) == "inv"


def test_counts_of_different_things_are_a_number_of_things():
    assert str(PUPILS.together_with(TEACHERS)) == "antal"
    assert str(OLD.together_with(Unit.read("antal", "Invånare 65-79 år, antal"))) == "inv"
    assert str(PUPILS.together_with(PUPILS)) == "elever"


def test_a_number_in_a_formula_takes_the_unit_of_its_neighbour():
    assert str(WRITTEN_NUMBER.less(PERCENT)) == "%"  # 100 − 66 % = 34 %
    assert str(KR.together_with(WRITTEN_NUMBER)) == "kr"
    assert WRITTEN_NUMBER.together_with(WRITTEN_NUMBER) == WRITTEN_NUMBER


def test_the_difference_between_percentages_is_percentage_points():
    assert str(PERCENT.less(PERCENT)) == "procentenheter"
    assert str(PERCENT.changed) == "procentenheter"
    assert str(PERCENT.together_with(POINTS)) == "%"
    assert str(KR.less(KR)) == str(KR.changed) == "kr"


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        (KR, INHABITANTS, "kr och inv"),
        (KR, PERCENT, "kr och %"),
        (KR, NONE, "kr och tal utan enhet"),
        (KR, TKR, "kr och tkr"),
        (TKR, KR, "Multiplicera det som är i tkr med 1\u00a0000, så blir det kr."),
        (Unit.read("kr/inv"), Unit.read("kr/inv 80+"), "kr/inv och kr/inv 80+"),
        (Unit.read("per 1 000 inv"), Unit.read("per 100 000 inv"), "per 1\u00a0000 inv med 100"),
        (Unit.read("dagar"), Unit.read("timmar"), "dagar och timmar"),
    ],
)
def test_units_that_cannot_be_added_are_reported_with_a_remedy(left, right, words):
    for together in (left.together_with, left.less, left.share_of):
        with pytest.raises(UnitError, match="går inte att lägga") as raised:
            together(right)
        assert words in str(raised.value)


def test_per_so_many_needs_a_number_of_persons_and_is_not_stated_twice():
    assert str(KR.per(INHABITANTS)) == "kr/inv"
    assert str(Unit.read("antal").per(INHABITANTS, 1_000)) == "per 1\u00a0000 inv"
    assert str(PUPILS.per(OLD, 100_000)) == "elever per 100\u00a0000 inv 80+"
    with pytest.raises(UnitError, match="kr är inget antal"):
        INHABITANTS.per(KR)
    with pytest.raises(UnitError, match="kr/inv är redan räknat per inv"):
        Unit.read("kr/inv").per(INHABITANTS)


def test_amounts_add_up_over_members_and_shares_and_ratios_do_not():
    assert all(text.is_amount for text in (KR, TKR, INHABITANTS, PUPILS, Unit.read("ton CO2e")))
    assert not any(
        text.is_amount for text in (PERCENT, NONE, Unit.read("kr/inv"), Unit.read("index"), KR.times(KR))
    )


words = st.sampled_from(["kr", "tkr", "inv", "elev", "lärare", "%", "ton", "inv 80+", "timmar"])
units = st.lists(st.tuples(words, st.integers(-2, 2)), max_size=3).map(
    lambda powers: Unit(frozenset((word, power) for word, power in dict(powers).items() if power))
)


@given(units, units)
def test_dividing_undoes_multiplying(unit, other):
    assert unit.times(other).over(other) == unit
    assert unit.times(other) == other.times(unit)


@given(units)
def test_anything_is_like_itself(unit):
    assert unit.together_with(unit) == unit


@pytest.mark.shared
@pytest.mark.skipif(not CATALOGUE.exists(), reason="the development material is not here")
def test_every_unit_of_the_real_catalogue_is_read_back_from_what_is_shown():
    texts = {read_title(row["title"]).unit for row in json.loads(CATALOGUE.read_text(encoding="utf-8"))}
    assert len(texts) > 100
    assert [text for text in texts if Unit.read(str(Unit.read(text))) != Unit.read(text)] == []
