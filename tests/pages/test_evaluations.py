"""Evaluation results as the page of a measure shows them."""

from app_pages.parts.charts import on_page
from app_pages.parts.evaluations import CAPTION, table
from domain.evaluation import EvaluationResult

ONE = EvaluationResult(
    "Läxhjälp <b>",
    "0136",
    "Haninge",
    "N15428",
    "Behöriga",
    61.5,
    68.0,
    "%",
    "2022",
    "2023-06-15",
    1140,
    "Enkät",
    "=KS",
)
BARE = EvaluationResult("Odling", "0127", "Botkyrka", "N15428", "Behöriga", 0.0, -0.125)


def test_a_result_is_shown_as_the_project_reported_it():
    (row, bare) = table([ONE, BARE], str, "sv").to_dict("records")

    assert row == {
        "Projekt": "Läxhjälp <b>",
        "Kommun": "Haninge",
        "Före": "61,5\u00a0% (2022)",
        "Efter": "68\u00a0% (2023-06-15)",
        "Antal personer": "1\u00a0140",
        "Metod": "Enkät",
        "Referens": "=KS",
    }
    assert (bare["Före"], bare["Efter"], bare["Antal personer"]) == ("0", "−0,125", "")


def test_text_that_people_wrote_is_never_markup():
    html = on_page.table(table([ONE], str, "sv"), caption=CAPTION, decimals=1)

    assert "Läxhjälp &lt;b&gt;" in html
    assert "inte att projektet var orsaken" in html
