"""What is wrong in evaluation results: each row that the contract refuses becomes a finding at its cell."""

from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from domain.message import Message, Value, to_translate
from domain.upload import Finding, FindingLevel
from pipelines.uploads.evaluations.columns import FEWEST_PERSONS, FIELDS, HEADINGS
from pipelines.uploads.evaluations.reading import ReadEvaluations

if TYPE_CHECKING:
    from pandera.errors import SchemaError

MOST_FINDINGS: Final = 2_000


class _Words(NamedTuple):
    message: str
    expected: str
    advice: str


_WORDS: Final = {
    "given": _Words(
        to_translate("{heading} saknas."),
        to_translate("något i kolumnen {heading}"),
        to_translate("Fyll i cellen, eller ta bort raden."),
    ),
    "number": _Words(
        to_translate("{heading}: ”{found}” går inte att läsa som ett tal."),
        to_translate("ett tal"),
        to_translate("Skriv talet med siffror, till exempel 12 345,6."),
    ),
    "day": _Words(
        to_translate("{heading}: ”{found}” går inte att läsa som ett datum."),
        to_translate("2023-05-01, 2023-05 eller 2023"),
        to_translate("Skriv dagen, månaden eller året."),
    ),
    "share": _Words(
        to_translate("{heading}: {found} är ingen möjlig andel."),
        to_translate("0–100 %"),
        to_translate("Rätta talet eller enheten."),
    ),
    "place": _Words(
        to_translate("”{found}” är ingen kommun eller region som vi känner igen."),
        to_translate("en kommuns eller regions namn, eller dess kod med fyra siffror"),
        to_translate("Skriv kommunens namn eller kod."),
    ),
    "order": _Words(
        to_translate("Det som mättes efter ({found}) är tidigare än det som mättes före."),
        to_translate("ett datum efter föremätningen"),
        to_translate("Rätta ett av datumen."),
    ),
    "whole": _Words(
        to_translate("{heading}: {found} är inget antal."),
        to_translate("ett helt tal, 0 eller större"),
        to_translate("Skriv hur många personer resultatet gäller."),
    ),
    "few": _Words(
        to_translate("Resultatet gäller {found} personer. Det är för få för att visas utan att någon kan kännas igen."),
        to_translate("minst {fewest} personer"),
        to_translate("Slå ihop resultatet med andra, eller ta bort raden."),
    ),
    "duplicate": _Words(
        to_translate("Samma projekt, kommun, mått och datum efter står på flera rader."),
        to_translate("en rad per projekt, mått och datum"),
        to_translate("Ta bort den ena raden, eller skriv vilket datum var och en gäller."),
    ),
}  # fmt: skip


def check_evaluations(read: ReadEvaluations) -> tuple[Finding, ...]:
    """The findings, in the order of the file; all of them stop, since there is nothing to explain in a broken row."""
    # Contracts load slowly, and every command of the command line would wait for them.
    from pandera.errors import SchemaErrors

    from data.contracts.evaluation_row import evaluation_schema

    try:
        evaluation_schema(fewest_persons=FEWEST_PERSONS).validate(read.rows, lazy=True)
    except SchemaErrors as error:
        broken = {
            (int(index), str(getattr(schema_error.check, "name", "")))
            for schema_error in error.schema_errors
            for index in _failing(schema_error)
        }
        order = {name: place for place, name in enumerate(FIELDS)}
        ranked = sorted(broken, key=lambda failure: (failure[0], order[failure[1].partition(":")[2]]))
        return tuple(_finding(read, index, name) for index, name in ranked[:MOST_FINDINGS])
    return ()


def _failing(error: "SchemaError") -> list[int]:
    """The rows that break a rule; pandera's own failure cases of a rule about rows name every column of each."""
    passed = pd.Series(error.check_output).astype(bool)
    return [int(index) for index in passed.index[~passed]]


def _finding(read: ReadEvaluations, index: int, check: str) -> Finding:
    rule, _, name = check.partition(":")
    row = read.rows.iloc[index]
    cell_text = str(row.get(f"{name}_text", row[name]))
    words = _WORDS[rule]
    fields: dict[str, Value] = {"heading": HEADINGS[name], "found": cell_text, "fewest": FEWEST_PERSONS}
    address = read.address(row, name)
    return Finding(
        id=f"{rule}:{name}:{address.sheet}!{address.cell}".replace(" ", "-"),
        level=FindingLevel.STRUCTURE,
        rule=f"{rule}-{name}".replace("_", "-"),
        message=Message(words.message, **_used(words.message, fields)),
        address=address,
        row_name=" · ".join(part for part in (str(row["project"]), str(row["measure_text"])) if part),
        column_name=HEADINGS[name],
        found=cell_text,
        expected=Message(words.expected, **_used(words.expected, fields)),
        advice=Message(words.advice),
        measure_id=str(row["measure_id"]),
        municipality_code=str(row["municipality_id"]),
    )


def _used(text: str, fields: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in fields.items() if f"{{{name}}}" in text}
