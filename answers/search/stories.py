"""Search for cases, methods and programmes by words as Swedes write them, and by filters.

Two full-text indexes in memory, one over trigrams (compounds, misspellings, missing dots) and one over Snowball
stems (inflections) with tracked synonyms, each ranked by BM25 and merged by reciprocal rank (Cormack, Clarke and Büttcher
2009). The query never becomes part of a statement: it is split into words of letters and digits, and bound.
"""

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import islice, takewhile
from threading import Lock
from typing import Final

from answers.library import Library
from answers.search.story_text import StoryText, index_story
from answers.search.words import WORD, content_words, fold, split_words, stems, trigrams
from data.reference import places
from data.reference.search_words import synonyms
from domain.case import Case
from domain.effect import EVIDENCE_STEPS, Evidence
from domain.errors.choices import UnknownMeasureError
from domain.place import Place
from domain.story_search import (
    NO_FILTERS,
    Piece,
    StoryFilters,
    StoryHit,
    cost_class,
    population_class,
)
from domain.success_bank import Story, kind_of

LONGEST_QUERY: Final = 500  # characters; what stands after them is not looked for
MOST_WORDS: Final = 12  # of a query, without those that only bind
CANDIDATES: Final = 100  # of each index, among the stories that pass the filters
RANK_CONSTANT: Final = 60  # as in the paper
LIKE_MISSPELT: Final = 0.5  # of two words' runs (Dice): below it they only rhyme
STRENGTH_OF_COMPOUND: Final = 0.9  # the word stands as it is within a longer one
SHORTEST_PART: Final = 4  # letters of a part of a compound: `hem` stands in too much
SHORTEST_SHARED_BEGINNING: Final = 5  # letters that two compounds begin with: `språk`, `arbet`
LEAST_STRENGTH: Final = 0.4  # how much of the best word must be there: a part of a compound is enough
LEAST_OF_BEST: Final = 0.5  # a story that holds less than half of what the best one holds is not shown
STRENGTH_OF_SYNONYM: Final = 0.8  # the word itself goes before one that means the same
PASSAGE_LENGTH: Final = 200  # characters
_COLUMNS: Final = "6.0, 3.0, 1.0"  # what a word weighs in the title, in what it is about and in the rest

_CREATE_TABLES: Final = """
create virtual table by_letters using fts5(title, lead, body, tokenize = 'trigram case_sensitive 1');
create virtual table by_stems using fts5(title, lead, body, tokenize = 'unicode61');
"""
_INSERT_LETTERS: Final = "insert into by_letters(rowid, title, lead, body) values (?, ?, ?, ?)"
_INSERT_STEMS: Final = "insert into by_stems(rowid, title, lead, body) values (?, ?, ?, ?)"
_BY_LETTERS: Final = f"""
select rowid from by_letters where by_letters match ? order by bm25(by_letters, {_COLUMNS}), rowid
"""  # noqa: S608 - made of constants
_BY_STEMS: Final = f"""
select rowid from by_stems where by_stems match ? order by bm25(by_stems, {_COLUMNS}), rowid
"""  # noqa: S608 - made of constants

Strengths = dict[str, float]  # folded word of a story → how well it matches one word of the query, 0 to 1


