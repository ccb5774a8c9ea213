"""Draw the charts of the page, each for one question."""

from dataclasses import dataclass

from app_pages.measure import load
from app_pages.measure.load import BordersFile, MeasureQuestion
from app_pages.parts.cached_answers import find_library
from app_pages.parts.charts.border_map import border_map
from app_pages.parts.charts.chart import Chart
from app_pages.parts.charts.distribution import distribution
from app_pages.parts.charts.ranked_bars import ranked_bars
from app_pages.parts.charts.tile_map import tile_map
from app_pages.parts.charts.trend_lines import trend_lines
from app_pages.parts.charts.women_men import women_men


@dataclass(frozen=True, slots=True)
class LinesQuestion:
    """The years of a measure; `lifted` is the code of one more highlighted member, or None."""

    measure: MeasureQuestion
    lifted: str | None


@dataclass(frozen=True, slots=True)
class BordersQuestion:
    """A measure on the map with real borders."""

    measure: MeasureQuestion
    borders: BordersFile


def draw_bars(question: MeasureQuestion) -> Chart:
    """Draw the members' values in one year."""
    speech = question.library.speech
    return ranked_bars(load.load_comparison(question), translate=speech.translate, language=speech.language)


def draw_lines(question: LinesQuestion) -> Chart:
    """Draw the members' values over the years."""
    speech = question.measure.library.speech
    return trend_lines(
        load.load_development(question.measure),
        chosen=question.lifted,
        translate=speech.translate,
        language=speech.language,
    )


def draw_women_and_men(question: MeasureQuestion) -> Chart:
    """Draw women and men beside each other."""
    speech = question.library.speech
    return women_men(load.load_women_and_men(question), translate=speech.translate, language=speech.language)


def draw_tiles(question: MeasureQuestion) -> Chart:
    """Draw all municipalities on the map of equal tiles."""
    speech = question.library.speech
    return tile_map(
        load.load_everybody(question),
        positions=find_library(question.library).places.tile_positions(),
        peers=question.group.codes,
        translate=speech.translate,
        language=speech.language,
    )


def draw_borders(question: BordersQuestion) -> Chart:
    """Draw all municipalities on the map with real borders."""
    speech = question.measure.library.speech
    return border_map(
        load.load_everybody(question.measure),
        borders=load.load_borders(question.borders),
        peers=question.measure.group.codes,
        translate=speech.translate,
        language=speech.language,
    )


def draw_distribution(question: MeasureQuestion) -> Chart:
    """Draw the distribution of all municipalities."""
    speech = question.library.speech
    return distribution(
        load.load_everybody(question),
        peers=question.group.codes,
        translate=speech.translate,
        language=speech.language,
    )
