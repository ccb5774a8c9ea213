"""The words of formulas: the functions with their Swedish and English names, and what a name may look like."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.message import to_translate


class Function(StrEnum):
    """By the English name."""

    MIN = "min"
    MAX = "max"
    MEAN = "mean"
    SUM = "sum"
    ABS = "abs"
    SHARE = "share"  # 100 × the first / the second
    PER_INHABITANT = "per_inhabitant"
    PER_1000_INHABITANTS = "per_1000_inhabitants"
    PER_100000_INHABITANTS = "per_100000_inhabitants"
    CHANGE = "change"  # since last year
    MOVING_MEAN = "moving_mean"  # over the last so many years
    FIRST_AVAILABLE = "first_available"


LETTERS: Final = "A-Za-zÅÄÖåäöÉéÜü"
NAME: Final = re.compile(rf"[{LETTERS}][{LETTERS}0-9_]*")  # of an own variable; a function's name is taken

KPI_ID: Final = re.compile(r"[NU]\d{5}", re.IGNORECASE)
INHABITANTS_ID: Final = "N01951"  # what "per inhabitant" divides by unless something else is given
MOST_YEARS: Final = 10  # of a moving mean: longer hides what happens

PER_INHABITANTS: Final[Mapping[Function, int]] = MappingProxyType(
    {
        Function.PER_INHABITANT: 1,
        Function.PER_1000_INHABITANTS: 1_000,
        Function.PER_100000_INHABITANTS: 100_000,
    }
)

# The first Swedish name is the one that is written out.
SWEDISH_NAMES: Final[Mapping[Function, tuple[str, ...]]] = MappingProxyType(
    {
        Function.MIN: ("min",),
        Function.MAX: ("max",),
        Function.MEAN: ("medel",),
        Function.SUM: ("summa",),
        Function.ABS: ("abs", "belopp"),
        Function.SHARE: ("andel",),
        Function.PER_INHABITANT: ("per_invånare",),
        Function.PER_1000_INHABITANTS: ("per_1000_invånare", "per_1000"),
        Function.PER_100000_INHABITANTS: ("per_100000_invånare", "per_100000"),
        Function.CHANGE: ("förändring",),
        Function.MOVING_MEAN: ("glidande_medel",),
        Function.FIRST_AVAILABLE: ("första", "första_tillgängliga"),
    }
)
BY_NAME: Final[Mapping[str, Function]] = MappingProxyType(
    {name: function for function, names in SWEDISH_NAMES.items() for name in names}
    | {function.value: function for function in Function}
)

# Fewest and most arguments; `None` means as many as fit.
ARGUMENTS: Final[Mapping[Function, tuple[int, int | None]]] = MappingProxyType(
    {
        Function.MIN: (2, None),
        Function.MAX: (2, None),
        Function.MEAN: (2, None),
        Function.SUM: (2, None),
        Function.ABS: (1, 1),
        Function.SHARE: (2, 2),
        Function.PER_INHABITANT: (1, 2),
        Function.PER_1000_INHABITANTS: (1, 2),
        Function.PER_100000_INHABITANTS: (1, 2),
        Function.CHANGE: (1, 1),
        Function.MOVING_MEAN: (2, 2),
        Function.FIRST_AVAILABLE: (2, None),
    }
)

# How each is written, with Swedish names, and what it gives.
EXPLAINED: Final[Mapping[Function, tuple[str, str]]] = MappingProxyType(
    {
        Function.MIN: ("min(a; b; …)", to_translate("det minsta av värdena")),
        Function.MAX: ("max(a; b; …)", to_translate("det största av värdena")),
        Function.MEAN: ("medel(a; b; …)", to_translate("medelvärdet")),
        Function.SUM: ("summa(a; b; …)", to_translate("summan")),
        Function.ABS: ("abs(a)", to_translate("värdet utan minustecken")),
        Function.SHARE: ("andel(del; helhet)", to_translate("delens andel av helheten i procent")),
        Function.PER_INHABITANT: (
            "per_invånare(a)",
            to_translate(
                "värdet delat med antalet invånare, eller med ett annat antal: per_invånare(a; antal)"
            ),
        ),
        Function.PER_1000_INHABITANTS: ("per_1000_invånare(a)", to_translate("värdet per 1 000 invånare")),
        Function.PER_100000_INHABITANTS: (
            "per_100000_invånare(a)",
            to_translate("värdet per 100 000 invånare"),
        ),
        Function.CHANGE: (
            "förändring(a)",
            to_translate("ändringen sedan förra året, aldrig över ett brott i serien"),
        ),
        Function.MOVING_MEAN: (
            "glidande_medel(a; 3)",
            to_translate("medelvärdet av de senaste åren, när alla har värden och serien inte bryts"),
        ),
        Function.FIRST_AVAILABLE: ("första(a; b; …)", to_translate("det första som har ett värde")),
    }
)
