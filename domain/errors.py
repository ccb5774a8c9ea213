"""What can go wrong for a person, said so that the person can mend it.

Every class here is shown without a traceback. The text is Swedish and is the key of the translation; the
values are filled in after translating. Any other exception is a defect and belongs in the log.
"""

from domain.message import Message, Value, source_text, to_translate


class UserError(Exception):
    """Base of the errors that are meant for a person.

    `text` is a Swedish sentence with `{named}` places, `values` fills them. Subclasses set `text` and name
    their values as keyword arguments.
    """

    text = to_translate("Något gick fel.")

    def __init__(self, **values: object) -> None:
        super().__init__()
        self.values = values

    @property
    def message(self) -> Message:
        """What is rendered in the reader's language; what is no value of a message is written as it is."""
        return Message(
            self.text,
            **{
                name: value if isinstance(value, Value) else str(value) for name, value in self.values.items()
            },
        )

    def __str__(self) -> str:
        return source_text(self.message)


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


class GroupTooSmallError(UserError):
    text = to_translate("En jämförelse behöver minst två kommuner. Gruppen ”{group}” har {size}.")


class FocusOutsideGroupError(UserError):
    text = to_translate(
        "{place} ingår inte i gruppen ”{group}”. Välj en grupp där kommunen är med, eller lägg till den."
    )


class YearWithoutValuesError(UserError):
    text = to_translate("Måttet {measure} har inga värden för {year}. Det finns värden för {years}.")


class MeasureWithoutValuesError(UserError):
    text = to_translate("Måttet {measure} finns i Koladas katalog men inga värden är hämtade.")


class NothingKeptError(UserError):
    text = to_translate("Här finns inga värden ännu.")


class NothingKnownThenError(UserError):
    text = to_translate("Inga värden var kända {as_of}. Det första som lästes in blev känt {first}.")


class UnreadableChoiceError(UserError):
    """A choice on the command line or in the address that cannot be read."""

    text = to_translate("”{value}” går inte att läsa som {kind}. {hint}")


class UnreadableSettingError(UserError):
    text = to_translate("Inställningen {name} går inte att läsa. {hint}")


class HomeNotWritableError(UserError):
    text = to_translate("Det går inte att skriva i mappen {folder} ({reason}).")


class DiskFullError(UserError):
    text = to_translate(
        "Disken är full. Det som var sparat i {folder} är orört. Frigör utrymme och försök igen."
    )


class StoreUnreachableError(UserError):
    text = to_translate("Lagret för värden går inte att nå ({place}): {reason}")


class WorkspaceUnreachableError(UserError):
    text = to_translate("Databasen för arbetsytan går inte att nå ({place}): {reason}")


class StoreTooNewError(UserError):
    text = to_translate(
        "Det som är sparat i {place} är skrivet av en nyare version av programmet ({kept}, den här klarar {known}). "
        "Uppdatera programmet."
    )


class AnotherRunError(UserError):
    text = to_translate(
        "En annan inläsning pågår sedan {since} (process {pid}). Vänta tills den är klar och försök sedan igen."
    )


class ContractError(UserError):
    """What was to be kept breaks the contract of its table; nothing of it was kept."""

    text = to_translate("{table} sparades inte, eftersom innehållet bryter mot reglerna: {failures}")


class RepeatedMemberError(UserError):
    text = to_translate("{place} står mer än en gång i gruppen ”{group}”.")


class MixedGroupError(UserError):
    text = to_translate(
        "Kommuner och regioner jämförs var för sig, men gruppen ”{group}” blandar dem: {places}."
    )


class NationInGroupError(UserError):
    text = to_translate("Riket är ingen medlem i en grupp. Rikets värde visas alltid bredvid jämförelsen.")


class NotDividedByGenderError(UserError):
    text = to_translate("Måttet {measure} är inte uppdelat på kvinnor och män. Välj totalt.")


class UnreadableBordersError(UserError):
    text = to_translate("Filen {path} går inte att läsa som kommungränser. {reason}")


class SourceUnreachableError(UserError):
    text = to_translate("Det går inte att nå {url} ({reason}). Inget är ändrat.")


class SourceRefusedError(UserError):
    text = to_translate("Källan avvisade frågan {url} med svaret {status}: {detail}. Inget är ändrat.")


