"""A file, what was understood of it and what is wrong in it: everything that a person sees before a draft is kept."""

from dataclasses import dataclass, replace

from domain.upload import FileMapping, Finding
from pipelines.uploads.known import Known
from pipelines.uploads.understood import Understood


@dataclass(frozen=True)
class Review:
    """One reading of one file. Findings stand in the order of level, sheet, row and column."""

    known: Known
    understood: Understood
    findings: tuple[Finding, ...]

    @property
    def stops(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.stops)

    @property
    def to_explain(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if not one.stops)


def review(content: bytes, file_name: str, known: Known, *, mapping: FileMapping | None = None) -> Review:
    """Read, understand and check a file; `mapping` takes the place of what would be guessed.

    Raises what reading raises: a `UserError` that says what is wrong with the file as a whole.
    """
    from pipelines.uploads.checking import check, left_to_report, set_aside
    from pipelines.uploads.understanding import understand
    from spreadsheets import read_file

    understood = understand(read_file(content, file_name), known, mapping=mapping)
    told = (*set_aside(understood, known), *left_to_report(understood, known))
    understood = replace(understood, notes=(*understood.notes, *told))
    return Review(known, understood, check(understood, known))
