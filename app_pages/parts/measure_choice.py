"""Choosing one measure: those of the chosen set first, then those of every set that is offered."""

from app_pages.parts.choices import View, offered_sets
from domain.measure import Measure


def default_measure(view: View) -> Measure:
    """The first measure of the chosen set."""
    return view.library.catalogue.measure(view.measure_set.measure_ids[0])


def measure_names(view: View, chosen: Measure) -> dict[str, str]:
    """Id to short title of what can be chosen, the chosen one among them."""
    ids = dict.fromkeys(view.measure_set.measure_ids)
    if chosen.id not in ids:
        ids = {chosen.id: None, **ids}
    for one in offered_sets(view.library, view.municipality):
        ids.update(dict.fromkeys(one.measure_ids))
    return {one: view.library.catalogue.measure(one).short_title for one in ids}
