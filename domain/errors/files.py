"""What is wrong with a file that somebody hands in, as a whole."""

from domain.errors.user_error import UserError
from domain.message import to_translate


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


class UnreadablePanelError(UserError):
    text = to_translate("Filen {file} går inte att läsa som en panel: {problem}.")


class NoEvaluationsError(UserError):
    text = to_translate(
        "{file} har inga projektresultat för kommunen. Ett blad behöver en rubrikrad med {headings}, och en rad per resultat."
    )
