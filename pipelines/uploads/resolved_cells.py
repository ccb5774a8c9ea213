"""What the figures should hold of one municipality: the files in force laid upon each other, and what of it must not be shown.

Publishing and undoing both compute it from the beginning, from what every file in force says, so that an undoing leaves exactly
what would have stood without the file. Nothing here writes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd

from data.workspace.upload_content import UploadContent
from disclosure.publication import (
    Cell,
    DefinitionFor,
    Group,
    PublishedStatements,
    ResolvedCell,
    Statement,
    suppress_for_publication,
)
from domain.period import Period
from domain.upload import Upload
from domain.value import Gender, NoValueReason

CELL: Final = ["measure_id", "period", "gender"]
KEY: Final = ["measure_id", "municipality_id", "period", "gender"]
KEPT_COLUMNS: Final = (*CELL, "value", "reason", "basis", "comment", "sheet", "row", "column", "text")
FIGURES_COLUMNS: Final = (*KEY, "value", "reason", "basis", "footnote", "upload_id")


def select_own_cells(
    values: pd.DataFrame, municipality_code: str, is_reported: Callable[[str, int], bool]
) -> pd.DataFrame:
    """What a file says of one municipality's reported measures, one row a cell, columns `KEPT_COLUMNS`.

    values: `InterpretedFile.values`. is_reported: whether the members report a measure for a year.
    """
    own = values[
        (values["municipality_code"].astype(str) == municipality_code)
        & (values["problem"].astype(str) == "")
        & (values["measure_id"].astype(str) != "")
        & (values["period"].astype(str) != "")
    ]
    requested_cells = {
        (measure_id, period): is_reported(measure_id, Period.read(period).year)
        for measure_id, period in own[["measure_id", "period"]]
        .astype(str)
        .drop_duplicates()
        .itertuples(index=False)
    }
    pairs = zip(own["measure_id"].astype(str), own["period"].astype(str), strict=True)
    own = own[[requested_cells[pair] for pair in pairs]] if len(own) else own
    rows = own.reindex(columns=list(KEPT_COLUMNS)).drop_duplicates(CELL, keep="last").reset_index(drop=True)
    texts = ("measure_id", "period", "gender", "sheet", "text")
    return rows.assign(
        **{name: rows[name].astype(object).where(rows[name].notna(), "").astype(str) for name in texts},
        **{name: _text_or_none(rows[name]) for name in ("reason", "comment")},
        **{name: pd.to_numeric(rows[name]).astype("float64") for name in ("value", "basis")},
    )


def covered_measure_periods(contents: Sequence[UploadContent]) -> frozenset[Group]:
    """The measures and periods that files say something of."""
    return frozenset(
        (str(measure_id), str(period))
        for content in contents
        for measure_id, period in _rows_of_content(content)[["measure_id", "period"]]
        .drop_duplicates()
        .itertuples(index=False)
    )


def resolve_cells(
    in_force: Sequence[tuple[Upload, UploadContent]], groups: frozenset[Group], definition_for: DefinitionFor
) -> dict[Cell, ResolvedCell]:
    """What the figures should hold of some measures and periods. in_force: in the order of publication."""
    return suppress_for_publication(
        {
            cell: PublishedStatements(
                _latest(statements), tuple(statement.status for statement in statements)
            )
            for cell, statements in _statements(in_force, groups).items()
        },
        definition_for,
        was_shown=_was_shown(in_force),
    )


def to_figures_rows(held: Mapping[Cell, ResolvedCell], municipality_code: str) -> pd.DataFrame:
    """As the figures keep it, columns `FIGURES_COLUMNS`."""
    rows = [
        (
            *(measure_id, municipality_code, period, gender),
            *(
                statement.shown.value,
                statement.shown.reason,
                statement.shown.basis,
                statement.shown.footnote,
                statement.shown.upload_id,
            ),
        )
        for (measure_id, period, gender), statement in sorted(held.items())
    ]
    table = pd.DataFrame(rows, columns=list(FIGURES_COLUMNS))
    return table.astype({"value": "float64", "basis": "float64"})


def footnotes(upload: Upload, content: UploadContent) -> dict[Cell, str]:
    """What the controller has written of single values: explanations of findings, then the file's own comments."""
    notes_by_cell: dict[Cell, list[str]] = {}
    cells = [tuple(map(str, cell)) for cell in _rows_of_content(content)[CELL].itertuples(index=False)]
    for finding in content.findings:
        text = upload.explanations.get(finding.id, "").strip()
        is_own = finding.municipality_code in {"", upload.municipality_code}
        if not text or not finding.measure_id or not is_own:
            continue
        period = finding.period or upload.period
        notes_by_cell.setdefault((finding.measure_id, period, finding.gender.value), []).append(text)
    for cell, comment in zip(cells, _rows_of_content(content)["comment"], strict=True):
        if isinstance(comment, str) and comment.strip():
            notes_by_cell.setdefault(cell, []).append(comment.strip())  # type: ignore[arg-type]
    return {cell: " ".join(map(_ended, dict.fromkeys(texts))) for cell, texts in notes_by_cell.items()}


