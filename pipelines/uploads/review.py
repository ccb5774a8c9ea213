"""A reviewed file: what it says and what is wrong in it, before any of it is kept.

There are two kinds, values of the measures that a network asks for and results of evaluated projects. `FileReview` is all that
publishing, the command line and annotated copies need to know of either.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from data.workspace.upload_content import UploadContent
from domain.network import Network
from domain.network_measure import MeasureSource
from domain.period import Period
from domain.place import Place
from domain.upload import FileMapping, Finding, Note
from pipelines.uploads.interpreted_file import InterpretedFile
from pipelines.uploads.resolved_cells import select_own_cells
from pipelines.uploads.upload_context import UploadContext
from spreadsheets.workbook import Workbook


@dataclass(frozen=True)
class FileReview(ABC):
    """One reading of one file. findings: in the order of level, sheet, row and column.

    place: the municipality that the file is handed in for. is_made_up: whether it was reviewed against the demonstration's
    figures.
    """

    findings: tuple[Finding, ...]
    workbook: Workbook
    notes: tuple[Note, ...]
    network: Network
    place: Place
    is_made_up: bool

    @property
    def blocking_findings(self) -> tuple[Finding, ...]:
        """The findings that must be corrected before anything can be published."""
        return tuple(finding for finding in self.findings if finding.stops)

    @property
    def findings_to_explain(self) -> tuple[Finding, ...]:
        """The findings that can be published once somebody has explained them."""
        return tuple(finding for finding in self.findings if not finding.stops)

    @property
    @abstractmethod
    def period(self) -> Period | None:
        """The reporting period; None where every result has dates of its own."""

    @property
    @abstractmethod
    def listed_period(self) -> str:
        """The period that an upload of this file stands under in lists."""

    @property
    @abstractmethod
    def is_template(self) -> bool:
        """Whether it is our own template, read without guessing."""

    @property
    @abstractmethod
    def read_count(self) -> int:
        """How many values or results the file holds, of any measure and place."""

    @property
    @abstractmethod
    def own_count(self) -> int:
        """How many values or results of the municipality itself could be published."""

    @property
    @abstractmethod
    def counts(self) -> Mapping[str, int]:
        """What an upload of this file says of its size in lists."""

    @property
    @abstractmethod
    def content(self) -> UploadContent:
        """What is kept of the file. Raises `FindingsStopError` where a file like this may not be kept even as a draft."""


@dataclass(frozen=True)
class ValuesReview(FileReview):
    """A file with values of measures, one reading of it."""

    context: UploadContext
    interpreted: InterpretedFile

    @property
    def period(self) -> Period:
        return self.context.period

    @property
    def listed_period(self) -> str:
        return str(self.context.period)

    @property
    def is_template(self) -> bool:
        return self.interpreted.mapping.is_template

    @property
    def read_count(self) -> int:
        table: pd.DataFrame = self.interpreted.values
        return int((table["value"].notna() | table["reason"].notna()).sum())

    @property
    def own_count(self) -> int:
        table: pd.DataFrame = self.interpreted.values
        is_own = table["municipality_code"] == self.place.code
        reported_ids = [measure.id for measure in self.context.reported]
        return int((is_own & table["measure_id"].isin(reported_ids)).sum())

    @property
    def counts(self) -> Mapping[str, int]:
        levels = Counter(finding.level for finding in self.findings)
        return {
            "values": len(self._own_cells()),
            "findings": len(self.findings),
            **{f"level_{int(level)}": count for level, count in sorted(levels.items())},
        }

    @property
    def content(self) -> UploadContent:
        """The municipality's own cells. Other municipalities' values are only compared with and never kept."""
        return UploadContent(
            values=self._own_cells(),
            mapping=self.interpreted.mapping,
            findings=self.findings,
            notes=self.notes,
        )

    def _own_cells(self) -> pd.DataFrame:
        def is_reported(measure_id: str, year: int) -> bool:
            measure = self.context.by_id.get(measure_id)
            return measure is not None and measure.definition_for(year).source is MeasureSource.OWN

        return select_own_cells(self.interpreted.values, self.place.code, is_reported)


def review_values(
    content: bytes, file_name: str, context: UploadContext, *, mapping: FileMapping | None = None
) -> ValuesReview:
    """Read, interpret and check a file of values; `mapping` replaces the guessed one.

    Raises what `read_file` raises: a `UserError` that says what is wrong with the file as a whole.
    """
    from pipelines.uploads.checking import check, note_unreadable_cells, note_unreported_measures
    from pipelines.uploads.interpretation import interpret
    from spreadsheets import read_file

    interpreted = interpret(read_file(content, file_name), context, mapping=mapping)
    notes = (*note_unreadable_cells(interpreted, context), *note_unreported_measures(interpreted, context))
    interpreted = replace(interpreted, notes=(*interpreted.notes, *notes))
    return ValuesReview(
        findings=check(interpreted, context),
        workbook=interpreted.workbook,
        notes=interpreted.notes,
        network=context.network,
        place=context.place,
        is_made_up=context.is_made_up,
        context=context,
        interpreted=interpreted,
    )
