"""Which members of a group have delivered the values that a measure needs, and when they last did."""

from dataclasses import dataclass
from datetime import datetime

from answers.library import Library
from domain.group import Group
from domain.measure import Measure


@dataclass(frozen=True, slots=True)
class Delivery:
    """The deliveries of one year. codes: the members with a value or a reason for every reported measure that is needed.

    latest: when the newest of them was published; `None` where nobody has delivered.
    """

    year: int
    codes: tuple[str, ...]
    n: int
    latest: datetime | None = None


def find_delivery(
    library: Library, measure: Measure, group: Group, year: int | None = None
) -> Delivery | None:
    """Return the deliveries of a year, by default the latest with any; `None` where the measure needs none."""
    if not measure.is_own:
        return None
    variables = library.own_measures.formulas.reported_variables(
        library.own_measures.snapshot.by_id[measure.id]
    )
    if not variables:
        return None
    years = library.own_measures.reported.years(variables)
    chosen_year = year if year is not None else years[-1] if years else None
    if chosen_year is None:
        return Delivery(library.release.known_at.year, (), len(group.codes))
    uploads = [library.own_measures.reported.upload_ids(variable, chosen_year) for variable in variables]
    codes = tuple(code for code in group.codes if all(code in upload for upload in uploads))
    published = {release.upload_id: release.known_at for release in library.figures.releases()}
    moments = [
        published[upload]
        for by_code in uploads
        for code in codes
        for upload in by_code[code]
        if upload in published
    ]
    return Delivery(chosen_year, codes, len(group.codes), max(moments, default=None))
