"""Raw pages to figures: the product compared with the fastest bare implementation, on the same pages."""

import asyncio
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

import data.contracts.validation  # noqa: F401 - loading its libraries is no part of loading values
from benchmarks.generated_pages import land
from benchmarks.measuring import Row, measured
from data.settings import read_settings
from data.store.writing import MergeCounts, write_release
from pipelines.kolada.raw_pages import RawPage, RawPages
from pipelines.kolada.transform import RequestedScope
from pipelines.kolada.transforming import transform_raw_pages

MOST_MEMORY_MIB = 3 * 1024


class BareCell(msgspec.Struct, gc=False):
    gender: str
    status: str
    value: float | None
    isdeleted: bool


class BareRecord(msgspec.Struct, gc=False):
    kpi: str
    period: int
    municipality: str
    values: list[BareCell]


class BarePage(msgspec.Struct, gc=False):
    values: list[BareRecord]


BARE_SCHEMA = pa.schema(
    [
        ("kpi", pa.string()),
        ("municipality", pa.string()),
        ("period", pa.int32()),
        ("gender", pa.string()),
        ("status", pa.string()),
        ("value", pa.float64()),
    ]
)


def bare_road(files: Iterable[tuple[Path, RawPage]], target: Path) -> int:
    """msgspec → Arrow → Parquet on one core, with no check of anything. Return the number of values."""
    decoder = msgspec.json.Decoder(BarePage)
    count = 0
    with pq.ParquetWriter(target, BARE_SCHEMA, compression="zstd", compression_level=1) as writer:
        for batch in _batches(files, 20):
            columns: tuple[list[object], ...] = ([], [], [], [], [], [])
            kpi, municipality, period, gender, status, value = columns
            for file, page in batch:
                body = pa.decompress(
                    file.read_bytes(), decompressed_size=page.size, codec="zstd", asbytes=True
                )
                for record in decoder.decode(body).values:
                    for cell in record.values:
                        kpi.append(record.kpi)
                        municipality.append(record.municipality)
                        period.append(record.period)
                        gender.append(cell.gender)
                        status.append(cell.status)
                        value.append(cell.value)
            count += len(value)
            arrays = [
                pa.array(column, field.type) for column, field in zip(columns, BARE_SCHEMA, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=BARE_SCHEMA))
    return count


def our_road(
    landing: RawPages, chains: list[list[RawPage]], scope: RequestedScope, home: Path
) -> MergeCounts:
    """Checksums, transformation, the contract and one transaction: what a sync does with its raw pages."""
    parts = asyncio.run(transform_raw_pages(landing, chains, scope, landing.staged_folder))
    return write_release(
        read_settings(home).figures,
        lambda writer: writer.merge_indicator_values([Path(part.path) for part in parts]),
        run_id="generated",
        description="generated values",
    )


def loading_row(home: Path, value_count: int) -> Row:
    """Load generated pages both ways; what we loaded stays for the queries."""
    landing, chains, scope = land(home, value_count)
    files = landing.files(page for chain in chains for page in chain)
    bare = measured(lambda: bare_road(files, home / "bare.parquet"))
    (home / "bare.parquet").unlink()
    ours = measured(lambda: our_road(landing, chains, scope, home))
    if ours.result.new != bare.result:
        raise AssertionError(f"{ours.result.new} values loaded of {bare.result}")
    return Row(
        name=f"load {bare.result:,} values from landed pages, validated",
        ours=f"{ours.seconds:.1f} s ({bare.result / ours.seconds:,.0f}/s)",
        bare=f"{bare.seconds:.1f} s ({bare.result / bare.seconds:,.0f}/s)",
        figure=ours.seconds / bare.seconds,
        limit=1.0,
        memory=f"{ours.peak_mib:,.0f} MiB of {MOST_MEMORY_MIB:,}",
    )


def _batches(files: Iterable[tuple[Path, RawPage]], size: int) -> Iterator[list[tuple[Path, RawPage]]]:
    batch: list[tuple[Path, RawPage]] = []
    for file in files:
        batch.append(file)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
