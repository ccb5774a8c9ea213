"""“Menade du …?”: the known words that are most similar to one that is not known."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

from domain.message import OR, Listing, Message, to_translate

LEAST_SIMILARITY: Final = 0.6  # difflib's own measure: lower than this reads as a different word


def suggest_similar(word: str, candidates: Iterable[str], *, most: int = 3) -> Message | str:
    """A question with the most similar candidates, with a leading space, or no text if none is similar.

    Of equally similar candidates, one that begins as the word does comes first, then the one that comes first in
    `candidates`. Case does not matter.
    """
    folded = word.casefold()
    matcher = SequenceMatcher(b=folded)
    ranked = []
    for position, candidate in enumerate(dict.fromkeys(candidates)):
        matcher.set_seq1(candidate.casefold())
        if matcher.real_quick_ratio() >= LEAST_SIMILARITY and matcher.quick_ratio() >= LEAST_SIMILARITY:
            similarity = matcher.ratio()
            if similarity >= LEAST_SIMILARITY:
                begins_otherwise = not candidate.casefold().startswith(folded)
                ranked.append((-similarity, begins_otherwise, position, candidate))
    words = tuple(candidate for *_, candidate in sorted(ranked)[:most])
    if not words:
        return ""
    return Message(to_translate(" Menade du {words}?"), words=Listing(words, last=OR, separator=OR))
