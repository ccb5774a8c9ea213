"""The rules for what may be typed in each cell of the template."""

from typing import Any, Final

from data.contracts.reported import SHARE_LIMITS
from domain.dimension import Unit
from domain.kept_text import LONGEST_TEXT
from domain.measure import MeasureKind
from domain.message import to_translate
from domain.network_measure import MeasureDefinition
from domain.reporting_template import (
    REASON_WORDS,
)
from domain.upload import ColumnRole
from pipelines.uploads.template.texts import Translate

LONGEST_TITLE: Final = 32
LONGEST_HINT: Final = 250  # a validation's message may hold 255


def cell_validations(definition: MeasureDefinition, translate: Translate) -> dict[ColumnRole, dict[str, Any]]:
    """Return the validation of each input column, with a hint on entering the cell and a message when the value is refused."""
    unit = definition.unit or translate(to_translate("tal"))
    if definition.unit in SHARE_LIMITS and definition.kind is not MeasureKind.COST:
        highest = int(SHARE_LIMITS[definition.unit])
        limits = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": highest}
        refusal = translate(to_translate("Skriv ett tal mellan 0 och {highest}.")).format(highest=highest)
    elif Unit.read(definition.unit, definition.name).is_count:
        limits = {"validate": "decimal", "criteria": ">=", "value": 0}
        refusal = translate(to_translate("Skriv ett tal som inte är mindre än 0."))
    else:
        limits = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15}
        refusal = translate(to_translate("Skriv ett tal."))
    otherwise = translate(to_translate("Saknas värdet: lämna cellen tom och välj en orsak."))
    basis_hint = translate(to_translate("Hur många personer eller ärenden värdet bygger på."))
    if definition.smallest_basis:
        basis_hint += " " + translate(to_translate("Krävs. Under {smallest} visas värdet inte.")).format(
            smallest=definition.smallest_basis
        )
    return {
        ColumnRole.VALUE: {
            **limits,
            "input_title": _shorten(unit, LONGEST_TITLE),
            "input_message": _shorten(f"{definition.name}. {otherwise}", LONGEST_HINT),
            "error_title": _shorten(translate(to_translate("Inget möjligt värde")), LONGEST_TITLE),
            "error_message": _shorten(f"{refusal} {otherwise}", LONGEST_HINT),
        },
        ColumnRole.BASIS: {
            "validate": "integer",
            "criteria": ">=",
            "value": 0,
            "input_title": _shorten(translate(to_translate("Underlag, antal")), LONGEST_TITLE),
            "input_message": _shorten(basis_hint, LONGEST_HINT),
            "error_title": _shorten(translate(to_translate("Inget möjligt antal")), LONGEST_TITLE),
            "error_message": translate(to_translate("Skriv ett helt tal som inte är mindre än 0.")),
        },
        ColumnRole.REASON: {
            "validate": "list",
            "source": list(REASON_WORDS.values()),
            "error_title": _shorten(translate(to_translate("Ingen sådan orsak")), LONGEST_TITLE),
            "error_message": translate(
                to_translate("Välj bortfall, ej tillämplig eller sekretess i listan.")
            ),
        },
        ColumnRole.COMMENT: {
            "validate": "length",
            "criteria": "<=",
            "value": LONGEST_TEXT,
            "error_title": _shorten(translate(to_translate("För lång kommentar")), LONGEST_TITLE),
            "error_message": translate(to_translate("Skriv högst {most} tecken.")).format(most=LONGEST_TEXT),
        },
    }


def _shorten(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
