"""What is wrong in a formula."""

from domain.errors.user_error import UserError
from domain.message import to_translate


class FormulaError(UserError):
    """What is wrong in a formula and where: `position` counts characters from 1."""

    text = to_translate("Tecken {position}: {problem}{suggestion}")


class UnitError(UserError):
    """The units in a formula do not go together."""

    CLASH = to_translate(
        "{left} och {right} går inte att lägga ihop, dra ifrån varandra eller jämföra.{hint}"
    )
    NOT_COUNTED = to_translate("Det som räknas per invånare delas med ett antal, men {unit} är inget antal.")
    NO_AMOUNT = to_translate(
        "{unit} går inte att räkna per invånare. Det gör bara mängder: kronor, antal, ton och liknande."
    )
    DOUBLED_DIVISION = to_translate("{unit} är redan räknat per {per}.")
