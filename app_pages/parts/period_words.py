"""Reporting periods as people say them, in the page's language: “2023”, “vårterminen 2023”, “maj 2023”."""

from app_pages.parts.words import _
from domain.errors.choices import UnreadablePeriodError
from domain.period import Period
from language.rendering import render


def period_name(period: Period | str) -> str:
    """Return a period in words; text that is not a period is returned as it is."""
    try:
        read = period if isinstance(period, Period) else Period.read(period)
    except UnreadablePeriodError:
        return str(period)
    return render(read.in_words, _)
