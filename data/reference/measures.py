"""What people decided about KPIs (`measures.csv`) and the ready-made sets of them (`sets.toml`)."""

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from domain.measure import Basis, CountModel, CuratedMeasure, Direction, MeasureKind, MeasureSet

_HERE: Final = Path(__file__).parent


@cache
def curated_measures() -> Mapping[str, CuratedMeasure]:
    """The curated KPIs by id, in the order of the file."""
    with (_HERE / "measures.csv").open(encoding="utf-8", newline="") as source:
        return MappingProxyType({row["kpi_id"]: _curated(row) for row in csv.DictReader(source)})


@cache
def measure_sets() -> tuple[MeasureSet, ...]:
    """The ready-made sets in the order in which they are offered; the first is the default."""
    tables = tomllib.loads((_HERE / "sets.toml").read_text(encoding="utf-8"))["set"]
    return tuple(
        MeasureSet(
            id=table["id"],
            name=table["name"],
            sections=tuple((section["name"], tuple(section["measures"])) for section in table["section"]),
        )
        for table in tables
    )


def _curated(row: dict[str, str]) -> CuratedMeasure:
    basis = None
    if row["denominator_id"]:
        basis = Basis(row["denominator_id"], float(row["multiplier"]), CountModel(row["count_model"]))
    return CuratedMeasure(
        kpi_id=row["kpi_id"],
        short_title=row["short_title"],
        direction=Direction(row["direction"]),
        kind=MeasureKind(row["kind"]),
        decimals=int(row["decimals"]),
        resident_sentence=row["resident_sentence"],
        basis=basis,
    )
