"""Evaluation results: what a workbook says, what is wrong in it, and what is stored."""

import io

import openpyxl
import pytest
import xlsxwriter

from data.contracts.validation import validate_table
from data.reference import places
from domain.errors.files import NoEvaluationsError
from domain.network import Network
from domain.place import PlaceKind
from pipelines.uploads.annotated import annotate_review
from pipelines.uploads.evaluations.columns import COLUMNS, HEADINGS
from pipelines.uploads.evaluations.context import EvaluationContext
from pipelines.uploads.evaluations.review import review_evaluations
from pipelines.uploads.evaluations.template import HEADING_ROW, evaluation_template
from tests.messages import swedish

KNOWN = EvaluationContext(
    Network("sodertorn", "Södertörn", PlaceKind.MUNICIPALITY, ()),
    places()["0136"],
    places(),
    {
        "trygghet": "Trygga elever",
        "N15428": "Elever i åk 9 behöriga till yrkesprogram, andel (%)",
        "N17461": "Trygga elever",
    },
)
RIGHT = {
    "project": "Läxhjälp i Jordbro",
    "municipality_text": "Haninge",
    "measure_text": "N15428",
    "unit": "%",
    "before": 61.5,
    "after": 68,
    "before_day": "2022",
    "after_day": "2023-06-15",
    "person_count": 140,
    "method": "Före och efter, jämfört med två andra skolor",
    "reference": "KS 2023/114",
}


def workbook(*rows, headings=HEADINGS, above=0):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Resultat")
        for line in range(above):
            sheet.write(line, 0, f"Rubrik {line}")
        for column, (field, heading) in enumerate(headings.items()):
            sheet.write(above, column, heading)
            for place, row in enumerate(rows, start=above + 1):
                if row.get(field) is not None:
                    sheet.write(place, column, row[field])
    return target.getvalue()


def reviewed(*rows, **how):
    return review_evaluations(workbook(*rows, **how), "projekt.xlsx", KNOWN)


def test_a_right_row_becomes_a_result_that_the_figures_accept():
    review = reviewed(RIGHT)

    (result,) = review.results.to_dict("records")

    assert review.findings == ()
    assert result == {
        "result_id": "laxhjalp-i-jordbro:0136:x-n15428:2023-06-15",
        "project": "Läxhjälp i Jordbro",
        "municipality_id": "0136",
        "measure_id": "N15428",
        "measure_text": "N15428",
        "before": 61.5,
        "after": 68.0,
        "unit": "%",
        "before_day": "2022",
        "after_day": "2023-06-15",
        "person_count": 140,
        "method": "Före och efter, jämfört med två andra skolor",
        "reference": "KS 2023/114",
    }
    validate_table("evaluation_result", review.results.assign(upload_id="upload-1"))


@pytest.mark.parametrize(
    ("change", "cell", "rule"),
    [
        ({"project": None}, "A2", "given-project"),
        ({"municipality_text": None}, "B2", "given-municipality-text"),
        ({"municipality_text": "Haningen"}, "B2", "place-municipality-text"),
        ({"measure_text": None}, "C2", "given-measure-text"),
        ({"before": None}, "E2", "given-before"),
        ({"after": "många"}, "F2", "number-after"),
        ({"after": 168}, "F2", "share-after"),
        ({"before_day": "i våras"}, "G2", "day-before-day"),
        ({"after_day": "2023-02-30"}, "H2", "day-after-day"),
        ({"after_day": "2021-12-31"}, "H2", "order-after-day"),
        ({"person_count": 12.5}, "I2", "whole-person-count"),
        ({"person_count": 6}, "I2", "few-person-count"),
        ({"method": None}, "J2", "given-method"),
    ],
)
def test_an_error_is_reported_at_its_cell(change, cell, rule):
    (finding,) = reviewed(RIGHT | change).findings

    assert (finding.address.sheet, finding.address.cell, finding.rule) == ("Resultat", cell, rule)
    assert finding.stops
    assert swedish(finding.message)
    assert swedish(finding.expected)
    assert swedish(finding.advice)


