"""What is kept cannot be reached, read or written."""

from domain.errors.user_error import UserError
from domain.message import to_translate


class NothingKeptError(UserError):
    text = to_translate("Här finns inga värden ännu.")


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


class FileAccessError(UserError):
    """A file on this computer cannot be read or written."""

    READ = to_translate("Filen {file} går inte att läsa ({reason}).")
    WRITE = to_translate("Filen {file} går inte att skriva ({reason}).")


class ChangedMeanwhileError(UserError):
    text = to_translate(
        "{who} hann spara före dig ({when}): {what}. Inget av ditt är förlorat: läs ändringen och spara igen."
    )
