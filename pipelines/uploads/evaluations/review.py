"""A file with evaluation results, what it says and what is wrong in it: everything that is seen before it is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from domain.network import Network
from domain.place import Place
from domain.upload import FileMapping, Finding
from pipelines.uploads.evaluations.checking import check_evaluations
from pipelines.uploads.evaluations.columns import EVALUATION_SHEET
from pipelines.uploads.evaluations.reading import ReadEvaluations, read_evaluations
from spreadsheets import read_file

RESULT_COLUMNS: Final = (
    *("result_id", "project", "municipality_id", "measure_id", "measure_text", "before", "after"),
    *("unit", "before_day", "after_day", "person_count", "method", "reference"),
)


@dataclass(frozen=True)
class EvaluationContext:
    """What is known before the file is read. measures: names by id, of the network's measures and of the catalogue."""

    network: Network
    place: Place
    places: Mapping[str, Place]
    measures: Mapping[str, str]
    is_made_up: bool = False


@dataclass(frozen=True)
class EvaluationReview:
    """One reading of one file."""

    context: EvaluationContext
    read: ReadEvaluations
    findings: tuple[Finding, ...]

    @property
    def stops(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.stops)

    @property
    def results(self) -> pd.DataFrame:
        """The rows as the figures keep them (`EvaluationResult` without its upload); right once nothing stops."""
        table = self.read.rows[list(RESULT_COLUMNS)]
        return table.assign(person_count=table["person_count"].round().astype("Int64"))

    @property
    def mapping(self) -> FileMapping:
        """Nothing has to be guessed: the headings are given."""
        return FileMapping(sheets=(), layout_key=EVALUATION_SHEET)


def review_evaluations(content: bytes, file_name: str, context: EvaluationContext) -> EvaluationReview:
    """Read and check a file. Raises what reading a file raises, and `NoEvaluationsError`."""
    read = read_evaluations(
        read_file(content, file_name), place=context.place, places=context.places, measures=context.measures
    )
    return EvaluationReview(context, read, check_evaluations(read))


def annotated_evaluations(
    content: bytes, review: EvaluationReview, *, translate: Callable[[str], str] = lambda text: text
) -> bytes:
    """The file back with its findings in it."""
    from pipelines.uploads.annotated import annotated_file

    return annotated_file(
        content, review.read.workbook, review.findings, review.read.notes, translate=translate
    )
