"""What search knows of words: those that mean the same though no letters or endings tell it (`synonyms.csv`), and those that
stand in every story and tell none from another (`binding_words.txt`)."""

import csv
from functools import cache
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent


@cache
def synonyms() -> tuple[tuple[str, ...], ...]:
    """The groups of words or phrases of one meaning, small letters, in the order of the file.

    Raises `ValueError` for a group of fewer than two words: the file is part of the program, so that is a defect.
    """
    with (_HERE / "synonyms.csv").open(encoding="utf-8", newline="") as source:
        groups = tuple(
            tuple(word.strip().casefold() for word in row["words"].split("|") if word.strip())
            for row in csv.DictReader(source)
        )
    lonely = [group for group in groups if len(set(group)) < 2]
    if lonely:
        raise ValueError(f"a group of synonyms needs two words: {lonely[0]}")
    return groups


@cache
def binding_words() -> frozenset[str]:
    """The words that are not looked for, small letters."""
    return frozenset((_HERE / "binding_words.txt").read_text(encoding="utf-8").split())
