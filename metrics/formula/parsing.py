"""From text to tree, or to an error that says where and what."""

import re
import unicodedata
from itertools import islice
from typing import Any, Final

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedToken, VisitError

from domain.errors.formulas import FormulaError
from domain.formula_function import ARGUMENTS, BY_NAME, KPI_ID, MOST_YEARS, Function
from domain.message import Message, Value, to_translate
from domain.suggestion import suggest_similar
from domain.unit import THOUSANDS
from metrics.formula.grammar import GRAMMAR, SAME_SIGN
from metrics.formula.tree import Binary, Call, Input, Negative, Node, Number, Operator, nodes

MOST_CHARACTERS: Final = 2_000
MOST_DEPTH: Final = 50  # parentheses open at once
MOST_NODES: Final = 200  # numbers, names, signs and functions
LONGEST_NAME: Final = 60
LARGEST_NUMBER: Final = 1e15  # whole numbers are exact up to here

_TOO_LONG: Final = to_translate("Formeln är {length} tecken lång. Högst {most} tecken går an.")
_TOO_DEEP: Final = to_translate("Här är fler än {most} parenteser öppna på en gång.")
_TOO_BIG: Final = to_translate("Formeln har fler än {most} delar. Dela upp den i flera mått.")
_EMPTY: Final = to_translate("Formeln är tom.")
_STRANGE: Final = to_translate("”{character}” kan inte stå i en formel.")
_COMMA: Final = to_translate(
    "Ett kommatecken skiljer bara heltal från decimaler. Skilj argument åt med semikolon."
)
_RAISED: Final = to_translate("Upphöjt finns inte. Multiplicera i stället: x * x.")
_PERCENT_SIGN: Final = to_translate(
    "Procenttecknet kan inte stå i en formel. Skriv andel(del; helhet) eller talet som det är."
)
_UNFINISHED: Final = to_translate("Formeln slutar mitt i. Här väntas {expected}.")
_MISPLACED: Final = to_translate("”{found}” kan inte stå här. Här väntas {expected}.")
_A_VALUE: Final = to_translate("ett tal, ett nyckeltal, ett namn eller en parentes")
_AN_OPERATOR: Final = to_translate("+ − * / eller formelns slut")
_AN_OPERATOR_OR_RIGHT: Final = to_translate("+ − * / eller en högerparentes")
_AN_OPERATOR_OR_ARGUMENT: Final = to_translate("+ − * / , semikolon eller en högerparentes")
_UNKNOWN_FUNCTION: Final = to_translate("Det finns ingen funktion som heter ”{name}”.")
_FUNCTION_ALONE: Final = to_translate(
    "{name} är en funktion. Skriv {name}( … ) eller kalla värdet något annat."
)
_LARGE_NUMBER: Final = to_translate("Talet är för stort. Räkna i tusental eller miljoner.")
_LONG_NAME: Final = to_translate("Ett namn har högst {most} tecken.")
_TOO_FEW: Final = to_translate("{name} behöver minst {fewest} argument, åtskilda med semikolon.")
_TOO_MANY: Final = to_translate("{name} tar högst {most} argument.")
_YEARS: Final = to_translate("Antalet år i {name} skrivs som ett heltal från 2 till {most}.")
_NUMBER_FOR_LACK: Final = to_translate("Ett tal får inte stå i stället för ett värde som saknas.")


def tree(text: str) -> Node:
    """The tree of a formula. Raises `FormulaError` with the position of the first thing that is wrong."""
    composed = unicodedata.normalize("NFC", text)
    if len(composed) > MOST_CHARACTERS:
        raise _make_error(
            MOST_CHARACTERS + 1,
            _TOO_LONG,
            length=_format_thousands(len(composed)),
            most=_format_thousands(MOST_CHARACTERS),
        )
    if not composed.strip():
        raise _make_error(1, _EMPTY)
    plain = composed.translate(SAME_SIGN)
    _check_depth(plain)
    try:
        root: Node = _PARSER.parse(plain)  # type: ignore[assignment]  # made by the transformer
    except UnexpectedCharacters as error:
        raise _strange(plain, error.pos_in_stream or 0) from None
    except UnexpectedToken as error:
        raise _describe_misplaced_token(plain, error) from None
    except VisitError as error:
        if isinstance(error.orig_exc, FormulaError):
            raise error.orig_exc from None
        raise
    first_too_many = next(islice(nodes(root), MOST_NODES, None), None)
    if first_too_many is not None:
        raise _make_error(first_too_many.position, _TOO_BIG, most=MOST_NODES)
    return root


