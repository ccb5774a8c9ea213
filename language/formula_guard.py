"""Guard texts that a spreadsheet program would run as formulas."""

from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def guard_formula(text: str) -> str:
    """Return the text with an apostrophe before it if a spreadsheet program would read it as a formula, else as it is."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
