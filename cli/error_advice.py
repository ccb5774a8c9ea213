"""What somebody at the command line can do about an error: commands, options and settings."""

from collections.abc import Mapping
from typing import Final

from cli.words import _
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
    MeasureWithoutValuesError: to_translate("Hämta dem med: jamfor kolada sync --kpi {measure}"),
    NothingKeptError: to_translate(
        "Hämta riktiga värden med ”jamfor kolada sync” eller skapa påhittade demonstrationsvärden med ”jamfor demo”."
    ),
    HomeNotWritableError: to_translate(
        "Välj en annan mapp med --home eller JAMFOR_HOME, eller ändra rättigheterna."
    ),
    StoreUnreachableError: to_translate(
        "Kontrollera inställningen JAMFOR_FIGURES och att databasen är igång."
    ),
    WorkspaceUnreachableError: to_translate(
        "Kontrollera inställningen JAMFOR_WORKSPACE och att databasen är igång."
    ),
    SourceUnreachableError: to_translate(
        "Kontrollera adressen och nätet och kör samma kommando igen; det som redan är hämtat hämtas inte om."
    ),
    SourceAnswersWronglyError: to_translate(
        "Vänta en stund och kör samma kommando igen; det som redan är hämtat hämtas inte om."
    ),
    ContradictingRowsError: to_translate(
        "Källan kan ha uppdaterats under hämtningen; kör samma kommando igen."
    ),
    CorrectionOutdatedError: to_translate("Källan har ändrats: se över data/reference/corrections.csv."),
    UnreadableRawPagesError: to_translate("Kör samma kommando igen."),
}


def explain(error: UserError) -> str:
    """Say what went wrong and what the reader can do about it, in the reader's language."""
    return render_error(error, ADVICE, _)
