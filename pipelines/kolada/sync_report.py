"""The result of a sync, for the run log, the command line and the page."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from data.store.writing import MergeCounts
from domain.message import Message
from language.rendering import render


@dataclass(frozen=True, slots=True)
class Redefinition:
    """A KPI whose values arrived on another level: `factor` times the old one, for `share_of_places` of the places."""

    kpi_id: str
    factor: float
    share_of_places: float
    first_year: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """One finished sync. `corrections` counts the cells that each correction changed; `units` are those put right."""

    run_id: str
    requests: int
    retries: int
    pages: int
    pages_taken_over: int
    rows: int
    counts: MergeCounts
    kpi_ids: tuple[str, ...]
    fetched_in_full: int
    without_values: tuple[str, ...]
    redefined: tuple[Redefinition, ...]
    corrections: dict[str, int]
    units: dict[str, str]
    warnings: tuple[Message, ...]
    release: datetime | None
    seconds: float
    spot_checked_cells: int = 0
    spot_check_missed: int = 0
    status: str = field(default="done")

    def as_json(self) -> dict[str, Any]:
        """Plain values. `kpis` is how many KPIs were asked for, `rows` how many cells received."""
        return {
            "run_id": self.run_id,
            "status": self.status,
            "requests": self.requests,
            "retries": self.retries,
            "pages": self.pages,
            "pages_taken_over": self.pages_taken_over,
            "rows": self.rows,
            "new": self.counts.new,
            "changed": self.counts.changed,
            "unchanged": self.counts.unchanged,
            "withdrawn": self.counts.withdrawn,
            "kpis": len(self.kpi_ids),
            "fetched_in_full": self.fetched_in_full,
            "without_values": list(self.without_values),
            "redefined": [
                {
                    "kpi_id": level_break.kpi_id,
                    "factor": level_break.factor,
                    "share_of_places": level_break.share_of_places,
                    "first_year": level_break.first_year,
                    "kind": level_break.kind,
                }
                for level_break in self.redefined
            ],
            "corrections": self.corrections,
            "units_corrected": self.units,
            "spot_check": {"cells": self.spot_checked_cells, "missed": self.spot_check_missed},
            "warnings": [render(warning, str) for warning in self.warnings],
            "release": self.release.isoformat() if self.release else None,
            "seconds": round(self.seconds, 2),
        }
