"""A value is a number or a reason why there is none; zero is a number."""

from enum import StrEnum


class Gender(StrEnum):
    """Whom a value is about. The letters are Kolada's."""

    TOTAL = "T"
    WOMEN = "K"
    MEN = "M"


class NoValueReason(StrEnum):
    """Why a reported value holds no number. Kept in the store beside the empty number."""

    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"


class Status(StrEnum):
    """The status of one member in a comparison: a number, a reason, or that nothing was ever reported."""

    OK = "ok"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"
    NOT_REPORTED = "not_reported"
