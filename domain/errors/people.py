"""Who somebody is and what that person may do."""

from domain.errors.user_error import UserError
from domain.message import to_translate


class NotAllowedError(UserError):
    text = to_translate("{person} har inte rätt att {action}. Det som skulle ändras är oförändrat.")


class UnknownPersonError(UserError):
    text = to_translate("Det finns ingen person med beteckningen ”{person}”.{suggestion}")


class RoleError(UserError):
    """A role cannot be given or taken."""

    LAST_ADMINISTRATOR = to_translate("{person} är den enda nationella administratören. Utse en annan först.")
    WITHOUT_SUBJECT = to_translate(
        "Rollen {role} behöver veta vilket nätverk eller vilken kommun den gäller."
    )
