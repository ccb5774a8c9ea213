"""Everything that a text can name, looked up in one place, so that guessing and reading cannot differ."""

from dataclasses import dataclass
from typing import Self

from pipelines.uploads.interpretation.measure_names import MeasureNames
from pipelines.uploads.interpretation.place_names import PlaceNames
from pipelines.uploads.upload_context import UploadContext


@dataclass(frozen=True)
class NameLookup:
    """The names that one upload may use, each read once."""

    context: UploadContext
    places: PlaceNames
    measures: MeasureNames

    @classmethod
    def of(cls, context: UploadContext) -> Self:
        return cls(context, PlaceNames(context.places, context.members), MeasureNames(context))
