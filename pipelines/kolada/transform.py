"""Transform raw data pages into rows of the store: one per KPI, place, year and gender, with a number or a reason.

Both a set status and an empty value mean that there is no publishable value: in one real pull 332 rows had a status and
a value, 73 had neither. What was not asked for, what has an unknown status and what contradicts itself is refused.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from domain.errors.source import (
    ContradictingRowsError,
    UnknownStatusError,
    UnreadableAnswerError,
    UnrequestedRowsError,
)
from domain.value import Gender, NoValueReason
from pipelines.kolada.page_forms import DataPage, DataRecord, PageOfAnyWord, RecordOfAnyWord

REASON_OF_STATUS: Final[dict[str | None, NoValueReason | None]] = {
    "": None,
    None: None,
    "Missing": NoValueReason.MISSING,
    "Privacy": NoValueReason.SUPPRESSED,
    "Not applicable": NoValueReason.NOT_APPLICABLE,
}
STAGED_SCHEMA: Final = pa.schema(
    [
        ("kpi_id", pa.string()),
        ("municipality_id", pa.string()),
        ("year", pa.int32()),
        ("gender", pa.string()),
        ("value", pa.float64()),
        ("reason", pa.string()),
        ("is_deleted", pa.bool_()),
    ]
)
EXAMPLES_SHOWN: Final = 3

Booleans = npt.NDArray[np.bool_]


class RequestedScope(msgspec.Struct, frozen=True):
    """What the pages may hold. With `takes_any_place`, rows of places that nobody knows (groups) are left out instead."""

    kpi_ids: frozenset[str]
    years: frozenset[int]
    place_ids: frozenset[str]
    takes_any_place: bool


class TransformedPart(msgspec.Struct, frozen=True):
    """One Parquet file of staged rows, with counts of what its pages held."""

    path: str
    rows: int
    deleted: int
    kpi_ids: tuple[str, ...]
    left_out: dict[str, int]


_decoder = msgspec.json.Decoder(DataPage)
_decoder_of_any_word = msgspec.json.Decoder(PageOfAnyWord)
_kpi, _year, _place, _cells = map(attrgetter, ("kpi", "year", "municipality", "cells"))
_gender, _status, _value, _deleted = map(attrgetter, ("gender", "status", "value", "isdeleted"))

_genders = pa.array([str(gender) for gender in Gender], pa.string())
_gender_code: Final = {str(gender): code for code, gender in enumerate(Gender)}
_reasons = pa.array([str(reason) for reason in NoValueReason], pa.string())
_reason_code: Final = {str(reason): code for code, reason in enumerate(NoValueReason)}
NO_REASON: Final = len(NoValueReason)
_code_of_status: Final = {
    status: NO_REASON if reason is None else _reason_code[reason]
    for status, reason in REASON_OF_STATUS.items()
}


def write_part(pages: Iterable[tuple[str, bytes]], scope: RequestedScope, path: Path) -> TransformedPart:
    """Transform whole chains of pages into one Parquet file. Raises what `transform_pages` raises."""
    table, left_out = transform_pages(pages, scope)
    if table.num_rows:
        pq.write_table(table, path, compression="lz4")
    return TransformedPart(
        path=str(path),
        rows=table.num_rows,
        deleted=pc.sum(table["is_deleted"]).as_py() or 0,
        kpi_ids=tuple(sorted(pc.unique(table["kpi_id"]).to_pylist())),
        left_out=left_out,
    )


def transform_pages(
    pages: Iterable[tuple[str, bytes]], scope: RequestedScope
) -> tuple[pa.Table, dict[str, int]]:
    """The rows of some (address, body) pages in `STAGED_SCHEMA`, strings dictionary-encoded, and what was left out.

    Pages of one chain must come together: that is where a row can come twice. Rows that are received twice and agree count once.
    Raises `UnreadableAnswerError`, `UnrequestedRowsError`, `UnknownStatusError`, `ContradictingRowsError`.
    """
    tables: list[pa.Table] = []
    left_out: dict[str, int] = {}
    for url, body in pages:
        table = _page_rows(url, body)
        if table.num_rows:
            tables.append(_within(scope, table, left_out))
    if not tables:
        return STAGED_SCHEMA.empty_table(), left_out
    return _without_repeats(pa.concat_tables(tables).unify_dictionaries()), left_out


def _page_rows(url: str, body: bytes) -> pa.Table:
    """One page as rows. Python touches each cell only through C-level iteration, which is what makes it fast."""
    records = _records(url, body)
    cells_of_record = list(map(_cells, records))
    lengths = np.fromiter(map(len, cells_of_record), np.int64, len(records))
    cells = list(chain.from_iterable(cells_of_record))
    record_of_cell = pa.array(np.repeat(np.arange(len(records), dtype=np.int32), lengths))
    gender = np.fromiter(map(_gender_code.__getitem__, map(_gender, cells)), np.int8, len(cells))
    statuses = list(map(_status, cells))
    deleted = list(map(_deleted, cells))
    value, reason = _value_or_reason(pa.array(list(map(_value, cells)), pa.float64()), statuses, deleted)
    return pa.table(
        {
            "kpi_id": _words(map(_kpi, records)).take(record_of_cell),
            "municipality_id": _words(map(_place, records)).take(record_of_cell),
            "year": pa.array(list(map(_year, records)), pa.int64()).take(record_of_cell),
            "gender": pa.DictionaryArray.from_arrays(pa.array(gender), _genders),
            "value": value,
            "reason": reason,
            "is_deleted": pa.array(deleted, pa.bool_()),
        }
    )


def _records(url: str, body: bytes) -> list[DataRecord] | list[RecordOfAnyWord]:
    """The records of a page whose every word is known; a word in a row that is deleted means nothing any more."""
    try:
        return _decoder.decode(body).rows
    except (msgspec.DecodeError, msgspec.ValidationError):
        pass
    try:
        records = _decoder_of_any_word.decode(body).rows
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise UnreadableAnswerError(url=url, reason=str(error)) from None
    for record in records:
        for cell in record.cells:
            name = f"{record.kpi}/{record.municipality}/{record.year}/{cell.gender}"
            if cell.gender not in _gender_code:
                raise UnreadableAnswerError(url=url, reason=name)
            if cell.status not in REASON_OF_STATUS:
                if not cell.isdeleted:
                    raise UnknownStatusError(status=cell.status, example=name)
                cell.status = ""
    return records


def _words(words: Iterable[str]) -> pa.DictionaryArray:
    return pa.array(list(words), pa.string()).dictionary_encode()


def _value_or_reason(
    value: pa.Array, statuses: Sequence[str | None], deleted: Sequence[bool]
) -> tuple[pa.Array, pa.DictionaryArray]:
    """A number without a reason, or a reason without a number; neither in a deleted row."""
    code = np.full(len(value), NO_REASON, np.int8)
    if statuses.count("") < len(statuses):
        code = np.fromiter(map(_code_of_status.__getitem__, statuses), np.int8, len(statuses))
    if value.null_count:
        code[value.is_null().to_numpy(zero_copy_only=False) & (code == NO_REASON)] = _reason_code[
            NoValueReason.MISSING
        ]
    has_reason = code != NO_REASON
    if True in deleted:
        is_deleted = np.fromiter(deleted, bool, len(deleted))
        has_number, has_reason = ~has_reason & ~is_deleted, has_reason & ~is_deleted
    else:
        has_number = ~has_reason
    if not has_number.all():
        value = pc.if_else(pa.array(has_number), value, pa.scalar(None, pa.float64()))
    return value, pa.DictionaryArray.from_arrays(pa.array(code, mask=~has_reason), _reasons)


def _within(scope: RequestedScope, table: pa.Table, left_out: dict[str, int]) -> pa.Table:
    """Refuse what was not asked for; leave out, and count, places that nobody knows when all places were asked for."""
    strange_kpi = _strangers(table["kpi_id"], scope.kpi_ids)
    strange_place = _strangers(table["municipality_id"], scope.place_ids)
    strange_year = set(pc.unique(table["year"]).to_pylist()) - scope.years
    is_refused = strange_kpi
    if strange_year:
        is_refused = is_refused | np.isin(table["year"].to_numpy(), list(strange_year))
    if not scope.takes_any_place:
        is_refused = is_refused | strange_place
    if is_refused.any():
        strangers = table.filter(pa.array(is_refused))
        raise UnrequestedRowsError(count=strangers.num_rows, examples=_examples(strangers))
    if strange_place.any():
        counted = pc.value_counts(table["municipality_id"].filter(pa.array(strange_place)).cast(pa.string()))
        for row in counted.to_pylist():
            left_out[row["values"]] = left_out.get(row["values"], 0) + row["counts"]
        table = table.filter(pa.array(~strange_place))
    return table.set_column(table.schema.get_field_index("year"), "year", table["year"].cast(pa.int32()))


def _strangers(column: pa.ChunkedArray, known: frozenset[str]) -> Booleans:
    """Which rows hold a word outside the known ones; looked up once a word, not once a row."""
    words = column.combine_chunks()
    is_strange = np.array([word not in known for word in words.dictionary.to_pylist()], bool)
    if not is_strange.any():
        return np.zeros(len(words), bool)
    return np.asarray(is_strange[words.indices.to_numpy()])


def _without_repeats(table: pa.Table) -> pa.Table:
    """Rows that received twice once, if they agree; between two pages of a chain the source may have moved on."""
    key = np.zeros(table.num_rows, np.int64)
    for name in ("kpi_id", "municipality_id", "gender"):
        words = table[name].combine_chunks()
        key = key * (len(words.dictionary) + 1) + words.indices.to_numpy()
    key = key * 10_000 + table["year"].to_numpy()
    _, first = np.unique(key, return_index=True)
    if len(first) == table.num_rows:
        return table
    order = np.argsort(key, kind="stable")
    same_cell = np.flatnonzero(key[order][1:] == key[order][:-1])
    before, after = table.take(order[same_cell]), table.take(order[same_cell + 1])
    differs = np.zeros(len(same_cell), bool)
    for name in ("value", "reason", "is_deleted"):
        left, right = (_plain(part[name]) for part in (before, after))
        equal = pc.fill_null(pc.equal(left, right), False)
        differs |= ~pc.or_(equal, pc.and_(pc.is_null(left), pc.is_null(right))).to_numpy(zero_copy_only=False)
    if differs.any():
        raise ContradictingRowsError(
            count=int(differs.sum()), examples=_examples(after.filter(pa.array(differs)))
        )
    return table.take(np.sort(first))


def _plain(column: pa.ChunkedArray) -> pa.Array:
    array = column.combine_chunks()
    return array.cast(pa.string()) if pa.types.is_dictionary(array.type) else array


def _examples(rows: pa.Table) -> str:
    shown: Sequence[dict[str, object]] = rows.slice(0, EXAMPLES_SHOWN).to_pylist()
    return ", ".join(
        f"{row['kpi_id']}/{row['municipality_id']}/{row['year']}/{row['gender']}" for row in shown
    )