@pytest.mark.parametrize(
    "change",
    [
        {"before": "61,5", "after": "1 068,25", "unit": "antal"},
        {"before": 0, "after": 0},
        {"before_day": None, "after_day": None, "person_count": None, "reference": None, "unit": None},
        {"before_day": 2022, "after_day": "2022-01"},
        {"before_day": "2022-VT"},
        {"municipality_text": "Haninge kommun"},
        {"municipality_text": 136},
        {"person_count": 7},
        {"measure_text": "Något eget"},
        {"before": -3, "after": 400, "unit": "kr"},
    ],
)
def test_plausible_values_have_no_finding(change):
    assert reviewed(RIGHT | change).findings == ()


@pytest.mark.parametrize(
    ("text", "measure_id"),
    [
        ("trygghet", "trygghet"),
        ("Trygga  Elever", "trygghet"),  # the network's own before the catalogue's
        ("N15428 Behöriga", "N15428"),
        ("Elever i åk 9 behöriga till yrkesprogram, andel (%)", "N15428"),
        ("Deltagarnas självkänsla", ""),
    ],
)
def test_a_measure_is_known_by_its_id_or_its_whole_name_and_never_guessed(text, measure_id):
    review = reviewed(RIGHT | {"measure_text": text})

    assert review.results["measure_id"].tolist() == [measure_id]
    assert review.results["measure_text"].tolist() == [" ".join(text.split())]
    assert [note.rule for note in review.notes] == (["unknown-measure"] if not measure_id else [])


def test_a_duplicate_result_is_reported_at_both_rows():
    review = reviewed(RIGHT, RIGHT | {"before": 60})

    assert [finding.address.cell for finding in review.findings] == ["A2", "A3"]
    assert {finding.rule for finding in review.findings} == {"duplicate-project"}


def test_another_municipalitys_results_are_left_out_with_a_note():
    review = reviewed(RIGHT, RIGHT | {"municipality_text": "Huddinge"})

    assert review.results["municipality_id"].tolist() == ["0136"]
    assert [(note.rule, note.address.cell) for note in review.notes] == [("other-place", "A3")]


def test_headings_are_found_below_titles_and_under_other_names():
    names = HEADINGS | {
        "project": "Projektnamn",
        "before": "Baslinje",
        "after": "Utfall (2023)",
        "person_count": "Deltagare",
    }

    review = reviewed(RIGHT, headings=names, above=5)

    assert review.findings == ()
    assert review.results["after"].tolist() == [68.0]


def test_a_file_without_results_is_refused_with_the_headings_it_needs():
    with pytest.raises(NoEvaluationsError) as refused:
        reviewed(headings={"a": "Kommun", "b": "2023"})
    assert "Efter" in str(refused.value)
    with pytest.raises(NoEvaluationsError):
        reviewed(RIGHT | {"municipality_text": "Huddinge"})


def test_the_template_comes_back_without_a_finding():
    book = openpyxl.load_workbook(io.BytesIO(evaluation_template(places()["0136"])))
    sheet = book.active
    for column, column_of_template in enumerate(COLUMNS, start=1):
        sheet.cell(HEADING_ROW + 2, column).value = RIGHT[column_of_template.field]
    filled = io.BytesIO()
    book.save(filled)

    review = review_evaluations(filled.getvalue(), "mall.xlsx", KNOWN)

    assert review.findings == ()
    assert len(review.results) == 1


def test_the_file_comes_back_with_its_findings():
    content = workbook(RIGHT | {"after": 168})
    review = review_evaluations(content, "projekt.xlsx", KNOWN)

    book = openpyxl.load_workbook(io.BytesIO(annotate_review(content, review)))

    assert "168" in book["Resultat"]["F2"].comment.text
    assert book["Resultat"]["F2"].fill.fgColor.rgb == "FFF9D6D2"
