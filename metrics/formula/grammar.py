"""The grammar of formulas. What is not in it cannot be said: no attributes, no strings, no brackets, no assignment."""

from typing import Final

from domain.formula_function import NAME

# Thousands may be set apart by a space (or a no-break space), as Swedes write numbers.
GRAMMAR: Final = rf"""
?start: sum
?sum: product | sum PLUS product -> binary | sum MINUS product -> binary
?product: signed | product TIMES signed -> binary | product DIVIDED_BY signed -> binary
?signed: value | MINUS signed -> negative
?value: NUMBER -> number
      | NAME -> input
      | NAME LEFT _arguments RIGHT -> call
      | LEFT sum RIGHT -> inside
_arguments: sum (SEMICOLON sum)*

NUMBER: /\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?/
NAME: /{NAME.pattern}/
PLUS: "+"
MINUS: "-"
TIMES: "*"
DIVIDED_BY: "/"
LEFT: "("
RIGHT: ")"
SEMICOLON: ";"
SPACE: /\s+/
%ignore SPACE
"""

# Signs that people type or paste for the same thing, one for one so that positions stay.
SAME_SIGN: Final = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/"})
