"""The success bank."""

from domain.errors.user_error import UserError
from domain.message import to_translate


class UnknownStoryError(UserError):
    text = to_translate(
        "Det finns inget exempel, ingen metod och inget program med beteckningen ”{story}”.{suggestion}"
    )


class StoryContentError(UserError):
    """What is written in a story cannot be kept or published."""

    ENDS_BEFORE_START = to_translate(
        "Slutet ({ended_on}) ligger före starten ({started_on}). Rätta något av datumen."
    )
    TOO_MANY_ITEMS = to_translate("Avsnittet ”{section}” har {count} delar. Det får ha högst {most}.")
    UNSAFE_LINK = to_translate(
        "”{url}” är ingen webbadress som kan länkas. Den ska börja med https:// eller http://."
    )
    IDENTITY_NUMBER = to_translate(
        "Avsnittet ”{section}” innehåller något som ser ut som ett personnummer. Ta bort det; det är inte sparat."
    )
    WITHOUT_ALTERNATIVE = to_translate(
        "Bilden {file} saknar beskrivning. Skriv vad den visar, för den som inte ser den."
    )
    UNANSWERED = to_translate(
        "Innan det kan publiceras behöver de här delarna ett svar: {sections}. ”Vet inte ännu” är också ett svar."
    )


class StoryStateError(UserError):
    text = to_translate("”{title}” är {state}, så det går inte att {wanted}.")


class OwnReviewError(UserError):
    text = to_translate("{person} har själv skrivit ”{title}”. Någon annan måste granska det.")


class PictureError(UserError):
    """A picture or attached file cannot be kept."""

    NO_PICTURE = to_translate(
        "Filen {file} är ingen bild som går att visa. Ladda upp en JPEG, PNG eller WebP."
    )
    TOO_LARGE = to_translate(
        "Bilden {file} är {size} MB. Högst {largest} MB går att ladda upp: förminska den först."
    )
    TOO_MANY_PIXELS = to_translate(
        "Bilden {file} är {width} × {height} punkter. Högst {largest} miljoner punkter går att ladda upp: förminska den "
        "först."
    )
    UNKNOWN = to_translate("Bilden eller filen {checksum} finns inte här.")
    ATTACHMENT = to_translate(
        "Filen {file} går inte att bifoga. Den ska vara något av {kinds} och högst {largest} MB."
    )


class MadeUpCaseError(UserError):
    text = to_translate(
        "Exemplet ”{title}” är påhittat och visas bara bland påhittade värden. Nu används riktiga värden."
    )


class OwnCaseTriedError(UserError):
    text = to_translate("{place} kan inte prova sitt eget exempel ”{title}”.")
