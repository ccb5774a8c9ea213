"""A formula is checked against what the release and the networks have."""

import pytest

from answers.formula_check import check_formula
from domain.dimension import Unit

OWN = {"Platser": ("Platser i förskola", Unit.read("platser"))}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("N17461 - N15428", "procentenheter"),
        ("glidande_medel(N17461; 3)", "%"),
        ("N00003 * N01951", "kr"),
        ("per_1000_invånare(platser)", "platser per 1\u00a0000 inv"),
        ("U07417 * 100", "per 100\u00a0000 inv"),
    ],
)
def test_the_unit_follows_from_the_catalogue(library, text, unit):
    checked = check_formula(library, text, OWN)
    assert checked.errors == ()
    assert str(checked.unit) == unit


def test_inputs_are_listed_with_title_and_unit(library):
    (first, second) = check_formula(library, "platser / n01951", OWN).inputs
    assert (first.name, first.title, first.unit) == ("platser", "Platser i förskola", "platser")
    assert (second.name, second.title, second.unit) == ("N01951", "Invånare totalt, antal", "inv")


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("N17461 +", 9, "slutar mitt i"),
        ("N00003 + N01951", 8, "kr/inv och inv"),
        ("N17461 + N1542", 10, "Menade du N15428"),
        ("2 * plaster", 5, "Menade du platser?"),
        ("2 * kommunens_kostnad", 5, "kommunens_kostnad"),
    ],
)
def test_errors_are_reported_with_their_position(library, text, position, words):
    checked = check_formula(library, text, OWN)
    assert checked.unit is None
    (error,) = checked.errors
    assert error.values["position"] == position
    assert words in str(error)


def test_all_unknown_names_are_reported_at_once(library):
    checked = check_formula(library, "x1 + N17461 + x2", OWN)
    assert [error.values["position"] for error in checked.errors] == [1, 15]
    assert [formula_input.is_known for formula_input in checked.inputs] == [False, True, False]
