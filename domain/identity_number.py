"""Swedish personal identity numbers, and how they are written in a text.

A number is taken for one if its date exists (days of coordination numbers are raised by 60) and its check digit is right
(Skatteverket, SKV 704): the ten last digits weighted 2, 1, 2, … with the digits of the products summed to a multiple of ten.
"""

import re
from datetime import date
from typing import Final

COORDINATION_DAYS: Final = 60
FEWEST_SIGNS: Final = 10
_SEPARATORS: Final = "-+\u2010\u2011\u2012\u2013\u2212"
WRITTEN: Final = re.compile(
    rf"(?<![\d.,])(?P<date>(?:18|19|20)?\d{{6}})(?P<separator>\s?[{_SEPARATORS}]\s?|)(?P<last>\d{{4}})(?![\d]|[.,]\d)"
)


def is_identity_number(digits: str) -> bool:
    """Whether ten or twelve digits are one."""
    return _has_date(digits[:-4]) and _has_check_digit(digits[-10:])


def holds_identity_number(text: str) -> bool:
    """Whether a text that people write holds one, with a sign before the last digits or without."""
    return any(is_identity_number(written["date"] + written["last"]) for written in WRITTEN.finditer(text))


def _has_date(digits: str) -> bool:
    """Whether six or eight digits are a day, in any century where the century is left out."""
    centuries = ("19", "20") if len(digits) == len("YYMMDD") else ("",)
    return any(_is_day(century + digits) for century in centuries)


def _is_day(digits: str) -> bool:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    try:
        date(year, month, day - COORDINATION_DAYS if day > COORDINATION_DAYS else day)
    except ValueError:
        return False
    return True


def _has_check_digit(digits: str) -> bool:
    products = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(product // 10 + product % 10 for product in products) % 10 == 0
