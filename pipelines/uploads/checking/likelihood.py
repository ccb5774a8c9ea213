"""Findings of levels 2 and 3: the municipality's new values that are unlike its own earlier ones, or unlike what others have.

A value that is already published is not asked about again. One odd value gives one finding a level: a slip of the unit is not
told a second time as a large change.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from domain.message import Count, Message, Value
from domain.period import Period
from domain.upload import Address, Finding, FindingLevel
from language.upload_likelihood_texts import (
    CHANGE_WORDS,
    EXPLAIN,
    KOLADA,
    MADE_UP,
    MANY_MORE,
    REPEATS_MANY,
    WORDS,
    LikelihoodTexts,
    factor_text,
)
from metrics.arrays import Booleans, Floats
from metrics.checks.agreement import agrees
from metrics.checks.order_statistics import count_values, median
from metrics.checks.repeat import MANY, are_repeats
from metrics.checks.sign import has_become_zero, has_changed_sign
from metrics.checks.spread import FEWEST_OTHERS, outside_spread
from metrics.checks.unit_slip import unit_slip
from pipelines.uploads.checking.cell_locations import CellLocator
from pipelines.uploads.checking.period_values import PeriodValues, build_period_values, grows_with_size
from pipelines.uploads.checking.published_kpis import find_deviations_from_published_kpis
from pipelines.uploads.checking.words import (
    format_found,
    format_range,
    format_subject,
    format_value,
    format_value_exactly,
)
from pipelines.uploads.checking.year_change import compute_year_changes
from pipelines.uploads.interpreted_file import InterpretedFile
from pipelines.uploads.upload_context import UploadContext

MOST_CASES: Final = 200  # of one rule are named; one more finding stands for the rest
FEWEST_EARLIER: Final = (
    2  # values whose median an unlikely one is compared with, where last year's is missing
)


def find_unlikely_values(
    interpreted: InterpretedFile, context: UploadContext, places: CellLocator
) -> list[Finding]:
    """The findings of every new value, at most `MOST_CASES` a rule and one for the rest."""
    teller = _Teller(interpreted, context, places)
    odd: list[_Odd] = []
    its_panels = list(build_period_values(interpreted, context))
    for panel in its_panels:
        others, is_earlier = _others(panel)
        slips, is_slip = _slips(panel, others)
        odd += slips + _of_history(panel, is_slip) + _of_others(panel, context, is_slip, others, is_earlier)
    odd += _repeats(its_panels)
    return [*_named(odd, teller), *find_deviations_from_published_kpis(interpreted, context, places)]


@dataclass(frozen=True)
class _Odd:
    """One value that stands out: the position among the checked of its panel, the rule, its words and what fills them."""

    panel: PeriodValues
    at: int
    rule: str
    level: FindingLevel
    words: LikelihoodTexts
    fields: Mapping[str, Value]


def _of_history(panel: PeriodValues, is_told: Booleans) -> list[_Odd]:
    """What is unlike the municipality's own past: a sign, a zero, or else a large change. is_told: of which more is said."""
    odd: list[_Odd] = []
    now, earlier = panel.now, panel.earlier
    are_counts = grows_with_size(panel.measure.definition)
    usual = median(earlier)
    for rule, flags in (
        ("sign", has_changed_sign(now, earlier)),
        ("zero", has_become_zero(now, earlier, are_counts=are_counts)),
    ):
        for at in _where(flags & ~is_told):
            fields = {"n": int(count_values(earlier[at])), "before": _value(panel, at, usual[at])}
            odd.append(_Odd(panel, at, rule, FindingLevel.HISTORY, WORDS[rule], fields))
        is_told = is_told | flags
    changes = compute_year_changes(panel)
    for at in _where(changes.stands_out & ~is_told):
        definition = panel.definition(_period(panel, at))
        fields = {
            "before": _value(panel, at, panel.before[at]),
            "n": Count(int(changes.n_known[at])),
            "range": format_range(changes.low[at], changes.high[at], definition),
        }
        words = CHANGE_WORDS[changes.against[at]]
        odd.append(_Odd(panel, at, "year-change", FindingLevel.HISTORY, words, fields))
    return odd


