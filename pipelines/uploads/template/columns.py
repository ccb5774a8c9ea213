"""Positions of the columns in the reporting sheet."""

from domain.reporting_template import COLUMNS, HEADINGS
from domain.upload import Address, ColumnRole


def column_index(heading: str) -> int:
    return HEADINGS.index(heading)


def column_letter(role: ColumnRole) -> str:
    number = next(number for number, column in enumerate(COLUMNS, start=1) if column.role is role)
    return Address("", 1, number).cell.removesuffix("1")
