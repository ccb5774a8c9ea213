"""Measures as cells and headings name them: by id, by the variable's name, by name or title, or by nearly that.

A near name counts only if its numbers are the same, no word is turned into its opposite, and no other measure is
nearly as near. Otherwise nothing is read and the candidates are named: a person chooses.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from domain.network_measure import MeasureSource
from domain.value import Gender
from pipelines.uploads.interpretation.genders import split_gender
from pipelines.uploads.interpretation.periods import PeriodInText, split_period
from pipelines.uploads.upload_context import UploadContext
from spreadsheets.normalised_text import normalise_text, split_words

KPI_ID: Final = re.compile(r"(?<![A-Za-z0-9])([NU]\d{5})(?![A-Za-z0-9])", re.IGNORECASE | re.ASCII)
_LEAD: Final = re.compile(
    r"^(?:mått|nyckeltal|indikator|kpi|fråga|variabel|resultatmått)\s*(?:\d+\s*)?[:–-]\s*|^\d{1,2}(?:\.\d{1,2})*[.)]\s+",
    re.IGNORECASE,
)
_ENDED: Final = re.compile(r"\(\s*[-–]\s*\d{4}\s*\)\s*$")
_FILLING: Final = frozenset(
    [
        "%",
        "‰",
        "procent",
        "andel",
        "andelen",
        "antal",
        "antalet",
        "kr",
        "kronor",
        "inv",
        "invånare",
        "i",
        "på",
        "av",
        "för",
        "den",
        "det",
        "de",
        "som",
        "per",
        "och",
        "st",
        "totalt",
        "total",
        "utfall",
        "resultat",
        "värde",
        "kommun",
        "kommunen",
        "kommunens",
    ]
)  # words that come and go in a heading and change nothing
_TURNING: Final = frozenset(
    [
        "inte",
        "ej",
        "icke",
        "utan",
        "ingen",
        "inga",
        "aldrig",
        "exklusive",
        "exkl",
        "inklusive",
        "inkl",
        "kvinnor",
        "män",
        "flickor",
        "pojkar",
    ]
)  # never left out
_OPPOSITE_BEGINNINGS: Final = ("o", "miss", "icke", "ej", "in", "ut")
_OPPOSITES: Final = frozenset(
    frozenset(pair)
    for pair in (
        ("kvinnor", "män"), ("flickor", "pojkar"), ("inrikes", "utrikes"), ("kommunal", "enskild"), ("nöjda", "missnöjda"),
        ("brutto", "netto"), ("bruttokostnad", "nettokostnad"), ("grundskola", "gymnasieskola"), ("heltid", "deltid"),
        ("inflyttade", "utflyttade"), ("förskola", "förskoleklass"), ("födda", "döda"),
    )
)  # fmt: skip
_KINDS: Final = {
    "share": frozenset(("%", "procent", "andel", "andelen")),
    "count": frozenset(("antal", "antalet", "st")),
    "money": frozenset(("kr", "kronor", "tkr", "mnkr")),
}
_HEADS: Final = frozenset(("inv", "invånare"))
_LENGTHS: Final = frozenset(("meter", "km", "mil", "ton", "kg", "mwh", "kwh", "m2", "kvm"))
LEAST_LIKENESS: Final = 85.0  # of 100; below it even one long word differs
_CLOSE: Final = 6.0  # how much nearer the nearest must be than the next
_WORD_LIKENESS: Final = 80.0  # one letter in five: a slip of the pen or another ending
MOST_NEAR_SEARCHES: Final = (
    300  # distinct unknown texts that are searched for; beyond, only exact names are found
)


@dataclass(frozen=True, slots=True)
class MeasureInText:
    """What a text names. measure_id is empty if nothing is surely meant; `candidates` are then the ids that might be.

    likeness: of 100, where the name is only near. gender, period: said beside the measure in the same text. name: the
    measure's own.
    """

    measure_id: str = ""
    name: str = ""
    likeness: float = 100.0
    candidates: tuple[str, ...] = ()
    gender: Gender | None = None
    period: PeriodInText | None = None


class MeasureNames:
    """The names of the network's measures and of every KPI, made ready for looking up."""

    def __init__(self, context: UploadContext) -> None:
        self._known = context
        self._titles = _titles(tuple(context.titles.items()))
        self._readings: dict[str, MeasureInText] = {}
        self._searches = 0

    def read(self, text: str) -> MeasureInText:
        """The measure that a text names, with the gender and the period that stand beside it."""
        if text not in self._readings:
            self._readings[text] = self._read(text)
        return self._readings[text]

    def name(self, measure_id: str) -> str:
        """The measure's name, or the KPI's title."""
        if measure_id in self._known.by_id:
            return self._known.by_id[measure_id].definition.name
        return self._known.titles.get(measure_id, measure_id)

    def told_apart(self, measure_id: str) -> str:
        """The name with the id, since candidates may well have the same name."""
        return f"”{self.name(measure_id)}” ({measure_id})"

    def unit(self, measure_id: str) -> str | None:
        """The unit of one of the network's measures, None where it is not known."""
        measure = self._known.by_id.get(measure_id)
        return measure.definition.unit if measure else None

    def of_beginning(self, text: str) -> MeasureInText:
        """The measure whose name begins so, as the names of sheets are cut at 31 characters."""
        start = normalise_text(text)
        measure_ids = {
            measure.id
            for measure in self._known.measures
            if normalise_text(measure.definition.name).startswith(start)
        }
        if not measure_ids:
            measure_ids = {
                measure_id
                for measure_id, title in self._known.titles.items()
                if normalise_text(title).startswith(start)
            }
        if len(measure_ids) == 1:
            measure_id = measure_ids.pop()
            return MeasureInText(measure_id, self.name(measure_id))
        return MeasureInText(candidates=tuple(sorted(measure_ids)[:3]))

    def _read(self, text: str) -> MeasureInText:
        plain = " ".join(text.split())[:400]
        if len(plain) < 2:
            return MeasureInText()
        reading = self._exact(plain)
        if reading.measure_id or reading.candidates:
            return reading
        stripped = _LEAD.sub("", plain)
        period, without = split_period(stripped)
        gender, without = split_gender(without)
        if period is None:
            period, without = split_period(without)
        for title in dict.fromkeys((stripped, without)):
            reading = self._exact(title)
            if reading.measure_id or reading.candidates:
                return self._beside(reading, title, stripped, gender, period)
        if id_found := KPI_ID.search(plain):
            kpi = id_found[1].upper()
            if measure := self._by_kpi.get(kpi) or (kpi if kpi in self._known.titles else ""):
                return MeasureInText(measure, self.name(measure), gender=gender, period=period)
        for title in dict.fromkeys((stripped, without)):
            reading = self._near(title)
            if reading.measure_id:
                return self._beside(reading, title, stripped, gender, period)
        return (
            replace(reading, gender=gender, period=period)
            if without
            else MeasureInText(gender=gender, period=period)
        )

    @staticmethod
    def _beside(
        reading: MeasureInText, used: str, whole: str, gender: Gender | None, period: PeriodInText | None
    ) -> MeasureInText:
        return reading if used == whole else replace(reading, gender=gender, period=period)

    def _exact(self, text: str) -> MeasureInText:
        if own := self._own_ids.get(normalise_text(text)):
            return MeasureInText(own, self.name(own))
        if text.strip().upper() in self._known.titles:
            return self._of_kpi(text.strip().upper())
        words = split_words(text)
        key = " ".join(words)
        for names in (self._own_names, self._titles.by_key):
            if ids := names.get(key, ()):
                return self._one_of(ids)
        if bare := _bare(words):
            for names in (self._own_bare, self._titles.by_bare):
                ids = tuple(
                    measure_id
                    for measure_id in names.get(bare, ())
                    if not _kinds_clash(words, self._all_words(measure_id))
                )
                if ids:
                    return self._one_of(ids)
        return MeasureInText()

    def _one_of(self, ids: tuple[str, ...]) -> MeasureInText:
        return self._of_kpi(ids[0]) if len(ids) == 1 else MeasureInText(candidates=ids[:3])

    def _all_words(self, measure_id: str) -> tuple[str, ...]:
        """The words of a measure's name and unit."""
        return (*split_words(self.name(measure_id)), *split_words(self.unit(measure_id) or ""))

    def _of_kpi(self, kpi_or_measure_id: str) -> MeasureInText:
        measure = self._by_kpi.get(kpi_or_measure_id, kpi_or_measure_id)
        return MeasureInText(measure, self.name(measure))

    def _near(self, text: str) -> MeasureInText:
        key = " ".join(split_words(text))
        if len(key) < 6 or self._searches >= MOST_NEAR_SEARCHES:
            return MeasureInText()
        self._searches += 1
        words = key.split()
        own = [
            (likeness, measure_id)
            for name, ids in self._own_names.items()
            for measure_id in ids
            if (likeness := _likeness(words, name.split(), is_own=True))
            and not _kinds_clash(words, self._all_words(measure_id))
        ]
        if own or len(words) < 2:
            return self._choice(own)
        near = process.extract(
            key, self._titles.keys, scorer=fuzz.token_sort_ratio, score_cutoff=LEAST_LIKENESS, limit=8
        )
        return self._choice(
            [
                (likeness, self._of_kpi(title_id).measure_id)
                for name, _, _ in near
                if (likeness := _likeness(words, name.split(), is_own=False))
                for title_id in self._titles.by_key[name]
            ]
        )

    def _choice(self, candidates: list[tuple[float, str]]) -> MeasureInText:
        best: dict[str, float] = {}
        for likeness, measure_id in candidates:
            best[measure_id] = max(best.get(measure_id, 0.0), likeness)
        order = sorted(best, key=lambda measure_id: (-best[measure_id], measure_id))
        if not order:
            return MeasureInText()
        rivals = [measure_id for measure_id in order if best[measure_id] > best[order[0]] - _CLOSE]
        if len(rivals) > 1:
            return MeasureInText(candidates=tuple(rivals[:3]))
        return MeasureInText(order[0], self.name(order[0]), best[order[0]])

    @cached_property
    def _own_ids(self) -> Mapping[str, str]:
        return {
            normalise_text(text): measure.id
            for measure in self._known.measures
            for text in (measure.variable_name, measure.id)
            if text
        }

    @cached_property
    def _own_names(self) -> Mapping[str, tuple[str, ...]]:
        return _ids_by(
            (" ".join(split_words(text)), measure.id)
            for measure in self._known.measures
            for text in (measure.definition.name, measure.variable_name.replace("_", " "))
        )

    @cached_property
    def _own_bare(self) -> Mapping[str, tuple[str, ...]]:
        return _ids_by(
            (_bare(split_words(measure.definition.name)), measure.id) for measure in self._known.measures
        )

    @cached_property
    def _by_kpi(self) -> Mapping[str, str]:
        return {
            measure.definition.expression: measure.id
            for measure in self._known.measures
            if measure.definition.source is MeasureSource.KPI
        }