def _slips(panel: PeriodValues, others: Floats) -> tuple[list[_Odd], Booleans]:
    """Values off by a power of ten from last year's, else from the median of earlier ones, else from that of the others."""
    now, earlier = panel.now, panel.earlier
    grows = grows_with_size(panel.measure.definition)
    usual = np.where(count_values(earlier) >= FEWEST_EARLIER, median(earlier), np.nan)
    among = np.where((count_values(others) >= FEWEST_OTHERS) & (not grows), median(others), np.nan)
    odd: list[_Odd] = []
    is_judged = np.zeros(now.shape, dtype=np.bool_)
    is_slip = np.zeros(now.shape, dtype=np.bool_)
    for rule, level, expected in (
        ("unit-slip", FindingLevel.HISTORY, panel.before),
        ("unit-slip-history", FindingLevel.HISTORY, usual),
        ("unit-slip-others", FindingLevel.OTHERS, among),
    ):
        factors = unit_slip(now, expected, are_counts=grows)
        is_wrong_unit = (factors != 1) & ~is_judged
        for at in _where(is_wrong_unit):
            factor = float(factors[at])
            fields = {
                "factor": factor_text(factor),
                "before": _value(panel, at, expected[at]),
                "mended": _value(panel, at, now[at] / factor),
            }
            odd.append(_Odd(panel, at, "unit-slip", level, WORDS[rule], fields))
        is_slip |= is_wrong_unit
        is_judged |= ~np.isnan(expected)
    return odd, is_slip


def _of_others(
    panel: PeriodValues, context: UploadContext, is_told: Booleans, others: Floats, is_earlier: Booleans
) -> list[_Odd]:
    """What is unlike the other members, or unlike what is published of the same thing."""
    odd: list[_Odd] = []
    definition = panel.measure.definition
    if not grows_with_size(definition):  # a large place has more of it: that is not odd
        among = outside_spread(panel.now, others, rounding=10.0**-definition.decimals)
        # Who was as far out last year, on the same side, is known to differ and need not say so every year.
        was_out = np.where(panel.now < among.middle, panel.before < among.low, panel.before > among.high)
        for at in _where(among.stands_out & ~is_told & ~was_out):
            fields = {
                "n": int(among.n_others[at]),
                "middle": _value(panel, at, among.middle[at]),
                "range": format_range(among.low[at], among.high[at], panel.definition(_period(panel, at))),
            }
            words = WORDS["spread-earlier" if is_earlier[at] else "spread"]
            odd.append(_Odd(panel, at, "spread", FindingLevel.OTHERS, words, fields))
    published = _published(panel, context)
    for at in _where(~agrees(panel.now, published, decimals=definition.decimals)):
        fields = {
            "published": _value(panel, at, published[at]),
            "publisher": Message(MADE_UP) if context.is_made_up else KOLADA,
            "kpi": panel.measure.same_as or "",
        }
        odd.append(_Odd(panel, at, "published", FindingLevel.OTHERS, WORDS["published"], fields))
    return odd


def _others(panel: PeriodValues) -> tuple[Floats, Booleans]:
    """The other members' values of each checked period, or of the year before while too few have delivered; and which."""
    same, before = panel.all_now[:, panel.other_members], panel.all_before[:, panel.other_members]
    is_earlier = (count_values(same) < FEWEST_OTHERS) & (count_values(before) >= FEWEST_OTHERS)
    return np.where(is_earlier[:, np.newaxis], before, same), np.asarray(is_earlier, dtype=np.bool_)


def _published(panel: PeriodValues, context: UploadContext) -> Floats:
    """What is published under the KPI that is the same thing, for each checked period; NaN where nothing is."""
    deviations = np.full(panel.checked.shape, np.nan)
    if panel.measure.same_as is None or context.kolada.empty:
        return deviations
    rows = context.kolada[
        (context.kolada["kpi_id"] == panel.measure.same_as)
        & (context.kolada["municipality_code"] == context.place.code)
        & (context.kolada["gender"] == str(panel.gender))
    ]
    by_year = dict(zip(rows["year"].astype(int), rows["value"].astype(float), strict=True))
    for at in range(len(deviations)):
        period = _period(panel, at)
        if not period.part:
            deviations[at] = by_year.get(period.year, np.nan)
    return deviations


