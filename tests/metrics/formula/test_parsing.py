"""A formula is read as it is meant, or refused where it is wrong."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors.formulas import FormulaError
from domain.formula_function import ARGUMENTS, Function
from metrics.formula import parse
from metrics.formula.printing import format_node
from metrics.formula.tree import Binary, Call, Input, Negative, Number, Operator, nodes


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("1 + 2 * 3", "1 + (2 * 3)"),
        ("8 / 4 / 2", "(8 / 4) / 2"),
        ("8 - 4 - 2", "(8 - 4) - 2"),
        ("-2 * 3", "(-2) * 3"),
        ("2 * -3", "2 * (-3)"),
        ("1,5", "1.5"),
        ("1 000 000,5", "1000000.5"),
        ("100\u00a0000", "100000"),
        ("n15428 / n01951", "N15428/N01951"),
        ("Antal_Ärenden2", "antal_ärenden2"),
        ("a\u0308renden", "ärenden"),  # ä as two characters, as some keyboards send it
        ("a − b × c ÷ d", "a - b * c / d"),
        ("share(a; b)", "andel(a; b)"),
        ("MEDEL(a; b; c)", "mean(a;b;c)"),
        ("per_1000(a)", "per_1000_inhabitants(a)"),
        ("första(a;b)\n+ glidande_medel( c ; 3 )", "first_available(a; b) + moving_mean(c; 3)"),
    ],
)
def test_the_same_formula_can_be_written_in_several_ways(text, same):
    assert parse(text) == parse(same)


def test_a_formula_knows_its_inputs_in_the_order_of_the_text():
    assert parse("andel(platser; N11102) - platser + n15428").inputs == ("platser", "N11102", "N15428")
    assert parse("per_invånare(kostnad)").inputs == ("kostnad", "N01951")
    assert parse("per_invånare(kostnad; N01953)").inputs == ("kostnad", "N01953")


def test_it_is_written_out_in_either_language():
    formula = parse("mean(a;1.5)/(2*b) - change(c)")
    assert formula.to_text("sv") == "medel(a; 1,5) / (2 * b) - förändring(c)"
    assert formula.to_text("en") == "mean(a; 1.5) / (2 * b) - change(c)"


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", 1, "tom"),
        (" \n ", 1, "tom"),
        ("__import__('os').system('ls')", 1, "”_”"),
        ("N00001.__class__", 7, "”.”"),
        ("a['b']", 2, "”[”"),
        ('"a"', 1, '”"”'),
        ("'; DROP TABLE measure; --", 1, "”'”"),
        ("a = 3", 3, "”=”"),
        ("{a}", 1, "”{”"),
        ("a\x00", 2, "U+0000"),
        ("lambda: 1", 7, "”:”"),
        ("а + 1", 1, "”а”"),  # a Cyrillic а
        ("2 ** 3", 4, "Upphöjt finns inte"),
        ("2^3", 2, "Upphöjt finns inte"),
        ("10 % * a", 4, "Procenttecknet"),
        ("min(a, b)", 6, "semikolon"),
        ("1,5,2", 4, "semikolon"),
        ("a +", 4, "slutar mitt i"),
        ("a + * b", 5, "”*” kan inte stå här"),
        ("a b", 3, "”b” kan inte stå här"),
        ("12ab", 3, "”ab”"),
        ("1 0000", 3, "”0000”"),
        ("(a", 3, "högerparentes"),
        ("a)", 2, "”)”"),
        ("min(a; b", 9, "semikolon eller en högerparentes"),
        ("min(a;)", 7, "ett tal"),
        ("a + medl(a; b)", 5, "Menade du medel?"),
        ("exec(a)", 1, "ingen funktion"),
        ("min + 1", 1, "min är en funktion"),
        ("1 + min(a)", 5, "minst 2"),
        ("abs(a; b)", 1, "högst 1"),
        ("glidande_medel(a; 1)", 19, "2 till 10"),
        ("glidande_medel(a; b)", 19, "2 till 10"),
        ("glidande_medel(a; 2,5)", 19, "2 till 10"),
        ("första(a; 0)", 11, "i stället för ett värde som saknas"),
        ("9" * 30, 1, "för stort"),
        ("a" * 61, 1, "60"),
    ],
)
def test_unreadable_text_is_refused_at_its_position(text, position, words):
    with pytest.raises(FormulaError) as raised:
        parse(text)
    assert raised.value.values["position"] == position
    assert words in str(raised.value)


def test_length_depth_and_size_are_limited():
    parse("a" + "+ 1" * 99)  # 199 parts
    parse("(" * 50 + "a" + ")" * 50)
    for text, position, words in (
        ("a" * 10_000, 2001, "10\u00a0000 tecken"),
        ("(" * 51 + "a" + ")" * 51, 51, "50 parenteser"),
        ("min(a;" * 51 + "b" + ")" * 51, 51 * 6 - 2, "50 parenteser"),
        ("a" + "+1" * 100, 201, "200 delar"),
        ("-" * 200 + "a", 201, "200 delar"),
    ):
        with pytest.raises(FormulaError) as raised:
            parse(text)
        assert raised.value.values["position"] == position
        assert words in str(raised.value)


def position_of_error(text):
    """Where it is refused, or `None` if it can be read."""
    try:
        parse(text)
    except FormulaError as error:
        return error.values["position"]
    return None


@given(st.one_of(st.text(max_size=60), st.text(alphabet="aN01951()+-*/;,. minxå_", max_size=40)))
def test_any_text_is_read_or_refused_with_a_place_in_it(text):
    position = position_of_error(text)
    if position is None:
        assert parse(str(parse(text))) == parse(text)
    else:
        assert 1 <= position <= len(unicodedata.normalize("NFC", text)) + 1


names = st.from_regex(r"x[a-zåäö0-9_]{0,8}", fullmatch=True)  # no function begins with x
numbers = st.one_of(st.integers(0, 10**15).map(float), st.floats(0, 1e9, allow_subnormal=False))


def _calls(inner):
    def call(function):
        fewest, most = ARGUMENTS[function]
        if function is Function.MOVING_MEAN:
            return st.tuples(inner, st.integers(2, 10).map(lambda n: Number(float(n)))).map(
                lambda arguments: Call(function, arguments)
            )
        having = inner if function is not Function.FIRST_AVAILABLE else inner.filter(_has_input)
        return st.lists(having, min_size=fewest, max_size=most or 3).map(
            lambda arguments: Call(function, tuple(arguments))
        )

    return st.sampled_from(list(Function)).flatmap(call)


def _has_input(node):
    return any(isinstance(node, Input) for node in nodes(node))


trees = st.recursive(
    st.one_of(names.map(Input), numbers.map(Number), st.sampled_from(["N15428", "U07417"]).map(Input)),
    lambda inner: st.one_of(
        st.builds(Negative, inner),
        st.builds(Binary, st.sampled_from(Operator), inner, inner),
        _calls(inner),
    ),
    max_leaves=8,
)


@given(trees, st.sampled_from(["sv", "en"]))
def test_a_rendered_formula_parses_to_the_same_formula(tree, language):
    assert parse(format_node(tree, language)).root == tree
