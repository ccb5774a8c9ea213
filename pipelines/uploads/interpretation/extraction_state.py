"""What the steps of one extraction share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pipelines.uploads.interpretation.extraction_notes import (
    ExtractionNotes,
)
from pipelines.uploads.interpretation.name_lookup import NameLookup
from pipelines.uploads.interpretation.text_codes import (
    TextCodes,
)
from pipelines.uploads.upload_context import UploadContext

CODE_COLUMNS: Final = (
    "sheet", "measure_id", "measure_text", "municipality_code", "municipality_text", "period", "gender", "reason",
    "comment", "text", "problem",
)  # fmt: skip  # fmt: skip


@dataclass(frozen=True)
class ExtractionState:
    """The upload's context and names, the notes so far, and the texts of each column of values, numbered."""

    context: UploadContext
    names: NameLookup
    notes: ExtractionNotes = field(default_factory=ExtractionNotes)
    texts: Mapping[str, TextCodes] = field(
        default_factory=lambda: {name: TextCodes() for name in CODE_COLUMNS}
    )
