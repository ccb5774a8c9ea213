"""One measure over everybody of the same kind: all municipalities, or all regions."""

from answers.compare import compare, peers
from answers.library import Library
from domain.comparison import ColourAmong, Comparison
from domain.group import Group, GroupKind, GroupReference
from domain.message import Message, to_translate
from domain.value import Gender


def distribution(
    library: Library,
    *,
    measure_id: str,
    group: Group,
    year: int | None = None,
    gender: Gender = Gender.TOTAL,
    focus: str | None = None,
) -> Comparison:
    """Everybody like the group's members, in the year that the group is compared in. Raises as `compare` does."""
    codes = peers(library, group)
    if codes == library.groups.resolve(GroupReference(GroupKind.ALL, "")).codes:
        everybody = library.groups.resolve(GroupReference(GroupKind.ALL, ""))
    else:
        everybody = Group(
            GroupReference(GroupKind.CODES, ",".join(codes)), Message(to_translate("Alla regioner")), codes
        )
    compared_year = compare(library, measure_id=measure_id, group=group, year=year, gender=gender).year
    return compare(
        library,
        measure_id=measure_id,
        group=everybody,
        year=compared_year,
        gender=gender,
        focus=focus,
        colour_among=ColourAmong.ALL,
    )
