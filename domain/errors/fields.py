"""What people write in fields, names and definition files."""

from domain.errors.user_error import UserError
from domain.message import to_translate


class FieldError(UserError):
    """A field cannot hold what was given for it."""

    EMPTY = to_translate("Fältet ”{field}” är tomt. Fyll i det.")
    TOO_LONG = to_translate("Fältet ”{field}” har {length} tecken. Det får ha högst {longest}.")
    UNKEEPABLE_CHARACTER = to_translate(
        "Fältet ”{field}” innehåller ett tecken som inte går att spara (tecken {position})."
    )
    OUT_OF_RANGE = to_translate("Fältet ”{field}” är {number}. Det ska vara från {lowest} till {highest}.")


class UnusableNameError(UserError):
    """A name, id or variable name cannot be used."""

    WITHOUT_LETTERS = to_translate(
        "Namnet ”{name}” saknar bokstäver mellan a och ö och siffror. Välj ett namn som har några."
    )
    ID = to_translate(
        "Beteckningen ”{id}” går inte att använda. Den ska ha högst {longest} små bokstäver från a till z, siffror och "
        "bindestreck, och inte likna ett nyckeltals beteckning."
    )
    VARIABLE = to_translate(
        "”{name}” går inte att använda som variabelnamn. Det ska börja med en bokstav, bara ha bokstäver, siffror och "
        "understreck, inte likna ett nyckeltals beteckning och inte heta som en funktion i formler."
    )


class UnreadableDefinitionError(UserError):
    text = to_translate("Rad {line} i {file}: {problem}.{hint}")
