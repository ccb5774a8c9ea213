"""The description of the trend lines, and the tables behind them."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from app_pages.parts.charts.chart import Translate
from app_pages.parts.charts.footnotes import Footnotes, explanation_cells, footnotes_of
from app_pages.parts.charts.wording import (
    comparability_cells,
    flag_sentences,
    plain_number,
    status_words,
    unit_words,
)
from domain.development import Development, MemberDevelopment
from domain.measure import Measure
from domain.series import Point, Series
from domain.value import Status
from language.numbers import with_unit

MOST_LINES: Final = 30  # above this the range alone tells more than a thicket of lines


def line_footnotes(development: Development, chosen: str | None) -> Footnotes:
    """Return the explained points of the drawn lines: the focus first, then the highlighted one, then by name."""
    lifted = [development.focus, chosen]
    series = [member.series for member in development.members]
    if len(series) > MOST_LINES:
        series = [line for line in series if line.code in lifted]
    series.sort(key=lambda line: (lifted.index(line.code) if line.code in lifted else len(lifted), line.name))
    return footnotes_of(
        ((line.code, year), f"{line.name} {year}", text)
        for line in series
        for year, text in line.explanations
    )


def break_years(development: Development) -> list[int]:
    """Return the break years of the measure and of any member."""
    own = {year for member in development.members for year in member.series.break_years}
    return sorted(own | set(development.break_years))


def describe(development: Development, *, translate: Translate, language: str) -> str:
    """Describe the lines in sentences; a change is described only within an unbroken piece."""
    measure, focus = development.measure, development.focus
    series = [member.series for member in development.members]
    sentences = []
    for line in series:
        pieces = line.unbroken_pieces()
        if line.code != focus:
            continue
        if not pieces:
            sentences.append(translate("{name} har inga värden.").format(name=line.name))
            continue
        piece = pieces[-1]
        first, last = piece[0], piece[-1]
        unit_value = with_unit(last.value or 0.0, measure.decimals, unit_words(measure, translate), language)
        if len(piece) == 1:
            sentences.append(
                translate("{name} hade {value} år {year}.").format(
                    name=line.name, value=unit_value, year=last.year
                )
            )
        else:
            sentences.append(
                translate("{name} har gått från {first} år {first_year} till {last} år {last_year}.").format(
                    name=line.name,
                    first=plain_number(first.value, measure, language),
                    first_year=first.year,
                    last=unit_value,
                    last_year=last.year,
                )
            )
        holes = [point for point in line.points if point.value is None]
        if holes:
            sentences.append(
                translate("Utan värde: {years}.").format(
                    years=", ".join(
                        f"{point.year} ({status_words(point.status, translate)})" for point in holes
                    )
                )
            )
    breaks = break_years(development)
    if breaks:
        sentences.append(
            translate("Brott i serien {years}: åren före och efter går inte att jämföra.").format(
                years=", ".join(str(year) for year in breaks)
            )
        )
    sentences += flag_sentences(((member.series.name, member) for member in development.members), translate)
    sentences += line_footnotes(development, None).sentences
    if len(series) > 1:
        sentences.append(translate("Diagrammet visar {count} kommuner.").format(count=len(series)))
    return " ".join(sentences)


def shown_table(
    series: tuple[Series, ...],
    mean: Series | None,
    national: Series | None,
    years: list[int],
    footnotes: Footnotes,
    measure: Measure,
    focus: str | None,
    translate: Translate,
    language: str,
) -> pd.DataFrame:
    """Return one row per place and one column per year: numbers or reasons, then what the letters stand for."""
    ordered = sorted(series, key=lambda line: (line.code != focus, line.name))
    rows = []
    for line in [*ordered, *(extra for extra in (mean, national) if extra)]:
        by_year = {point.year: point for point in line.points}
        row = {translate("Kommun"): line.name}
        for year in years:
            point = by_year.get(year, Point(year, None, Status.NOT_REPORTED))
            row[str(year)] = (
                status_words(point.status, translate)
                if point.value is None
                else plain_number(point.value, measure, language)
            ) + footnotes.after((line.code, year))
        if footnotes.by_key:
            of_line = [footnotes.by_key.get((line.code, year)) for year in years]
            row[translate("Förklaringar")] = "; ".join(
                f"{note.letter}) {note.text}" for note in of_line if note is not None
            )
        rows.append(row)
    return pd.DataFrame(rows)


def full_table(
    series: tuple[Series, ...], translate: Translate, members: Mapping[str, MemberDevelopment]
) -> pd.DataFrame:
    """Return one row per place and year, with how far its values are comparable."""
    return pd.DataFrame(
        [
            {
                translate("Kod"): line.code,
                translate("Kommun"): line.name,
                translate("År"): point.year,
                translate("Värde"): point.value,
                translate("Uppgift"): status_words(point.status, translate),
                translate("Första året efter brott"): translate("ja")
                if point.year in line.break_years
                else "",
                **(comparability_cells(members[line.code], translate) if line.code in members else {}),
                **explanation_cells(line.explanation(point.year), translate),
            }
            for line in series
            for point in line.points
        ]
    )
