"""The form of a method."""

from typing import Final

from app_pages.contribute.form import Chapter, Field, FieldKind, beside, own, text, texts
from domain.cooperation_method import METHOD_KIND_NAMES, MethodKind
from domain.message import to_translate

METHOD_FORM: Final = (
    Chapter(
        to_translate("Metoden"),
        (
            own(
                "name",
                to_translate("Namn och slag"),
                to_translate("Ett namn som går att säga i ett möte."),
                Field("name", to_translate("Namn"), width=2),
                Field("kind", to_translate("Slag"), FieldKind.CHOICE, METHOD_KIND_NAMES, MethodKind.TOOL),
            ),
            text(
                "purpose",
                to_translate("Vad är den till för?"),
                to_translate("Vad man har efteråt som man inte hade före."),
                is_unknowable=False,
            ),
            text("fits_when", to_translate("När passar den?"), to_translate("Läget, inte verksamheten.")),
            text(
                "does_not_fit_when",
                to_translate("När passar den inte?"),
                to_translate("Det som oftast får den att gå snett."),
            ),
        ),
    ),
    Chapter(
        to_translate("Så gör man"),
        (
            texts(
                "how_to",
                to_translate("Steg"),
                to_translate("Ett steg i taget, så att någon kan göra det utan att ha sett det."),
                label=to_translate("Steg"),
                row=to_translate("Lägg till ett steg"),
            ),
            text(
                "preparation",
                to_translate("Förberedelser"),
                to_translate("Vad som behöver vara klart innan."),
            ),
            own(
                "minutes",
                to_translate("Tid och antal"),
                to_translate("Lämna tomt om det varierar."),
                Field("minutes", to_translate("Minuter"), FieldKind.WHOLE),
                Field("people_from", to_translate("Personer, minst"), FieldKind.WHOLE),
                Field("people_to", to_translate("Personer, högst"), FieldKind.WHOLE),
            ),
        ),
    ),
    Chapter(to_translate("Runt metoden"), beside()),
)
