"""What a sample of a column's cells holds."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipelines.uploads.interpretation.genders import parse_gender
from pipelines.uploads.interpretation.name_lookup import NameLookup
from pipelines.uploads.interpretation.oriented_sheet import is_blank
from pipelines.uploads.interpretation.periods import (
    parse_part,
    parse_period,
)
from spreadsheets.written_numbers import parse_number
from spreadsheets.written_reasons import parse_reason

MOST_MEASURES_TRIED: Final = 40  # distinct texts of a column that are looked up among thousands of titles
NEARLY_ALL: Final = 0.9
_MOST_LABELS: Final = (
    0.6  # share of filled cells in a column whose text stands only at the first row of its group
)


@dataclass
class ColumnContent:
    """What a sample of a column's cells holds. Shares are of the distinct texts and numbers that are not empty."""

    count: int = 0
    filled: float = 0.0
    places: float = 0.0
    periods: float = 0.0
    parts: float = 0.0
    genders: float = 0.0
    numbers: float = 0.0
    measures: float = 0.0
    distinct_count: int = 0
    length: float = 0.0
    is_text: bool = False
    has_codes_only: bool = False
    is_grouped: bool = False
    has_parts_of_year: bool = False


def describe_content(cells: Sequence[object], head: Sequence[object], names: NameLookup) -> ColumnContent:
    """Describe a column by a sample of its cells. head: the first cells of the column, without gaps."""
    full = [cell for cell in cells if not is_blank(cell)]
    content = ColumnContent(count=len(full), filled=len(full) / max(1, len(cells)))
    if not full:
        return content
    counted = Counter(full)
    content.distinct_count = len(counted)
    if all(isinstance(cell, float) and cell % 1 for cell in counted):  # decimals are nothing but values
        content.numbers = 1.0
        return content
    texts = [cell for cell in counted if isinstance(cell, str)]
    content.is_text = len(texts) * 2 > len(counted)
    content.length = sum(map(len, texts)) / len(texts) if texts else 0.0
    places = names.places
    content.periods = _share(counted, lambda cell: parse_period(cell) is not None)
    content.has_parts_of_year = any((period := parse_period(cell)) and period.period.part for cell in counted)
    content.parts = _share(counted, lambda cell: bool(parse_part(cell, is_number=True)))
    content.genders = _share(counted, lambda cell: isinstance(cell, str) and parse_gender(cell) is not None)
    content.numbers = _share(counted, _is_value)
    content.places = _share(counted, lambda cell: places.read(cell) is not None)
    content.has_codes_only = not any(
        isinstance(cell, str) and any(map(str.isalpha, cell)) and places.read(cell) for cell in counted
    )
    if texts and content.numbers < 0.5:
        measures = names.measures
        tried: dict[object, int] = dict.fromkeys(texts[:MOST_MEASURES_TRIED], 1)
        content.measures = _share(tried, lambda cell: bool(measures.read(str(cell)).measure_id))
    listed = [cell for cell in head if not is_blank(cell)]
    content.is_grouped = (
        len(head) > 1
        and not is_blank(head[0])
        and len(listed) <= _MOST_LABELS * len(head)
        and all(cell != other for cell, other in pairwise(listed))
    )
    return content


def _share(counted: Mapping[object, int], holds: Callable[[object], bool]) -> float:
    """The share of cells for which something holds, asked for once a distinct one."""
    return sum(count for cell, count in counted.items() if holds(cell)) / max(1, sum(counted.values()))


def _is_value(cell: object) -> bool:
    if isinstance(cell, float):
        return True
    return isinstance(cell, str) and (parse_number(cell) is not None or parse_reason(cell) is not None)
