"""Describe what a release changed, in words and as a table."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from answers.library import Library
from app_pages.parts.charts.wording import status_words
from app_pages.parts.words import Translate
from domain.measure import Measure
from domain.message import to_translate
from domain.release import Release
from domain.revision import RevisedMeasure, Revision, RevisionKind, RevisionReport
from domain.value import Status
from language.enum_words import GENDER_WORDS
from language.numbers import day, number
from language.rendering import render

KIND: Final = {
    RevisionKind.NEW: to_translate("nytt"),
    RevisionKind.CHANGED: to_translate("ändrat"),
    RevisionKind.ROUNDED: to_translate("annan avrundning"),
    RevisionKind.WITHDRAWN: to_translate("borttaget"),
    RevisionKind.REDEFINED: to_translate("ny definition"),
}


KIND_OF_MANY: Final = {
    RevisionKind.NEW: to_translate("nya värden"),
    RevisionKind.CHANGED: to_translate("ändrade"),
    RevisionKind.ROUNDED: to_translate("bara annorlunda avrundade"),
    RevisionKind.WITHDRAWN: to_translate("borttagna"),
    RevisionKind.REDEFINED: to_translate("omräknade till en ny definition"),
}


def two_moments(earlier: Release, later: Release) -> tuple[str, str]:
    """Return the days of two releases, or their times where both are on one day."""
    moments = [release.known_at.astimezone() for release in (earlier, later)]
    if moments[0].date() != moments[1].date():
        return day(moments[0]), day(moments[1])
    return f"{moments[0]:%Y-%m-%d %H:%M}", f"{moments[1]:%Y-%m-%d %H:%M}"


def counts_sentence(report: RevisionReport, translate: Translate, language: str) -> str:
    """Describe how many values differ since the release before, by kind."""
    if report.since is None:
        return translate("Det finns inget tidigare uttag att jämföra med.")
    since, _until = two_moments(report.since, report.until)
    total = _summed(report.measures)
    if not total:
        return translate("Inget har ändrats sedan {day}.").format(day=since)
    counts = ", ".join(
        f"{number(count, 0, language)} {translate(KIND_OF_MANY[kind])}"
        for kind, count in total.items()
        if count
    )
    return translate("Sedan {day}: {counts}.").format(day=since, counts=counts)


def notes_sentence(report: RevisionReport, translate: Translate) -> str:
    """Return the notes that the reader should know about the list."""
    return " ".join(render(note, translate) for note in report.notes)


def _summed(measures: Iterable[RevisedMeasure]) -> dict[RevisionKind, int]:
    total = dict.fromkeys(RevisionKind, 0)
    for measure in measures:
        for kind in RevisionKind:
            total[kind] += getattr(measure, kind.value)
    return {kind: count for kind, count in total.items() if count}


def revised_table(
    revisions: Iterable[Revision],
    library: Library,
    translate: Translate,
    language: str,
    *,
    has_measure: bool = False,
) -> pd.DataFrame:
    """Return one row per changed value: before and after, why there is none, or – where there was no row."""
    rows: list[dict[str, object]] = []
    listed = list(revisions)
    has_because = any(item.because for item in listed)
    for item in listed:
        measure = library.catalogue.measure(item.measure_id)
        difference = None
        if item.old_value is not None and item.new_value is not None:
            difference = number(item.new_value - item.old_value, measure.decimals, language, signed=True)
        rows.append(
            {
                **({translate("Mått"): measure.short_title} if has_measure else {}),
                translate("Kommun"): library.places.by_code[item.place_code].name,
                translate("År"): item.period,
                translate("Kön"): translate(GENDER_WORDS[item.gender]),
                translate("Före"): _format_cell(
                    item.old_value, item.old_status, measure, translate, language
                ),
                translate("Efter"): _format_cell(
                    item.new_value, item.new_status, measure, translate, language
                ),
                translate("Skillnad"): difference or "",
                translate("Slag"): translate(KIND[item.kind]),
                **({translate("Därför"): item.because} if has_because else {}),
            }
        )
    return pd.DataFrame(rows)


def _format_cell(
    value: float | None, status: Status, measure: Measure, translate: Translate, language: str
) -> str:
    if value is None:
        return "–" if status is Status.NOT_REPORTED else status_words(status, translate)
    return number(value, measure.decimals, language)