class SourceAnswersWronglyError(UserError):
    text = to_translate(
        "Källan svarade fel {attempts} gånger i rad på {url} (senast: {reason}). Inget är ändrat."
    )


class UnreadableAnswerError(UserError):
    text = to_translate(
        "Svaret på {url} har inte den form som väntades ({reason}). Inget är ändrat. Källan kan ha ändrat sitt format."
    )


class EmptyAnswerError(UserError):
    text = to_translate(
        "Källan svarade utan en enda rad på {what}. Inget är ändrat. Så svarar den också på en fråga som den inte "
        "förstår: kontrollera nyckeltal, kommuner och år."
    )


class UnrequestedRowsError(UserError):
    text = to_translate(
        "Källan svarade med {count} rader som ingen frågade efter, till exempel {examples}. Inget är ändrat."
    )


class UnknownStatusError(UserError):
    text = to_translate(
        "Källan använder statusen ”{status}”, som inte är känd, till exempel för {example}. Inget är ändrat. "
        "Lägg till vad den betyder innan värdena hämtas igen."
    )


class ContradictingRowsError(UserError):
    text = to_translate(
        "Källan gav samma cell två olika värden i {count} fall, till exempel {examples}. Inget är ändrat."
    )


class CorrectionOutdatedError(UserError):
    text = to_translate(
        "Rättelsen {correction} av {kpi} väntar sig en median mellan {low} och {high}, men den är nu {median}. Inget är ändrat."
    )


class UnreadableRawPagesError(UserError):
    text = to_translate("En hämtad sida har skadats på disken ({path}). Inget är ändrat.")


# People, networks and their measures


class NotAllowedError(UserError):
    text = to_translate("{person} har inte rätt att {action}. Det som skulle ändras är oförändrat.")


class NetworkSizeError(UserError):
    text = to_translate(
        "Ett nätverk har {smallest} till {largest} medlemmar. {network} skulle få {size}. Lägg till eller ta bort "
        "kommuner, eller ange till vilken dag nätverket är under bildande."
    )


class AlreadyMemberError(UserError):
    text = to_translate("{place} är redan medlem i {network} den dagen.")


class NotMemberError(UserError):
    text = to_translate("{place} är inte medlem i {network}.")


class MembershipEndsBeforeItBeginsError(UserError):
    text = to_translate("{place} gick med {from_day} och kan inte lämna före den dagen.")


class UnknownNetworkError(UserError):
    text = to_translate("Det finns inget nätverk som heter ”{network}”.{suggestion}")


class OwnMeasureWithoutValuesError(UserError):
    text = to_translate(
        "Måttet {measure} har inga värden ännu: ingen har värden för allt som det räknas ut ur ({inputs})."
    )


class NothingReportedError(OwnMeasureWithoutValuesError):
    text = to_translate("Ingen medlem har rapporterat något värde för måttet {measure} ännu.")


class NameTakenError(UserError):
    text = to_translate("Namnet ”{name}” är upptaget. Välj ett annat.")


class MeasureLifeError(UserError):
    text = to_translate(
        "Måttet {measure} kan inte gå från ”{state}” till ”{wanted}”. Ett mått föreslås, diskuteras, beslutas med datum "
        "och protokoll, tas i bruk och avvecklas med ett skäl."
    )


class ChangedMeanwhileError(UserError):
    text = to_translate(
        "{who} hann spara före dig ({when}): {what}. Inget av ditt är förlorat: läs ändringen och spara igen."
    )


class DecisionWithoutMinutesError(MeasureLifeError):
    text = to_translate(
        "Måttet {measure} är inte beslutat. Ange vilken dag det beslutades och i vilket protokoll det står."
    )


class RetirementWithoutReasonError(MeasureLifeError):
    text = to_translate("Måttet {measure} är inte avvecklat. Ange varför det avvecklas.")


class VotingClosedError(UserError):
    text = to_translate("Måttet {measure} är {state}. Medlemmarna röstar medan ett mått är under diskussion.")


class OwnedElsewhereError(UserError):
    text = to_translate(
        "Måttet {measure} ägs av nätverket {network}. Bara det kan ändra vad måttet betyder; föreslå ett eget mått "
        "om ni vill ha det på ett annat sätt."
    )


class AlreadyInNetworkError(UserError):
    text = to_translate("Måttet {measure} finns redan i nätverket {network}.")


