"""Which reporting period a file is about, where nobody says it."""

from datetime import date

import pandas as pd

from data.stores import Stores
from pipelines.uploads.interpretation import interpret
from pipelines.uploads.template_id import read_template_id
from pipelines.uploads.upload_context import load_upload_context
from spreadsheets import read_file


def guess_period(
    stores: Stores, content: bytes, file_name: str, *, network: str, municipality: str, today: date
) -> str:
    """The template's own; else the latest year that is not in the future, of what the municipality reports if the file
    holds any of it, else of anything; else last year.

    Raises what `read_file` and `load_upload_context` raise.
    """
    workbook = read_file(content, file_name)
    if template := read_template_id(workbook):
        return template.period
    context = load_upload_context(
        stores, network=network, municipality=municipality, period=str(today.year), is_to_report=False
    )
    read = interpret(workbook, context)
    table = read.values
    is_own = (table["municipality_code"] == context.place.code) & table["measure_id"].isin(
        [measure.id for measure in context.reported]
    )
    years = _years(table.loc[is_own, "period"], today.year) or _years(table["period"], today.year)
    return str(max(years, default=today.year - 1))


def _years(periods: "pd.Series[str]", latest: int) -> set[int]:
    years = {int(year) for period in periods.unique() if (year := str(period)[:4]).isdigit()}
    return {year for year in years if year <= latest}
