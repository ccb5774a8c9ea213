"""Findings: what a file contains, and what the controller is then told about her own cells."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.measure import Direction, MeasureKind
from domain.network import Membership, Network
from domain.network_measure import MeasureDefinition, MeasureSource, ReportingInterval
from domain.period import Period
from domain.place import Place, PlaceKind
from domain.upload import Address, ColumnMapping, ColumnRole, FileMapping, FindingLevel, SheetMapping
from domain.value import Gender
from pipelines.uploads.checking import check, note_unreadable_cells, note_unreported_measures
from pipelines.uploads.interpreted_file import VALUE_COLUMNS, InterpretedFile
from pipelines.uploads.upload_context import REPORTED_COLUMNS, UploadContext, UploadMeasure
from spreadsheets.workbook import FileKind, Sheet, Workbook
from tests.messages import swedish

NAN = np.nan
HANINGE = Place("0136", "Haninge", PlaceKind.MUNICIPALITY)
MEMBERS = ("0126", "0127", "0128", "0136", "0138", "0180", "0181", "0192")
NETWORK = Network(
    "sodertorn", "Södertörn", PlaceKind.MUNICIPALITY, tuple(Membership(c, date(2020, 1, 1)) for c in MEMBERS)
)


def measure(id_, unit="%", decimals=1, **fields):
    outside = {name: fields.pop(name) for name in ("same_as", "break_years", "definitions") if name in fields}
    described = {
        "kind": MeasureKind.QUALITY,
        "source": MeasureSource.OWN,
        "expression": id_,
        "first_year": 2000,
    }
    definition = MeasureDefinition(
        version=1,
        name=id_.capitalize(),
        resident_sentence="",
        unit=unit,
        decimals=decimals,
        direction=Direction.HIGHER,
        **(described | fields),
    )
    return UploadMeasure(id_, definition, id_, **outside)


TRYGGHET = measure("trygghet")
ELEVER = measure("elever", "antal", 0, kind=MeasureKind.VOLUME)
RESULTAT = measure("resultat", "kr/inv", 0, kind=MeasureKind.COST)
NARVARO = measure("narvaro", interval=ReportingInterval.TERM)
ENKAT = measure("enkat", smallest_basis=7)


def series(measure_id, values, code="0136", last_year=2022, gender="T", part=""):
    """Published values of one municipality, the last one of `last_year`."""
    first = last_year - len(values) + 1
    return [
        (measure_id, code, f"{first + place}{part}", gender, value, None, NAN)
        for place, value in enumerate(values)
        if value is not None
    ]


def context(*measures, published=(), period="2023", kolada=(), members=MEMBERS):
    return UploadContext(
        NETWORK,
        HANINGE,
        Period.read(period),
        members,
        measures,
        {"0136": HANINGE},
        published=pd.DataFrame(list(published), columns=list(REPORTED_COLUMNS)),
        kolada=pd.DataFrame(list(kolada), columns=["kpi_id", "municipality_code", "year", "gender", "value"]),
    )


def cell(measure_id, value=NAN, period="2023", gender="T", code="0136", **fields):
    return {
        "measure_id": measure_id,
        "municipality_code": code,
        "period": period,
        "gender": gender,
        "value": value,
        **fields,
    }


def interpreted(*cells):
    """A long sheet, its values from C2 downwards: the municipality in A, the measure in B, the value in C, the basis in D."""
    frame = pd.DataFrame(
        [
            {
                "sheet": "Blad1",
                "row": place + 2,
                "column": 3,
                "measure_text": fields["measure_id"],
                "municipality_text": "Haninge",
                "reason": None,
                "basis": NAN,
                "comment": "",
                "text": "",
                "problem": "",
                **fields,
            }
            for place, fields in enumerate(cells)
        ],
        columns=list(VALUE_COLUMNS),
    ).astype({"value": "float64", "basis": "float64", "row": "int64", "column": "int64"})
    for name in ("sheet", "measure_id", "municipality_code", "period", "gender", "reason", "text", "problem"):
        frame[name] = frame[name].astype("category")
    grid = np.full((len(cells) + 1, 4), None, dtype=object)
    grid[0] = ["Kommun", "Mått", "Värde", "Underlag"]
    for place, fields in enumerate(cells, start=1):
        grid[place, :2] = ["Haninge", fields["measure_id"]]
    columns = tuple(
        ColumnMapping(place, heading, role)
        for place, (heading, role) in enumerate(
            (
                ("Kommun", ColumnRole.MUNICIPALITY),
                ("Mått", ColumnRole.MEASURE),
                ("Värde", ColumnRole.VALUE),
                ("Underlag", ColumnRole.BASIS),
            ),
            start=1,
        )
    )
    sheet = SheetMapping("Blad1", True, (1,), 2, len(cells) + 1, columns, period="2023")
    workbook = Workbook("fil.xlsx", FileKind.XLSX, "0" * 64, 1, (Sheet("Blad1", grid),))
    return InterpretedFile(workbook, FileMapping((sheet,), "layout"), frame)


def findings_of(context, *cells):
    return check(interpreted(*cells), context)


def ids(context, *cells):
    return [finding.id for finding in findings_of(context, *cells)]


# A sheet without faults


def test_a_right_sheet_has_no_findings():
    knows = context(TRYGGHET, ELEVER, published=series("trygghet", [60, 61, 62, 61, 62, 63]))
    assert ids(knows, cell("trygghet", 62.4), cell("elever", 1200)) == []


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_series_that_goes_on_as_before_has_no_findings(data):
    """Whatever the level and the usual change, a value within the usual change of the last one has no finding."""
    level = data.draw(st.floats(20, 70))
    steps = data.draw(st.lists(st.floats(-0.04, 0.04), min_size=6, max_size=12))
    values = [round(level * float(np.exp(sum(steps[: place + 1]))), 1) for place in range(len(steps))]
    changes = np.diff(np.log(values))
    usual = float(np.median(changes))
    within = [
        change
        for change in changes
        if abs(change - usual) <= 2 * 1.4826 * float(np.median(np.abs(changes - usual)))
    ]
    new = round(values[-1] * float(np.exp(data.draw(st.sampled_from(within)))), 1)
    new = new + 0.1 if new == values[-1] else new
    others = [row for code in MEMBERS if code != "0136" for row in series("trygghet", [new], code, 2023)]
    knows = context(TRYGGHET, published=[*series("trygghet", values), *others])
    assert ids(knows, cell("trygghet", new)) == []


# FindingLevel 1


def test_a_finding_says_what_where_what_was_expected_and_what_to_do():
    (finding,) = findings_of(context(TRYGGHET), cell("trygghet", 104.25, text="104,25"))
    assert finding.id == "share:trygghet:0136:2023:T"
    assert finding.level is FindingLevel.STRUCTURE
    assert finding.stops
    assert finding.address == Address("Blad1", 2, 3)
    assert finding.address.cell == "C2"
    assert (finding.row_name, finding.column_name) == ("Haninge · Trygghet", "Värde")
    assert (
        swedish(finding.message)
        == "Trygghet 2023 är 104,25\u00a0%. En andel är minst 0 och högst 100\u00a0%."
    )
    assert swedish(finding.found) == "104,25"
    assert swedish(finding.expected) == "0 till 100\u00a0%"
    assert swedish(finding.advice) == "Kontrollera talet och var decimaltecknet står."
    assert (finding.measure_id, finding.municipality_code, finding.period, finding.gender) == (
        "trygghet",
        "0136",
        "2023",
        Gender.TOTAL,
    )


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("not_a_number", "”abc” går inte att läsa som ett tal"),
        ("error_cell", "cellen visar felet abc"),
        ("formula_without_result", "inget uträknat resultat"),
        ("unknown_period", "vilket år eller vilken period"),
        ("unknown_gender", "kvinnor, män eller alla"),
        ("number_and_reason", "både ett tal och en orsak"),
    ],
)
def test_an_unreadable_cell_is_reported_with_its_reason(problem, words):
    knows = context(TRYGGHET, published=series("trygghet", [60], last_year=2023))
    (finding,) = findings_of(knows, cell("trygghet", text="abc", problem=problem))
    assert finding.id == f"{problem.replace('_', '-')}:C2"
    assert words in swedish(finding.message)
    assert swedish(finding.found) == "abc"
    assert swedish(finding.expected)
    assert swedish(finding.advice)


def test_an_unreadable_cell_has_no_other_finding():
    unreadable = cell("trygghet", gender="", period="", text="60", problem="unknown_gender")
    assert ids(context(TRYGGHET), cell("trygghet", 60), unreadable) == ["unknown-gender:C3"]


def test_an_unknown_place_is_reported_by_its_name_in_the_sheet():
    cells = (
        cell("trygghet", 60),
        cell("trygghet", code="", municipality_text="Hanige", text="61", problem="unknown_place"),
    )
    (finding,) = findings_of(context(TRYGGHET), *cells)
    assert finding.id == "unknown-place:C3"
    assert "”Hanige” är ingen kommun" in swedish(finding.message)


def test_a_missing_required_value_is_reported_at_its_cell():
    cells = (cell("trygghet", 60), cell("elever", gender="K", value=600))
    (finding,) = findings_of(context(TRYGGHET, ELEVER), *cells)
    assert finding.id == "required:elever:0136:2023:T"
    assert finding.address == Address("Blad1", 3, 3)
    assert "Elever 2023 saknas" in swedish(finding.message)


def test_a_required_value_without_a_row_is_reported_without_a_cell():
    (finding,) = findings_of(context(ELEVER))
    assert (finding.id, finding.address) == ("required:elever:0136:2023:T", None)


def test_a_measure_that_others_have_a_row_for_is_required():
    theirs = cell("elever", 900, code="0126")
    assert ids(context(TRYGGHET, ELEVER), cell("trygghet", 60), theirs) == ["required:elever:0136:2023:T"]


def test_a_file_about_one_measure_does_not_require_another():
    upload_context, cells = context(TRYGGHET, ELEVER), [cell("trygghet", 60)]
    assert ids(upload_context, *cells) == []
    (note,) = note_unreported_measures(interpreted(*cells), upload_context)
    assert "ingenting om ”Elever”" in swedish(note.message)
    published = series("elever", [900], last_year=2023)
    assert note_unreported_measures(interpreted(*cells), context(TRYGGHET, ELEVER, published=published)) == ()


def test_a_reason_is_as_good_as_a_number_and_an_empty_cell_is_not():
    assert ids(context(TRYGGHET), cell("trygghet", reason="missing")) == []
    assert ids(context(TRYGGHET), cell("trygghet")) == ["required:trygghet:0136:2023:T"]


def test_a_published_value_is_not_required_again():
    published = series("trygghet", [60], last_year=2023)
    assert ids(context(TRYGGHET, ELEVER, published=published), cell("elever", 600)) == []
    assert ids(context(TRYGGHET, ELEVER, published=published), cell("elever", 600), cell("trygghet")) == []


def test_a_year_asks_for_all_its_terms_and_a_term_for_itself():
    assert ids(context(NARVARO), cell("narvaro", 90, "2023-VT")) == ["required:narvaro:0136:2023-HT:T"]
    assert ids(context(NARVARO, TRYGGHET, period="2023-VT"), cell("narvaro", 90, "2023-VT")) == []


def test_a_period_of_another_kind_is_reported_with_an_example():
    (finding,) = findings_of(
        context(NARVARO, period="2023-VT"), cell("narvaro", 90, "2023-VT"), cell("narvaro", 91, "2022")
    )
    assert finding.rule == "interval"
    assert "rapporteras varje termin" in swedish(finding.message)
    assert swedish(finding.expected) == "till exempel 2022-VT"


def test_a_year_after_the_reporting_period_is_reported():
    (finding,) = findings_of(context(TRYGGHET), cell("trygghet", 60), cell("trygghet", 61, "2032"))
    assert (finding.rule, swedish(finding.expected)) == ("year", "från 1970 till 2023")


def test_both_cells_of_a_duplicate_are_named():
    (finding,) = findings_of(context(TRYGGHET), cell("trygghet", 60.1), cell("trygghet", 61.2))
    assert finding.rule == "duplicate"
    assert finding.address.cell == "C3"
    assert "60,1\u00a0% i C2 och 61,2\u00a0% här" in swedish(finding.message)


def test_a_total_that_differs_from_women_plus_men_is_reported_with_all_three():
    cells = [cell("elever", value, gender=gender) for gender, value in (("T", 1000), ("K", 520), ("M", 490))]
    (finding,) = findings_of(context(ELEVER), *cells)
    assert finding.id == "parts:elever:0136:2023:T"
    assert "1\u00a0000" in swedish(finding.message)
    assert "kvinnor 520 och män 490" in swedish(finding.message)
    assert swedish(finding.expected) == "1\u00a0010, som är kvinnor och män tillsammans"


def test_a_file_with_women_alone_is_compared_with_the_published_total_and_men():
    published = [
        row
        for gender, value in (("T", 1000), ("M", 480))
        for row in series("elever", [value], gender=gender, last_year=2023)
    ]
    knows = context(ELEVER, published=published)
    assert ids(knows, cell("elever", 520, gender="K")) == []
    (finding,) = findings_of(knows, cell("elever", 620, gender="K"))
    assert (finding.rule, finding.address.cell) == ("parts", "C2")
    assert "1\u00a0000" in swedish(finding.message)
    assert ids(knows, cell("elever", 1100), cell("elever", 620, gender="K")) == []
    assert ids(knows, cell("elever", 620, "2022", gender="K")) == []


def test_a_published_value_has_no_new_findings():
    published = [("enkat", "0136", "2023", "T", 60.0, None, NAN)]  # from before a basis was asked for
    assert ids(context(ENKAT, published=published), cell("enkat", 61.0, gender="K", basis=40.0)) == []


def test_a_missing_basis_is_reported_at_the_cell_of_the_basis():
    (finding,) = findings_of(context(ENKAT), cell("enkat", 60))
    assert finding.rule == "basis-required"
    assert finding.address.cell == "D2"
    assert finding.column_name == "Underlag"
    assert "färre än 7" in swedish(finding.advice)


def test_a_small_basis_gives_no_finding():
    assert ids(context(ENKAT), cell("enkat", 60, basis=3.0)) == []


def test_two_findings_of_one_rule_about_one_value_have_ids_of_their_own():
    all_ids = ids(context(TRYGGHET), cell("trygghet", 101), cell("trygghet", 102))
    assert len(all_ids) == len(set(all_ids)) == 3


def test_ids_name_the_sheet_where_several_are_read():
    file = interpreted(cell("trygghet", text="abc", problem="not_a_number"))
    second = replace(file.mapping.sheets[0], sheet="Blad2")
    two = replace(
        file,
        mapping=replace(file.mapping, sheets=(*file.mapping.sheets, second)),
        workbook=replace(
            file.workbook,
            sheets=(*file.workbook.sheets, replace(file.workbook.sheets[0], name="Blad2")),
        ),
    )
    assert [finding.id for finding in check(two, context(TRYGGHET))] == ["not-a-number:blad1.C2"]


def test_other_municipalities_cells_are_never_found_fault_with():
    cells = (
        cell("trygghet", 60),
        cell("trygghet", 900, code="0126"),
        cell("trygghet", text="abc", problem="not_a_number", code="0127"),
        cell("trygghet", text="abc", problem="not_a_number", code="0128"),
    )
    assert ids(context(TRYGGHET), *cells) == []
    (note,) = note_unreadable_cells(interpreted(*cells), context(TRYGGHET))
    assert "”abc” går inte att läsa i 2 celler, den första är C4" in swedish(note.message)


def test_many_findings_of_one_rule_are_cut_and_counted():
    cells = [cell("trygghet", 101 + place, str(1970 + place % 54)) for place in range(1000)]
    shares = [finding for finding in findings_of(context(TRYGGHET), *cells) if finding.rule == "share"]
    assert len(shares) == 201
    assert shares[0].id == "share:more"
    assert "800 celler till" in swedish(shares[0].message)


def test_findings_are_ordered_by_level_and_cell():
    knows = context(TRYGGHET, ELEVER, ENKAT, published=series("trygghet", [60, 61, 60, 61, 60]))
    cells = (cell("trygghet", 6.1), cell("enkat", 101, basis=50.0), cell("elever", 1.5))
    assert [(int(finding.level), finding.address.cell) for finding in findings_of(knows, *cells)] == [
        (1, "C3"),
        (1, "C4"),
        (2, "C2"),
    ]


# FindingLevel 2


STEADY = series("trygghet", [60, 61, 60, 62, 61, 62, 61])


def test_a_unit_slip_is_reported_once_and_not_again_as_a_change():
    (finding,) = findings_of(context(TRYGGHET, published=STEADY), cell("trygghet", 0.615))
    assert (finding.rule, finding.level) == ("unit-slip", FindingLevel.HISTORY)
    assert not finding.stops
    assert "0,615\u00a0%, ungefär en hundradel av 61,0\u00a0% (2022)" in swedish(finding.message)
    assert swedish(finding.expected) == "omkring 61,5\u00a0%"
    assert "fotnot" in swedish(finding.advice)


def test_a_unit_slip_is_measured_against_the_median_where_last_year_is_missing():
    published = series("trygghet", [60, 61, 60, None])
    (finding,) = findings_of(context(TRYGGHET, published=published), cell("trygghet", 6.0))
    assert finding.rule == "unit-slip"
    assert "60,0\u00a0% i median" in swedish(finding.message)


def test_a_unit_slip_is_measured_against_the_others_where_there_is_no_history():
    others = [row for code in MEMBERS if code != "0136" for row in series("trygghet", [60], code, 2023)]
    (finding,) = findings_of(context(TRYGGHET, published=others), cell("trygghet", 0.6))
    assert (finding.rule, finding.level) == ("unit-slip", FindingLevel.OTHERS)


def test_a_change_is_compared_with_the_municipalitys_own_changes():
    (finding,) = findings_of(context(TRYGGHET, published=STEADY), cell("trygghet", 80.0))
    assert (finding.id, finding.level) == ("year-change:trygghet:0136:2023:T", FindingLevel.HISTORY)
    assert "var 61,0\u00a0% (2022)" in swedish(finding.message)
    assert "6 tidigare ändringar" in swedish(finding.message)
    assert swedish(finding.expected).startswith("5")
    assert ids(context(TRYGGHET, published=STEADY), cell("trygghet", 62.5)) == []


def test_a_change_is_compared_with_the_members_where_its_own_history_is_short():
    published = [
        row
        for place, code in enumerate(MEMBERS)
        for row in series("trygghet", [60 + place, 61 + place, 60.5 + place], code)
    ]
    (finding,) = findings_of(context(TRYGGHET, published=published), cell("trygghet", 75.0))
    assert "nätverkets medlemmar" in swedish(finding.message)
    assert ids(context(TRYGGHET, published=published), cell("trygghet", 64.0)) == []


def test_a_doubling_needs_an_explanation_where_there_is_no_norm():
    published = series("trygghet", [30])
    assert ids(context(TRYGGHET, published=published), cell("trygghet", 59)) == []
    (finding,) = findings_of(context(TRYGGHET, published=published), cell("trygghet", 61.5))
    assert "fördubbling" in swedish(finding.message)
    assert swedish(finding.expected) == "15,0 till 60,0\u00a0%"


def test_a_change_is_compared_with_many_others_in_the_file_by_hidiroglou_and_berthelot():
    many = [
        cell("trygghet", value, year, code=f"{2000 + place}")
        for place in range(40)
        for year, value in (("2022", 50.0 + place / 4), ("2023", 51.0 + place / 4 + place % 3))
    ]
    (finding,) = findings_of(context(TRYGGHET, published=STEADY), cell("trygghet", 80.0), *many)
    assert "bland de 41 som har värden för båda" in swedish(finding.message)
    assert ids(context(TRYGGHET, published=STEADY), cell("trygghet", 63.1), *many) == []


def test_a_change_across_a_break_in_the_series_needs_no_explanation():
    broken = replace(TRYGGHET, break_years=(2023,))
    assert ids(context(broken, published=STEADY), cell("trygghet", 6.1)) == []


def test_small_counts_may_double_by_chance():
    published = series("elever", [3, 4, 3, 4, 3, 4])
    assert ids(context(ELEVER, published=published), cell("elever", 8)) == []
    published = series("elever", [300, 310, 300, 310, 300, 310])
    assert ids(context(ELEVER, published=published), cell("elever", 800)) == [
        "year-change:elever:0136:2023:T"
    ]


def test_a_share_of_few_may_change_much_by_chance():
    published = [(*row[:6], 12.0) for row in series("enkat", [60, 61, 60, 61, 60, 61])]
    assert ids(context(ENKAT, published=published), cell("enkat", 85.0, basis=12.0)) == []
    published = [(*row[:6], 1200.0) for row in series("enkat", [60, 61, 60, 61, 60, 61])]
    assert ids(context(ENKAT, published=published), cell("enkat", 85.0, basis=1200.0)) == [
        "year-change:enkat:0136:2023:T"
    ]


def test_a_result_below_zero_is_compared_with_earlier_differences():
    published = series("resultat", [500, -200, 300, -100, 400, 100])
    assert ids(context(RESULTAT, published=published), cell("resultat", -250)) == []
    assert ids(context(RESULTAT, published=published), cell("resultat", -99_000)) == [
        "year-change:resultat:0136:2023:T"
    ]


def test_a_first_negative_value_needs_an_explanation():
    published = series("resultat", [500, 520, 510, 530, 515])
    (finding,) = findings_of(context(RESULTAT, published=published), cell("resultat", -512))
    assert finding.rule == "sign"
    assert "inget av de 5 tidigare värdena" in swedish(finding.message)


def test_a_zero_in_a_series_without_zeros_needs_an_explanation():
    (finding,) = findings_of(context(TRYGGHET, published=STEADY), cell("trygghet", 0.0))
    assert finding.rule == "zero"
    assert "Noll är ett värde" in swedish(finding.message)


def test_exactly_last_years_value_needs_an_explanation():
    (finding,) = findings_of(context(TRYGGHET, published=STEADY), cell("trygghet", 61.0))
    assert finding.rule == "repeat"
    assert "exakt samma värde som 2022: 61,0\u00a0%" in swedish(finding.message)


def test_a_copied_column_is_reported_at_each_value():
    measures = [measure(f"matt{place}") for place in range(4)]
    published = [
        row
        for place in range(4)
        for row in series(f"matt{place}", [50.1 + place, 50.4 + place, 50.2 + place])
    ]
    cells = [cell(f"matt{place}", 50.2 + place) for place in range(3)] + [cell("matt3", 53.3)]
    findings = findings_of(context(*measures, published=published), *cells)
    assert [finding.rule for finding in findings] == ["repeat"] * 3
    assert all(
        "3 av 4 värden. Är förra årets kolumn kopierad?" in swedish(finding.message) for finding in findings
    )


def test_terms_are_compared_with_the_same_term():
    published = series("narvaro", [90, 91, 90, 91], part="-VT") + series(
        "narvaro", [60, 61, 60, 61], part="-HT"
    )
    cells = (cell("narvaro", 90.5, "2023-VT"), cell("narvaro", 60.5, "2023-HT"))
    assert ids(context(NARVARO, published=published), *cells) == []
    swapped = (cell("narvaro", 60.5, "2023-VT"), cell("narvaro", 90.5, "2023-HT"))
    assert ids(context(NARVARO, published=published), *swapped) == [
        "year-change:narvaro:0136:2023-VT:T",
        "year-change:narvaro:0136:2023-HT:T",
    ]


def test_a_new_year_is_compared_with_the_earlier_year_that_the_file_corrects():
    cells = (cell("trygghet", 80.0), cell("trygghet", 79.0, "2022"))
    assert [finding.id for finding in findings_of(context(TRYGGHET, published=STEADY), *cells)] == [
        "year-change:trygghet:0136:2022:T"
    ]


def test_a_repeated_published_value_needs_no_explanation():
    published = [*STEADY, *series("trygghet", [6.1], last_year=2023)]
    assert ids(context(TRYGGHET, published=published), cell("trygghet", 6.1)) == []


def test_women_and_men_have_a_past_of_their_own():
    published = [*STEADY, *series("trygghet", [70, 71, 70, 72, 71, 72, 71], gender="K")]
    cells = (cell("trygghet", 62.2), cell("trygghet", 7.15, gender="K"))
    (finding,) = findings_of(context(TRYGGHET, published=published), *cells)
    assert finding.id == "unit-slip:trygghet:0136:2023:K"
    assert "Trygghet 2023, kvinnor" in swedish(finding.message)


# FindingLevel 3


def values_of_others(*values, year=2023):
    codes = [code for code in MEMBERS if code != "0136"]
    return [
        row
        for code, value in zip(codes, values, strict=False)
        for row in series("trygghet", [value], code, year)
    ]


def test_a_value_far_from_the_other_members_needs_an_explanation():
    published = values_of_others(60, 61, 62, 63, 64, 65, 66)
    (finding,) = findings_of(context(TRYGGHET, published=published), cell("trygghet", 30.0))
    assert (finding.id, finding.level) == ("spread:trygghet:0136:2023:T", FindingLevel.OTHERS)
    assert "7 medlemmar, 63,0\u00a0% i median" in swedish(finding.message)
    assert ids(context(TRYGGHET, published=published), cell("trygghet", 55.0)) == []


def test_the_others_of_the_year_before_do_while_too_few_have_delivered():
    published = values_of_others(60, 61, 62, 63, 64, 65, 66, year=2022) + values_of_others(60, 61)
    (finding,) = findings_of(context(TRYGGHET, published=published), cell("trygghet", 20.0))
    assert finding.rule == "spread"
    assert "hade 2022" in swedish(finding.message)


def test_a_place_equally_far_from_the_others_last_year_needs_no_new_explanation():
    published = values_of_others(60, 61, 62, 63, 64, 65, 66) + series("trygghet", [29.4])
    assert ids(context(TRYGGHET, published=published), cell("trygghet", 30.0)) == []


def test_a_number_of_pupils_is_not_compared_with_larger_places():
    published = [row for code in MEMBERS if code != "0136" for row in series("elever", [90_000], code, 2023)]
    assert ids(context(ELEVER, published=published), cell("elever", 1200)) == []


def test_non_members_are_left_out_of_the_networks_spread():
    published = [
        row for place in range(9) for row in series("trygghet", [60 + place], f"{2000 + place}", 2023)
    ]
    assert ids(context(TRYGGHET, published=published), cell("trygghet", 5.0)) == []


def test_a_value_that_differs_from_kolada_needs_an_explanation():
    same = replace(TRYGGHET, same_as="N15428")
    kolada = [("N15428", "0136", 2023, "T", 61.94), ("N15428", "0136", 2023, "K", 50.0)]
    assert ids(context(same, kolada=kolada), cell("trygghet", 61.9)) == []
    (finding,) = findings_of(context(same, kolada=kolada), cell("trygghet", 62.4))
    assert (finding.rule, finding.level) == ("published", FindingLevel.OTHERS)
    assert "Kolada har 61,9\u00a0% för samma sak (N15428)" in swedish(finding.message)


def test_made_up_values_are_not_called_koladas():
    same = replace(TRYGGHET, same_as="N15428")
    knows = replace(context(same, kolada=[("N15428", "0136", 2023, "T", 50.0)]), is_made_up=True)
    (finding,) = findings_of(knows, cell("trygghet", 62.4))
    assert "Kolada" not in swedish(finding.message)
    assert "påhittade" in swedish(finding.message)


def test_a_kpi_beside_what_is_reported_gives_one_finding_however_many_values_differ():
    kpi = measure("N15428", source=MeasureSource.KPI, expression="N15428", same_as="N15428")
    kolada = [("N15428", "0136", year, "T", 60.0) for year in range(2015, 2024)]
    cells = [cell("trygghet", 60.0), *(cell("N15428", 61.0, str(year)) for year in range(2015, 2023))]
    (finding,) = findings_of(context(TRYGGHET, kpi, kolada=kolada), *cells)
    assert finding.id == "published-kpi:N15428:0136"
    assert "8 värden" in swedish(finding.message)
    assert "2015" in swedish(finding.message)
    same = [cell("trygghet", 60.0), *(cell("N15428", 60.0, str(year)) for year in range(2015, 2023))]
    assert ids(context(TRYGGHET, kpi, kolada=kolada), *same) == []


# Bounds


def test_many_unusual_values_are_cut_and_the_rest_share_one_finding():
    monthly = [measure(f"matt{place}", interval=ReportingInterval.MONTHLY) for place in range(25)]
    periods = [f"2022-{month:02}" for month in range(1, 13)]
    published = [
        (monthly_measure.id, "0136", period, "T", 60.0, None, NAN)
        for monthly_measure in monthly
        for period in periods
    ]
    cells = [
        cell(monthly_measure.id, 6.1, f"2023-{period[5:]}")
        for monthly_measure in monthly
        for period in periods
    ]
    slips = [
        finding
        for finding in findings_of(context(*monthly, published=published), *cells)
        if finding.rule == "unit-slip"
    ]
    assert len(slips) == 201
    assert slips[0].id == "unit-slip:more"
    assert not slips[0].stops
    assert "100 värden till" in swedish(slips[0].message)


def test_a_file_without_values_has_only_missing_required_values():
    assert ids(context(TRYGGHET)) == ["required:trygghet:0136:2023:T"]


@pytest.mark.parametrize("value", [1e308, -1e308, 1e22, 1e-320, 5e-324, -0.0, float("inf")])
@pytest.mark.parametrize("before", [1e14, 1e-320, -5e-324, 0.0, 50.0])
@pytest.mark.filterwarnings("error")
def test_extreme_numbers_are_reported_or_accepted(value, before):
    measures = (TRYGGHET, ELEVER, RESULTAT)
    published = [row for measure in measures for row in series(measure.id, [before, 50, before, 49, before])]
    cells = [cell(measure.id, value, gender=gender, basis=value) for measure in measures for gender in "TKM"]
    findings = findings_of(context(*measures, published=published), *cells)
    assert all(len(swedish(finding.message)) < 2_000 for finding in findings)
    if abs(value) > 1e15:
        assert {finding.rule for finding in findings} >= {"finite"}
