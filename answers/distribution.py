"""The comparison of one measure between all municipalities, or all regions."""

from answers.comparison import codes_of_same_kind, compare_measure
from answers.library import Library
from domain.comparison import ColourAmong, Comparison
from domain.group import Group, GroupKind, GroupReference
from domain.message import Message
from domain.value import Gender
from language import group_texts as texts


def compare_everybody(
    library: Library,
    *,
    measure_id: str,
    group: Group,
    year: int | None = None,
    gender: Gender = Gender.TOTAL,
    focus: str | None = None,
) -> Comparison:
    """Compare every place of the members' kind, in the year in which the group is compared.

    Raises as `compare_measure` does.
    """
    codes = codes_of_same_kind(library, group)
    if codes == library.groups.resolve(GroupReference(GroupKind.ALL, "")).codes:
        everybody = library.groups.resolve(GroupReference(GroupKind.ALL, ""))
    else:
        everybody = Group(GroupReference(GroupKind.CODES, ",".join(codes)), Message(texts.ALL_REGIONS), codes)
    compared_year = compare_measure(
        library, measure_id=measure_id, group=group, year=year, gender=gender
    ).year
    return compare_measure(
        library,
        measure_id=measure_id,
        group=everybody,
        year=compared_year,
        gender=gender,
        focus=focus,
        colour_among=ColourAmong.ALL,
    )