class StoryIndex:
    """An index over stories. A new one is built when the stories change.

    With a library, the names of places and measures are searched too. Searching is thread-safe.
    """

    def __init__(self, stories: Sequence[Story], library: Library | None = None) -> None:
        self.stories = tuple(stories)
        self.places: Mapping[str, Place] = places() if library is None else library.places.by_code
        self.texts = tuple(index_story(story, self._related_words(story, library)) for story in self.stories)
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.executescript(_CREATE_TABLES)
        self._words: list[frozenset[str]] = []
        letters, stemmed = [], []
        for row, text in enumerate(self.texts):
            columns = [list(map(fold, split_words(part))) for part in (text.title, text.lead, text.body)]
            letters.append((row, *(f" {' '.join(dict.fromkeys(words))}" for words in columns)))
            stemmed.append((row, *map(_stem_words, (text.title, text.lead, text.body))))
            self._words.append(frozenset().union(*columns))
        self._database.executemany(_INSERT_LETTERS, letters)
        self._database.executemany(_INSERT_STEMS, stemmed)
        self._words_with_run: defaultdict[str, list[str]] = defaultdict(list)
        self._words_with_stem: defaultdict[str, list[str]] = defaultdict(list)
        written_by_folded = {
            fold(word): word
            for text in self.texts
            for word in split_words(f"{text.title} {text.lead} {text.body}")
        }
        for word, written in written_by_folded.items():
            for run in set(trigrams(word)):
                self._words_with_run[run].append(word)
            for stem in stems(written):
                self._words_with_stem[stem].append(word)

    def ranked(self, words: str, passing: Container[int]) -> dict[int, float]:
        """Return the positions of the passing stories and their score by both indexes together."""
        lists = [self.by_letters(words), self.by_stems(words)]
        if others := [phrase for _, phrase in _meaning_the_same(parse_query(words))]:
            lists.append(self.by_letters(" ".join(others)))
        score: defaultdict[int, float] = defaultdict(float)
        for rows in lists:
            fitting = (row for row in rows if row in passing)
            for rank, row in enumerate(islice(fitting, CANDIDATES), start=1):
                score[row] += 1 / (RANK_CONSTANT + rank)
        return dict(score)

    def by_letters(self, words: str) -> list[int]:
        """Return the positions of stories that share trigrams with the words, the best match first."""
        runs = (run for word in parse_query(words) for run in trigrams(fold(word)))
        return self._matching(_BY_LETTERS, (_quote(run) for run in runs if len(run) == len("abc")))

    def by_stems(self, words: str) -> list[int]:
        """Return the positions of stories that share a stem or a synonym with the words, the best match first."""
        query = parse_query(words)
        terms = [_any_stem(word) for word in query]
        for _, phrase in _meaning_the_same(query):
            terms.append(f"({' AND '.join(map(_any_stem, content_words(phrase)))})")
        return self._matching(_BY_STEMS, terms)

    def matching_words(self, words: str) -> list[Strengths]:
        """Return for each word of the query the words of the stories that match it, and how well."""
        query = parse_query(words)
        synonyms_of_query = _meaning_the_same(query)
        with_synonym = {word for word, _ in synonyms_of_query}
        strengths_by_word = {
            word: self._matching_words(word, is_spelt_correctly=word in with_synonym) for word in query
        }
        for word, phrase in synonyms_of_query:
            for other in content_words(phrase):
                for held, strength in self._matching_words(other, is_spelt_correctly=True).items():
                    strengths_by_word[word][held] = max(
                        strengths_by_word[word].get(held, 0.0), STRENGTH_OF_SYNONYM * strength
                    )
        return list(strengths_by_word.values())

    def coverage(self, rows: Iterable[int], matches: Sequence[Strengths]) -> dict[int, tuple[float, float]]:
        """Return for each story how much of the query it matches, rare words counting more, and how well it matches its
        best word."""
        weights = []
        for strengths in matches:
            n = sum(not words.isdisjoint(strengths) for words in self._words)
            weights.append(math.log(1 + len(self._words) / n) if n else 0.0)
        coverage = {}
        for row in rows:
            best = [
                max((strengths[word] for word in self._words[row] & strengths.keys()), default=0.0)
                for strengths in matches
            ]
            total = sum(strength * weight for strength, weight in zip(best, weights, strict=True))
            coverage[row] = total, max(best, default=0.0)
        return coverage

    def _matching_words(self, word: str, *, is_spelt_correctly: bool = False) -> Strengths:
        """Return the words of the stories that match one word, by stem, as part of a compound, or misspelt."""
        plain, own_stems = fold(word), stems(word)
        root = min(own_stems, key=len)
        own_trigrams = set(trigrams(plain))
        same = {other for stem in own_stems for other in self._words_with_stem.get(stem, ())}
        strengths: Strengths = {}
        for other, n in Counter(
            other for run in own_trigrams for other in self._words_with_run.get(run, ())
        ).items():
            likeness = 2 * n / (len(own_trigrams) + len(set(trigrams(other))))
            if len(root) >= SHORTEST_PART and root in other:
                strengths[other] = STRENGTH_OF_COMPOUND
            elif part := _part_of(plain, other):
                strengths[other] = part
            if not same and not is_spelt_correctly and likeness >= LIKE_MISSPELT:
                strengths[other] = max(strengths.get(other, 0.0), likeness)
        return strengths | dict.fromkeys(same, 1.0)

    def _matching(self, statement: str, terms: Iterable[str]) -> list[int]:
        query = " OR ".join(dict.fromkeys(terms))
        if not query:
            return []
        with self._lock:
            return [row for (row,) in self._database.execute(statement, (query,))]

    def _related_words(self, story: Story, library: Library | None) -> list[str]:
        """Return words about a case that are not in its text: its place and the names of its measures."""
        if not isinstance(story, Case):
            return []
        place = self.places.get(story.municipality_code)
        known = [place.name, place.county_name] if place else []
        if library is not None:
            for aim in story.aims:
                with suppress(UnknownMeasureError):  # not in this release: found by everything else
                    known.append(library.catalogue.measure(aim.measure_id).short_title)
        return known