def _repeats(its_panels: Sequence[PeriodValues]) -> Iterator[_Odd]:
    """Values that are exactly those of the year before, over all measures of a period at once."""
    by_period: dict[Period, list[tuple[PeriodValues, int]]] = {}
    for panel in its_panels:
        for at in range(len(panel.checked)):
            if not np.isnan(panel.before[at]):
                by_period.setdefault(_period(panel, at), []).append((panel, at))
    for cells_of_period in by_period.values():
        now, before = (
            np.array([getattr(panel, name)[at] for panel, at in cells_of_period])
            for name in ("now", "before")
        )
        decimals = np.array(
            [panel.measure.definition.decimals for panel, _ in cells_of_period], dtype=np.int64
        )
        is_repeat = are_repeats(now, before, decimals)
        count = int(np.count_nonzero(is_repeat))
        words = WORDS["repeat"]
        if count >= MANY:
            words = LikelihoodTexts(REPEATS_MANY, words.expected)
        fields = {"count": Count(count), "total": Count(len(cells_of_period))}
        for place in _where(is_repeat):
            panel, at = cells_of_period[place]
            yield _Odd(panel, at, "repeat", FindingLevel.HISTORY, words, fields)


def _named(odd: Sequence[_Odd], teller: "_Teller") -> Iterator[Finding]:
    """The first of each rule in the order of the file, and one finding for those that are not named."""
    counts: Counter[str] = Counter()
    levels: dict[str, FindingLevel] = {}
    for odd_value in sorted(odd, key=lambda oddity: int(oddity.panel.cells[oddity.at])):
        counts[odd_value.rule] += 1
        levels[odd_value.rule] = odd_value.level
        if counts[odd_value.rule] <= MOST_CASES:
            yield teller.finding(odd_value)
    for rule, count in counts.items():
        if count > MOST_CASES:
            yield Finding(
                id=f"{rule}:more",
                level=levels[rule],
                rule=rule,
                message=Message(MANY_MORE, count=Count(count - MOST_CASES)),
                advice=Message(EXPLAIN),
            )


class _Teller:
    """Turns odd values into findings at the cells that hold them."""

    def __init__(self, interpreted: InterpretedFile, context: UploadContext, places: CellLocator) -> None:
        self._values = interpreted.values
        self._known = context
        self._places = places

    def finding(self, odd: _Odd) -> Finding:
        panel, period = odd.panel, _period(odd.panel, odd.at)
        definition = panel.definition(period)
        row = self._values.iloc[int(panel.cells[odd.at])]
        address = Address(str(row["sheet"]), int(row["row"]), int(row["column"]))
        row_name, column_name = self._places.names(address)
        fields = {
            "what": format_subject(definition.name, str(period), panel.gender),
            "value": format_value_exactly(float(panel.now[odd.at]), definition),
            "before": _value(panel, odd.at, panel.before[odd.at]),
            "period": period.in_words,
            "period_before": period.year_before.in_words,
            "place": self._known.place.name,
            "unit": definition.unit,
            **odd.fields,
        }
        return Finding(
            id=":".join((odd.rule, panel.measure.id, self._known.place.code, str(period), str(panel.gender))),
            level=odd.level,
            rule=odd.rule,
            message=Message(odd.words.message, **fields),
            address=address,
            row_name=row_name,
            column_name=column_name,
            found=format_found(row["text"], float(row["value"]), definition),
            expected=Message(odd.words.expected, **fields),
            advice=Message(EXPLAIN),
            measure_id=panel.measure.id,
            municipality_code=self._known.place.code,
            period=str(period),
            gender=panel.gender,
        )


def _where(flags: Booleans) -> list[int]:
    return [int(place) for place in np.flatnonzero(flags)]


def _period(panel: PeriodValues, at: int) -> Period:
    return panel.periods[int(panel.checked[at])]


def _value(panel: PeriodValues, at: int, value: float) -> Value:
    return "–" if np.isnan(value) else format_value(float(value), panel.definition(_period(panel, at)))
