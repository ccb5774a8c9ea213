"""Which of the measures that are asked for a file is about: results come from many systems, seldom all in one file."""

from typing import Final

from domain.upload import Note
from domain.wording import Sentence, to_translate
from pipelines.uploads.known import Known
from pipelines.uploads.understood import Understood

_LEFT: Final = to_translate(
    "Filen säger ingenting om {measures}. Det går att rapportera i en annan fil; tills dess står det som inte levererat."
)


def concerned_measures(understood: Understood, known: Known) -> frozenset[str]:
    """The ids of those that the file has a cell, a column or a sheet for. Our own template, and a file that is about none of
    them, concern all: there, what is not said is missing."""
    asked = {measure.id for measure, _ in known.asked}
    sheets = understood.mapping.sheets
    named = {one.measure_id for one in sheets if one.is_read}
    named |= {column.measure_id for one in sheets if one.is_read for column in one.columns}
    named |= {str(one) for one in understood.values["measure_id"].unique()}
    return frozenset(asked if understood.mapping.is_template or not named & asked else named & asked)


def left_to_report(understood: Understood, known: Known) -> tuple[Note, ...]:
    """A note that names the measures that are asked for, not published, and that the file is not about."""
    concerned = concerned_measures(understood, known)
    table = known.published
    is_hers = table["municipality_code"] == known.place.code
    published = set(zip(table.loc[is_hers, "measure_id"], table.loc[is_hers, "period"], strict=True))
    names = dict.fromkeys(
        measure.definition.name
        for measure, period in known.asked
        if measure.id not in concerned and (measure.id, str(period)) not in published
    )
    told = ", ".join(f"”{name}”" for name in names)
    return (Note("left-to-report", Sentence(_LEFT, measures=told)),) if told else ()
