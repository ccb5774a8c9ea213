"""The choice of one measure: those of the chosen set first, then those of every set on offer."""

from app_pages.parts.choices import View, offered_sets
from domain.measure import Measure


def default_measure(view: View) -> Measure:
    """Return the first measure of the chosen set."""
    return view.library.catalogue.measure(view.measure_set.measure_ids[0])


def measure_names(view: View, chosen: Measure) -> dict[str, str]:
    """Return the short titles of the measures on offer by id, the chosen one among them."""
    ids = dict.fromkeys(view.measure_set.measure_ids)
    if chosen.id not in ids:
        ids = {chosen.id: None, **ids}
    for measure_set in offered_sets(view.library, view.municipality):
        ids.update(dict.fromkeys(measure_set.measure_ids))
    return {measure_id: view.library.catalogue.measure(measure_id).short_title for measure_id in ids}
