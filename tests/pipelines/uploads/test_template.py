"""The template: what it contains, what may be entered, and that nothing in it runs as a formula."""

import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors.uploads import NothingToReportError
from domain.measure import Direction, MeasureKind
from domain.network import Membership, Network
from domain.network_measure import MeasureDefinition, MeasureSource, ReportingInterval
from domain.period import Period
from domain.place import Place, PlaceKind
from domain.reporting_template import (
    COLUMNS,
    HEADING_ROW,
    HEADINGS,
    ID_ROW,
    MARK,
    REPORTING_SHEET,
    TemplateId,
)
from domain.upload import ColumnRole
from pipelines.uploads.template.rows import template_rows
from pipelines.uploads.template.text_file import template_csv
from pipelines.uploads.template.workbook import template_workbook
from pipelines.uploads.upload_context import REPORTED_COLUMNS, UploadContext, UploadMeasure

HANINGE = Place("0136", "Haninge", PlaceKind.MUNICIPALITY)
NETWORK = Network(
    "sodertorn",
    "Södertörn",
    PlaceKind.MUNICIPALITY,
    (Membership("0136", date(2020, 1, 1)),),
    contact="Nätverksledaren i Haninge",
)


def own(id_, name, unit="%", **fields):
    definition = MeasureDefinition(
        1,
        2015,
        MeasureSource.OWN,
        id_,
        name,
        f"Vad {name.lower()} säger.",
        unit,
        1,
        Direction.HIGHER,
        MeasureKind.QUALITY,
    )
    return UploadMeasure(id_, replace(definition, **fields))


TRYGGHET = own("trygghet", "Trygga elever", smallest_basis=7)
PLATSER = own("platser", "Platser i särskilt boende", "antal", decimals=0)
NARVARO = own("narvaro", "Närvaro", interval=ReportingInterval.TERM)
KPI = own("N15428", "Behöriga till gymnasiet", source=MeasureSource.KPI)


def published_values(*rows):
    return pd.DataFrame(rows, columns=list(REPORTED_COLUMNS))


def context(*measures, period="2023", rows=(), network=NETWORK):
    return UploadContext(
        network,
        HANINGE,
        Period.read(period),
        ("0136",),
        measures,
        {"0136": HANINGE},
        published=published_values(*rows),
    )


def load_book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def filled_rows(sheet):
    """The rows of the reporting sheet as mappings by heading."""
    rows = sheet.iter_rows(min_row=HEADING_ROW + 1, values_only=True)
    return [dict(zip(HEADINGS, row, strict=True)) for row in rows]


def column(role):
    return next(place for place, heading in enumerate(COLUMNS, start=1) if heading.role is role)


def test_every_reported_measure_has_a_row_for_all_women_and_men_and_what_is_published_elsewhere_has_none():
    book = load_book(template_workbook(context(TRYGGHET, KPI, PLATSER)))

    rows = filled_rows(book[REPORTING_SHEET])

    assert [(row["Beteckning"], row["Period"], row["Kön"]) for row in rows] == [
        ("trygghet", "2023", "Totalt"),
        ("trygghet", "2023", "Kvinnor"),
        ("trygghet", "2023", "Män"),
        ("platser", "2023", "Totalt"),
        ("platser", "2023", "Kvinnor"),
        ("platser", "2023", "Män"),
    ]
    assert rows[0]["Mått"] == "Trygga elever"
    assert rows[0]["Enhet"] == "%"
    assert rows[0]["Vad som räknas"] == "Vad trygga elever säger."


def test_a_year_asks_for_all_its_terms_and_a_term_for_itself_alone():
    year = template_rows(context(NARVARO, PLATSER))
    term = template_rows(context(NARVARO, PLATSER, period="2023-VT"))

    assert list(dict.fromkeys(str(row.period) for row in year)) == ["2023-VT", "2023-HT", "2023"]
    assert {(row.measure.id, str(row.period)) for row in term} == {("narvaro", "2023-VT")}


def test_last_year_is_shown_and_published_values_are_filled_in():
    rows = (
        ("trygghet", "0136", "2022", "T", 81.5, None, 200.0),
        ("trygghet", "0136", "2022", "K", None, "suppressed", float("nan")),
        ("trygghet", "0136", "2023", "T", 0.0, None, 210.0),
        ("trygghet", "0136", "2023", "M", None, "missing", float("nan")),
        ("trygghet", "0127", "2023", "K", 99.0, None, 50.0),
    )

    total, women, men = filled_rows(
        load_book(template_workbook(context(TRYGGHET, rows=rows)))[REPORTING_SHEET]
    )

    assert (total["Året innan"], total["Värde"], total["Underlag, antal"]) == (81.5, 0, 210)
    assert (women["Året innan"], women["Värde"], women["Orsak om värde saknas"]) == ("sekretess", None, None)
    assert (men["Året innan"], men["Värde"], men["Orsak om värde saknas"]) == (None, None, "bortfall")


def test_a_published_but_suppressed_value_is_left_empty_so_that_its_number_is_not_overwritten():
    rows = (("trygghet", "0136", "2023", "T", None, "suppressed", float("nan")),)

    sheet = load_book(template_workbook(context(TRYGGHET, rows=rows)))[REPORTING_SHEET]
    total = filled_rows(sheet)[0]
    line = template_csv(context(TRYGGHET, rows=rows)).decode("utf-8-sig").splitlines()[2]

    assert (total["Värde"], total["Orsak om värde saknas"]) == (None, None)
    assert "visas inte" in sheet.cell(HEADING_ROW + 1, column(ColumnRole.VALUE)).comment.text
    assert "sekretess" not in line


