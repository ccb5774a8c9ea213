"""What a reader of a page, who has no command line, can do about an error."""

from collections.abc import Mapping
from typing import Final

from app_pages.parts.words import _
from domain.errors.choices import MeasureWithoutValuesError
from domain.errors.source import (
    ContradictingRowsError,
    CorrectionOutdatedError,
    SourceAnswersWronglyError,
    SourceUnreachableError,
    UnreadableRawPagesError,
)
from domain.errors.storage import (
    HomeNotWritableError,
    NothingKeptError,
    StoreUnreachableError,
    WorkspaceUnreachableError,
)
from domain.errors.user_error import UserError
from domain.message import to_translate
from language.rendering import render_error

ADVICE: Final[Mapping[type[UserError], str]] = {
    MeasureWithoutValuesError: to_translate("Den som sköter tjänsten kan hämta dem."),
    NothingKeptError: to_translate(
        "Den som sköter tjänsten kan hämta riktiga värden eller skapa påhittade att prova med."
    ),
    HomeNotWritableError: to_translate(
        "Den som sköter tjänsten behöver ändra rättigheterna eller välja en annan mapp."
    ),
    StoreUnreachableError: to_translate(
        "Försök igen om en stund. Hjälper det inte, säg till den som sköter tjänsten."
    ),
    WorkspaceUnreachableError: to_translate(
        "Försök igen om en stund. Hjälper det inte, säg till den som sköter tjänsten."
    ),
    SourceUnreachableError: to_translate(
        "Kontrollera nätet och hämta igen; det som redan är hämtat hämtas inte om."
    ),
    SourceAnswersWronglyError: to_translate(
        "Vänta en stund och hämta igen; det som redan är hämtat hämtas inte om."
    ),
    ContradictingRowsError: to_translate("Källan kan ha uppdaterats under hämtningen; hämta igen."),
    CorrectionOutdatedError: to_translate(
        "Källan har ändrats: rättelsen behöver ses över innan värdena går att hämta."
    ),
    UnreadableRawPagesError: to_translate("Hämta igen."),
}


def explain(error: UserError) -> str:
    """Say what went wrong and what the reader can do about it, in the reader's language."""
    return render_error(error, ADVICE, _)
