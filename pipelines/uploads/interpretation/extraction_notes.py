"""Notes on what was left out of a file, or could be read in two ways."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from domain.message import Count, Message, Value, to_translate
from domain.upload import Address, Note

MOST_NOTES: Final = 40  # of one rule, before the rest are only counted
MEAN_ROW: Final = to_translate(
    "”{said}” är ingen enskild kommun utan ett medelvärde eller en summa. {count} celler läses inte."
)
UNKNOWN_MEASURE: Final = to_translate(
    "”{said}” är inget mått som vi känner till. {count} värden läses men jämförs inte och publiceras inte."
)
NO_MEASURE: Final = to_translate(
    "{sheet}Inget säger vilket mått de {count} värdena gäller. De läses men publiceras inte. Välj mått i läsningen av bladet."
)
SEVERAL_MEASURES: Final = to_translate(
    "”{said}” kan vara flera mått: {names}. {count} värden läses inte som något av dem. Välj mått för hand."
)
NEAR_MEASURE: Final = to_translate("”{said}” lästes som måttet ”{name}” (till {likeness} % lika).")
REPEATED: Final = to_translate("{place} står två gånger med samma värden. {count} celler räknas en gång.")
SCHOOL_YEAR: Final = to_translate("Läsåret ”{said}” räknas som {period}, året då det slutar.")
TWO_READINGS: Final = to_translate(
    "”{said}” kan läsas på två sätt. Det lästes som ett tal med decimaler, inte som tusental."
)
FOOTNOTE_MARK: Final = to_translate("”{said}” har ett nottecken. Talet lästes, noten följer inte med.")
OWN_PLACE: Final = to_translate("{sheet}Ingen kommun nämns. Värdena lästes som {place}s.")
OWN_PERIOD: Final = to_translate("{sheet}Ingen period nämns. Värdena lästes som {period}.")
FIGURES_BELOW: Final = to_translate(
    "{sheet}{count} tal under tabellen läses inte, eftersom inget säger vad de gäller."
)
SHEET_NOT_READ: Final = to_translate("{sheet}{why}")
_SHEET: Final = to_translate("Bladet ”{name}”: ")
_MORE: Final = to_translate("… och {count} till av samma slag.")


@dataclass
class ExtractionNotes:
    """The notes to show, each once with the number of cells it concerns."""

    _entries: dict[tuple[object, ...], tuple[str, str, dict[str, Value], Address | None]] = field(
        default_factory=dict
    )
    _counts: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def add(
        self, rule: str, text: str, /, *, address: Address | None = None, count: int = 1, **fields: Value
    ) -> None:
        key = (rule, *fields.values())
        self._entries.setdefault(key, (rule, text, fields, address))
        self._counts[key] += count

    def all(self) -> Iterator[Note]:
        counts: Counter[str] = Counter()
        for key, (rule, text, fields, address) in self._entries.items():
            counts[rule] += 1
            if counts[rule] <= MOST_NOTES:
                yield Note(rule, Message(text, **{"count": Count(self._counts[key]), **fields}), address)
        for rule, count in counts.items():
            if count > MOST_NOTES:
                yield Note(rule, Message(_MORE, count=Count(count - MOST_NOTES)))


def sheet_prefix(name: str) -> Message | str:
    """Return the beginning of a note that names the sheet, empty for a file without sheet names."""
    return Message(_SHEET, name=name) if name else ""
