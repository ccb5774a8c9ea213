"""The role of one column, guessed from its heading and its content."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from domain.message import Message, Value, to_translate
from domain.upload import ColumnRole
from pipelines.uploads.interpretation.column_content import NEARLY_ALL, ColumnContent
from pipelines.uploads.interpretation.headings import Heading

_MOST: Final = 0.6  # share of cells that must say the same kind of thing
BY_HEADING = to_translate("Rubriken är ”{heading}”.")
_BY_CELLS = to_translate("{hits} av {count} provade celler är {what}.")
_BY_BOTH = to_translate("Rubriken är ”{heading}” och {hits} av {count} provade celler är {what}.")
_BASIS_BESIDE = to_translate("Rubriken säger att kolumnen håller underlaget till värdet bredvid.")
_COMMENT_BESIDE = to_translate("Rubriken säger att kolumnen håller kommentarer till värdet bredvid.")
NOTHING_KNOWN = to_translate("Varken rubriken eller cellerna säger något som behövs.")
_MEAN_COLUMN = to_translate("Rubriken är ingen enskild kommun utan ett medelvärde eller en summa.")
WHAT: Final = {
    ColumnRole.MUNICIPALITY: to_translate("kommuner"),
    ColumnRole.MEASURE: to_translate("mått"),
    ColumnRole.PERIOD: to_translate("perioder"),
    ColumnRole.YEAR: to_translate("år"),
    ColumnRole.PART: to_translate("delar av år"),
    ColumnRole.GENDER: to_translate("kön"),
}


@dataclass
class ColumnCandidate:
    column: int
    heading: Heading
    content: ColumnContent
    role: ColumnRole | None = None
    why: Message | None = None
    measure_id: str = ""
    is_filled_down: bool = False


def guess_role(candidate: ColumnCandidate) -> None:
    heading, content = candidate.heading, candidate.content
    role_of_heading = heading.role
    if not content.count and role_of_heading is None and not heading.fixes and not heading.beside:
        candidate.role = ColumnRole.IGNORED
    elif heading.beside:
        candidate.role = heading.beside
        candidate.why = Message(_BASIS_BESIDE if heading.beside is ColumnRole.BASIS else _COMMENT_BESIDE)
    elif _is_place_column(candidate):
        set_role(candidate, ColumnRole.MUNICIPALITY, content.places)
    elif (
        role_of_heading in {ColumnRole.YEAR, ColumnRole.PERIOD, ColumnRole.PART}
        and not heading.measure_id
        and _is_time(candidate)
    ):
        pass
    elif role_of_heading is ColumnRole.GENDER and content.genders >= 0.5:
        set_role(candidate, ColumnRole.GENDER, content.genders)
    elif role_of_heading in {
        ColumnRole.MEASURE,
        ColumnRole.BASIS,
        ColumnRole.REASON,
        ColumnRole.COMMENT,
        ColumnRole.IGNORED,
    } and not (role_of_heading is ColumnRole.IGNORED and heading.fixes):
        candidate.role, candidate.why = role_of_heading, Message(BY_HEADING, heading=heading.text)
    elif heading.is_group and not heading.place:
        candidate.role, candidate.why = ColumnRole.IGNORED, Message(_MEAN_COLUMN)
    elif role_of_heading is None and not heading.fixes and _is_key_by_content(candidate):
        pass
    elif (
        content.is_text
        and content.numbers < 0.5
        and content.count
        and not heading.period
        and not heading.place
    ):
        candidate.role = None  # a measure column perhaps, or nothing
    elif heading.fixes or role_of_heading is ColumnRole.VALUE or heading.is_count or content.numbers >= 0.5:
        candidate.role = ColumnRole.VALUE


def _is_place_column(candidate: ColumnCandidate) -> bool:
    heading, content = candidate.heading, candidate.content
    if not content.count or content.places < _MOST or heading.period:
        return False
    if heading.role is ColumnRole.MUNICIPALITY or (
        content.places >= NEARLY_ALL and not content.has_codes_only
    ):
        return content.genders < NEARLY_ALL or heading.role is ColumnRole.MUNICIPALITY
    if heading.role in {
        ColumnRole.YEAR,
        ColumnRole.PERIOD,
        ColumnRole.GENDER,
        ColumnRole.BASIS,
        ColumnRole.COMMENT,
        ColumnRole.REASON,
        ColumnRole.IGNORED,
    }:
        return False
    if (
        content.has_codes_only
    ):  # numbers that happen to be codes are values, unless they are all codes and the heading is silent
        return (
            content.places == 1.0
            and not heading.fixes
            and heading.role is None
            and content.periods < NEARLY_ALL
            and (content.distinct_count >= 5 or content.is_text)
        )
    return content.is_text and not (content.genders >= NEARLY_ALL)


def _is_time(candidate: ColumnCandidate) -> bool:
    heading, content = candidate.heading, candidate.content
    if content.periods >= 0.5 and heading.role is not ColumnRole.PART:
        set_role(
            candidate,
            ColumnRole.PERIOD if content.has_parts_of_year else ColumnRole.YEAR,
            content.periods,
        )
        return True
    if content.parts >= 0.5:
        set_role(candidate, ColumnRole.PART, content.parts)
        return True
    return False


def _is_key_by_content(candidate: ColumnCandidate) -> bool:
    content = candidate.content
    if content.count and content.genders >= NEARLY_ALL:
        set_role(candidate, ColumnRole.GENDER, content.genders)
    elif content.periods >= NEARLY_ALL and not (candidate.heading.rest and not content.is_text):
        set_role(
            candidate,
            ColumnRole.PERIOD if content.has_parts_of_year else ColumnRole.YEAR,
            content.periods,
        )
    elif content.is_text and content.parts >= NEARLY_ALL and content.numbers < 0.5:
        set_role(candidate, ColumnRole.PART, content.parts)
    elif content.is_text and content.measures >= 0.3:
        set_role(candidate, ColumnRole.MEASURE, content.measures)
    return candidate.role is not None


def set_role(candidate: ColumnCandidate, role: ColumnRole, share: float) -> None:
    candidate.role = role
    fields: dict[str, Value] = {
        "hits": round(share * candidate.content.count),
        "count": candidate.content.count,
        "what": Message(WHAT[role]),
    }
    named = candidate.heading.role is not None and candidate.heading.text
    candidate.why = (
        Message(_BY_BOTH, heading=candidate.heading.text, **fields) if named else Message(_BY_CELLS, **fields)
    )


def columns_with_role(columns: Iterable[ColumnCandidate], role: ColumnRole) -> list[ColumnCandidate]:
    return [column for column in columns if column.role is role]
