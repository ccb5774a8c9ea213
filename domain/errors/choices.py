"""What is asked for is unknown, unreadable or without values."""

from domain.errors.user_error import UserError
from domain.message import to_translate


class UnknownPlaceError(UserError):
    text = to_translate("Det finns ingen kommun eller region med koden eller namnet ”{place}”.{suggestion}")


class UnknownMeasureError(UserError):
    text = to_translate("Det finns inget mått med beteckningen ”{measure}”.{suggestion}")


class UnknownSetError(UserError):
    text = to_translate("Det finns ingen måttsamling som heter ”{name}”.{suggestion}")


class UnknownGroupError(UserError):
    text = to_translate(
        "Gruppen ”{group}” går inte att tolka.{suggestion} Skriv till exempel codes:0126,0127 eller "
        "network:Södertörn eller kolada:G96274 eller county:01 eller skr:Storstäder eller similar:0127 eller all."
    )


class UnreadableChoiceError(UserError):
    """A choice on the command line or in the address that cannot be read."""

    text = to_translate("”{value}” går inte att läsa som {kind}. {hint}")


class UnreadablePeriodError(UserError):
    text = to_translate(
        "”{period}” är ingen period. Skriv till exempel 2023, 2023-VT, 2023-Q1 eller 2023-05."
    )


class YearWithoutValuesError(UserError):
    text = to_translate("Måttet {measure} har inga värden för {year}. Det finns värden för {years}.")


class MeasureWithoutValuesError(UserError):
    text = to_translate("Måttet {measure} finns i Koladas katalog men inga värden är hämtade.")


class OwnMeasureWithoutValuesError(UserError):
    text = to_translate(
        "Måttet {measure} har inga värden ännu: ingen har värden för allt som det räknas ut ur ({inputs})."
    )


class NothingReportedError(OwnMeasureWithoutValuesError):
    text = to_translate("Ingen medlem har rapporterat något värde för måttet {measure} ännu.")


class NotDividedByGenderError(UserError):
    text = to_translate("Måttet {measure} är inte uppdelat på kvinnor och män. Välj totalt.")


class NothingKnownThenError(UserError):
    text = to_translate("Inga värden var kända {as_of}. Det första som lästes in blev känt {first}.")


class UnusableGroupError(UserError):
    """A group is known and cannot be compared."""

    TOO_SMALL = to_translate("En jämförelse behöver minst två kommuner. Gruppen ”{group}” har {size}.")
    REPEATED_MEMBER = to_translate("{place} står mer än en gång i gruppen ”{group}”.")
    MIXED = to_translate(
        "Kommuner och regioner jämförs var för sig, men gruppen ”{group}” blandar dem: {places}."
    )
    NATION = to_translate("Riket är ingen medlem i en grupp. Rikets värde visas alltid bredvid jämförelsen.")
    WITHOUT_FOCUS = to_translate(
        "{place} ingår inte i gruppen ”{group}”. Välj en grupp där kommunen är med, eller lägg till den."
    )


class SimilarityError(UserError):
    """The variables or weights that places are likened by do not do."""

    WEIGHT_COUNT = to_translate("{variables} variabler behöver lika många vikter, men här är {weights}.")
    UNUSABLE_WEIGHT = to_translate(
        "”{weight}” går inte att använda som vikt. Skriv tal från 0 och uppåt, minst ett större än 0."
    )
    REPEATED_VARIABLE = to_translate(
        "Variabeln {variable} står mer än en gång. Ge den i stället en större vikt."
    )
    TOO_LITTLE_KNOWN = to_translate(
        "För {place} finns värden för bara {share} % av vikten. Minst {least} % behövs: välj andra variabler eller vikter."
    )
    NATION = to_translate("Riket liknar ingen kommun eller region. Välj en av dem.")
