"""What a computed figure is counted in: units multiply, divide and cancel as their numbers do.

A unit is a product of words to whole powers: kr/inv is kr¹·inv⁻¹. Numbers are never converted; they are computed as they are
written, and the unit follows. So kr and tkr cannot be added, but tkr × 1 000 is kr, kr/inv ÷ 1 000 is tkr/inv, and a part of its
own kind × 100 is %.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final, Self

from domain.errors.formulas import UnitError
from domain.message import Message, to_translate
from domain.unit import THOUSANDS, tidy_unit

PERCENT: Final = "%"
PERCENTAGE_POINTS: Final = "procentenheter"
COUNT: Final = "antal"  # of whatever the measure counts

_MONEY: Final = MappingProxyType({"kr": 1, "tkr": 1_000, "mnkr": 1_000_000, "mdkr": 1_000_000_000})
_SHARES: Final = MappingProxyType({PERCENT: Fraction(1, 100), "‰": Fraction(1, 1_000)})
_BASES: Final = (1, 100, 1_000, 10_000, 100_000, 1_000_000)  # per so many
_NOT_AMOUNTS: Final = frozenset(
    {PERCENT, "‰", PERCENTAGE_POINTS, "index", "kod", "poäng", "medelvärde", "medelbetyg", "balanstal"}
)

# What can be counted, one and many. Sums of different kinds are just a number of things.
_NOUNS: Final = MappingProxyType(
    {
        COUNT: COUNT,
        "inv": "inv",
        "barn": "barn",
        "lärare": "lärare",
        "förskollärare": "förskollärare",
        "brukare": "brukare",
    }
    | {
        "hushåll": "hushåll",
        "årsarbetare": "årsarbetare",
        "mottagare": "mottagare",
        "deltagare": "deltagare",
        "man": "män",
    }
    | {
        "person": "personer",
        "elev": "elever",
        "plats": "platser",
        "ärende": "ärenden",
        "anställd": "anställda",
    }
    | {"individ": "individer", "lägenhet": "lägenheter", "bostad": "bostäder", "sysselsatt": "sysselsatta"}
    | {
        "patient": "patienter",
        "kvinna": "kvinnor",
        "besök": "besök",
        "företag": "företag",
        "biståndsmottagare": "biståndsmottagare",
    }
    | {
        "hemtjänsttagare": "hemtjänsttagare",
        "kursdeltagare": "kursdeltagare",
        "ansökan": "ansökningar",
        "anmälan": "anmälningar",
    }
)
_SINGULAR: Final = MappingProxyType(
    {many: singular for singular, many in _NOUNS.items()} | {"invånare": "inv", "st": COUNT}
)
_SCALED: Final = re.compile(r"^(?P<base>\d[\d ]*)(?: (?P<kind>.+))?$")
_AGES: Final = re.compile(r"^invånare (?P<ages>\d+(?:-\d+ år|\+))", re.IGNORECASE)
_RAISED: Final = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True, slots=True)
class Unit:
    """Words to whole powers, in the order in which they are written. Equal whatever the order.

    `is_written`: a number that is written in the formula itself and takes the unit of what it is added to.
    """

    powers: frozenset[tuple[str, int]] = frozenset()
    is_written: bool = False

    @classmethod
    def read(cls, text: str, title: str = "") -> Self:
        """A unit as Swedes write it: "kr/inv", "per 1 000 inv 0-18 år", "%", "tkr per elev", or "" for none.

        Of a plain count the title's first word says what is counted: "Invånare 80+, antal" is inv 80+.
        """
        plain = tidy_unit(text).replace(THOUSANDS, " ").strip()
        above, below = _split(plain)
        if above == [COUNT] and not below:
            above = [_find_counted_noun(title)]
        return cls(
            _product({}, [(_singular(word), 1) for word in above] + [(_singular(word), -1) for word in below])
        )

    def __str__(self) -> str:
        above = [(word, power) for word, power in sorted(self.powers) if power > 0]
        below = [(word, -power) for word, power in sorted(self.powers) if power < 0]
        if not below:
            return "·".join(_many(word) + _format_power(power) for word, power in above)
        divisor = "·".join(_beneath(word) + _format_power(power) for word, power in below)
        if above in ([], [(COUNT, 1)]):
            text = f"per {divisor}"
        else:
            dividend = "·".join(_many(word) + _format_power(power) for word, power in above)
            is_scaled = any(_SCALED.match(word) for word, _ in below)
            text = (
                f"{dividend} per {divisor}"
                if is_scaled
                else f"{dividend}/{f'({divisor})' if len(below) > 1 else divisor}"
            )
        return re.sub(r"(\d) (000)(?=\D|$)", rf"\1{THOUSANDS}\2", text)

    @property
    def is_amount(self) -> bool:
        """Whether several members' numbers add up to their sum: money, persons, tonnes; never a share or an index."""
        return len(self.powers) == 1 and all(
            power == 1 and word not in _NOT_AMOUNTS for word, power in self.powers
        )

    @property
    def is_count(self) -> bool:
        """Whether it is a number of persons or things."""
        return len(self.powers) == 1 and all(power == 1 and _is_counted(word) for word, power in self.powers)

    # What formulas do

    def together_with(self, other: "Unit") -> "Unit":
        """The unit of a sum, a mean or the larger of two. Raises `UnitError` naming both."""
        if self.is_written or self.powers == other.powers:
            return other
        if other.is_written:
            return self
        if {self, other} <= {_PERCENT, _POINTS}:
            return _PERCENT
        if self.is_count and other.is_count:
            kinds = {_noun(word) for unit in (self, other) for word, _ in unit.powers}
            return Unit(frozenset({(kinds.pop() if len(kinds) == 1 else COUNT, 1)}))
        raise UnitError(UnitError.CLASH, left=self.in_words, right=other.in_words, hint=_hint(self, other))

    def less(self, other: "Unit") -> "Unit":
        """The unit of a difference: that of a sum, but % less % is percentage points."""
        return _POINTS if self == other == _PERCENT else self.together_with(other)

    @property
    def changed(self) -> "Unit":
        """The unit of a change from one year to another."""
        return _POINTS if self == _PERCENT else self

    def times(self, other: "Unit") -> "Unit":
        """The unit of a product."""
        return self._combine_with(other, 1)

    def over(self, other: "Unit") -> "Unit":
        """The unit of a quotient."""
        return self._combine_with(other, -1)

    def share_of(self, other: "Unit") -> "Unit":
        """Always %. Raises `UnitError` unless the one can be a part of the other."""
        self.together_with(other)
        return _PERCENT

    def per(self, counted: "Unit", base: int = 1) -> "Unit":
        """The unit per so many of what is counted.

        Raises `UnitError`, and `UnitError` for a share or an index.
        """
        if not counted.is_count:
            raise UnitError(UnitError.NOT_COUNTED, unit=counted.in_words)
        ((word, _),) = counted.powers
        if any(power < 0 and _base_of(mine)[0] == word for mine, power in self.powers):
            raise UnitError(UnitError.DOUBLED_DIVISION, unit=self.in_words, per=word)
        if any(mine in _NOT_AMOUNTS for mine, _ in self.powers):
            raise UnitError(UnitError.NO_AMOUNT, unit=self.in_words)
        above = Unit(frozenset({(COUNT, 1)})) if self.is_written else self
        return above.over(Unit(frozenset({(_scale_word(base, word), 1)})))

    def multiplied_by(self, number: float | Fraction) -> "Unit":
        """The unit after multiplying by a written number: another size of the same unit where there is one, else itself."""
        if self.is_written or number <= 0:
            return self
        factor = Fraction(number).limit_denominator(1_000_000_000)
        if not self.powers or self._is_part_of_its_kind:
            sizes = _SHARES if not self.powers else {PERCENT: _SHARES[PERCENT]}
            for word, size in sizes.items():
                if size * factor == 1:
                    return Unit(frozenset({(word, 1)}))
        for word, power in sorted(self.powers, key=_conversion_order):
            if abs(power) == 1 and (other := _resize_word(word, power, factor)) is not None:
                return Unit(
                    _product(dict(self.powers), [(word, -power), *([(other, power)] if other else [])])
                )
        return self

    @property
    def in_words(self) -> Message | str:
        """The unit as words for a sentence, also where there is none."""
        return str(self) or Message(to_translate("tal utan enhet"))

    @property
    def _is_part_of_its_kind(self) -> bool:
        words = {power: word for word, power in self.powers}
        are_counted = (
            len(self.powers) == 2 and set(words) == {1, -1} and all(map(_is_counted, words.values()))
        )
        return are_counted and _noun(words[1]) == _noun(words[-1])

    def _combine_with(self, other: "Unit", sign: int) -> "Unit":
        mine, others = ({_POINTS: _PERCENT}.get(unit, unit).powers for unit in (self, other))
        powers = _product(dict(mine), [(word, sign * power) for word, power in others])
        return Unit(powers, is_written=self.is_written and other.is_written)


