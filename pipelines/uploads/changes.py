"""What a publication or an undoing makes of the figures, cell by cell: new, changed, unchanged, withdrawn, suppressed."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import pandas as pd

from disclosure.publication import Cell, DefinitionFor, Group, ResolvedCell, SuppressionGround
from disclosure.reader import EVERYBODY, Reader
from domain.comparison import Colour
from domain.period import Period
from domain.upload import CellChange
from domain.value import Gender, NoValueReason
from pipelines.uploads.resolved_cells import FIGURES_COLUMNS, to_figures_rows


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """One cell before and after, as everybody may read it.

    A cell has a value, a reason or neither, which is "never reported". ground: why a number of the files is not shown.
    said_value: the number that the municipality's own file holds, for those who may read its drafts; None elsewhere.
    """

    measure_id: str
    measure_name: str
    unit: str
    decimals: int
    period: str
    gender: Gender
    change: CellChange
    old_value: float | None = None
    old_reason: NoValueReason | None = None
    new_value: float | None = None
    new_reason: NoValueReason | None = None
    ground: SuppressionGround | None = None
    old_footnote: str = ""
    footnote: str = ""
    is_in_file: bool = True
    said_value: float | None = None


@dataclass(frozen=True, slots=True)
class ColourChange:
    """A municipality that gets another colour in its network's comparison of one measure and year."""

    measure_id: str
    measure_name: str
    year: int
    gender: Gender
    municipality_code: str
    municipality_name: str
    before: Colour
    after: Colour


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that a publication or an undoing would do. `state_key` tells whether it still would."""

    cells: tuple[ChangedCell, ...]
    state_key: str
    colour_changes: tuple[ColourChange, ...] = ()
    rows: pd.DataFrame = field(repr=False, default_factory=pd.DataFrame)  # to merge into the figures
    result: pd.DataFrame = field(repr=False, default_factory=pd.DataFrame)  # what the figures then hold

    @property
    def counts(self) -> Mapping[CellChange, int]:
        """How many cells of each kind; all kinds are there."""
        counts = Counter(cell.change for cell in self.cells)
        return {cell_change: counts[cell_change] for cell_change in CellChange}

    @property
    def suppressed(self) -> tuple[ChangedCell, ...]:
        """The cells whose numbers are in the files and will not be shown."""
        return tuple(cell for cell in self.cells if cell.ground is not None)

    @property
    def value_count(self) -> int:
        """How many cells of the file will stand in the figures, shown or with their reason."""
        return sum(cell.is_in_file and cell.change is not CellChange.WITHDRAWN for cell in self.cells)


def difference(
    *,
    reported: pd.DataFrame,
    held: Mapping[Cell, ResolvedCell],
    groups: frozenset[Group],
    municipality_code: str,
    definition_for: DefinitionFor,
    in_file: frozenset[Cell] = frozenset(),
    reader: Reader = EVERYBODY,
) -> Changes:
    """What differs between the figures as they are and what they should hold of some measures and periods.

    reported: rows of the figures (`FIGURES_COLUMNS`) of this municipality, of these measures at least. in_file: the cells that
    the file at hand says something of. reader: who is shown the changes.
    """
    result = to_figures_rows(held, municipality_code)
    is_touched = [pair in groups for pair in zip(reported["measure_id"], reported["period"], strict=True)]
    before, after = _by_cell(reported[is_touched]), _by_cell(result)
    cells = []
    for cell in sorted(before.keys() | after.keys()):
        old, new, statement = before.get(cell, NOTHING), after.get(cell, NOTHING), held.get(cell)
        measure_id, period, gender = cell
        definition = definition_for(measure_id, Period.read(period).year)
        cells.append(
            ChangedCell(
                measure_id=measure_id,
                measure_name=definition.name,
                unit=definition.unit,
                decimals=definition.decimals,
                period=period,
                gender=Gender(gender),
                change=_change(cell in before, old, cell in after, new),
                old_value=old.value,
                old_reason=NoValueReason(old.reason) if old.reason else None,
                new_value=new.value,
                new_reason=NoValueReason(new.reason) if new.reason else None,
                ground=statement.ground if statement else None,
                old_footnote=old.footnote,
                footnote=new.footnote,
                is_in_file=cell in in_file,
                said_value=statement.number_for(reader, municipality_code)
                if statement and cell in in_file
                else None,
            )
        )
    differing = [cell for cell in before.keys() | after.keys() if before.get(cell) != after.get(cell)]
    rows = [
        (
            *cell[:1],
            municipality_code,
            *cell[1:],
            *(after[cell] if cell in after else NOTHING._replace(upload_id=before[cell].upload_id)),
            cell not in after,
        )
        for cell in sorted(differing)
    ]
    table = pd.DataFrame(rows, columns=[*FIGURES_COLUMNS, "is_deleted"])
    return Changes(
        cells=tuple(cells),
        state_key=_state_key(before, after),
        rows=table.astype({"value": "float64", "basis": "float64", "is_deleted": "bool"}),
        result=result,
    )


class Row(NamedTuple):
    """What the figures hold of a cell beside its key; None where there is nothing."""

    value: float | None = None
    reason: str | None = None
    basis: float | None = None
    footnote: str = ""
    upload_id: str = ""


NOTHING: Final = Row()


def _by_cell(rows: pd.DataFrame) -> dict[Cell, Row]:
    return {
        (str(row["measure_id"]), str(row["period"]), str(row["gender"])): Row(
            value=_number(row["value"]),
            reason=row["reason"] if isinstance(row["reason"], str) else None,
            basis=_number(row["basis"]),
            footnote=row["footnote"] if isinstance(row["footnote"], str) else "",
            upload_id=str(row["upload_id"]),
        )
        for row in rows.to_dict("records")
    }


def _number(value: Any) -> float | None:  # noqa: ANN401 - a cell of a table
    return None if pd.isna(value) else float(value)


def _change(was_there: bool, old: Row, is_there: bool, new: Row) -> CellChange:
    if not is_there:
        return CellChange.WITHDRAWN
    if not was_there:
        return CellChange.NEW
    is_same = (old.value, old.reason, old.footnote) == (new.value, new.reason, new.footnote)
    return CellChange.UNCHANGED if is_same else CellChange.CHANGED


def _state_key(before: Mapping[Cell, Row], after: Mapping[Cell, Row]) -> str:
    """The same as long as the same would be made of the same."""
    rows = [[cell, before.get(cell), after.get(cell)] for cell in sorted(before.keys() | after.keys())]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def changed_years(cells: Sequence[ChangedCell]) -> dict[tuple[int, Gender], frozenset[str]]:
    """Which measures differ, by year and gender."""
    genders: dict[tuple[int, Gender], set[str]] = {}
    for cell in cells:
        if cell.change is not CellChange.UNCHANGED:
            genders.setdefault((Period.read(cell.period).year, cell.gender), set()).add(cell.measure_id)
    return {key: frozenset(ids) for key, ids in genders.items()}
