"""“Menade du …?”: the nearest known words to one that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str], *, most: int = 3) -> str:
    """A Swedish question with the nearest known words, with a leading space, or nothing if none is near."""
    by_folded = {one.casefold(): one for one in known}
    near = get_close_matches(word.casefold(), by_folded, n=most, cutoff=0.6)
    return f" Menade du {' eller '.join(by_folded[one] for one in near)}?" if near else ""