def test_only_the_cells_to_fill_in_are_unlocked_and_the_sheet_is_protected_without_a_password():
    sheet = load_book(template_workbook(context(TRYGGHET, PLATSER)))[REPORTING_SHEET]

    unlocked = {cell.column for row in sheet.iter_rows() for cell in row if not cell.protection.locked}

    assert unlocked == {
        column(role) for role in (ColumnRole.VALUE, ColumnRole.BASIS, ColumnRole.REASON, ColumnRole.COMMENT)
    }
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert sheet.freeze_panes == f"C{HEADING_ROW + 1}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_allowed_input_follows_the_unit():
    sheet = load_book(template_workbook(context(TRYGGHET, PLATSER, own("netto", "Nettokostnad", "kr/inv"))))[
        REPORTING_SHEET
    ]

    def rules(row):
        rules_by_role = {}
        for validation in sheet.data_validations.dataValidation:
            for role in (ColumnRole.VALUE, ColumnRole.BASIS, ColumnRole.REASON, ColumnRole.COMMENT):
                if sheet.cell(row, column(role)).coordinate in validation.sqref:
                    rules_by_role[role] = (
                        validation.type,
                        validation.operator or "between",
                        validation.formula1,
                        validation.formula2,
                    )
        return rules_by_role

    share, count, cost = (rules(HEADING_ROW + row) for row in (1, 4, 7))
    assert share[ColumnRole.VALUE] == ("decimal", "between", "0", "100")
    assert count[ColumnRole.VALUE] == ("decimal", "greaterThanOrEqual", "0", None)
    assert cost[ColumnRole.VALUE][0] == "decimal"
    assert float(cost[ColumnRole.VALUE][2]) < -1e9  # a surplus is a negative cost
    assert share[ColumnRole.BASIS][:3] == ("whole", "greaterThanOrEqual", "0")
    assert share[ColumnRole.REASON][2] == '"bortfall,ej tillämplig,sekretess"'


def test_the_workbook_says_whose_it_is_in_a_property_and_in_a_cell():
    book = load_book(template_workbook(context(TRYGGHET)))

    (carried,) = [prop.value for prop in book.custom_doc_props.props if prop.name == MARK]
    shown = book[REPORTING_SHEET].cell(ID_ROW, 1).value

    assert TemplateId.read(carried) == TemplateId.read(shown) == ("sodertorn", "0136", "2023")


@pytest.mark.parametrize(
    "text", [None, "", "1;a;0136", "2;a;0136;2023", "1;;0136;2023", "jamfor-template", "något annat"]
)
def test_other_texts_are_no_template(text):
    assert TemplateId.read(text) is None


def test_the_text_file_begins_with_whose_it_is_and_writes_numbers_as_swedes_do():
    rows = (
        ("trygghet", "0136", "2022", "T", 81.5, None, 200.0),
        ("trygghet", "0136", "2023", "T", 1234.25, None, 210.0),
    )
    content = template_csv(context(TRYGGHET, rows=rows))

    assert content.startswith(b"\xef\xbb\xbf")
    first, headings, total, *_ = csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";")
    assert TemplateId.read(";".join(first)) == ("sodertorn", "0136", "2023")
    assert tuple(headings) == HEADINGS
    assert total[HEADINGS.index("Året innan")] == "81,5"
    assert total[HEADINGS.index("Värde")] == "1234,25"
    assert total[HEADINGS.index("Underlag, antal")] == "210"


def test_the_sheet_of_definitions_says_what_counts_and_the_name_leads_there():
    measure = own("vard", "Vårdtid", "dagar", included="Alla vårddygn.", responsible="Ekonomichefen")
    book = load_book(template_workbook(context(TRYGGHET, measure)))

    definitions = {row[0]: row[1] for row in book["Definitioner"].iter_rows(values_only=True) if row[0]}
    link = book[REPORTING_SHEET].cell(HEADING_ROW + 4, 2).hyperlink.location

    assert definitions["Vad som ingår"] == "Alla vårddygn."
    assert definitions["Ansvarig funktion"] == "Ekonomichefen"
    sheet, cell = link.split("!")
    assert (sheet, book["Definitioner"][cell].value) == ("'Definitioner'", "Vårdtid")


def test_a_changed_definition_is_noted_beside_last_year():
    changed = replace(TRYGGHET, break_years=(2023,))
    rows = (("trygghet", "0136", "2022", "T", 81.5, None, 200.0),)

    sheet = load_book(template_workbook(context(changed, rows=rows)))[REPORTING_SHEET]

    cell = sheet.cell(HEADING_ROW + 1, HEADINGS.index("Året innan") + 1)
    assert "2023" in cell.comment.text


def test_a_municipality_with_nothing_to_report_is_told_so():
    with pytest.raises(NothingToReportError):
        template_workbook(context(KPI))
    with pytest.raises(NothingToReportError):
        template_csv(context(PLATSER, period="2023-VT"))


@given(
    st.sampled_from("=+-@\t\r"), st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=20)
)
def test_nothing_that_people_wrote_becomes_a_formula(start, rest):
    hostile = start + rest
    measure = own("x", hostile, hostile, resident_sentence=hostile, included=hostile)
    named = context(measure, network=replace(NETWORK, name=hostile, contact=hostile))

    book = load_book(template_workbook(named))
    formulas = [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    rows = list(csv.reader(io.StringIO(template_csv(named).decode("utf-8-sig")), delimiter=";"))

    assert [place for _, *place in formulas] == [["K3", formulas[0][2]]]  # our own count of filled rows
    assert "SUMPRODUCT" in formulas[0][2]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