class DefinitionYearError(UserError):
    text = to_translate(
        "Den nya definitionen av {measure} gäller från {first_year}, men den förra från {latest}. En ny definition "
        "gäller från ett senare år än den förra."
    )


class UnreadableHistoryError(UserError):
    text = to_translate(
        "Måttet {measure} har en historia som inte hänger ihop: det börjar som föreslaget och dess definitioner är "
        "numrerade från 1."
    )


class MeaningChangedError(UserError):
    text = to_translate(
        "Ändringen gör att {measure} betyder något annat, och måttet är {state}. Spara den som en ny definition med "
        "det första år som den gäller, så att serien bryts där."
    )


class RedefinedTooEarlyError(UserError):
    text = to_translate(
        "Måttet {measure} är {state}. En ny definition med ett första år behövs bara för mått som är beslutade eller "
        "i bruk; före beslutet ändras förslaget, och ett avvecklat mått ändras inte."
    )


class UnreadableTargetError(UserError):
    text = to_translate(
        "Målet från {low} till {high} går inte att läsa. Ange ett lägsta värde, ett högsta värde eller båda, det "
        "lägsta först."
    )


class BackwardPeriodError(UserError):
    text = to_translate("Perioden slutar {to_day}, innan den börjar {from_day}.")


class TextMissingError(UserError):
    text = to_translate("Fältet ”{field}” är tomt. Fyll i det.")


class TextTooLongError(UserError):
    text = to_translate("Fältet ”{field}” har {length} tecken. Det får ha högst {longest}.")


class UnkeepableTextError(UserError):
    text = to_translate("Fältet ”{field}” innehåller ett tecken som inte går att spara (tecken {position}).")


class NumberOutOfRangeError(UserError):
    text = to_translate("Fältet ”{field}” är {number}. Det ska vara från {lowest} till {highest}.")


class UnusableNameError(UserError):
    text = to_translate(
        "Namnet ”{name}” saknar bokstäver mellan a och ö och siffror. Välj ett namn som har några."
    )


class UnusableIdError(UserError):
    text = to_translate(
        "Beteckningen ”{id}” går inte att använda. Den ska ha högst {longest} små bokstäver från a till z, siffror och "
        "bindestreck, och inte likna ett nyckeltals beteckning."
    )


class UnusableVariableNameError(UserError):
    text = to_translate(
        "”{name}” går inte att använda som variabelnamn. Det ska börja med en bokstav, bara ha bokstäver, siffror och "
        "understreck, inte likna ett nyckeltals beteckning och inte heta som en funktion i formler."
    )


class UnknownPersonError(UserError):
    text = to_translate("Det finns ingen person med beteckningen ”{person}”.{suggestion}")


class LastAdministratorError(UserError):
    text = to_translate("{person} är den enda nationella administratören. Utse en annan först.")


class UnreadableRoleError(UserError):
    text = to_translate("Rollen {role} behöver veta vilket nätverk eller vilken kommun den gäller.")


class UnitNotOfFormulaError(UserError):
    text = to_translate(
        "Formeln ger {computed}, men måttets enhet är {stated}. Lämna enheten tom, så blir den formelns, eller ändra "
        "formeln."
    )


class UnreadableFileError(UserError):
    text = to_translate("Filen {file} går inte att läsa ({reason}).")


class UnwritableFileError(UserError):
    text = to_translate("Filen {file} går inte att skriva ({reason}).")


class UnreadableDefinitionError(UserError):
    text = to_translate("Rad {line} i {file}: {problem}.{hint}")


class MeasureCycleError(UserError):
    text = to_translate("Måtten räknas ut ur varandra i en ring: {ring}. Bryt ringen i något av dem.")


class FormulaError(UserError):
    """What is wrong in a formula and where: `position` counts characters from 1."""

    text = to_translate("Tecken {position}: {problem}{suggestion}")


class UnitClashError(UserError):
    text = to_translate("{left} och {right} går inte att lägga ihop, dra ifrån varandra eller jämföra.{hint}")


class NotCountedError(UserError):
    text = to_translate("Det som räknas per invånare delas med ett antal, men {unit} är inget antal.")


class NotAnAmountError(UserError):
    text = to_translate(
        "{unit} går inte att räkna per invånare. Det gör bara mängder: kronor, antal, ton och liknande."
    )


