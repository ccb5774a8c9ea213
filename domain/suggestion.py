"""“Menade du …?”: the nearest known words to one that is not known."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

from domain.message import OR, Listing, Message, to_translate

LEAST_LIKENESS: Final = 0.6  # difflib's own measure: lower than this reads as a different word


def did_you_mean(word: str, known: Iterable[str], *, most: int = 3) -> Message | str:
    """A question with the nearest known words, with a leading space, or nothing if none is near.

    Of equally near words, what begins as the word does comes first, then what stands first in `known`.
    """
    folded = word.casefold()
    matcher = SequenceMatcher(b=folded)
    found = []
    for order, one in enumerate(dict.fromkeys(known)):
        matcher.set_seq1(one.casefold())
        if matcher.real_quick_ratio() >= LEAST_LIKENESS and matcher.quick_ratio() >= LEAST_LIKENESS:
            likeness = matcher.ratio()
            if likeness >= LEAST_LIKENESS:
                found.append((-likeness, not one.casefold().startswith(folded), order, one))
    near = [one for *_, one in sorted(found)[:most]]
    return (
        Message(to_translate(" Menade du {words}?"), words=Listing(tuple(near), last=OR, separator=OR))
        if near
        else ""
    )
