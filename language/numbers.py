"""Numbers and dates as people write them: `12 345,6`, `−3,2 %`, `2026-11-21`."""

from datetime import datetime
from decimal import localcontext
from functools import lru_cache
from typing import Final

from babel.numbers import format_decimal

NO_BREAK_SPACE = "\u00a0"
_MOST_DIGITS: Final = 330  # of the largest number that a computer holds, with its decimals


@lru_cache(maxsize=50_000)  # a page writes the same few hundred numbers again at every run
def number(value: float, decimals: int, language: str = "sv", *, signed: bool = False) -> str:
    """Format a number with a fixed count of decimals, a true minus sign and the language's separators."""
    rounded = round(value, decimals) + 0.0  # + 0.0 turns −0.0 into 0.0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    sign = "+" if signed and rounded > 0 else ""
    with localcontext(prec=_MOST_DIGITS):  # the usual 28 digits are too few for what a file may hold
        text = format_decimal(abs(rounded), pattern, locale=language)
    return ("\u2212" if rounded < 0 else sign) + text.replace("\u202f", NO_BREAK_SPACE)


def with_unit(value: float, decimals: int, unit: str, language: str = "sv", *, signed: bool = False) -> str:
    """Format a number and its unit with a no-break space; in English the per cent sign follows directly."""
    text = number(value, decimals, language, signed=signed)
    if unit == "%" and language == "en":
        return f"{text}%"
    return f"{text}{NO_BREAK_SPACE}{unit}" if unit else text


def difference_unit(unit: str) -> str:
    """Return the unit of a difference: percentages differ by percentage points (Swedish source text)."""
    return "procentenheter" if unit == "%" else unit


def day(moment: datetime) -> str:
    """Format the day of a moment, in its own time zone."""
    return moment.date().isoformat()
