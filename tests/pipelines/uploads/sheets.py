"""One small truth written as a sheet in every layout that people use, so that what is read can be compared with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import numpy as np

from data.reference.municipalities import places
from domain.measure import Direction, MeasureKind
from domain.network_measure import MeasureDefinition, MeasureSource, ReportingInterval
from domain.period import Period
from domain.reporting_template import MARK
from domain.value import NoValueReason
from pipelines.uploads.upload_context import UploadContext, UploadMeasure
from spreadsheets.workbook import FileKind, Sheet, Workbook

Key = tuple[str, str, str, str]  # measure, municipality, period, gender
Truth = Mapping[Key, float | NoValueReason]
NAMES = {
    "trygga-elever": "Andel trygga elever i grundskolan",
    "vantetid": "Väntetid till särskilt boende, dagar",
    "handlaggning": "Handläggningstid för bygglov, veckor",
}
UNITS = {"trygga-elever": "%", "vantetid": "dagar", "handlaggning": "veckor"}
TITLES = {
    "N15428": "Elever i åk 9 som är behöriga till yrkesprogram, hemkommun, andel (%)",
    "N01951": "Invånare totalt, antal",
    "N07802": "Bilväg i kommunen, kommunal, meter/inv",
    "N07811": "Bilväg i kommunen, kommunal, meter",
    "N02280": "Arbetslöshet, 20-64 år, andel (%) (-2024)",
    "N02281": "Arbetslöshet bland inrikes födda, 20-64 år, andel (%)",
    "N02282": "Arbetslöshet bland utrikes födda, 20-64 år, andel (%)",
}
GENDER_WORDS = {"T": "Totalt", "K": "Kvinnor", "M": "Män"}
SIGNS = {NoValueReason.MISSING: "-", NoValueReason.NOT_APPLICABLE: ".", NoValueReason.SUPPRESSED: ".."}


def measure(
    measure_id: str, name: str, unit: str = "%", interval: ReportingInterval = ReportingInterval.YEARLY
) -> UploadMeasure:
    """A measure that members report."""
    variable = measure_id.replace("-", "_")
    definition = MeasureDefinition(
        version=1,
        first_year=2020,
        source=MeasureSource.OWN,
        expression=variable,
        name=name,
        resident_sentence="",
        unit=unit,
        decimals=1,
        direction=Direction.NEUTRAL,
        kind=MeasureKind.QUALITY,
        interval=interval,
    )
    return UploadMeasure(measure_id, definition, variable_name=variable)


def context(
    *measures: UploadMeasure, period: str = "2023", titles: Mapping[str, str] = TITLES
) -> UploadContext:
    """The upload context for Haninge in a network of Södertörn that reports three measures."""
    chosen = measures or tuple(
        measure(measure_id, name, UNITS[measure_id]) for measure_id, name in NAMES.items()
    )
    return UploadContext(
        network=None,  # type: ignore[arg-type]  # nothing here asks who compares
        place=places()["0136"],
        period=Period.read(period),
        members=("0126", "0127", "0136", "0181"),
        measures=chosen,
        places=places(),
        titles=titles,
    )


def sheet(rows: list[list[Any]], name: str = "Blad1", **beside: Any) -> Sheet:
    """A sheet of these rows, the short ones filled up with empty cells; whole numbers as spreadsheets hold them."""
    width = max((len(row) for row in rows), default=0)
    cells = np.full((len(rows), width), None, dtype=object)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            is_whole = isinstance(cell, int) and not isinstance(cell, bool)
            cells[at, column] = float(cell) if is_whole else (None if cell == "" else cell)
    return Sheet(name, cells, **beside)


def workbook(*sheets: Sheet, file_name: str = "resultat.xlsx", template_id: str | None = None) -> Workbook:
    return Workbook(
        file_name, FileKind.XLSX, "0" * 64, 1, sheets, properties={MARK: template_id} if template_id else {}
    )


@dataclass
class Writing:
    """How one person writes: places, periods, numbers, reasons and genders."""

    place: Callable[[str], Any] = lambda code: places()[code].name
    period: Callable[[str], Any] = lambda period: period
    number: Callable[[float], Any] = lambda number: number
    reasons: Mapping[NoValueReason, str] = field(default_factory=lambda: SIGNS)
    gender: Callable[[str], str] = lambda gender: GENDER_WORDS[gender]
    measure: Callable[[str], str] = lambda measure_id: NAMES[measure_id]
    title: str = ""
    note: str = ""
    mean: str = ""

    def cell(self, content: float | NoValueReason | None) -> Any:
        if content is None:
            return ""
        return self.reasons[content] if isinstance(content, NoValueReason) else self.number(content)

    def framed(self, rows: list[list[Any]]) -> list[list[Any]]:
        """With a title above and a note below."""
        above = [[self.title], []] if self.title else []
        below = [[], [self.note]] if self.note else []
        return [*above, *rows, *below]


def parts(truth: Truth) -> tuple[list[str], list[str], list[str], list[str]]:
    """The measures, places, periods and genders of a truth, each in order."""
    columns = [sorted({key[at] for key in truth}) for at in range(4)]
    columns[3].sort(key="TKM".index)
    return columns[0], columns[1], columns[2], columns[3]


def long(truth: Truth, how: Writing) -> list[Sheet]:
    rows: list[list[Any]] = [["Mått", "Kommun", "År", "Kön", "Värde"]]
    for (measure_id, code, period, gender), content in truth.items():
        rows.append(
            [
                how.measure(measure_id),
                how.place(code),
                how.period(period),
                how.gender(gender),
                how.cell(content),
            ]
        )
    return [sheet(how.framed(rows))]


def wide_by_year(truth: Truth, how: Writing) -> list[Sheet]:
    measures, codes, periods, genders = parts(truth)
    rows: list[list[Any]] = [["", "", "", *(how.period(period) for period in periods)]]
    for measure in measures:
        for code in codes:
            for gender in genders:
                cells = [how.cell(truth.get((measure, code, period, gender))) for period in periods]
                rows.append([how.measure(measure), how.place(code), how.gender(gender), *cells])
        if how.mean:
            rows.append([how.measure(measure), how.mean, how.gender(genders[0]), *(12.5 for _ in periods)])
    return [sheet(how.framed(rows))]


def wide_by_measure(truth: Truth, how: Writing) -> list[Sheet]:
    measures, codes, periods, genders = parts(truth)
    rows: list[list[Any]] = [["Kommun", "År", "Kön", *map(how.measure, measures)]]
    for code in codes:
        for period in periods:
            for gender in genders:
                cells = [how.cell(truth.get((measure, code, period, gender))) for measure in measures]
                rows.append([how.place(code), how.period(period), how.gender(gender), *cells])
    return [sheet(how.framed(rows))]


def wide_by_all(truth: Truth, how: Writing, *, is_merged: bool = True) -> list[Sheet]:
    """Three rows of headings: the measure over its years over women and men."""
    measures, codes, periods, genders = parts(truth)
    columns = [(measure, period, gender) for measure in measures for period in periods for gender in genders]
    top: list[Any] = [""]
    middle: list[Any] = [""]
    merged: list[tuple[int, int, int, int]] = []
    offset = 2 if how.title else 0
    for at, (measure_id, period, _) in enumerate(columns):
        top.append(how.measure(measure_id) if at % (len(periods) * len(genders)) == 0 else "")
        middle.append(how.period(period) if at % len(genders) == 0 else "")
    for row, length in ((1, len(periods) * len(genders)), (2, len(genders))):
        merged += [
            (row + offset, 2 + start, row + offset, 1 + start + length)
            for start in range(0, len(columns), length)
            if length > 1
        ]
    rows = [top, middle, ["Kommun", *(how.gender(gender) for _, _, gender in columns)]]
    rows += [
        [
            how.place(code),
            *(
                how.cell(truth.get((measure_id, code, period, gender)))
                for measure_id, period, gender in columns
            ),
        ]
        for code in codes
    ]
    return [sheet(how.framed(rows), merged=tuple(merged) if is_merged else ())]


def wide_by_all_unmerged(truth: Truth, how: Writing) -> list[Sheet]:
    return wide_by_all(truth, how, is_merged=False)


def sheet_per_measure(truth: Truth, how: Writing) -> list[Sheet]:
    measures, codes, periods, genders = parts(truth)
    sheets = []
    for number, measure_id in enumerate(measures):
        rows: list[list[Any]] = [["Kommun", "Kön", *(how.period(period) for period in periods)]]
        for code in codes:
            for gender in genders:
                cells = [how.cell(truth.get((measure_id, code, period, gender))) for period in periods]
                rows.append([how.place(code), how.gender(gender), *cells])
        sheets.append(sheet([[how.measure(measure_id)], [], *rows], f"Mått {number + 1}"))
    return sheets


def places_in_columns(truth: Truth, how: Writing) -> list[Sheet]:
    measures, codes, periods, genders = parts(truth)
    rows: list[list[Any]] = [["Mått", "År", "Kön", *map(how.place, codes)]]
    for measure in measures:
        for period in periods:
            for gender in genders:
                cells = [how.cell(truth.get((measure, code, period, gender))) for code in codes]
                rows.append([how.measure(measure), how.period(period), how.gender(gender), *cells])
    return [sheet(how.framed(rows))]


def records_in_columns(truth: Truth, how: Writing) -> list[Sheet]:
    """Transposed: a column for each municipality and year, rows for the measures."""
    (lying,) = wide_by_measure(truth, Writing(**{**vars(how), "title": "", "note": ""}))
    return [Sheet(lying.name, lying.cells.T)]


def gender_in_heading(truth: Truth, how: Writing) -> list[Sheet]:
    measures, codes, periods, genders = parts(truth)
    columns = [(measure, gender) for measure in measures for gender in genders]
    words = {"T": "", "K": ", kvinnor", "M": ", män"}
    rows: list[list[Any]] = [
        ["Kommun", "År", *(how.measure(measure_id) + words[gender] for measure_id, gender in columns)]
    ]
    for code in codes:
        for period in periods:
            cells = [
                how.cell(truth.get((measure_id, code, period, gender))) for measure_id, gender in columns
            ]
            rows.append([how.place(code), how.period(period), *cells])
    return [sheet(how.framed(rows))]


def blocks_below_each_other(truth: Truth, how: Writing) -> list[Sheet]:
    """A title, a heading and rows for each measure, on one sheet."""
    rows: list[list[Any]] = []
    measures, codes, periods, genders = parts(truth)
    for measure in measures:
        rows += [[how.measure(measure)], ["Kommun", "Kön", *(how.period(period) for period in periods)]]
        for code in codes:
            for gender in genders:
                cells = [how.cell(truth.get((measure, code, period, gender))) for period in periods]
                rows.append([how.place(code), how.gender(gender), *cells])
        rows.append([])
    return [sheet(rows)]


def names_once(truth: Truth, how: Writing) -> list[Sheet]:
    """The measure and the municipality only in the first of their rows."""
    (full,) = long(dict(sorted(truth.items())), how)
    cells = full.cells.copy()
    first = 3 if how.title else 1
    last = len(cells) - (2 if how.note else 0)
    for column in (1, 0):
        rows = range(first, last)
        for _, group in groupby(rows, key=lambda row: (cells[row, 0], cells[row, 1] if column else None)):
            for row in list(group)[1:]:
                cells[row, column] = None
    return [Sheet(full.name, cells)]


LAYOUTS = {
    layout.__name__: layout
    for layout in (
        long,
        wide_by_year,
        wide_by_measure,
        wide_by_all,
        wide_by_all_unmerged,
        sheet_per_measure,
        places_in_columns,
        records_in_columns,
        gender_in_heading,
        blocks_below_each_other,
    )
}
