"""Show what projects have measured before and after, next to the figures, never as proof of an effect."""

from collections.abc import Sequence

import pandas as pd

from app_pages.parts.blocks import show_figures
from app_pages.parts.charts import on_page
from app_pages.parts.words import Translate, _, language, translator
from domain.evaluation import EvaluationResult
from domain.message import to_translate
from language.numbers import number, with_unit

CAPTION = to_translate(
    "Projekt som har mätt det här: före och efter, som de själva redovisar det. Det visar inte att projektet var orsaken."
)
MOST_DECIMALS = 3


def show(results: Sequence[EvaluationResult]) -> None:
    """Show the results as a table; nothing where no project has measured it."""
    if not results:
        return
    caption = _(CAPTION)
    markup = on_page.table(table(results, translator(), language()), caption=caption, decimals=1)
    show_figures(markup, caption, "evaluations")


def table(results: Sequence[EvaluationResult], translate: Translate, language: str) -> pd.DataFrame:
    """Return one row per result, every cell as text. Numbers have the decimals that the project gave."""
    rows = [
        {
            translate("Projekt"): result.project,
            translate("Kommun"): result.place_name,
            translate("Före"): _measured(result.before, result.unit, result.before_day, language),
            translate("Efter"): _measured(result.after, result.unit, result.after_day, language),
            translate("Antal personer"): number(result.person_count, 0, language)
            if result.person_count is not None
            else "",
            translate("Metod"): result.method,
            translate("Referens"): result.reference,
        }
        for result in results
    ]
    return pd.DataFrame(rows).astype("object")


def _measured(value: float, unit: str, day: str, language: str) -> str:
    decimals = next((count for count in range(MOST_DECIMALS) if round(value, count) == value), MOST_DECIMALS)
    text = with_unit(value, decimals, unit, language)
    return f"{text} ({day})" if day else text
