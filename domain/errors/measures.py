"""The measures that networks decide on."""

from domain.errors.user_error import UserError
from domain.message import to_translate


class MeasureLifeError(UserError):
    """A measure cannot take this step in its life."""

    STEP = to_translate(
        "Måttet {measure} kan inte gå från ”{state}” till ”{wanted}”. Ett mått föreslås, diskuteras, beslutas med datum "
        "och protokoll, tas i bruk och avvecklas med ett skäl."
    )
    DECISION_WITHOUT_MINUTES = to_translate(
        "Måttet {measure} är inte beslutat. Ange vilken dag det beslutades och i vilket protokoll det står."
    )
    RETIREMENT_WITHOUT_REASON = to_translate("Måttet {measure} är inte avvecklat. Ange varför det avvecklas.")
    VOTING_CLOSED = to_translate(
        "Måttet {measure} är {state}. Medlemmarna röstar medan ett mått är under diskussion."
    )
    MEANING_CHANGED = to_translate(
        "Ändringen gör att {measure} betyder något annat, och måttet är {state}. Spara den som en ny definition med "
        "det första år som den gäller, så att serien bryts där."
    )
    REDEFINED_TOO_EARLY = to_translate(
        "Måttet {measure} är {state}. En ny definition med ett första år behövs bara för mått som är beslutade eller "
        "i bruk; före beslutet ändras förslaget, och ett avvecklat mått ändras inte."
    )


class MeasureDefinitionError(UserError):
    """A definition or target does not hold together."""

    FIRST_YEAR = to_translate(
        "Den nya definitionen av {measure} gäller från {first_year}, men den förra från {latest}. En ny definition "
        "gäller från ett senare år än den förra."
    )
    HISTORY = to_translate(
        "Måttet {measure} har en historia som inte hänger ihop: det börjar som föreslaget och dess definitioner är "
        "numrerade från 1."
    )
    TARGET = to_translate(
        "Målet från {low} till {high} går inte att läsa. Ange ett lägsta värde, ett högsta värde eller båda, det "
        "lägsta först."
    )
    UNIT = to_translate(
        "Formeln ger {computed}, men måttets enhet är {stated}. Lämna enheten tom, så blir den formelns, eller ändra "
        "formeln."
    )


class OwnedElsewhereError(UserError):
    text = to_translate(
        "Måttet {measure} ägs av nätverket {network}. Bara det kan ändra vad måttet betyder; föreslå ett eget mått "
        "om ni vill ha det på ett annat sätt."
    )


class AlreadyInNetworkError(UserError):
    text = to_translate("Måttet {measure} finns redan i nätverket {network}.")


class MeasureCycleError(UserError):
    text = to_translate("Måtten räknas ut ur varandra i en ring: {ring}. Bryt ringen i något av dem.")
