"""From the names that people choose to the ids and variable names that stand in addresses, files and formulas."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from domain.errors.fields import UnusableNameError
from domain.formula_function import BY_NAME, KPI_ID, NAME

LONGEST_ID: Final = 60
LONGEST_KEPT_ID: Final = 80  # room for a number behind it
LIKE_A_KPI: Final = KPI_ID
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORDS_OF_THEIR_OWN: Final = frozenset({"all", "new"})


def slug(name: str) -> str:
    """The name in small ascii letters, digits and hyphens, never like a KPI. Raises `UnusableNameError` if nothing is left."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_ID].strip("-")
    if not words:
        raise UnusableNameError(UnusableNameError.WITHOUT_LETTERS, name=name)
    return f"x-{words}" if LIKE_A_KPI.fullmatch(words) else words


def measure_id(name: str, is_taken: Callable[[str], bool]) -> str:
    """A free id for a measure of this name, which formulas can call it by. Raises `UnusableNameError`."""
    first = slug(name)
    called = first.replace("-", "_")
    if not NAME.fullmatch(called) or called in BY_NAME or first in _WORDS_OF_THEIR_OWN:
        first = f"matt-{first}"
    chosen, count = first, 1
    while is_taken(chosen):
        count += 1
        chosen = f"{first}-{count}"
    return chosen


def check_id(chosen: str) -> None:
    """An id that may not come from here but from a file. Raises `UnusableNameError`."""
    if not _ID.fullmatch(chosen) or len(chosen) > LONGEST_KEPT_ID or LIKE_A_KPI.fullmatch(chosen):
        raise UnusableNameError(UnusableNameError.ID, id=chosen[:LONGEST_KEPT_ID], longest=LONGEST_KEPT_ID)


def check_variable_name(name: str) -> None:
    """A name that formulas can hold. Raises `UnusableNameError`."""
    is_taken = LIKE_A_KPI.fullmatch(name) or name.casefold() in BY_NAME
    if not NAME.fullmatch(name) or is_taken or len(name) > LONGEST_ID:
        raise UnusableNameError(UnusableNameError.VARIABLE, name=name)