class _AsNodes(Transformer[Token, Node]):
    """Called by the parser as it goes, so that no depth of text is a depth of Python."""

    def number(self, tokens: list[Token]) -> Node:
        (token,) = tokens
        value = float(re.sub(r"\s", "", token).replace(",", "."))
        if value > LARGEST_NUMBER:
            raise _make_error(_place(token), _LARGE_NUMBER)
        return Number(value, _place(token))

    def input(self, tokens: list[Token]) -> Node:
        (token,) = tokens
        if token.casefold() in BY_NAME:
            raise _make_error(_place(token), _FUNCTION_ALONE, name=token.casefold())
        if len(token) > LONGEST_NAME:
            raise _make_error(_place(token), _LONG_NAME, most=LONGEST_NAME)
        return Input(token.upper() if KPI_ID.fullmatch(token) else token.lower(), _place(token))

    def negative(self, parts: list[Any]) -> Node:
        sign, operand = parts
        return Negative(operand, _place(sign))

    def binary(self, parts: list[Any]) -> Node:
        left, operator, right = parts
        return Binary(Operator(operator), left, right, _place(operator))

    def inside(self, parts: list[Any]) -> Node:
        _, node, _ = parts
        return node  # type: ignore[no-any-return]

    def call(self, parts: list[Any]) -> Node:
        name, _, *rest = parts
        function = BY_NAME.get(name.casefold())
        if function is None:
            near = suggest_similar(name, BY_NAME)
            raise _make_error(_place(name), _UNKNOWN_FUNCTION, suggestion=near, name=name)
        arguments = tuple(measure for measure in rest if not isinstance(measure, Token))
        _check_arguments(name, function, arguments)
        return Call(function, arguments, _place(name))


def _check_arguments(name: Token, function: Function, arguments: tuple[Node, ...]) -> None:
    fewest, most = ARGUMENTS[function]
    if len(arguments) < fewest:
        raise _make_error(_place(name), _TOO_FEW, name=name, fewest=fewest)
    if most is not None and len(arguments) > most:
        raise _make_error(_place(name), _TOO_MANY, name=name, most=most)
    if function is Function.MOVING_MEAN:
        years = arguments[1]
        if not (isinstance(years, Number) and years.value.is_integer() and 2 <= years.value <= MOST_YEARS):
            raise _make_error(years.position, _YEARS, name=name, most=MOST_YEARS)
    if function is Function.FIRST_AVAILABLE:
        for argument in arguments:
            if not any(isinstance(node, Input) for node in nodes(argument)):
                raise _make_error(argument.position, _NUMBER_FOR_LACK)


def _check_depth(plain: str) -> None:
    depth = 0
    for at, character in enumerate(plain):
        depth += (character == "(") - (character == ")")
        if depth > MOST_DEPTH:
            raise _make_error(at + 1, _TOO_DEEP, most=MOST_DEPTH)


def _strange(plain: str, at: int) -> FormulaError:
    character = plain[at]
    texts = {",": _COMMA, "^": _RAISED, "%": _PERCENT_SIGN}
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return _make_error(at + 1, texts.get(character, _STRANGE), character=shown)


def _describe_misplaced_token(plain: str, error: UnexpectedToken) -> FormulaError:
    if "NUMBER" in error.accepts:
        expected = _A_VALUE
    elif "SEMICOLON" in error.accepts:
        expected = _AN_OPERATOR_OR_ARGUMENT
    else:
        expected = _AN_OPERATOR_OR_RIGHT if "RIGHT" in error.accepts else _AN_OPERATOR
    unexpected = error.token
    if unexpected.type == "$END":
        return _make_error(len(plain.rstrip()) + 1, _UNFINISHED, expected=Message(expected))
    if unexpected == "*" and plain[: unexpected.start_pos].endswith("*"):
        return _make_error(_place(unexpected), _RAISED)
    return _make_error(_place(unexpected), _MISPLACED, found=str(unexpected), expected=Message(expected))


def _make_error(position: int, text: str, suggestion: Message | str = "", **values: Value) -> FormulaError:
    return FormulaError(position=position, problem=Message(text, **values), suggestion=suggestion)


def _format_thousands(number: int) -> str:
    return f"{number:,}".replace(",", THOUSANDS)


def _place(token: Token) -> int:
    return (token.start_pos or 0) + 1


_PARSER: Final = Lark(GRAMMAR, parser="lalr", lexer="contextual", transformer=_AsNodes())
