"""The template that a municipality fills in: a workbook and a text file, made for it, its network and a period.

What is published for the period already stands in the cells, so that only what is to change needs to be written. What is
published but hidden does not: filled in as hidden it would replace the number that the municipality once reported.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, StringIO
from math import ceil
from typing import Any, Final

import pandas as pd
import xlsxwriter

from data.contracts.reported import SHARE_LIMITS
from domain.audit import FIELD_NAMES
from domain.dimension import Unit
from domain.errors.uploads import NothingToReportError
from domain.kept_text import LONGEST_TEXT
from domain.measure import MeasureKind
from domain.message import to_translate
from domain.network_measure import INTERVAL_NAMES, MeasureDefinition
from domain.period import Period
from domain.reporting_template import (
    COLUMNS,
    DEFINITIONS_SHEET,
    GENDER_WORDS,
    HEADING_ROW,
    HEADINGS,
    ID_ROW,
    INSTRUCTIONS_SHEET,
    MARK,
    REASON_WORDS,
    REPORTING_SHEET,
    TemplateId,
)
from domain.upload import Address, ColumnRole
from domain.value import Gender, NoValueReason
from language.formula_guard import guard_formula
from pipelines.uploads.upload_context import UploadContext, UploadMeasure

Translate = Callable[[str], str]

INK: Final = "#1c2733"
HEAD: Final = "#1b3a63"  # white on it: 11 to 1
FIELD: Final = "#fff8e1"  # what is to be filled in; ink on it: 14 to 1
QUIET: Final = "#4a5868"
LINE: Final = "#b6c0cb"
WRONG: Final = "#f9d6d2"
LACKING: Final = "#fde9b8"
LINE_POINTS: Final = 15  # the height of a line of 11 points
LONGEST_TITLE: Final = 32
LONGEST_HINT: Final = 250  # a validation's message may hold 255

_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_TOLD: Final = (
    "resident_sentence",
    "included",
    "not_included",
    "service_and_overheads",
    "numerator",
    "denominator",
    "unit",
    "interval",
    "smallest_basis",
    "data_source",
    "responsible",
    "not_to_be_used_for",
    "changed_because",
)

TITLE: Final = to_translate("{network}: {place}, {period}")
HELP: Final = to_translate(
    "Fyll i de gula cellerna. Fyll i kvinnor och män där ni har dem. Saknas ett värde: lämna det tomt och välj en orsak."
)
FILLED: Final = to_translate("Ifyllda rader")
INSTRUCTIONS: Final = (
    (to_translate("Vad mallen är till för"), to_translate("Resultat som {place} rapporterar till {network} för {period}.")),
    (
        to_translate("Så gör du"),
        to_translate(
            "Fyll i de gula cellerna på bladet Rapportering, spara filen och ladda upp den på sidan Ladda upp. Ingenting "
            "publiceras förrän du har sett vad som ändras och själv valt att publicera."
        ),
    ),
    (
        to_translate("Värde"),
        to_translate(
            "Ett tal i den enhet som står på raden. Andelar skrivs som procent: 66,5 betyder 66,5 %. Noll är ett värde och "
            "skrivs 0."
        ),
    ),
    (
        to_translate("Underlag, antal"),
        to_translate(
            "Hur många personer eller ärenden som värdet bygger på. Är underlaget mindre än måttets minsta underlag visas "
            "värdet inte när det publiceras, och det gör inte heller något annat värde som skulle avslöja det."
        ),
    ),
    (
        to_translate("Orsak om värde saknas"),
        to_translate(
            "bortfall: värdet borde finnas men saknas. ej tillämplig: kommunen har inte verksamheten. sekretess: värdet "
            "finns men får inte visas."
        ),
    ),
    (
        to_translate("Kommentar"),
        to_translate(
            "Det som den som läser bör veta om just detta värde. Kommentaren blir en fotnot vid värdet och syns för alla."
        ),
    ),
    (
        to_translate("Året innan"),
        to_translate("Det som är publicerat för samma period ett år tidigare. Det läses inte in igen."),
    ),
    (
        to_translate("Ifyllt i förväg"),
        to_translate(
            "Det som redan är publicerat för perioden står ifyllt. En tom rad ändrar ingenting: ska ett värde bort, ta bort talet "
            "och välj en orsak."
        ),
    ),
    (
        to_translate("Personuppgifter"),
        to_translate("Skriv inga namn och inga personnummer. En fil med personnummer avvisas och sparas inte."),
    ),
    (
        to_translate("Perioder"),
        to_translate(
            "2023 är ett år, 2023-VT en termin, 2023-Q1 ett kvartal och 2023-05 en månad. Hur ofta ett mått rapporteras står "
            "på bladet Definitioner."
        ),
    ),
    (to_translate("Fråga"), to_translate("{contact} svarar på frågor om nätverkets mått.")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One value that is asked for. before: what is published a year earlier; now: what is published already."""

    measure: UploadMeasure
    period: Period
    gender: Gender
    before: float | NoValueReason | None
    now: float | NoValueReason | None
    basis: int | None

    @property
    def is_hidden(self) -> bool:
        """Whether something is published that is not shown."""
        return self.now is NoValueReason.SUPPRESSED

    @property
    def hint(self) -> str:
        """What the measure counts, in a few lines; the sheet of definitions says the rest."""
        definition = self.measure.definition
        share = (
            f"{definition.numerator} / {definition.denominator}"
            if definition.numerator and definition.denominator
            else ""
        )
        return "\n".join(
            text for text in (definition.resident_sentence or definition.included, share) if text
        )


