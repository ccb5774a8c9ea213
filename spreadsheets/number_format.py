"""What a spreadsheet's number format makes of a number: a percentage, a date, or a number.

The built-in formats are those of ECMA-376 part 1, 18.8.30; binary workbooks use the same.
"""

import re
from typing import Final

_PERCENT_IDS: Final = frozenset({9, 10})
_DATE_IDS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_FORMAT: Final = re.compile(
    r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]'
)  # quoted text, escapes, fillers, colours and conditions
_ELAPSED: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DATE_SIGN: Final = re.compile(r"[dmyhsåÅ]", re.IGNORECASE)  # Swedish formats write å for year


_LONGEST: Final = 255  # what spreadsheet programs allow


def is_percent(format_id: int, code: str | None = None) -> bool:
    """Whether 0.66 is shown as 66 %. code: of a format that the file itself defines, else None."""
    return format_id in _PERCENT_IDS if code is None else "%" in _NOT_FORMAT.sub("", code[:_LONGEST])


def is_date(format_id: int, code: str | None = None) -> bool:
    """Whether the number counts days."""
    if code is None:
        return format_id in _DATE_IDS
    if code.lower() == "general" or code.lower() == "standard":
        return False
    return bool(_ELAPSED.search(code[:_LONGEST])) or bool(
        _DATE_SIGN.search(_NOT_FORMAT.sub("", code[:_LONGEST]))
    )