def search_stories(
    index: StoryIndex,
    words: str = "",
    filters: StoryFilters = NO_FILTERS,
    *,
    evidence: Mapping[str, Evidence] | None = None,
    nearest: Sequence[str] = (),
) -> tuple[StoryHit, ...]:
    """Return the matching stories, the best match first; without words all that pass the filters, in the index's order.

    evidence: how well each case's effect is known, by id; a missing case counts as described. nearest: codes, the
    most alike first: stories of those places come before the others, which keep their order.
    """
    known = evidence or {}
    asks_of_cases = replace(filters, kind=None, subject="") != NO_FILTERS
    passing = [
        row
        for row, story in enumerate(index.stories)
        if _is_of(story, filters) and (not asks_of_cases or _passes(story, filters, index.places, known))
    ]
    if content_words(words[:LONGEST_QUERY]):
        hits = _by_words(index, words, set(passing))
    else:
        hits = [_hit(index, row, 0.0, ()) for row in passing]
    if nearest:
        order = {code: rank for rank, code in enumerate(nearest)}
        hits.sort(key=lambda hit: order.get(_place_of(hit.story), len(order)))
    return tuple(hits)


def parse_query(words: str) -> list[str]:
    """Return the words of a query that are searched for."""
    return content_words(words[:LONGEST_QUERY])[:MOST_WORDS]


def _by_words(index: StoryIndex, words: str, passing: Container[int]) -> list[StoryHit]:
    """Return the stories that match enough of the query, ranked by both indexes together."""
    scores = index.ranked(words, passing)
    matches = index.matching_words(words)
    held = index.coverage(scores, matches)
    most = max((whole for whole, _ in held.values()), default=0.0)
    enough = (
        row for row, (whole, best) in held.items() if best >= LEAST_STRENGTH and whole >= LEAST_OF_BEST * most
    )
    order = sorted(enough, key=lambda row: (-scores[row] * held[row][0], row))
    return [_hit(index, row, scores[row] * held[row][0] / most, matches) for row in order]


def _is_of(story: Story, filters: StoryFilters) -> bool:
    """Return whether a story is of the wanted kind and subject."""
    if filters.kind is not None and kind_of(story) is not filters.kind:
        return False
    return not filters.subject or filters.subject.casefold() in {tag.word.casefold() for tag in story.tags}


def _passes(
    story: Story, filters: StoryFilters, known_places: Mapping[str, Place], evidence: Mapping[str, Evidence]
) -> bool:
    """Return whether a story is a case that passes every filter."""
    if not isinstance(story, Case):
        return False
    place = known_places.get(story.municipality_code)
    level = EVIDENCE_STEPS.index(evidence.get(story.standing.id, Evidence.DESCRIBED))
    return all(
        (
            not filters.measure_ids or any(aim.measure_id in filters.measure_ids for aim in story.aims),
            not filters.county_code or (place is not None and place.county_code == filters.county_code),
            not filters.skr_group or (place is not None and place.skr_group == filters.skr_group),
            filters.population is None
            or (place is not None and population_class(place) is filters.population),
            filters.evidence is None or level >= EVIDENCE_STEPS.index(filters.evidence),
            filters.cost is None or cost_class(story) is filters.cost,
            filters.status is None or story.status is filters.status,
            filters.is_failure is None or story.is_failure is filters.is_failure,
            not filters.has_study_visit or story.study_visit.is_offered,
        )
    )


