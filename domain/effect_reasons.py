"""The outcomes of estimating an effect, without words: `language/effect_reasons.py` has the text of each."""

from enum import Enum, auto


class Refusal(Enum):
    """Why no number is given for an effect."""

    NO_VALUES = auto()
    NONE_AFTER = auto()
    TOO_FEW_BEFORE = auto()
    ONLY_DIFFERENCES = auto()
    TOO_FEW_FOR_A_LINE = auto()
    HOLES = auto()
    CONSTANT = auto()
    BREAK = auto()
    SEVERAL_STARTS = auto()
    TOO_FEW_DONORS = auto()
    POOR_FIT = auto()


class LeftOut(Enum):
    """Why somebody is not compared with."""

    HAS_GAPS = auto()
    IS_CONSTANT = auto()
    FROM_TO = auto()
    TREATED_SERIES = auto()


class EffectMethod(Enum):
    """One step of how an effect was estimated."""

    WINDOW = auto()
    STARTS = auto()
    DONORS = auto()
    MEAN_OF_TREATED = auto()


class CheckResult(Enum):
    """What a check of an effect showed."""

    WITHOUT_BADLY_FITTING = auto()
    TOO_FEW_FIT = auto()
    ERROR_RATIO = auto()
    FITTED_BY_CHANCE = auto()
    WITH_NOT_YET_TREATED = auto()
    LEAVING_ONE_DONOR_OUT = auto()
    PERMUTATION = auto()
    TOO_FEW_TO_PERMUTE = auto()
    FALSE_START = auto()
    TOO_SHORT_FOR_A_FALSE_START = auto()
    SEVERAL_WEIGHTS = auto()
    TREND_BEFORE = auto()
    INTERVAL = auto()
    SEGMENTS = auto()
    NOBODY_COMPARED = auto()
