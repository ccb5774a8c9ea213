"""Units are carried through a formula, and a clash is reported at its operator."""

import pytest

from domain.dimension import Unit
from domain.errors.formulas import FormulaError
from language.rendering import render
from metrics.formula import parse

UNITS = {
    "N00001": Unit.read("kr"),
    "N00002": Unit.read("tkr"),
    "N01951": Unit.read("antal", "Invånare totalt, antal"),
    "N15428": Unit.read("%"),
    "N00003": Unit.read("kr/inv"),
    "U07417": Unit.read("per 1 000 inv"),
    "platser": Unit.read("platser"),
    "barn_i_kö": Unit.read("barn"),
}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("N00001 / N01951", "kr/inv"),
        ("N00002 * 1 000 / N01951", "kr/inv"),
        ("N00001 + 1000 * N00002", "kr"),
        ("N00003 * N01951 / 1 000 000", "mnkr"),
        ("100 - N15428", "%"),
        ("N15428 - N15428", "procentenheter"),
        ("förändring(N15428)", "procentenheter"),
        ("glidande_medel(N15428; 3)", "%"),
        ("andel(barn_i_kö; platser)", "%"),
        ("barn_i_kö / platser * 100", "barn per 100 platser"),
        ("per_invånare(N00001)", "kr/inv"),
        ("per_1000_invånare(platser)", "platser per 1\u00a0000 inv"),
        ("per_100000(platser; barn_i_kö)", "platser per 100\u00a0000 barn"),
        ("U07417 * N01951 / 1000", "antal"),
        ("N15428 / 100 * N01951", "inv"),
        ("-abs(N00001) / N00001", ""),
        ("första(N00003; N00001 / N01951)", "kr/inv"),
        ("max(platser; barn_i_kö; 1)", "antal"),
    ],
)
def test_the_result_has_the_unit_that_follows_from_its_inputs(text, unit):
    assert str(parse(text).unit(UNITS)) == unit


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("N00001 + N01951", 8, "kr och inv"),
        ("N00001 - (N00003 + N01951)", 18, "kr/inv och inv"),
        ("2 * min(N00001; N15428)", 5, "kr och %"),
        ("N00001 + N00002", 8, "Multiplicera det som är i tkr med 1\u00a0000"),
        ("andel(N00001; N01951)", 1, "kr och inv"),
        ("per_invånare(N00003)", 1, "redan räknat per inv"),
        ("per_invånare(N00001; N15428)", 1, "% är inget antal"),
        ("1 + per_1000(N15428)", 5, "% går inte att räkna per invånare"),
        ("N00001 + plaster", 10, "Menade du platser?"),
        ("N00001 + N0001", 10, "Menade du N00001"),
        ("1 + 2", 1, "bara tal"),
    ],
)
def test_a_unit_clash_is_reported_at_the_operator_and_names_both_units(text, position, words):
    with pytest.raises(FormulaError) as raised:
        parse(text).unit(UNITS)
    assert raised.value.values["position"] == position
    assert words in str(raised.value)


def test_all_unknown_names_are_reported_at_once():
    errors = parse("x1 + N00001 * x2").unknown_inputs(UNITS)
    assert [error.values["position"] for error in errors] == [1, 15]


def test_errors_can_be_rendered_in_another_language():
    english = {
        "{left} och {right} går inte att lägga ihop, dra ifrån varandra eller jämföra.{hint}": "{left}, {right}!"
    }
    with pytest.raises(FormulaError) as raised:
        parse("N00001 + N01951").unit(UNITS)
    assert "kr, inv!" in render(raised.value.message, lambda text: english.get(text, text))
