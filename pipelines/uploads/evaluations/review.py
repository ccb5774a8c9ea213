"""A file with evaluation results: what it says and what is wrong in it, before any of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from data.workspace.changing import today
from data.workspace.upload_content import UploadContent
from domain.errors.uploads import FindingsStopError
from domain.upload import FileMapping
from pipelines.uploads.evaluations.checking import check_evaluations
from pipelines.uploads.evaluations.columns import EVALUATION_SHEET
from pipelines.uploads.evaluations.context import EvaluationContext
from pipelines.uploads.evaluations.reading import read_evaluations
from pipelines.uploads.resolved_cells import KEPT_COLUMNS
from pipelines.uploads.review import FileReview
from spreadsheets import read_file

RESULT_COLUMNS: Final = (
    *("result_id", "project", "municipality_id", "measure_id", "measure_text", "before", "after"),
    *("unit", "before_day", "after_day", "person_count", "method", "reference"),
)


@dataclass(frozen=True)
class EvaluationReview(FileReview):
    """A file with results of evaluated projects, one reading of it. rows: `ReadEvaluations.rows`."""

    rows: pd.DataFrame

    @property
    def period(self) -> None:
        return None

    @property
    def listed_period(self) -> str:
        """The year of the last measurement, but no future year."""
        days = (*self.results["after_day"], *self.results["before_day"])
        years = [int(day[:4]) for day in days if day]
        return str(min(max(years, default=today().year), today().year))

    @property
    def is_template(self) -> bool:
        return False

    @property
    def read_count(self) -> int:
        return len(self.results)

    @property
    def own_count(self) -> int:
        return len(self.results)

    @property
    def counts(self) -> Mapping[str, int]:
        return {"evaluations": len(self.results)}

    @property
    def results(self) -> pd.DataFrame:
        """The rows as the figures keep them (`EvaluationResult` without its upload); valid once nothing blocks."""
        table = self.rows[list(RESULT_COLUMNS)]
        return table.assign(person_count=table["person_count"].round().astype("Int64"))

    @property
    def content(self) -> UploadContent:
        """The results, without any values. Raises `FindingsStopError`: a row that breaks the contract has nowhere to be kept."""
        if blocking := self.blocking_findings:
            raise FindingsStopError(count=len(blocking), first=blocking[0].message)
        no_values = pd.DataFrame(columns=list(KEPT_COLUMNS))
        return UploadContent(
            values=no_values.astype(dict.fromkeys(("value", "basis"), "float64")),
            mapping=FileMapping(
                sheets=(), layout_key=EVALUATION_SHEET
            ),  # headings are fixed: nothing is guessed
            findings=self.findings,
            notes=self.notes,
            evaluations=self.results,
        )


def review_evaluations(content: bytes, file_name: str, context: EvaluationContext) -> EvaluationReview:
    """Read and check a file of evaluation results. Raises what `read_file` raises, and `NoEvaluationsError`."""
    read = read_evaluations(
        read_file(content, file_name), place=context.place, places=context.places, measures=context.measures
    )
    return EvaluationReview(
        findings=check_evaluations(read),
        workbook=read.workbook,
        notes=read.notes,
        network=context.network,
        place=context.place,
        is_made_up=context.is_made_up,
        rows=read.rows,
    )
