"""Write results at the command line: JSON without NaN, aligned tables, `;`-separated text."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence

import typer

from cli.words import _
from domain.message import Explanation
from domain.release import Release
from language.formula_guard import guard_formula
from language.rendering import render


def write_json(result: Mapping[str, object]) -> None:
    """Write one JSON object to standard output. Raises `ValueError` for NaN, which JSON does not have."""
    typer.echo(json.dumps(result, ensure_ascii=False, indent=2, allow_nan=False))


def write_csv(rows: Iterable[Mapping[str, object]]) -> None:
    """One header line, then the rows: `;` between cells and decimal comma, as Swedish spreadsheets read them.

    UTF-8 without a byte-order mark, since this goes into pipes, where a mark would stick to the first name.
    """
    listed = list(rows)
    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    writer.writerow(listed[0])
    writer.writerows([[_cell(value) for value in row.values()] for row in listed])


def write_table(headings: Sequence[str], rows: Sequence[Sequence[str]], right_aligned: Sequence[int]) -> None:
    """Write columns as wide as their widest cell; the numbered ones aligned to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(headings, *rows, strict=True)]
    for row in (headings, *rows):
        cells = (
            cell.rjust(width) if place in right_aligned else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        typer.echo("  ".join(cells).rstrip())


def write_sentences(*some: Explanation) -> None:
    """Write a list of sentences in the language of this run."""
    for sentence in sentences(some):
        typer.echo(f"- {sentence}")


def write_explanations(explanations: Iterable[tuple[str, str]]) -> None:
    """Write the explanations of reported values: (whose and when, text), without those that have no text."""
    for of, words in explanations:
        if words:
            typer.echo(_("{of}, förklaring: {words}").format(of=of, words=words))


def sentences(some: Iterable[Explanation]) -> list[str]:
    """Return the sentences of a result in the language of this run."""
    return [render(message, _) for message in some]


def release_time(release: Release) -> str:
    """Return when the release became known, at a precision with which `--as-of` finds it again."""
    return release.known_at.isoformat()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return guard_formula(str(value))