def template_rows(context: UploadContext) -> tuple[TemplateRow, ...]:
    """What the municipality is asked for, in the network's order. Raises `NothingToReportError`."""
    if not context.requested:
        raise NothingToReportError(network=context.network.name, period=context.period)
    table = context.published[context.published["municipality_code"] == context.place.code]
    published = {(row.measure_id, row.period, row.gender): row for row in table.itertuples(index=False)}
    rows = []
    for measure, period in context.requested:
        for gender in Gender:
            now = published.get((measure.id, str(period), gender))
            before = published.get((measure.id, str(period.year_before), gender))
            basis = getattr(now, "basis", None)
            rows.append(
                TemplateRow(
                    measure,
                    period,
                    gender,
                    _number_or_reason(before),
                    _number_or_reason(now),
                    None if pd.isna(basis) else int(basis),
                )
            )
    return tuple(rows)


def template_csv(context: UploadContext) -> bytes:
    """The template as text: the id, the headings, a line a value. UTF-8 with a mark, `;` and decimal comma.

    Raises `NothingToReportError`.
    """
    target = StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([MARK, *str(_id(context)).split(";")])
    writer.writerow(HEADINGS)
    for row in template_rows(context):
        writer.writerow([_as_text(cell) for cell in _cells(row).values()])
    return target.getvalue().encode("utf-8-sig")


def template_workbook(context: UploadContext, *, translate: Translate = lambda text: text) -> bytes:
    """The template as an Excel workbook. Headings and signs stay Swedish in every language, since they are read again.

    Raises `NothingToReportError`.
    """
    rows = template_rows(context)
    target = BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        book.set_custom_property(MARK, str(_id(context)))
        book.set_properties({"title": _filled(TITLE, context, translate)})
        looks = _Looks(book)
        instructions = book.add_worksheet(INSTRUCTIONS_SHEET)
        reporting = book.add_worksheet(REPORTING_SHEET)
        definitions = book.add_worksheet(DEFINITIONS_SHEET)
        _write_instructions(instructions, context, looks, translate)
        places = _write_definitions(definitions, context, looks, translate)
        _write_reporting(reporting, context, rows, places, looks, translate)
        for sheet in (instructions, reporting, definitions):
            sheet.set_paper(9)  # A4
            sheet.set_margins(left=0.4, right=0.4)
            sheet.set_footer(f"&L{_filled(TITLE, context, translate).replace('&', '&&')}&R&P/&N")
        reporting.activate()
    return target.getvalue()


