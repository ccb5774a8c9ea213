"""Variable names are names that formulas can use."""

import pytest

from domain.errors.fields import UnusableNameError
from domain.naming import check_variable_name


@pytest.mark.parametrize("name", ["platser", "Antal_ärenden_2", "é", "x" * 60])
def test_letters_digits_and_underscores_make_a_name(name):
    check_variable_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "2platser",
        "_platser",
        "__import__",
        "antal platser",
        "a-b",
        "N15428",
        "u07417",
        "medel",
        "Share",
        "øre",
        "а",
        "x" * 61,
    ],
)
def test_what_a_formula_cannot_hold_or_takes_for_something_else_is_refused(name):
    with pytest.raises(UnusableNameError, match="” går inte att"):
        check_variable_name(name)
