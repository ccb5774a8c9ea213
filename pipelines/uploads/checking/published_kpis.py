"""KPIs that a file holds beside what is reported: read, compared with what is published, and never published from here.

One finding a KPI, since there is one thing to decide: which of the two is right.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from domain.message import Count, Message, Value
from domain.period import Period
from domain.upload import Address, Finding, FindingLevel
from domain.value import Gender
from language.upload_likelihood_texts import EXPLAIN_KPI, KOLADA, MADE_UP, WORDS
from metrics.checks.agreement import agrees
from pipelines.uploads.checking.cell_locations import CellLocator
from pipelines.uploads.checking.words import format_found, format_value_exactly
from pipelines.uploads.interpreted_file import InterpretedFile
from pipelines.uploads.upload_context import UploadContext, UploadMeasure

_KEYS: Final = ["kpi_id", "year", "gender"]


def find_deviations_from_published_kpis(
    interpreted: InterpretedFile, context: UploadContext, places: CellLocator
) -> Iterator[Finding]:
    """The municipality's yearly values of the network's KPIs that differ from the published ones."""
    kpis = {
        measure.id: measure.same_as
        for measure in context.measures
        if measure.same_as and not measure.is_reported
    }
    frame = interpreted.values
    is_hers = (frame["municipality_code"] == context.place.code) & frame["measure_id"].isin(
        [*kpis, *kpis.values()]
    )
    rows = frame.loc[is_hers & frame["value"].notna() & (frame["problem"] == "")]
    published = context.kolada[context.kolada["municipality_code"] == context.place.code]
    if rows.empty or published.empty:
        return
    by_kpi = {kpi: context.by_id[measure_id] for measure_id, kpi in kpis.items()}
    rows = rows.assign(
        kpi_id=[kpis.get(measure_id, measure_id) for measure_id in rows["measure_id"].astype("str")],
        year=[int(period) if period.isdigit() else 0 for period in rows["period"].astype("str")],
        gender=rows["gender"].astype("str"),
    )
    theirs = (
        published.astype({"kpi_id": "str", "gender": "str"}).drop_duplicates(_KEYS).set_index(_KEYS)["value"]
    )
    rows = rows.assign(
        published=theirs.reindex(pd.MultiIndex.from_frame(rows[_KEYS])).to_numpy(dtype=np.float64)
    )
    for kpi_id, its in rows.groupby("kpi_id", sort=False):
        measure = by_kpi[str(kpi_id)]
        agree = agrees(
            its["value"].to_numpy(dtype=np.float64),
            its["published"].to_numpy(dtype=np.float64),
            decimals=measure.definition.decimals,
        )
        if not agree.all():
            yield _finding(measure, its[~agree], context, places)


def _finding(
    measure: UploadMeasure, rows: pd.DataFrame, context: UploadContext, places: CellLocator
) -> Finding:
    first = rows.iloc[0]
    period = Period.read(str(first["period"]))
    definition = measure.definition_for(period.year)
    address = Address(str(first["sheet"]), int(first["row"]), int(first["column"]))
    row_name, column_name = places.names(address)
    fields: dict[str, Value] = {
        "count": Count(len(rows)),
        "measure": definition.name,
        "period": period.in_words,
        "value": format_value_exactly(float(first["value"]), definition),
        "published": format_value_exactly(float(first["published"]), definition),
        "publisher": Message(MADE_UP) if context.is_made_up else KOLADA,
    }
    words = WORDS["published-kpi"]
    return Finding(
        id=f"published-kpi:{measure.id}:{context.place.code}",
        level=FindingLevel.OTHERS,
        rule="published-kpi",
        message=Message(words.message, **fields),
        address=address,
        row_name=row_name,
        column_name=column_name,
        found=format_found(first["text"], float(first["value"]), definition),
        expected=Message(words.expected, **fields),
        advice=Message(EXPLAIN_KPI),
        measure_id=measure.id,
        municipality_code=context.place.code,
        period=str(period),
        gender=Gender(str(first["gender"])),
    )
