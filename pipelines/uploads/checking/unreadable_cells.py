"""What cannot be read and need not be mended: cells of other municipalities, and of what is not published from here."""

from typing import Final

from domain.cell_problem import Problem
from domain.message import Count, Message, Value, to_translate
from domain.upload import Address, Note
from pipelines.uploads.checking.cell_locations import CellLocator
from pipelines.uploads.checking.rows_to_check import is_checked
from pipelines.uploads.interpreted_file import InterpretedFile
from pipelines.uploads.upload_context import UploadContext

MOST_NOTES: Final = 20
_TEXTS: Final = {
    Problem.UNKNOWN_PLACE: to_translate(
        "”{said}” är ingen kommun eller region som vi känner igen. {count} celler läses inte, den första är {cell}. De skulle inte ha publicerats härifrån."
    ),
}
_UNREADABLE: Final = to_translate(
    "”{said}” går inte att läsa i {count} celler, den första är {cell}. De gäller annat än det som ska publiceras och räknas inte."
)
_MORE: Final = to_translate("… och {count} till av samma slag.")


def note_unreadable_cells(interpreted: InterpretedFile, context: UploadContext) -> tuple[Note, ...]:
    """One note for each thing that could not be read and that is no finding, with how many cells say it."""
    frame = interpreted.values
    rows = frame.loc[(frame["problem"] != "") & ~is_checked(frame, context)]
    if rows.empty:
        return ()
    places = CellLocator(interpreted, context)
    is_place = rows["problem"].astype("str") == Problem.UNKNOWN_PLACE
    cell_texts = rows["text"].astype("str").where(~is_place, rows["municipality_text"].astype("str"))
    groups = rows.assign(said=cell_texts).groupby(["problem", "said"], observed=True, sort=False)
    notes: list[Note] = []
    for (problem, what), its in groups:
        if len(notes) == MOST_NOTES:
            notes.append(Note("set-aside", Message(_MORE, count=Count(len(groups) - MOST_NOTES))))
            break
        first = its.iloc[0]
        address = Address(str(first["sheet"]), int(first["row"]), int(first["column"]))
        text = _TEXTS.get(Problem(str(problem)), _UNREADABLE)
        fields: dict[str, Value] = {
            "said": str(what),
            "count": Count(len(its)),
            "cell": places.cell_id(address),
        }
        notes.append(Note("set-aside", Message(text, **fields), address))
    return tuple(notes)
