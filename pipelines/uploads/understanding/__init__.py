"""What a file says: which columns hold what, and every value with its measure, municipality, period and gender.

Guessing and reading are two steps. The mapping between them is shown to a person, mended by hand, remembered; reading
follows it and nothing else.
"""

from domain.upload import FileMapping
from pipelines.uploads.known import Known
from pipelines.uploads.understanding.correcting import carried_over, with_role, with_table
from pipelines.uploads.understanding.extraction import extract
from pipelines.uploads.understanding.guessing import guess
from pipelines.uploads.understanding.names import Names
from pipelines.uploads.understood import Understood
from spreadsheets.workbook import Workbook

__all__ = ["carried_over", "extract", "guess", "understand", "with_role", "with_table"]


def understand(workbook: Workbook, known: Known, *, mapping: FileMapping | None = None) -> Understood:
    """Everything that the file says. A mapping that is remembered from another file of the same layout gives its corrections
    to this one; any other is followed as it is; without one, it is guessed.
    """
    names = Names.of(known)
    if mapping is None:
        mapping = guess(workbook, known, names)
    elif mapping.is_remembered:
        mapping = carried_over(mapping, workbook, known, names)
    return extract(workbook, mapping, known, names)
