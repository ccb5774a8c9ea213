"""A file, what was understood of it and what is wrong in it: everything that a person sees before a draft is kept."""

from dataclasses import dataclass, replace

from domain.upload import FileMapping, Finding
from pipelines.uploads.interpreted_file import InterpretedFile
from pipelines.uploads.upload_context import UploadContext


@dataclass(frozen=True)
class Review:
    """One reading of one file. Findings stand in the order of level, sheet, row and column."""

    context: UploadContext
    interpreted: InterpretedFile
    findings: tuple[Finding, ...]

    @property
    def stops(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.stops)

    @property
    def to_explain(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.stops)


def review(
    content: bytes, file_name: str, context: UploadContext, *, mapping: FileMapping | None = None
) -> Review:
    """Read, understand and check a file; `mapping` takes the place of what would be guessed.

    Raises what reading raises: a `UserError` that says what is wrong with the file as a whole.
    """
    from pipelines.uploads.checking import check, note_unreadable_cells, note_unreported_measures
    from pipelines.uploads.interpretation import interpret
    from spreadsheets import read_file

    interpreted = interpret(read_file(content, file_name), context, mapping=mapping)
    told = (*note_unreadable_cells(interpreted, context), *note_unreported_measures(interpreted, context))
    interpreted = replace(interpreted, notes=(*interpreted.notes, *told))
    return Review(context, interpreted, check(interpreted, context))
