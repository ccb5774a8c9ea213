"""A file's bytes → its cells as they lie, whatever kind of spreadsheet it is, within bounds. What they mean is understood later."""

from spreadsheets.reading import read_file

__all__ = ["read_file"]
