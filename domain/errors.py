"""What can go wrong for a person, said so that the person can mend it.

Every class here is shown without a traceback. The text is Swedish and is the key of the translation; the
values are filled in after translating. Any other exception is a defect and belongs in the log.
"""

from collections.abc import Callable

from domain.wording import to_translate


class PersonalError(Exception):
    """Base of the errors that are meant for a person.

    `text` is a Swedish sentence with `{named}` places, `values` fills them. Subclasses set `text` and name
    their values as keyword arguments.
    """

    text = to_translate("Något gick fel.")

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.message())

    def message(self, translate: Callable[[str], str] = lambda text: text) -> str:
        """The sentence in the language of `translate`, a gettext function."""
        return translate(self.text).format(**self.values)


class UnknownPlaceError(PersonalError):
    text = to_translate("Det finns ingen kommun eller region med koden eller namnet ”{place}”.{suggestion}")


class UnknownMeasureError(PersonalError):
    text = to_translate("Det finns inget mått med beteckningen ”{measure}”.{suggestion}")


class UnknownSetError(PersonalError):
    text = to_translate("Det finns ingen måttsamling som heter ”{name}”.{suggestion}")


class UnknownGroupError(PersonalError):
    text = to_translate(
        "Gruppen ”{group}” går inte att tolka.{suggestion} Skriv till exempel codes:0126,0127 eller "
        "kolada:G96274 eller county:01 eller skr:Storstäder eller similar:0127 eller all."
    )


class GroupTooSmallError(PersonalError):
    text = to_translate("En jämförelse behöver minst två kommuner. Gruppen ”{group}” har {size}.")


class FocusOutsideGroupError(PersonalError):
    text = to_translate("{place} ingår inte i gruppen ”{group}”. Välj en grupp där kommunen är med, eller lägg till den.")


class YearWithoutValuesError(PersonalError):
    text = to_translate("Måttet {measure} har inga värden för {year}. Det finns värden för {years}.")


class MeasureWithoutValuesError(PersonalError):
    text = to_translate(
        "Måttet {measure} finns i Koladas katalog men inga värden är hämtade. "
        "Hämta dem med: jamfor kolada sync --kpi {measure}"
    )


class NothingKeptError(PersonalError):
    text = to_translate(
        "Här finns inga värden ännu. Hämta riktiga värden med ”jamfor kolada sync” eller "
        "skapa påhittade demonstrationsvärden med ”jamfor demo”."
    )


class NothingKnownThenError(PersonalError):
    text = to_translate("Inga värden var kända {as_of}. Det första som lästes in blev känt {first}.")


class UnreadableChoiceError(PersonalError):
    """A choice on the command line or in the address that cannot be read."""

    text = to_translate("”{value}” går inte att läsa som {kind}. {hint}")
