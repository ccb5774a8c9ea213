"""Everything that a text can name, looked up in one place, so that guessing and reading cannot differ."""

from dataclasses import dataclass
from typing import Self

from pipelines.uploads.known import Known
from pipelines.uploads.understanding.measure_names import MeasureNames
from pipelines.uploads.understanding.place_names import PlaceNames


@dataclass(frozen=True)
class Names:
    """The names that one upload may use, each read once."""

    known: Known
    places: PlaceNames
    measures: MeasureNames

    @classmethod
    def of(cls, known: Known) -> Self:
        return cls(known, PlaceNames(known.places, known.members), MeasureNames(known))
