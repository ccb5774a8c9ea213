"""What of a story must hold against the figures: the measures that it was meant to move exist."""

from answers.library import Library
from domain.case import Case
from domain.success_bank import Story


def check_measures(library: Library, story: Story) -> None:
    """Raises `UnknownMeasureError` for an aim that names no measure of this release, a KPI or a network's own."""
    if isinstance(story, Case):
        for aim in story.aims:
            library.catalogue.measure(aim.measure_id)