def _place_of(story: Story) -> str:
    if isinstance(story, Case):
        return story.municipality_code
    return story.standing.owner_municipality or ""


def _hit(index: StoryIndex, row: int, score: float, matches: Sequence[Strengths]) -> StoryHit:
    section, passage = _passage(index.texts[row], matches)
    return StoryHit(index.stories[row], score, section, passage)


def _passage(text: StoryText, matches: Sequence[Strengths]) -> tuple[str, tuple[Piece, ...]]:
    """Return the section and the passage that match most words of the query, with the matching words marked."""
    best, section, passage, start = 0, "", "", 0
    for name, content in text.sections:
        section, passage = (section, passage) if section else (name, content)
        spots = [
            (match.start(), place)
            for match in WORD.finditer(content)
            for place, strengths in enumerate(matches)
            if strengths.get(fold(match.group()), 0.0) >= LEAST_STRENGTH
        ]
        within: Counter[int] = Counter()
        last = 0
        for at, answered in spots:
            while last < len(spots) and spots[last][0] < at + PASSAGE_LENGTH // 2:
                within[spots[last][1]] += 1
                last += 1
            if len(within) > best:
                best, section, passage, start = len(within), name, content, at
            within[answered] -= 1
            within += Counter()  # those that are no longer within fall away
    return section, _pieces(_cut(passage, start), matches)


def _cut(text: str, at: int) -> str:
    """Return a passage of a text around a position, from word to word, with an ellipsis where it is cut."""
    begin = max(0, min(at - PASSAGE_LENGTH // 4, len(text) - PASSAGE_LENGTH))
    end = begin + PASSAGE_LENGTH
    if begin:
        begin = text.find(" ", begin, at) + 1 or at
    if end < len(text):
        end = text.rfind(" ", at, end) if text.rfind(" ", at, end) > at else end
    return f"{'… ' if begin else ''}{text[begin:end].strip()}{' …' if end < len(text) else ''}"


def _pieces(text: str, matches: Sequence[Strengths]) -> tuple[Piece, ...]:
    pieces, last = [], 0
    for match in WORD.finditer(text):
        word = fold(match.group())
        if any(strengths.get(word, 0.0) >= LEAST_STRENGTH for strengths in matches):
            pieces += [Piece(text[last : match.start()]), Piece(match.group(), is_match=True)]
            last = match.end()
    return tuple(piece for piece in (*pieces, Piece(text[last:])) if piece.text)


@cache
def _synonym_stems() -> tuple[tuple[tuple[str, frozenset[str]], ...], ...]:
    """Return each group of synonyms as phrases, each with the stem of each of its words."""
    return tuple(
        tuple((phrase, frozenset(stems(word)[0] for word in content_words(phrase))) for phrase in group)
        for group in synonyms()
    )


def _meaning_the_same(query: Sequence[str]) -> list[tuple[str, str]]:
    """Return the synonyms of words and phrases in the query, each with the word of the query that it replaces."""
    by_stem = {stem: word for word in reversed(query) for stem in stems(word)}
    synonym_pairs = []
    for group in _synonym_stems():
        in_query = [needed for _, needed in group if needed <= by_stem.keys()]
        for needed in in_query[:1]:
            for word in dict.fromkeys(by_stem[stem] for stem in needed):
                synonym_pairs += [(word, phrase) for phrase, others in group if others not in in_query]
    return synonym_pairs


def _stem_words(text: str) -> str:
    return " ".join(stem for word in split_words(text) for stem in stems(word))


def _part_of(word: str, other: str) -> float:
    """Return how much of a compound is also in a story's word: at both beginnings, or as the compound's end."""
    root = min(stems(other), key=len)
    ends_with_it = len(root) >= SHORTEST_PART and word.endswith((root, other))
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False))
    begins_alike = sum(1 for _ in pairs)
    is_alike = begins_alike >= min(SHORTEST_SHARED_BEGINNING, max(len(root), SHORTEST_PART))
    return max(len(root) * ends_with_it, begins_alike * is_alike) / len(word)


def _any_stem(word: str) -> str:
    return f"({' OR '.join(map(_quote, stems(word)))})"


def _quote(term: str) -> str:
    """Return a term that FTS5 takes as plain text. It holds letters and digits only, and a blank before them."""
    return '"' + term.replace('"', '""') + '"'