class DoubledDivisionError(UserError):
    text = to_translate("{unit} är redan räknat per {per}.")


# Similar places


class WeightCountError(UserError):
    text = to_translate("{variables} variabler behöver lika många vikter, men här är {weights}.")


class UnusableWeightError(UserError):
    text = to_translate(
        "”{weight}” går inte att använda som vikt. Skriv tal från 0 och uppåt, minst ett större än 0."
    )


class RepeatedVariableError(UserError):
    text = to_translate("Variabeln {variable} står mer än en gång. Ge den i stället en större vikt.")


class TooLittleKnownError(UserError):
    text = to_translate(
        "För {place} finns värden för bara {share} % av vikten. Minst {least} % behövs: välj andra variabler eller vikter."
    )


class NationNotLikenedError(UserError):
    text = to_translate("Riket liknar ingen kommun eller region. Välj en av dem.")


# Uploads: the file


class FileTooLargeError(UserError):
    text = to_translate(
        "Filen {file} är {size} MB. Högst {largest} MB går att ladda upp: ta bort det som inte ska rapporteras, eller dela den."
    )


class UnpacksTooLargeError(UserError):
    text = to_translate(
        "Filen {file} blir {size} MB när den packas upp, och mer än {largest} MB läses inte. Ta bort det som inte ska rapporteras."
    )


class EncryptedFileError(UserError):
    text = to_translate(
        "Filen {file} är låst med lösenord. Ta bort lösenordet i kalkylprogrammet och ladda upp den igen."
    )


class NotASpreadsheetError(UserError):
    text = to_translate(
        "Filen {file} är inget kalkylark, vad den än heter ({kind}). Ladda upp .xlsx, .xlsm, .xls, .ods, .csv, .tsv eller .txt."
    )


class BrokenFileError(UserError):
    text = to_translate(
        "Filen {file} går inte att läsa: den är skadad eller avkortad ({reason}). Öppna den i kalkylprogrammet, spara om den och försök igen."
    )


class TooManySheetsError(UserError):
    text = to_translate(
        "Filen {file} har {sheets} blad, och högst {most} läses. Ta bort de blad som inte ska rapporteras."
    )


class TooManyCellsError(UserError):
    text = to_translate(
        "Bladet ”{sheet}” i {file} har {cells} celler, och högst {most} läses. Ta bort det som inte ska rapporteras."
    )


class EmptyFileError(UserError):
    text = to_translate("Filen {file} innehåller inga ifyllda celler.")


class HostileFileError(UserError):
    text = to_translate(
        "Filen {file} läses inte, eftersom den innehåller {what}. Spara om den från kalkylprogrammet."
    )


class PersonalIdentityNumberError(UserError):
    text = to_translate(
        "Filen {file} innehåller något som ser ut som personnummer, i {cells}. Den är inte sparad. Ta bort dem och ladda upp filen igen."
    )


# Uploads: what is understood and published


class UnreadablePeriodError(UserError):
    text = to_translate(
        "”{period}” är ingen period. Skriv till exempel 2023, 2023-VT, 2023-Q1 eller 2023-05."
    )


class NothingUnderstoodError(UserError):
    text = to_translate(
        "Ingenting i {file} gick att läsa som värden. Peka ut vilka kolumner som håller kommun, mått, år och värde, eller använd mallen."
    )


class UnknownUploadError(UserError):
    text = to_translate("Det finns ingen uppladdning med beteckningen ”{upload}”.{suggestion}")


class UnknownFindingError(UserError):
    text = to_translate("Filen har ingen anmärkning med beteckningen ”{finding}”.{suggestion}")


class NotAMemberForUploadError(UserError):
    text = to_translate("{place} ingår inte i nätverket ”{network}” och rapporterar därför ingenting där.")


class NothingToReportError(UserError):
    text = to_translate(
        "Nätverket ”{network}” har inga egna variabler i bruk som ska rapporteras för {period}. Egna variabler läggs till i Mätverkstaden."
    )


class FindingsStopError(UserError):
    text = to_translate("{count} anmärkningar måste rättas innan något kan publiceras. Den första: {first}")


class UnexplainedFindingsError(UserError):
    text = to_translate(
        "{count} värden avviker och behöver en skriven förklaring innan de kan publiceras. Det första: {first} Beteckning: {finding}"
    )


