"""“Menade du …?”: the nearest known words to one that is not known."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import reduce

from domain.wording import Sentence, to_translate


def did_you_mean(word: str, known: Iterable[str], *, most: int = 3) -> str:
    """A question with the nearest known words, with a leading space, or nothing if none is near."""
    by_folded = {one.casefold(): one for one in known}
    folded = word.casefold()
    close = get_close_matches(folded, by_folded, n=4 * most, cutoff=0.6)
    # What begins as the word does comes first: the end is what people leave out.
    near = [by_folded[one] for one in sorted(close, key=lambda one: not one.startswith(folded))[:most]]
    return Sentence(to_translate(" Menade du {words}?"), words=reduce(_either, near)) if near else ""


def _either(one: str, other: str) -> str:
    return Sentence(to_translate("{one} eller {other}"), one=one, other=other)
