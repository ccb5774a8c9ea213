"""Why a cell of an uploaded file could not be understood."""

from enum import StrEnum


class Problem(StrEnum):
    """Why a cell could not be understood. Such a row has neither a value nor a reason."""

    NONE = ""
    NOT_A_NUMBER = "not_a_number"
    ERROR_CELL = "error_cell"
    FORMULA_WITHOUT_RESULT = "formula_without_result"
    UNKNOWN_PLACE = "unknown_place"
    UNKNOWN_PERIOD = "unknown_period"
    UNKNOWN_GENDER = "unknown_gender"
    NUMBER_AND_REASON = "number_and_reason"
