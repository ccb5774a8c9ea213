"""Numbers as people write them in cells: `12 345,6`, `−3,2 %`, `1.234,5`, `97 kr`, `12,5*`."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number and how it was written. `value` is what a person sees: 66 for `66 %`.

    mark: a footnote sign behind it. separator: what stood before the decimals. is_ambiguous: `1,234` and `1.234` could be a thousand and
    some or one and some; the value is the latter, as Swedes write.
    """

    value: float
    is_percent: bool = False
    mark: str = ""
    separator: str = ""
    is_ambiguous: bool = False


_MINUS: Final = str.maketrans(dict.fromkeys("−–‒‐‑", "-"))
_MARK: Final = re.compile(r"(?<=[\d%])\s*(?P<mark>\*+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[†‡]|\s[1-9a-z]\))$")
_UNIT: Final = re.compile(
    r"\s*(?:(?P<percent>%|procent)|kr(?:onor)?\.?|:-|kr\s?/\s?inv(?:ånare)?\.?|st\.?|personer|pers\.?)$",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(
    r"(?P<whole>\d+|\d{1,3}(?: \d{3})+)(?:(?P<separator>[.,])(?P<decimals>\d+))?", re.ASCII
)
_POINTED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}", re.ASCII)  # 1.234,5
_ENGLISH: Final = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}", re.ASCII)  # 1,234.5
_BARE: Final = re.compile(r"[.,]\d+", re.ASCII)  # ,5
_POWER: Final = re.compile(r"\d+(?:[.,]\d+)?e[+-]?\d{1,2}", re.ASCII | re.IGNORECASE)
_THOUSANDS_SIGN: Final = re.compile(r"(?<=\d)['’](?=\d{3}(?:\D|$))")
LONGEST: Final = 60  # characters of a number; anything longer is prose


def parse_number(text: str) -> WrittenNumber | None:
    """The number that the text is, or None. `12 tkr` and `<5` are none: they say something else than their digits."""
    if len(text) > LONGEST:
        return None
    rest = text.strip().lstrip("'")
    mark = ""
    if match := _MARK.search(
        rest
    ):  # before the signs are made plain, which would make ¹ a digit of the number
        mark, rest = match["mark"].strip(), rest[: match.start()]
    rest = " ".join(unicodedata.normalize("NFKC", rest).translate(_MINUS).split())
    is_percent = False
    if match := _UNIT.search(rest):
        is_percent, rest = match["percent"] is not None, rest[: match.start()]
    sign = -1.0 if rest.startswith("-") else 1.0
    digits = _THOUSANDS_SIGN.sub(" ", rest[1:].lstrip() if rest[:1] in {"-", "+"} else rest)
    separator, is_ambiguous = "", False
    if match := _PLAIN.fullmatch(digits):
        whole, separator = match["whole"].replace(" ", ""), match["separator"] or ""
        decimals = match["decimals"] or ""
        is_ambiguous = (
            len(decimals) == 3 and len(whole) <= 3 and not whole.startswith("0") and " " not in digits
        )
        number = float(f"{whole}.{decimals or 0}")
    elif _POINTED.fullmatch(digits):
        number = float(digits.replace(".", "").replace(",", "."))
    elif _ENGLISH.fullmatch(digits):
        number = float(digits.replace(",", ""))
    elif _BARE.fullmatch(digits) or _POWER.fullmatch(digits):
        number = float(digits.replace(",", "."))
    else:
        return None
    return WrittenNumber(sign * number, is_percent, mark, separator, is_ambiguous)