def _statements(
    in_force: Sequence[tuple[Upload, UploadContent]], groups: frozenset[Group]
) -> dict[Cell, list[Statement]]:
    """What every file says of each cell, in the order of publication."""
    statements: dict[Cell, list[Statement]] = {}
    for upload, content in in_force:
        notes = footnotes(upload, content)
        for row in _rows_of_content(content)[[*CELL, "value", "reason", "basis"]].to_dict("records"):
            cell = (str(row["measure_id"]), str(row["period"]), str(row["gender"]))
            if cell[:2] not in groups:
                continue
            value = float(row["value"])
            has_reason = isinstance(row["reason"], str) and bool(row["reason"])
            reason = str(row["reason"]) if has_reason and np.isnan(value) else None
            has_basis = not np.isnan(value) or reason == NoValueReason.SUPPRESSED.value
            statement = Statement(
                upload_id=upload.id,
                value=value,
                reason=reason,
                basis=float(row["basis"]) if has_basis else np.nan,
                footnote=notes.get(cell, ""),
            )
            statements.setdefault(cell, []).append(statement)
    return statements


def _latest(statements: Sequence[Statement]) -> Statement:
    """The last word, with the footnote that an unchanged value has had, as the file gave it that first said all of this."""
    standing = statements[0]
    for statement in statements[1:]:
        is_same = statement.agrees_with(standing)
        footnote = statement.footnote or (standing.footnote if is_same else "")
        is_all_the_same = is_same and footnote == standing.footnote and _same(statement.basis, standing.basis)
        standing = standing if is_all_the_same else replace(statement, footnote=footnote)
    return standing


def _was_shown(in_force: Sequence[tuple[Upload, UploadContent]]) -> frozenset[Cell]:
    """The cells whose number any publication in force has shown."""
    shown: set[Cell] = set()
    for _, content in in_force:
        if content.result is not None and len(content.result):
            numbers = content.result[content.result["value"].notna()]
            shown.update((str(a), str(b), str(c)) for a, b, c in numbers[CELL].itertuples(index=False))
    return frozenset(shown)


def cell_of(measure_id: str, period: str, gender: Gender) -> Cell:
    return (measure_id, period, gender.value)


def _rows_of_content(content: UploadContent) -> pd.DataFrame:
    table: pd.DataFrame = content.values
    return table


def _same(value: float, other: float) -> bool:
    return value == other or (np.isnan(value) and np.isnan(other))


def _ended(text: str) -> str:
    """With a full stop, so that the next sentence can follow."""
    return text if text[-1] in ".!?…" else f"{text}."


def _text_or_none(column: "pd.Series[Any]") -> "pd.Series[Any]":
    return column.astype(object).where(column.notna() & (column.astype(str) != ""), None)