WRITTEN_NUMBER: Final = Unit(is_written=True)
INHABITANTS: Final = Unit(frozenset({("inv", 1)}))
_PERCENT: Final = Unit(frozenset({(PERCENT, 1)}))
_POINTS: Final = Unit(frozenset({(PERCENTAGE_POINTS, 1)}))


def _product(powers: Mapping[str, int], more: Iterable[tuple[str, int]]) -> frozenset[tuple[str, int]]:
    total = dict(powers)
    for word, power in more:
        total[word] = total.get(word, 0) + power
    return frozenset((word, power) for word, power in total.items() if word and power)


def _split(plain: str) -> tuple[list[str], list[str]]:
    """The words above the line and those below it."""
    if not plain:
        return [], []
    if plain.startswith("per "):
        return [COUNT], _factors(plain.removeprefix("per "))
    above, *below = re.split(r"/| per ", plain)
    return _factors(above), [word for part in below for word in _factors(part)]


def _factors(text: str) -> list[str]:
    return [word.strip() for word in text.strip("()").split("·") if word.strip()]


def _singular(word: str) -> str:
    """The word for one of it, with the kind that follows it: elever i åk 9 → elev i åk 9."""
    scaled = _SCALED.match(word)
    if scaled:
        return _scale_word(
            int(scaled["base"].replace(" ", "")), _singular(scaled["kind"]) if scaled["kind"] else ""
        )
    first, space, rest = word.partition(" ")
    return _SINGULAR.get(first.casefold(), first) + space + rest


