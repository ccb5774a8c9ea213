"""What a file says: which columns hold what, and every value with its measure, municipality, period and gender.

Guessing and reading are two steps. The mapping between them is shown to a person, mended by hand, remembered; reading
follows it and nothing else.
"""

from domain.upload import FileMapping
from pipelines.uploads.interpretation.corrections import (
    apply_remembered_corrections,
    set_column_role,
    set_table_subject,
)
from pipelines.uploads.interpretation.extraction import extract_values
from pipelines.uploads.interpretation.guessing import guess_mapping
from pipelines.uploads.interpretation.name_lookup import NameLookup
from pipelines.uploads.interpreted_file import InterpretedFile
from pipelines.uploads.upload_context import UploadContext
from spreadsheets.workbook import Workbook

__all__ = [
    "apply_remembered_corrections",
    "extract_values",
    "guess_mapping",
    "interpret",
    "set_column_role",
    "set_table_subject",
]


def interpret(
    workbook: Workbook, context: UploadContext, *, mapping: FileMapping | None = None
) -> InterpretedFile:
    """Everything that the file says. A mapping that is remembered from another file of the same layout gives its corrections
    to this one; any other is followed as it is; without one, it is guessed.
    """
    names = NameLookup.of(context)
    if mapping is None:
        mapping = guess_mapping(workbook, context, names)
    elif mapping.is_remembered:
        mapping = apply_remembered_corrections(mapping, workbook, context, names)
    return extract_values(workbook, mapping, context, names)
