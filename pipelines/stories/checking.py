"""Checks a story against the figures: the measures that it was meant to move exist."""

from answers.library import Library
from domain.case import Case
from domain.success_bank import Story


def check_measures(library: Library, story: Story) -> None:
    """Raise `UnknownMeasureError` for an aim that names no measure of this release, neither a KPI nor a network's own."""
    if isinstance(story, Case):
        for aim in story.aims:
            library.catalogue.measure(aim.measure_id)
