"""The outcomes of judging aims and evidence, without words: `language/evidence_reasons.py` has the text of each."""

from enum import Enum, auto


class AimReason(Enum):
    """Why an aim has the outcome that it has."""

    NO_START = auto()
    NOTHING_BEFORE = auto()
    AIM_BEFORE_START = auto()
    NOT_YET = auto()
    NOTHING_AFTER = auto()
    BROKEN = auto()
    VALUE_MISSING = auto()
    VALUE_SUPPRESSED = auto()
    VALUE_NOT_APPLICABLE = auto()
    VALUE_NOT_REPORTED = auto()
    AS_FAR_AS_WANTED = auto()
    PART = auto()
    NOT_HALFWAY = auto()
    OTHER_WAY = auto()
    UNCHANGED = auto()
    MORE_THAN_USUAL = auto()
    AS_USUAL = auto()


class EvidenceReason(Enum):
    """Why the evidence is at its level, and what would change that."""

    NO_START = auto()
    NOTHING_AFTER = auto()
    NOTHING_BEFORE = auto()
    BEFORE_AND_AFTER = auto()
    ONLY_ITSELF = auto()
    COMPARED = auto()
    DESIGNS_DIFFER = auto()
    SURVIVED = auto()
    REPEATED = auto()
    OTHER_FIGURES = auto()
    A_START = auto()
    VALUES_AFTER = auto()
    VALUES_BEFORE = auto()
    ESTIMATE = auto()
    STRONGER = auto()
    ANOTHER = auto()
    FALLS = auto()
