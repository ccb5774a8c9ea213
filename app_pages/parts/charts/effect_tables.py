"""The tables behind the charts of an effect, and those of its donors, exclusions and checks."""

import numpy as np
import pandas as pd

from app_pages.parts.charts.chart import Translate
from app_pages.parts.charts.effect_words import treated_name
from app_pages.parts.charts.wording import (
    plain_number,
    status_words,
)
from domain.case_effect import CaseEffect
from domain.effect import Design, Effect
from language.rendering import render


def years_table(
    case_effect: CaseEffect, *, effect: Effect | None = None, translate: Translate, language: str
) -> pd.DataFrame:
    """Return one row per year: place, comparison and gap as displayed; the value or reason without a comparison."""
    shown = effect or case_effect.effect
    measure = case_effect.measure
    if shown is None or not shown.gap:
        return pd.DataFrame(
            [
                {
                    translate("År"): str(point.year),
                    case_effect.place: status_words(point.status, translate)
                    if point.value is None
                    else plain_number(point.value, measure, language),
                    translate("Skede"): _phase(
                        case_effect.first_year is not None and point.year >= case_effect.first_year, translate
                    )
                    if case_effect.first_year is not None
                    else "",
                }
                for point in case_effect.series.points
            ]
        )
    return pd.DataFrame(
        [
            {
                _time_heading(shown, translate): str(gap_point.time),
                treated_name(case_effect, shown, translate): plain_number(
                    gap_point.actual, measure, language
                ),
                translate("Jämförelsen"): plain_number(gap_point.synthetic, measure, language),
                translate("Skillnad"): plain_number(gap_point.gap, measure, language, signed=True),
                translate("Skede"): _phase(gap_point.is_after, translate),
            }
            for gap_point in shown.gap
        ]
    )


def weights_table(
    case_effect: CaseEffect, *, effect: Effect | None = None, translate: Translate
) -> pd.DataFrame:
    """Return the donors, heaviest first: code, name, weight in per cent."""
    shown = effect or case_effect.effect
    return pd.DataFrame(
        [
            {
                translate("Kod"): code,
                translate("Kommun"): case_effect.names.get(code, code),
                translate("Vikt, %"): 100 * weight,
            }
            for code, weight in (shown.unit_weights.items() if shown is not None else ())
        ]
    )


def left_out_table(
    case_effect: CaseEffect, *, effect: Effect | None = None, translate: Translate
) -> pd.DataFrame:
    """Return who is not compared with, and why."""
    shown = effect or case_effect.effect
    return pd.DataFrame(
        [
            {
                translate("Kod"): code,
                translate("Kommun"): case_effect.names.get(code, code),
                translate("Skäl"): render(why, translate),
            }
            for code, why in (shown.left_out.items() if shown is not None else ())
        ]
    )


def checks_table(
    case_effect: CaseEffect, *, effect: Effect | None = None, translate: Translate
) -> pd.DataFrame:
    """Return what was checked and the outcome, with a sign and a word."""
    shown = effect or case_effect.effect
    words = {True: translate("✓ klarad"), False: translate("✗ inte klarad"), None: translate("· upplyser")}
    return pd.DataFrame(
        [
            {
                translate("Utfall"): words[check.passed],
                translate("Prövning"): render(check.message, translate),
            }
            for check in (shown.checks if shown is not None else ())
        ]
    )


def full_years_table(case_effect: CaseEffect, shown: Effect | None, translate: Translate) -> pd.DataFrame:
    if shown is None or not shown.gap:
        return pd.DataFrame(
            [
                {
                    translate("År"): point.year,
                    case_effect.place: point.value,
                    translate("Uppgift"): status_words(point.status, translate),
                }
                for point in case_effect.series.points
            ]
        )
    return pd.DataFrame(
        [
            {
                _time_heading(shown, translate): gap_point.time,
                treated_name(case_effect, shown, translate): gap_point.actual,
                translate("Jämförelsen"): gap_point.synthetic,
                translate("Skillnad"): gap_point.gap,
                translate("Skede"): _phase(gap_point.is_after, translate),
            }
            for gap_point in shown.gap
        ]
    )


def gap_table(
    case_effect: CaseEffect, shown: Effect | None, translate: Translate, language: str
) -> pd.DataFrame:
    if shown is None:
        return pd.DataFrame()
    measure = case_effect.measure
    others = _gaps_of_others(shown)
    rows = []
    for at, point in enumerate(shown.gap):
        row = {
            _time_heading(shown, translate): str(point.time),
            treated_name(case_effect, shown, translate): plain_number(
                point.gap, measure, language, signed=True
            ),
        }
        if others.size:
            low, high = np.quantile(others[:, at], [0.05, 0.95])
            row[translate("9 av 10 andra, från")] = plain_number(float(low), measure, language, signed=True)
            row[translate("till")] = plain_number(float(high), measure, language, signed=True)
        rows.append(row)
    return pd.DataFrame(rows)


def full_gaps_table(case_effect: CaseEffect, shown: Effect | None, translate: Translate) -> pd.DataFrame:
    """Return every gap of every place, one per row."""
    if shown is None:
        return pd.DataFrame()
    every = [
        ("", treated_name(case_effect, shown, translate), tuple(gap_point.gap for gap_point in shown.gap))
    ]
    every += [
        (placebo.unit, case_effect.names.get(placebo.unit, placebo.unit), placebo.gaps)
        for placebo in shown.placebos
    ]
    return pd.DataFrame(
        [
            {
                translate("Kod"): code,
                translate("Kommun"): name,
                _time_heading(shown, translate): point.time,
                translate("Skillnad"): gap,
            }
            for code, name, gaps in every
            for point, gap in zip(shown.gap, gaps, strict=False)
        ]
    )


def _gaps_of_others(shown: Effect) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    placebo_gaps = [placebo.gaps for placebo in shown.placebos if len(placebo.gaps) == len(shown.gap)]
    return np.array(placebo_gaps, dtype=np.float64).reshape(len(placebo_gaps), len(shown.gap))


def _time_heading(shown: Effect | None, translate: Translate) -> str:
    is_since_start = shown is not None and shown.design is Design.GROUP_TIME
    return translate("År sedan starten") if is_since_start else translate("År")


def _phase(is_after: bool, translate: Translate) -> str:
    return translate("efter starten") if is_after else translate("före starten")