class PublishedMeanwhileError(UserError):
    text = to_translate(
        "{who} publicerade andra värden för samma kommun och period {when}. Ingenting är ändrat: se igenom skillnaderna igen och publicera sedan."
    )


class UploadStateError(UserError):
    text = to_translate("Uppladdningen är {state}, så det går inte att {wanted}.")


class SameSignerError(UserError):
    text = to_translate("{person} har själv laddat upp resultaten. Någon annan måste godkänna dem.")


class NothingToPublishError(UserError):
    text = to_translate("Filen har inga värden för {place} i de mått som nätverket ”{network}” rapporterar.")


# The success bank


class UnknownStoryError(UserError):
    text = to_translate(
        "Det finns inget exempel, ingen metod och inget program med beteckningen ”{story}”.{suggestion}"
    )


class UnansweredSectionsError(UserError):
    text = to_translate(
        "Innan det kan publiceras behöver de här delarna ett svar: {sections}. ”Vet inte ännu” är också ett svar."
    )


class EndsBeforeItStartsError(UserError):
    text = to_translate("Slutet ({ended_on}) ligger före starten ({started_on}). Rätta något av datumen.")


class StoryStateError(UserError):
    text = to_translate("”{title}” är {state}, så det går inte att {wanted}.")


class OwnReviewError(UserError):
    text = to_translate("{person} har själv skrivit ”{title}”. Någon annan måste granska det.")


class NotAPictureError(UserError):
    text = to_translate("Filen {file} är ingen bild som går att visa. Ladda upp en JPEG, PNG eller WebP.")


class PictureTooLargeError(UserError):
    text = to_translate(
        "Bilden {file} är {size} MB. Högst {largest} MB går att ladda upp: förminska den först."
    )


class PictureTooManyPixelsError(PictureTooLargeError):
    text = to_translate(
        "Bilden {file} är {width} × {height} punkter. Högst {largest} miljoner punkter går att ladda upp: förminska den "
        "först."
    )


class UnknownPictureError(UserError):
    text = to_translate("Bilden eller filen {checksum} finns inte här.")


class UnusableAttachmentError(UserError):
    text = to_translate(
        "Filen {file} går inte att bifoga. Den ska vara något av {kinds} och högst {largest} MB."
    )


class TooManyItemsError(UserError):
    text = to_translate("Avsnittet ”{section}” har {count} delar. Det får ha högst {most}.")


class PictureWithoutAlternativeError(UserError):
    text = to_translate("Bilden {file} saknar beskrivning. Skriv vad den visar, för den som inte ser den.")


class IdentityNumberInStoryError(UserError):
    text = to_translate(
        "Avsnittet ”{section}” innehåller något som ser ut som ett personnummer. Ta bort det; det är inte sparat."
    )


class UnsafeLinkError(UserError):
    text = to_translate(
        "”{url}” är ingen webbadress som kan länkas. Den ska börja med https:// eller http://."
    )


class MadeUpCaseError(UserError):
    text = to_translate(
        "Exemplet ”{title}” är påhittat och visas bara bland påhittade värden. Nu används riktiga värden."
    )


class OwnCaseTriedError(UserError):
    text = to_translate("{place} kan inte prova sitt eget exempel ”{title}”.")


class UnreadableStoryError(UserError):
    text = to_translate("{file} går inte att läsa som exempel, metod eller program: {problem}.{hint}")


# Effects


class UnreadablePanelError(UserError):
    text = to_translate("Filen {file} går inte att läsa som en panel: {problem}.")


class UnreadableTreatedError(UserError):
    text = to_translate(
        "”{treated}” går inte att läsa. Skriv koden och gärna startåret, till exempel 0136:2019,0127:2020."
    )


class TreatedWithoutStartError(UserError):
    text = to_translate(
        "När började det i {unit}? Skriv startåret efter ett kolon: {unit}:2019. Inget publicerat exempel därifrån säger det."
    )


class TreatedAmongDonorsError(UserError):
    text = to_translate("{unit} har själv genomfört det och kan inte samtidigt vara den som det jämförs med.")


class NoEvaluationsError(UserError):
    text = to_translate(
        "{file} har inga projektresultat för kommunen. Ett blad behöver en rubrikrad med {headings}, och en rad per resultat."
    )
