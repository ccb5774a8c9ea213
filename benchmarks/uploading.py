"""A controller's workbook of 50 000 rows × 12 columns, read, understood and checked, against the bare reading of its cells."""

from datetime import date
from io import BytesIO
from typing import Final

import numpy as np
import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks.measuring import Row, measured, median_seconds
from data.reference import places
from domain.measure import Direction, MeasureKind
from domain.network import Membership, Network
from domain.network_measure import MeasureDefinition, MeasureSource
from domain.period import Period
from domain.place import Place, PlaceKind
from pipelines.uploads.review import ValuesReview, review_values
from pipelines.uploads.upload_context import UploadContext, UploadMeasure

ROWS: Final = 50_000
YEARS: Final = tuple(range(2015, 2024))  # with place, measure and gender: twelve columns
GENDERS: Final = ("Totalt", "Kvinnor", "Män")
MEMBERS: Final = ("0126", "0127", "0128", "0136", "0138", "0140", "0181", "0192")
WHOSE: Final = "0136"
LIMIT: Final = 2.5
MOST_MIB: Final = 500.0


def uploading_rows() -> list[Row]:
    """The time as a ratio, and the memory of the same."""
    municipalities = [place for place in places().values() if place.kind is PlaceKind.MUNICIPALITY]
    context = _known(-(-ROWS // (len(municipalities) * len(GENDERS))))
    content = _workbook(context, municipalities)

    def ours() -> ValuesReview:
        return review_values(content, "resultat.xlsx", context)

    once = measured(ours)
    bare = median_seconds(
        lambda: CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    seconds = median_seconds(ours)
    size = f"{ROWS:,} × {len(YEARS) + 3}"
    counts = f"{len(once.result.interpreted.values):,} values, {len(once.result.findings):,} findings"
    return [
        Row(
            name=f"An .xlsx of {size} read, understood and checked ({counts})",
            ours=f"{seconds:.2f} s",
            bare=f"{bare:.2f} s",
            figure=seconds / bare,
            limit=LIMIT,
            memory=f"{once.peak_mib:,.0f} MiB",
        ),
        Row(
            name="The same; MiB",
            ours=f"{once.peak_mib:,.0f} MiB",
            bare="",
            figure=once.peak_mib,
            limit=MOST_MIB,
        ),
    ]


def _known(measure_count: int) -> UploadContext:
    network = Network(
        "natverket",
        "Nätverket",
        PlaceKind.MUNICIPALITY,
        tuple(Membership(code, date(YEARS[0], 1, 1)) for code in MEMBERS),
    )
    measures = tuple(
        UploadMeasure(
            f"matt-{number}",
            MeasureDefinition(
                version=1,
                first_year=YEARS[0],
                source=MeasureSource.OWN,
                expression=f"matt_{number}",
                name=f"Nöjda brukare i verksamhet {number}",
                resident_sentence="",
                unit="%",
                decimals=1,
                direction=Direction.HIGHER,
                kind=MeasureKind.QUALITY,
            ),
            variable_name=f"matt_{number}",
        )
        for number in range(1, measure_count + 1)
    )
    return UploadContext(network, places()[WHOSE], Period(YEARS[-1]), MEMBERS, measures, places())


def _workbook(context: UploadContext, municipalities: list[Place]) -> bytes:
    """Wide by year, with a title above. Women and men lie on either side of the total, so that most of it is right."""
    random = np.random.default_rng(2026)
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Resultat")
        sheet.write_row(0, 0, ["Resultat i nätverket"])
        sheet.write_row(2, 0, ["Kommun", "Mått", "Kön", *YEARS])
        row = 3
        for place in municipalities:
            for measure in context.measures:
                total = np.round(40 + 40 * random.random() + random.normal(size=len(YEARS)), 1)
                for gender, apart in zip(GENDERS, (0.0, 2.0, -2.0), strict=True):
                    if row == ROWS + 3:
                        break
                    sheet.write_row(row, 0, [place.name, measure.definition.name, gender, *(total + apart)])
                    row += 1
    return target.getvalue()
