"""Which reporting period a file is about, where nobody says it."""

from datetime import date

from data.places import Settings
from pipelines.uploads.knowing import known
from pipelines.uploads.reading import read_file
from pipelines.uploads.template_layout import TemplateId
from pipelines.uploads.understanding import understand
from pipelines.uploads.workbook import Workbook


def template_of(workbook: Workbook) -> TemplateId | None:
    """Whose template the file is, if it is one of ours."""
    return TemplateId.read(workbook.template_id)


def likely_period(
    settings: Settings, content: bytes, file_name: str, *, network: str, municipality: str, today: date
) -> str:
    """The template's own; else the latest year of the municipality's values that is not in the future; else last year.

    Raises what `read_file` and `known` raise.
    """
    workbook = read_file(content, file_name)
    if template := template_of(workbook):
        return template.period
    asked = known(settings, network=network, municipality=municipality, period=str(today.year))
    read = understand(workbook, asked)
    table = read.values
    is_own = (table["municipality_code"] == asked.place.code) & table["measure_id"].isin(
        [one.id for one in asked.reported]
    )
    years = {
        int(str(period)[:4]) for period in table.loc[is_own, "period"].unique() if str(period)[:4].isdigit()
    }
    return str(max((year for year in years if year <= today.year), default=today.year - 1))
