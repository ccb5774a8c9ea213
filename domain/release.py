"""A release: what was known at a moment, and who made it so."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Release:
    """One committed state of the figures.

    `number` rises by time within one store. `known_at` carries a time zone. `run_id` names the pipeline run or
    upload that wrote it. `is_made_up` is true for demonstration values, which every page and export must say.
    """

    number: int
    known_at: datetime
    run_id: str
    description: str
    is_made_up: bool = False