class _Looks:
    """The formats of the workbook."""

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
        self.lacking = book.add_format({"bg_color": LACKING})
        self._field, self._grid = field, grid

    def number(self, decimals: int, *, is_input: bool) -> Any:  # noqa: ANN401
        """Thousands and decimals as the reader's own language writes them: in Sweden `1 234,5`."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        name = f"{pattern}{is_input}"
        if name not in self._made:
            kind = self._field if is_input else self._grid
            self._made[name] = self._book.add_format({**kind, "num_format": pattern})
        return self._made[name]


def _write_instructions(sheet: Any, context: UploadContext, looks: _Looks, translate: Translate) -> None:  # noqa: ANN401
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 92)
    sheet.hide_gridlines(2)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, _filled(TITLE, context, translate), looks.title)
    requested = [
        instruction
        for instruction in INSTRUCTIONS
        if context.network.contact or "{contact}" not in instruction[1]
    ]
    for row, (heading, text) in enumerate(requested, start=2):
        filled = _filled(text, context, translate)
        sheet.write_string(row, 0, translate(heading), looks.bold)
        sheet.write_string(row, 1, filled, looks.text)
        sheet.set_row(row, LINE_POINTS * _lines(filled, 92))
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _write_definitions(
    sheet: Any,  # noqa: ANN401
    context: UploadContext,
    looks: _Looks,
    translate: Translate,
) -> dict[str, int]:
    """Every asked measure with what its definition says. Gives the row of each, from 1."""
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 92)
    sheet.hide_gridlines(2)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, DEFINITIONS_SHEET, looks.title)
    places: dict[str, int] = {}
    row = 2
    for measure in dict.fromkeys(requested_measure for requested_measure, _ in context.requested):
        definition = measure.definition
        places[measure.id] = row + 1
        sheet.write_string(row, 0, definition.name, looks.head)
        sheet.write_string(row, 1, measure.id, looks.head)
        row += 1
        for name in _TOLD:
            text = _describe_measure(definition, name, translate)
            if not text:
                continue
            label = translate(FIELD_NAMES[name])
            sheet.write_string(row, 0, label[:1].upper() + label[1:], looks.bold)
            sheet.write_string(row, 1, text, looks.text)
            sheet.set_row(row, LINE_POINTS * _lines(text, 92))
            row += 1
        row += 1
    sheet.protect("", {"format_columns": True, "format_rows": True})
    return places


def _write_reporting(
    sheet: Any,  # noqa: ANN401
    context: UploadContext,
    rows: tuple[TemplateRow, ...],
    definition_rows: dict[str, int],
    looks: _Looks,
    translate: Translate,
) -> None:
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)
        sheet.write_string(HEADING_ROW - 1, place, column.heading, looks.head)
    sheet.set_row(HEADING_ROW - 1, 2 * LINE_POINTS)
    sheet.write_string(0, 0, _filled(TITLE, context, translate), looks.title)
    sheet.write_string(ID_ROW - 1, 0, f"{MARK};{_id(context)}", looks.quiet)
    sheet.write_string(HEADING_ROW - 2, 0, translate(HELP), looks.help)

    for place, row in enumerate(rows, start=HEADING_ROW):
        _write_row(sheet, place, row, definition_rows, looks, translate)
    for start in range(HEADING_ROW, HEADING_ROW + len(rows), len(Gender)):
        row = rows[start - HEADING_ROW]
        where = _column("Vad som räknas")
        sheet.merge_range(start, where, start + len(Gender) - 1, where, "", looks.cell)
        sheet.write_string(start, where, row.hint, looks.cell)
        height = ceil(max(_lines(row.hint, 40), 2 * len(Gender)) / len(Gender))
        for gender_row in range(start, start + len(Gender)):
            sheet.set_row(gender_row, LINE_POINTS * height)

    first, last = HEADING_ROW + 1, HEADING_ROW + len(rows)
    value, reason = _letter(ColumnRole.VALUE), _letter(ColumnRole.REASON)
    sheet.conditional_format(
        f"{value}{first}:{reason}{last}",
        {
            "type": "formula",
            "criteria": f'=AND(${value}{first}<>"",${reason}{first}<>"")',
            "format": looks.wrong,
        },
    )
    counted = f'SUMPRODUCT(--((({value}{first}:{value}{last}<>"")+({reason}{first}:{reason}{last}<>""))>0))'
    filled = sum(row.now is not None and not row.is_hidden for row in rows)
    label = _column("Kommentar")
    sheet.write_string(ID_ROW - 1, label, f"{translate(FILLED)} ({len(rows)}):", looks.quiet)
    sheet.write_formula(HEADING_ROW - 2, label, f"={counted}", looks.help, filled)

    sheet.ignore_errors({"number_stored_as_text": f"A1:{_letter(ColumnRole.GENDER)}{last}"})
    sheet.freeze_panes(HEADING_ROW, _column("Enhet"))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW - 1)
    sheet.print_area(0, 0, last - 1, len(COLUMNS) - 1)
    sheet.set_selection(HEADING_ROW, _column("Värde"), HEADING_ROW, _column("Värde"))
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _write_row(
    sheet: Any,  # noqa: ANN401
    place: int,
    row: TemplateRow,
    definition_rows: dict[str, int],
    looks: _Looks,
    translate: Translate,
) -> None:
    definition = row.measure.definition
    for column, (heading, cell) in enumerate(_cells(row).items()):
        kind = COLUMNS[column]
        look = looks.cell
        if kind.role is ColumnRole.VALUE:
            look = looks.number(definition.decimals, is_input=True)
        elif kind.role is ColumnRole.BASIS:
            look = looks.count
        elif kind.role is ColumnRole.COMMENT:
            look = looks.comment
        elif kind.is_input:
            look = looks.field
        elif isinstance(cell, float):
            look = looks.number(definition.decimals, is_input=False)
        if heading == "Vad som räknas":
            continue  # one cell for all three rows
        if cell is None:
            sheet.write_blank(place, column, None, look)
        elif isinstance(cell, str):
            sheet.write_string(place, column, cell, look)
        else:
            sheet.write_number(place, column, cell, look)
    if row.gender is Gender.TOTAL:
        target = f"internal:'{DEFINITIONS_SHEET}'!A{definition_rows[row.measure.id]}"
        sheet.write_url(place, _column("Mått"), target, looks.cell, definition.name)
    if row.before is not None and row.period.year in row.measure.break_years:
        note = translate(
            to_translate("Definitionen ändrades {year}. Talen före och efter går inte att jämföra.")
        )
        sheet.write_comment(place, _column("Året innan"), note.format(year=row.period.year))
    if row.is_hidden:
        note = translate(
            to_translate(
                "Det som är publicerat här visas inte, eftersom underlaget är för litet. Fyll i det igen om det ska ändras."
            )
        )
        sheet.write_comment(place, _column("Värde"), note)
    for role, validation in _validations(definition, translate).items():
        column = next(
            number for number, column_of_template in enumerate(COLUMNS) if column_of_template.role is role
        )
        sheet.data_validation(place, column, place, column, validation)
    if definition.smallest_basis:
        value, basis = (f"${_letter(role)}{place + 1}" for role in (ColumnRole.VALUE, ColumnRole.BASIS))
        sheet.conditional_format(
            place,
            _column("Underlag, antal"),
            place,
            _column("Underlag, antal"),
            {"type": "formula", "criteria": f'=AND({value}<>"",{basis}="")', "format": looks.lacking},
        )


def _validations(definition: MeasureDefinition, translate: Translate) -> dict[ColumnRole, dict[str, Any]]:
    """What may be typed where, with a hint as the cell is entered and a sentence when it is refused."""
    unit = definition.unit or translate(to_translate("tal"))
    if definition.unit in SHARE_LIMITS and definition.kind is not MeasureKind.COST:
        highest = int(SHARE_LIMITS[definition.unit])
        limits = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": highest}
        refusal = translate(to_translate("Skriv ett tal mellan 0 och {highest}.")).format(highest=highest)
    elif Unit.read(definition.unit, definition.name).is_count:
        limits = {"validate": "decimal", "criteria": ">=", "value": 0}
        refusal = translate(to_translate("Skriv ett tal som inte är mindre än 0."))
    else:
        limits = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15}
        refusal = translate(to_translate("Skriv ett tal."))
    otherwise = translate(to_translate("Saknas värdet: lämna cellen tom och välj en orsak."))
    basis_hint = translate(to_translate("Hur många personer eller ärenden värdet bygger på."))
    if definition.smallest_basis:
        basis_hint += " " + translate(to_translate("Krävs. Under {smallest} visas värdet inte.")).format(
            smallest=definition.smallest_basis
        )
    return {
        ColumnRole.VALUE: {
            **limits,
            "input_title": _cut(unit, LONGEST_TITLE),
            "input_message": _cut(f"{definition.name}. {otherwise}", LONGEST_HINT),
            "error_title": _cut(translate(to_translate("Inget möjligt värde")), LONGEST_TITLE),
            "error_message": _cut(f"{refusal} {otherwise}", LONGEST_HINT),
        },
        ColumnRole.BASIS: {
            "validate": "integer",
            "criteria": ">=",
            "value": 0,
            "input_title": _cut(translate(to_translate("Underlag, antal")), LONGEST_TITLE),
            "input_message": _cut(basis_hint, LONGEST_HINT),
            "error_title": _cut(translate(to_translate("Inget möjligt antal")), LONGEST_TITLE),
            "error_message": translate(to_translate("Skriv ett helt tal som inte är mindre än 0.")),
        },
        ColumnRole.REASON: {
            "validate": "list",
            "source": list(REASON_WORDS.values()),
            "error_title": _cut(translate(to_translate("Ingen sådan orsak")), LONGEST_TITLE),
            "error_message": translate(
                to_translate("Välj bortfall, ej tillämplig eller sekretess i listan.")
            ),
        },
        ColumnRole.COMMENT: {
            "validate": "length",
            "criteria": "<=",
            "value": LONGEST_TEXT,
            "error_title": _cut(translate(to_translate("För lång kommentar")), LONGEST_TITLE),
            "error_message": translate(to_translate("Skriv högst {most} tecken.")).format(most=LONGEST_TEXT),
        },
    }


def _cells(row: TemplateRow) -> dict[str, str | float | int | None]:
    """What stands in a row, by heading, in the order of the columns."""
    definition = row.measure.definition
    cells: tuple[str | float | int | None, ...] = (
        row.measure.id,
        definition.name,
        definition.unit,
        row.hint if row.gender is Gender.TOTAL else "",
        str(row.period),
        GENDER_WORDS[row.gender],
        REASON_WORDS[row.before] if isinstance(row.before, NoValueReason) else row.before,
        None if isinstance(row.now, NoValueReason) else row.now,
        row.basis,
        REASON_WORDS[row.now] if isinstance(row.now, NoValueReason) and not row.is_hidden else None,
        None,
    )
    return dict(zip(HEADINGS, cells, strict=True))


def _as_text(cell: str | float | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = " ".join(cell.split("\n"))
        return guard_formula(text)
    return repr(cell).removesuffix(".0").replace(".", ",")


def _number_or_reason(row: Any) -> float | NoValueReason | None:  # noqa: ANN401 - a row of `itertuples`
    if row is None:
        return None
    return float(row.value) if not pd.isna(row.value) else NoValueReason(row.reason) if row.reason else None


def _describe_measure(definition: MeasureDefinition, name: str, translate: Translate) -> str:
    value = getattr(definition, name)
    if name == "interval":
        return translate(INTERVAL_NAMES[value])
    return str(value) if value else ""


def _filled(text: str, context: UploadContext, translate: Translate) -> str:
    return translate(text).format(
        network=context.network.name,
        place=context.place.name,
        period=context.period,
        contact=context.network.contact,
    )


def _id(context: UploadContext) -> TemplateId:
    return TemplateId(context.network.id, context.place.code, str(context.period))


def _column(heading: str) -> int:
    return HEADINGS.index(heading)


def _letter(role: ColumnRole) -> str:
    place = next(
        number
        for number, column_of_template in enumerate(COLUMNS, start=1)
        if column_of_template.role is role
    )
    return Address("", 1, place).cell.removesuffix("1")


def _lines(text: str, width: int) -> int:
    """How many lines the text takes in a column of that many characters."""
    return sum(max(1, ceil(len(line) / width)) for line in text.split("\n"))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
