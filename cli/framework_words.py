"""The Swedish translations of the command-line framework's own phrases."""

import re
from typing import Final

_PHRASES: Final = (
    (r"^Usage: ", "Användning: "),
    (r"\[OPTIONS\]", "[VAL]"),
    (r"\bCOMMAND \[ARGS\]\.\.\.", "KOMMANDO [ARGUMENT]..."),
    (r"^Options:$", "Val:"),
    (r"^Arguments:$", "Argument:"),
    (r"^Commands:$", "Kommandon:"),
    (r"Show this message and exit\.", "Visa den här hjälpen."),
    (r"\[default:", "[utan val:"),
    (r"\[env(\s+)var:", r"[miljövariabel:"),
    (r"; default:", "; utan val:"),
    (r"\[required\]", "[krävs]"),
    (r"; required\]", "; krävs]"),
    (r"^Try '(.*)' for help\.$", r"Skriv ”\1” för hjälp."),
    (r"^Missing option (.*)\.$", r"Valet \1 saknas."),
    (r"^Missing argument (.*)\.$", r"Argumentet \1 saknas."),
    (r"^Missing command\.$", "Kommandot saknas."),
    (r"^No such command ('.*?')\.", r"Det finns inget kommando \1."),
    (r"\bDid you mean (.*)\?$", r"Menade du \1?"),
    (r"^No such option: (\S+)", r"Det finns inget val \1."),
    (r"\(Possible options: (.*)\)", r"Menade du \1?"),
    (r"^Invalid value for (.*?): ", r"Ogiltigt värde för \1: "),
    (r"^Invalid value: ", "Ogiltigt värde: "),
    (r"Value error, ", ""),
    (r"Input should be a valid integer.*", "det är inget heltal."),
    (r"(\S+) is not one of (.*)\.$", r"\1 är inget av \2."),
    (r"(\S+) is not in the range (.*)\.", r"\1 ligger inte i \2."),
    (r"^Got unexpected extra arguments? \((.*)\)$", r"Oväntat: \1"),
    (r"^Option '?(.*?)'? requires an argument\.$", r"Valet \1 behöver ett värde."),
    (r"File '(.*)' does not exist\.", r"Filen ”\1” finns inte."),
    (r"^Aborted[.!]$", "Avbrutet."),
)


def in_swedish(text: str) -> str:
    """Return a text of the framework with its phrases in Swedish; everything else is unchanged."""
    for phrase, swedish in _PHRASES:
        text = re.sub(phrase, swedish, text, flags=re.MULTILINE)
    return text
