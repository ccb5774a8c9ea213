"""Uploads on their way to being published."""

from domain.errors.user_error import UserError
from domain.message import to_translate


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
