"""Colours and cell formats of the template workbooks."""

from math import ceil
from typing import Any, Final

INK: Final = "#1c2733"
HEAD: Final = "#1b3a63"  # white on it: 11 to 1
FIELD: Final = "#fff8e1"  # what is to be filled in; ink on it: 14 to 1
QUIET: Final = "#4a5868"
LINE: Final = "#b6c0cb"
WRONG: Final = "#f9d6d2"
MISSING: Final = "#fde9b8"
LINE_POINTS: Final = 15  # the height of a line of 11 points


class TemplateFormats:
    """The cell formats of one workbook."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self._book = book
        self._made: dict[str, Any] = {}
        base = {"font_color": INK, "valign": "top"}
        grid = {**base, "border": 1, "border_color": LINE}
        field = {**grid, "bg_color": FIELD, "locked": False}
        self.title = book.add_format({**base, "bold": True, "font_size": 16, "font_color": HEAD})
        self.quiet = book.add_format({**base, "font_size": 9, "font_color": QUIET})
        self.help = book.add_format({**base, "bold": True})
        self.head = book.add_format(
            {**grid, "bold": True, "bg_color": HEAD, "font_color": "#ffffff", "text_wrap": True}
        )
        self.bold = book.add_format({**base, "bold": True, "text_wrap": True})
        self.text = book.add_format({**base, "text_wrap": True})
        self.cell = book.add_format({**grid, "text_wrap": True})
        self.field = book.add_format(field)
        self.comment = book.add_format({**field, "text_wrap": True})
        self.count = book.add_format({**field, "num_format": "#,##0"})
        self.wrong = book.add_format({"bg_color": WRONG})
        self.missing = book.add_format({"bg_color": MISSING})
        self._field, self._grid = field, grid

    def number_format(self, decimals: int, *, is_input: bool) -> Any:  # noqa: ANN401
        """The format of numbers with so many decimals; separators follow the reader's locale, `1 234,5` in Sweden."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        name = f"{pattern}{is_input}"
        if name not in self._made:
            kind = self._field if is_input else self._grid
            self._made[name] = self._book.add_format({**kind, "num_format": pattern})
        return self._made[name]


def count_lines(text: str, width: int) -> int:
    """Return how many lines the text takes in a column that is `width` characters wide."""
    return sum(max(1, ceil(len(line) / width)) for line in text.split("\n"))
