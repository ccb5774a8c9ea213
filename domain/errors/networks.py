"""Networks and their members."""

from domain.errors.user_error import UserError
from domain.message import to_translate


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


class NameTakenError(UserError):
    text = to_translate("Namnet ”{name}” är upptaget. Välj ett annat.")


class BackwardPeriodError(UserError):
    text = to_translate("Perioden slutar {to_day}, innan den börjar {from_day}.")
