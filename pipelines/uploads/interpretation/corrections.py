"""A mapping mended by hand, and carried over to the next file of the same layout."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from domain.message import Message, to_translate
from domain.upload import ColumnMapping, ColumnRole, FileMapping, SheetMapping
from domain.value import Gender
from pipelines.uploads.interpretation.guessing import guess_mapping, guess_sheet
from pipelines.uploads.interpretation.layout import layout_key, normalise_heading
from pipelines.uploads.interpretation.name_lookup import NameLookup
from pipelines.uploads.upload_context import UploadContext
from spreadsheets.workbook import Workbook

_BY_HAND: Final = to_translate("Valt för hand.")
_REMEMBERED: Final = to_translate("Valt för hand förra gången.")
_ONE_OF_ITS_KIND: Final = frozenset(
    {ColumnRole.MEASURE, ColumnRole.PERIOD, ColumnRole.YEAR, ColumnRole.PART, ColumnRole.GENDER}
)  # a table says each of these in one column
_SAME_THING: Final = {
    ColumnRole.YEAR: {ColumnRole.YEAR, ColumnRole.PERIOD},
    ColumnRole.PERIOD: {ColumnRole.YEAR, ColumnRole.PERIOD},
}


def set_column_role(
    mapping: FileMapping,
    sheet: str,
    column: int,
    role: ColumnRole,
    *,
    measure_id: str = "",
    period: str = "",
    gender: Gender | None = None,
    municipality_code: str = "",
    table: int = 0,
) -> FileMapping:
    """The mapping with one column chosen by hand; another column that held the same key is let go.

    column: from 1. table: which of the sheet's tables, from 0, where it has several.
    """

    def changed(mapped: ColumnMapping) -> ColumnMapping:
        if mapped.column == column:
            return replace(
                mapped,
                role=role,
                measure_id=measure_id,
                period=period,
                gender=gender,
                municipality_code=municipality_code,
                why=Message(_BY_HAND),
                is_by_hand=True,
            )
        if role in _ONE_OF_ITS_KIND and mapped.role in _SAME_THING.get(role, {role}):
            return replace(mapped, role=ColumnRole.IGNORED, why=Message(_BY_HAND), is_by_hand=True)
        return mapped

    def mended(table: SheetMapping) -> SheetMapping:
        columns = tuple(map(changed, table.columns))
        return replace(table, columns=columns, is_read=any(each.role is ColumnRole.VALUE for each in columns))

    return _with_table_changed(mapping, sheet, table, mended)


def set_table_subject(
    mapping: FileMapping,
    sheet: str,
    *,
    is_read: bool | None = None,
    measure_id: str | None = None,
    period: str | None = None,
    gender: Gender | None = None,
    municipality_code: str | None = None,
    table: int = 0,
) -> FileMapping:
    """The mapping with what a whole table is about chosen by hand; what is None stays as it was."""
    chosen: dict[str, object] = {
        "is_read": is_read,
        "measure_id": measure_id,
        "period": period,
        "gender": gender,
        "municipality_code": municipality_code,
    }
    changes = {name: value for name, value in chosen.items() if value is not None}

    def mended(table: SheetMapping) -> SheetMapping:
        return replace(table, **changes, why=Message(_BY_HAND), is_by_hand=True)  # type: ignore[arg-type]

    return _with_table_changed(mapping, sheet, table, mended)


def turned(mapping: FileMapping, sheet: str, workbook: Workbook, context: UploadContext) -> FileMapping:
    """The mapping with one sheet guessed again, with rows and columns swapped."""
    names = NameLookup.of(context)
    lying = next(drawn for drawn in workbook.sheets if drawn.name == sheet)
    before = next(table for table in mapping.sheets if table.sheet == sheet)
    tables = guess_sheet(lying, workbook, names, is_transposed=not before.is_transposed)
    if not tables:
        return mapping
    tables = [replace(table, is_by_hand=True) for table in tables]
    sheets: list[SheetMapping] = []
    for old_table in mapping.sheets:
        if old_table.sheet != sheet:
            sheets.append(old_table)
        elif tables:
            sheets.extend(tables)
            tables = []
    return replace(mapping, sheets=tuple(sheets), is_template=False)


def apply_remembered_corrections(
    remembered: FileMapping, workbook: Workbook, context: UploadContext, names: NameLookup | None = None
) -> FileMapping:
    """How a file is read when another of its layout was corrected before: guessed again, with the corrections applied by heading.

    A correction of a column follows its heading, whatever years stand in it; rows are located again, since the next file
    has other ones.
    """
    names = names or NameLookup.of(context)
    fresh = guess_mapping(workbook, context, names)
    if fresh.is_template:
        return fresh
    sheets = list(fresh.sheets)
    for at, old in enumerate(remembered.sheets):
        new_at = _same_table(old, at, sheets)
        if new_at is None:
            continue
        new = sheets[new_at]
        if new.is_transposed != old.is_transposed and old.is_by_hand:
            lying = next(candidate for candidate in workbook.sheets if candidate.name == new.sheet)
            again = guess_sheet(lying, workbook, names, is_transposed=old.is_transposed)
            new = again[0] if again else new
        sheets[new_at] = _with_corrections(new, old)
    key = layout_key(workbook, sheets) if any(sheet.is_by_hand for sheet in sheets) else fresh.layout_key
    return replace(fresh, sheets=tuple(sheets), layout_key=key, is_remembered=True)


def _same_table(old: SheetMapping, at: int, sheets: list[SheetMapping]) -> int | None:
    named = [number for number, table in enumerate(sheets) if table.sheet == old.sheet]
    if len(named) == 1:
        return named[0]
    if at in named or (at < len(sheets) and not named):
        return at
    return None


def _with_corrections(new: SheetMapping, old: SheetMapping) -> SheetMapping:
    mended = {key: column for key, column in _by_heading(old.columns) if column.is_by_hand}
    columns = []
    for key, new_column in _by_heading(new.columns):
        was = mended.get(key)
        if was is None:
            columns.append(new_column)
            continue
        keeps_period = (
            normalise_heading(new_column.heading) != new_column.heading.casefold() and new_column.period
        )
        columns.append(
            replace(
                new_column,
                role=was.role,
                measure_id=was.measure_id,
                period=new_column.period if keeps_period else was.period,
                gender=was.gender,
                municipality_code=was.municipality_code,
                why=Message(_REMEMBERED),
                is_by_hand=True,
            )
        )
    sheet = replace(new, columns=tuple(columns))
    if old.is_by_hand:
        sheet = replace(
            sheet,
            is_read=old.is_read,
            measure_id=old.measure_id,
            gender=old.gender,
            municipality_code=old.municipality_code,
            period=new.period or "",  # last year's period is not this year's
            why=Message(_REMEMBERED),
            is_by_hand=True,
        )
    return replace(
        sheet,
        is_read=sheet.is_read
        or any(column.role is ColumnRole.VALUE and column.is_by_hand for column in columns),
    )


def _by_heading(columns: tuple[ColumnMapping, ...]) -> list[tuple[tuple[str, int], ColumnMapping]]:
    """Columns by their heading as it stays from year to year, and by which of its kind each is."""
    seen: Counter[str] = Counter()
    listed = []
    for column in columns:
        key = normalise_heading(column.heading)
        listed.append(((key, seen[key]), column))
        seen[key] += 1
    return listed


def _with_table_changed(
    mapping: FileMapping, sheet: str, table: int, change: Callable[[SheetMapping], SheetMapping]
) -> FileMapping:
    tables = [at for at, candidate in enumerate(mapping.sheets) if candidate.sheet == sheet]
    at = tables[table]
    sheets = (*mapping.sheets[:at], change(mapping.sheets[at]), *mapping.sheets[at + 1 :])
    return replace(mapping, sheets=sheets, is_template=False)
