"""The texts of the template: its title, its help and its instructions."""

from collections.abc import Callable
from typing import Final

from domain.message import to_translate
from pipelines.uploads.upload_context import UploadContext

Translate = Callable[[str], str]

TITLE: Final = to_translate("{network}: {place}, {period}")
HELP: Final = to_translate(
    "Fyll i de gula cellerna. Fyll i kvinnor och män där ni har dem. Saknas ett värde: lämna det tomt och välj en orsak."
)
FILLED: Final = to_translate("Ifyllda rader")
INSTRUCTIONS: Final = (
    (to_translate("Vad mallen är till för"), to_translate("Resultat som {place} rapporterar till {network} för {period}.")),
    (
        to_translate("Så gör du"),
        to_translate(
            "Fyll i de gula cellerna på bladet Rapportering, spara filen och ladda upp den på sidan Ladda upp. Ingenting "
            "publiceras förrän du har sett vad som ändras och själv valt att publicera."
        ),
    ),
    (
        to_translate("Värde"),
        to_translate(
            "Ett tal i den enhet som står på raden. Andelar skrivs som procent: 66,5 betyder 66,5 %. Noll är ett värde och "
            "skrivs 0."
        ),
    ),
    (
        to_translate("Underlag, antal"),
        to_translate(
            "Hur många personer eller ärenden som värdet bygger på. Är underlaget mindre än måttets minsta underlag visas "
            "värdet inte när det publiceras, och det gör inte heller något annat värde som skulle avslöja det."
        ),
    ),
    (
        to_translate("Orsak om värde saknas"),
        to_translate(
            "bortfall: värdet borde finnas men saknas. ej tillämplig: kommunen har inte verksamheten. sekretess: värdet "
            "finns men får inte visas."
        ),
    ),
    (
        to_translate("Kommentar"),
        to_translate(
            "Det som den som läser bör veta om just detta värde. Kommentaren blir en fotnot vid värdet och syns för alla."
        ),
    ),
    (
        to_translate("Året innan"),
        to_translate("Det som är publicerat för samma period ett år tidigare. Det läses inte in igen."),
    ),
    (
        to_translate("Ifyllt i förväg"),
        to_translate(
            "Det som redan är publicerat för perioden står ifyllt. En tom rad ändrar ingenting: ska ett värde bort, ta bort talet "
            "och välj en orsak."
        ),
    ),
    (
        to_translate("Personuppgifter"),
        to_translate("Skriv inga namn och inga personnummer. En fil med personnummer avvisas och sparas inte."),
    ),
    (
        to_translate("Perioder"),
        to_translate(
            "2023 är ett år, 2023-VT en termin, 2023-Q1 ett kvartal och 2023-05 en månad. Hur ofta ett mått rapporteras står "
            "på bladet Definitioner."
        ),
    ),
    (to_translate("Fråga"), to_translate("{contact} svarar på frågor om nätverkets mått.")),
)  # fmt: skip  # fmt: skip


def fill_in(text: str, context: UploadContext, translate: Translate) -> str:
    return translate(text).format(
        network=context.network.name,
        place=context.place.name,
        period=context.period,
        contact=context.network.contact,
    )
