"""What a file says: which columns hold what, and every value with its measure, municipality, period and gender.

Guessing and reading are two steps. The mapping between them is shown to a person, mended by hand, remembered; reading
follows it and nothing else.
"""

from domain.upload import FileMapping
from pipelines.uploads.interpretation.corrections import carried_over, with_role, with_table
from pipelines.uploads.interpretation.extraction import extract
from pipelines.uploads.interpretation.guessing import guess
from pipelines.uploads.interpretation.name_lookup import NameLookup
from pipelines.uploads.interpreted_file import InterpretedFile
from pipelines.uploads.upload_context import UploadContext
from spreadsheets.workbook import Workbook

__all__ = ["carried_over", "extract", "guess", "interpret", "with_role", "with_table"]


def interpret(
    workbook: Workbook, context: UploadContext, *, mapping: FileMapping | None = None
) -> InterpretedFile:
    """Everything that the file says. A mapping that is remembered from another file of the same layout gives its corrections
    to this one; any other is followed as it is; without one, it is guessed.
    """
    names = NameLookup.of(context)
    if mapping is None:
        mapping = guess(workbook, context, names)
    elif mapping.is_remembered:
        mapping = carried_over(mapping, workbook, context, names)
    return extract(workbook, mapping, context, names)
