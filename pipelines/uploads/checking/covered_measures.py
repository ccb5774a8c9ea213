"""Which of the measures that are asked for a file is about: results come from many systems, seldom all in one file."""

from typing import Final

from domain.message import Message, to_translate
from domain.upload import Note
from pipelines.uploads.interpreted_file import InterpretedFile
from pipelines.uploads.upload_context import UploadContext

_LEFT: Final = to_translate(
    "Filen säger ingenting om {measures}. Det går att rapportera i en annan fil; tills dess står det som inte levererat."
)


def covered_measures(interpreted: InterpretedFile, context: UploadContext) -> frozenset[str]:
    """The ids of those that the file has a cell, a column or a sheet for. Our own template, and a file that is about none of
    them, concern all: there, what is not said is missing."""
    requested_ids = {measure.id for measure, _ in context.requested}
    sheets = interpreted.mapping.sheets
    named = {sheet.measure_id for sheet in sheets if sheet.is_read}
    named |= {column.measure_id for sheet in sheets if sheet.is_read for column in sheet.columns}
    named |= {str(value) for value in interpreted.values["measure_id"].unique()}
    return frozenset(
        requested_ids
        if interpreted.mapping.is_template or not named & requested_ids
        else named & requested_ids
    )


def note_unreported_measures(interpreted: InterpretedFile, context: UploadContext) -> tuple[Note, ...]:
    """A note that names the measures that are asked for, not published, and that the file is not about."""
    concerned = covered_measures(interpreted, context)
    table = context.published
    is_hers = table["municipality_code"] == context.place.code
    published = set(zip(table.loc[is_hers, "measure_id"], table.loc[is_hers, "period"], strict=True))
    names = dict.fromkeys(
        measure.definition.name
        for measure, period in context.requested
        if measure.id not in concerned and (measure.id, str(period)) not in published
    )
    quoted_names = ", ".join(f"”{name}”" for name in names)
    return (Note("left-to-report", Message(_LEFT, measures=quoted_names)),) if quoted_names else ()
