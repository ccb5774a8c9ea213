"""How our own templates say that they are ours: a document property, or the first line of a text file."""

from collections.abc import Sequence

from pipelines.uploads.template_layout import MARK


def template_id_in(first_row: Sequence[str]) -> str | None:
    """`1;<network>;<municipality>;<period>` of a first line that begins with the mark; None for any other line."""
    cells = [one.strip() for one in first_row]
    if not cells or cells[0] != MARK:
        return None
    while cells and not cells[-1]:  # a spreadsheet program fills the line to the width of the others
        cells.pop()
    return ";".join(cells[1:]) or None