@dataclass(frozen=True)
class _Titles:
    """Every KPI by all the words of its title, and by those that tell more than the unit."""

    by_key: Mapping[str, tuple[str, ...]]
    by_bare: Mapping[str, tuple[str, ...]]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.by_key)


@lru_cache(maxsize=4)
def _titles(titles: tuple[tuple[str, str], ...]) -> _Titles:
    """A title that ended KPIs share with a living one is the living one's."""
    living: list[tuple[str, str]] = []
    ended: list[tuple[str, str]] = []
    bare: list[tuple[str, str]] = []
    for measure_id, title in titles:
        words = split_words(without := _ENDED.sub("", title))
        (living if without == title else ended).append((" ".join(words), measure_id))
        bare.append((_bare(words), measure_id))
    return _Titles({**_ids_by(ended), **_ids_by(living)}, _ids_by(bare))


def _ids_by(named: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    ids: dict[str, dict[str, None]] = {}
    for key, measure_id in named:
        if key:
            ids.setdefault(key, {})[measure_id] = None
    return {key: tuple(ones) for key, ones in ids.items()}


def _bare(words: Iterable[str]) -> str:
    """The words without what only tells the unit, if enough is left to be sure."""
    left = [word for word in words if word not in _FILLING]
    return " ".join(left) if len(left) >= 2 else ""


def _likeness(words: list[str], name: list[str], *, is_own: bool) -> float:
    """How alike two names are, of 100; 0 where they may not be the same thing.

    A word that only the text has would make it another thing. A word of the name may be left out, one in three, where
    the name is one of the network's own, which are few.
    """
    if _numbers(words) != _numbers(name) or _kinds_clash(words, name):
        return 0.0
    here = Counter(word for word in words if word not in _FILLING)
    there = Counter(word for word in name if word not in _FILLING)
    common = sum((here & there).values())
    left, right = list((here - there).elements()), list((there - here).elements())
    for word in list(left):
        partner = max(right, key=lambda candidate: fuzz.ratio(word, candidate), default="")
        if partner and fuzz.ratio(word, partner) >= _WORD_LIKENESS:
            if _are_opposite(word, partner):
                return 0.0
            left.remove(word)
            right.remove(partner)
            common += 1
    most_left_out = common // 2 if is_own and common >= 2 else 0
    if not common or left or len(right) > most_left_out or _TURNING & set(right):
        return 0.0
    likeness = fuzz.token_sort_ratio(" ".join(words), " ".join(name))
    if is_own and not left and not right:
        return max(likeness, LEAST_LIKENESS)
    return likeness if likeness >= (LEAST_LIKENESS - 20.0 if is_own else LEAST_LIKENESS) else 0.0


def _kinds_clash(words: Iterable[str], name: Iterable[str]) -> bool:
    """Whether a share, a count and an amount are taken for each other, or a total for what is per inhabitant."""
    here, there = set(words), set(name)
    kinds_here = {kind for kind, signs in _KINDS.items() if signs & here}
    kinds_there = {kind for kind, signs in _KINDS.items() if signs & there}
    if kinds_here and kinds_there and not kinds_here & kinds_there:
        return True
    return bool(_HEADS & here) != bool(_HEADS & there) and bool(
        kinds_here or _HEADS & here or _LENGTHS & here
    )


def _numbers(words: list[str]) -> list[str]:
    return sorted(filter(_has_digit, words))


@lru_cache(maxsize=4096)
def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def _are_opposite(word: str, other: str) -> bool:
    shorter, longer = sorted((word, other), key=len)
    if any(longer == beginning + shorter for beginning in _OPPOSITE_BEGINNINGS):
        return True
    if any(
        word.startswith(a) and other.startswith(b) and word.removeprefix(a) == other.removeprefix(b)
        for a, b in (
            ("in", "ut"),
            ("ut", "in"),
            ("över", "under"),
            ("under", "över"),
            ("brutto", "netto"),
            ("netto", "brutto"),
        )
    ):
        return True
    return frozenset({word, other}) in _OPPOSITES