def _many(word: str) -> str:
    first, space, rest = word.partition(" ")
    return _NOUNS.get(first, first) + space + rest


def _beneath(word: str) -> str:
    """As it stands below the line: kr/st, kr/elev, but per 1 000 kvinnor."""
    scaled = _SCALED.match(word)
    if scaled and scaled["kind"]:
        return f"{scaled['base']} {_many(scaled['kind'])}"
    return "st" if word == COUNT else word


def _find_counted_noun(title: str) -> str:
    if ages := _AGES.match(title):
        return f"inv {ages['ages']}"
    return _SINGULAR.get((title.split() or [""])[0].strip(",").casefold(), COUNT)


def _noun(word: str) -> str:
    return word.partition(" ")[0]


def _is_counted(word: str) -> bool:
    return _noun(word) in _NOUNS or word.endswith(" inv")


def _scale_word(base: int, word: str) -> str:
    return word if base == 1 else f"{base:,} {word}".replace(",", " ").strip()


def _base_of(word: str) -> tuple[str, Fraction]:
    """What a word counts in the end, and how many of that one of it is: tkr → kr, 1 000; 1 000 inv → inv, 1 000."""
    if word in _MONEY:
        return "kr", Fraction(_MONEY[word])
    if word in _SHARES:
        return "", _SHARES[word]
    scaled = _SCALED.match(word)
    return (
        (scaled["kind"] or "", Fraction(scaled["base"].replace(" ", ""))) if scaled else (word, Fraction(1))
    )


def _conversion_order(word_and_power: tuple[str, int]) -> tuple[int, str]:
    """Shares are converted before money, and money before what it is divided by."""
    word, power = word_and_power
    return (0 if word in _SHARES else 1 if word in _MONEY and power > 0 else 2), word


def _resize_word(word: str, power: int, factor: Fraction) -> str | None:
    """The size of the same unit in which the number is `factor` times as large; "" where it cancels out, `None` if none."""
    kind, size = _base_of(word)
    expected_size = size / factor if power > 0 else size * factor
    if expected_size == size:
        return None
    if word in _SHARES:
        return "" if expected_size == 1 else None
    if word in _MONEY:
        return next((currency for currency, its_size in _MONEY.items() if its_size == expected_size), None)
    is_base = power < 0 and _is_counted(kind) and expected_size in _BASES
    return _scale_word(int(expected_size), kind) if is_base else None


def _hint(first: Unit, other: Unit) -> Message | str:
    """How to mend two sizes of the same unit."""
    kinds = [sorted((_base_of(word)[0], power) for word, power in unit.powers) for unit in (first, other)]
    if not first.powers or kinds[0] != kinds[1]:
        return ""
    sizes: list[Fraction] = []
    for unit in (first, other):
        size = Fraction(1)
        for word, power in unit.powers:
            size *= _base_of(word)[1] ** power
        sizes.append(size)
    small, large, factor = (
        (first, other, sizes[1] / sizes[0]) if sizes[0] < sizes[1] else (other, first, sizes[0] / sizes[1])
    )
    text = to_translate(" Multiplicera det som är i {large} med {factor}, så blir det {small}.")
    return Message(
        text, large=str(large), factor=f"{int(factor):,}".replace(",", THOUSANDS), small=str(small)
    )


def _format_power(power: int) -> str:
    return "" if power == 1 else str(power).translate(_RAISED)
