"""What people write where there is no number, and which kind of nothing it is.

Kolada's signs come first: `-` there should be a value, `.` there can be none, `..` there is one that may not be shown.
`n/a` can mean not available or not applicable: it is read as missing, which somebody can still mend.
"""

from typing import Final

from domain.value import NoValueReason
from spreadsheets.normalised_text import normalise_text

_WRITTEN: Final = {
    NoValueReason.SUPPRESSED: (
        "..", "...", "sekretess", "sekretessbelagt", "för litet underlag", "underlaget är för litet",
        "underlag för litet", "för få svar", "för få svarande", "litet underlag", "prickat", "prickad", "suppressed",
        "för litet underlag, sekretess", "sekretess (..)", "för litet underlag (..)",
    ),
    NoValueReason.NOT_APPLICABLE: (
        ".", "ej tillämplig", "ej tillämpligt", "ej tillämpbart", "inte tillämpligt", "inte tillämplig", "e.t.", "e.t", "et",
        "e t", "ej aktuellt", "ej aktuell", "inte aktuellt", "finns inte i kommunen", "har ej verksamheten", "not applicable",
        "ej tillämplig (.)",
    ),
    NoValueReason.MISSING: (
        "-", "--", "---", "x", "xx", "i.u.", "i.u", "iu", "i u", "u.s.", "u.s", "uppgift saknas", "uppgifter saknas", "saknas",
        "saknar uppgift", "värde saknas", "ej rapp", "ej rapp.", "ej rapporterat", "ej rapporterad", "inte rapporterat",
        "ej redovisat", "ingen uppgift", "ingen uppgift lämnad", "ej uppgift", "bortfall", "ej svar", "inget svar", "ej svarat",
        "ej inlämnat", "ej mätt", "ej mätt i år", "okänt", "vet ej", "vet inte", "n/a", "n.a.", "na", "null", "none", "nan",
        "missing", "?", "saknas (-)", "bortfall (-)",
    ),
}  # fmt: skip
_REASONS: Final = {text: reason for reason, texts in _WRITTEN.items() for text in texts}


def parse_reason(text: str) -> NoValueReason | None:
    """The kind of nothing that a whole cell says, or None."""
    return _REASONS.get(normalise_text(text)) if len(text) <= 40 else None
