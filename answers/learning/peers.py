"""How one place stands among those like it, and which of them it can learn from, with how sure that is."""

import statistics
from collections.abc import Iterable, Sequence
from typing import Final

from answers.library import Library
from domain.comparability import Comparability
from domain.comparison import Comparison, Member, Trend, Verdict
from domain.learning import PeerToLearnFrom, Position
from domain.measure import Direction, Measure
from domain.message import Count, Message, Number, Value, to_translate
from domain.place import Place
from domain.series import Series
from domain.value import Gender, Status

FEWEST_YEARS_OF_CHANGE: Final = 3  # a change over a year or two is mostly chance
MOST_YEARS_OF_CHANGE: Final = 5  # what lies further back says little of what is done now
MOST_IMPROVED: Final = 3

_WITH_UNIT: Final = to_translate("{number}\u00a0{unit}")
_NO_DIRECTION: Final = to_translate(
    "Måttet har ingen riktning: ingen ände är den bättre. Det går att läsa vad andra gjort, men inte vem som är bättre."
)
_NO_VALUE: Final = {
    Status.MISSING: to_translate(
        "Värdet för {focus} saknas ({year}), så det går inte att säga hur {focus} ligger till."
    ),
    Status.SUPPRESSED: to_translate(
        "Värdet för {focus} visas inte ({year}): underlaget är för litet. Det går inte att säga hur {focus} ligger till."
    ),
    Status.NOT_APPLICABLE: to_translate("Måttet är inte tillämpligt för {focus} ({year})."),
    Status.NOT_REPORTED: to_translate(
        "{focus} har inte rapporterat måttet ({year}), så det går inte att säga hur {focus} ligger till."
    ),
}
_NOT_COMPARABLE: Final = to_translate("Värdet för {focus} är inte jämförbart med de andras ({year}).")
_NO_OTHERS: Final = to_translate(
    "Ingen av dem som mest liknar {focus} har ett värde att jämföra med ({year})."
)
_WORSE: Final = to_translate(
    "{focus} har {value} ({year}). De {n} som mest liknar {focus} och har ett värde har i genomsnitt {mean}: {focus} ligger sämre till."
)
_BETTER: Final = to_translate(
    "{focus} har {value} ({year}). De {n} som mest liknar {focus} och har ett värde har i genomsnitt {mean}: {focus} ligger bättre till."
)
_LEVEL: Final = to_translate(
    "{focus} har {value} ({year}), lika mycket som genomsnittet för de {n} som mest liknar {focus} och har ett värde."
)
_ESTABLISHED: Final = to_translate("Skillnaden är säkerställd.")
_MAY_BE_CHANCE: Final = to_translate("Skillnaden kan bero på slumpen.")
_NOT_KNOWN_HOW_SURE: Final = to_translate(
    "Hur säker skillnaden är går inte att räkna ut: underlaget bakom värdena är inte känt."
)
_NOT_KNOWN_FOR_PEERS: Final = to_translate(
    "Hur säkert det är att de ligger bättre till går inte att räkna ut: underlaget bakom värdena är inte känt."
)
_LIKE: Final = to_translate("Liknar {focus}: {inhabitants} invånare mot {own}, {skr_group}.")
_LIKE_ONLY: Final = to_translate("Hör till dem som mest liknar {focus}.")
_IS_BETTER: Final = to_translate("Har {value} mot {own} för {focus} ({year}).")
_IS_NOT_BETTER: Final = to_translate("Är ännu inte bättre: {value} mot {own} för {focus} ({year}).")
_HAS: Final = to_translate("Har {value} ({year}).")
_INTERVALS_APART: Final = to_translate(
    "Skillnaden är större än slumpen brukar ge: säkerhetsintervallen ligger isär."
)
_INTERVALS_MEET: Final = to_translate("Skillnaden kan bero på slumpen: säkerhetsintervallen går omlott.")
_IMPROVED: Final = to_translate("Har förbättrats från {before} ({first}) till {after} ({last}).")
_MORE_THAN_FOCUS: Final = to_translate("{focus} har under samma år gått från {before} till {after}.")
_TREND: Final = to_translate("Trenden är säkerställd.")
_NO_TREND: Final = to_translate("Någon trend är inte säkerställd, så det kan vara tillfälligt.")


def assess_position(
    comparison: Comparison, focus: Place
) -> tuple[Position, tuple[Message, ...], float | None]:
    """Where the focus stands against the unweighted mean of the others, why, and that mean.

    Values that are equal as they are shown are equal.
    """
    measure, mine = comparison.measure, comparison.member(focus.code)
    values = [
        comparable_member.value
        for comparable_member in comparable_members(comparison)
        if comparable_member.code != focus.code and comparable_member.value is not None
    ]
    mean = statistics.fmean(values) if values else None
    known: dict[str, Value] = {"focus": focus.name, "year": comparison.year}
    if mine.value is None:
        return Position.CANNOT_BE_SAID, (Message(_NO_VALUE[mine.status], **known),), mean
    if mine.comparability is Comparability.NOT_COMPARABLE:
        return Position.CANNOT_BE_SAID, (Message(_NOT_COMPARABLE, **known),), mean
    if mean is None:
        return Position.CANNOT_BE_SAID, (Message(_NO_OTHERS, **known),), None
    if measure.direction is Direction.NEUTRAL:
        return Position.CANNOT_BE_SAID, (Message(_NO_DIRECTION),), mean
    ahead = _ahead(measure, mine.value, mean)
    found, text = (
        (Position.LEVEL, _LEVEL)
        if ahead == 0
        else (Position.BETTER, _BETTER)
        if ahead > 0
        else (Position.WORSE, _WORSE)
    )
    told = Message(
        text,
        **known,
        value=format_with_unit(measure, mine.value),
        mean=format_with_unit(measure, mean),
        n=len(values),
    )
    if found is Position.LEVEL:
        return found, (told,), mean
    return found, (told, Message(_how_sure(mine))), mean


def peers_to_learn_from(
    library: Library, comparison: Comparison, focus: Place
) -> tuple[PeerToLearnFrom, ...]:
    """The similar places that are better than the focus, or among the three that have improved most and more than it.

    A change is counted over three to five years up to the compared one, without hole or break. Who is surely better comes
    first, then by value, then by improvement. Nobody is better in a neutral measure.
    """
    measure = comparison.measure
    if measure.direction is Direction.NEUTRAL:
        return ()
    mine = comparison.member(focus.code)
    cells = library.values.cells((measure,), Gender.TOTAL)
    series = {
        comparable_member.code: cells.series(
            0, comparable_member.code, comparable_member.name, comparison.break_years
        )
        for comparable_member in comparable_members(comparison)
    }
    improved = _improved_most(measure, comparison, focus, series)
    found = []
    for one in comparable_members(comparison):
        if one.code == focus.code or one.value is None:
            continue
        is_better = mine.value is not None and _ahead(measure, one.value, mine.value) > 0
        if one.code in improved or (is_better and mine.comparability is not Comparability.NOT_COMPARABLE):
            found.append(
                _peer(library, comparison, focus, one, series, is_better=is_better, improved=improved)
            )
    return tuple(sorted(found, key=lambda one: _order(measure, one)))


def peer_notes(peers: Iterable[PeerToLearnFrom]) -> tuple[Message, ...]:
    """What must be known of the whole list."""
    is_unknown = any(peer.is_better and peer.is_certain is None for peer in peers)
    return (Message(_NOT_KNOWN_FOR_PEERS),) if is_unknown else ()


def comparable_members(comparison: Comparison) -> list[Member]:
    """The members whose values may be held against each other."""
    return [
        member for member in comparison.members if member.comparability is not Comparability.NOT_COMPARABLE
    ]


def format_with_unit(measure: Measure, value: float) -> Message:
    """A value as the measure shows it, with its unit."""
    number = Number(value, measure.decimals)
    return (
        Message(_WITH_UNIT, number=number, unit=measure.unit)
        if measure.unit
        else Message("{number}", number=number)
    )


def _peer(
    library: Library,
    comparison: Comparison,
    focus: Place,
    member: Member,
    series: dict[str, Series],
    *,
    is_better: bool,
    improved: Sequence[str],
) -> PeerToLearnFrom:
    measure, mine, value = comparison.measure, comparison.member(focus.code), member.value or 0.0
    place = library.places.by_code[member.code]
    is_certain = _lie_apart(mine, member) if is_better else None
    why = [_like(place, focus)]
    if mine.value is None:
        why.append(Message(_HAS, value=format_with_unit(measure, value), year=comparison.year))
    else:
        text = _IS_BETTER if is_better else _IS_NOT_BETTER
        own, its = format_with_unit(measure, mine.value), format_with_unit(measure, value)
        why.append(Message(text, value=its, own=own, focus=focus.name, year=comparison.year))
    if is_certain is not None:
        why.append(Message(_INTERVALS_APART if is_certain else _INTERVALS_MEET))
    first = _begins(series[member.code], comparison.year)
    change = None if first is None else value - first[1]
    if member.code in improved and first is not None:
        span: dict[str, Value] = {"before": format_with_unit(measure, first[1]), "first": first[0]}
        why.append(Message(_IMPROVED, **span, after=format_with_unit(measure, value), last=comparison.year))
        then = (
            {point.year: point.value for point in series[focus.code].points}.get(first[0])
            if focus.code in series
            else None
        )
        if then is not None and mine.value is not None:
            own_span = {
                "before": format_with_unit(measure, then),
                "after": format_with_unit(measure, mine.value),
            }
            why.append(Message(_MORE_THAN_FOCUS, **own_span, focus=focus.name))
        is_trend = member.trend in {Trend.INCREASING, Trend.DECREASING}
        why.append(Message(_TREND if is_trend else _NO_TREND))
    return PeerToLearnFrom(
        place=place,
        value=value,
        is_better=is_better,
        is_certain=is_certain,
        has_improved_most=member.code in improved,
        change=change,
        changed_from=None if first is None else first[0],
        why=tuple(why),
    )


def _improved_most(
    measure: Measure, comparison: Comparison, focus: Place, series: dict[str, Series]
) -> list[str]:
    """The codes of the others that have improved most, and more than the focus where that is known."""
    gains = {}
    for comparable_member in comparable_members(comparison):
        first = _begins(series[comparable_member.code], comparison.year)
        if first is not None and comparable_member.value is not None:
            gains[comparable_member.code] = _ahead(measure, comparable_member.value, first[1])
    least = max(gains.pop(focus.code, 0.0), 0.0)
    better = sorted(
        (code for code, gain in gains.items() if gain > least), key=lambda code: (-gains[code], code)
    )
    return better[:MOST_IMPROVED]


def _begins(series: Series, year: int) -> tuple[int, float] | None:
    """The year and value that a change up to `year` is counted from; None where too little hangs together."""
    for piece in series.unbroken_pieces():
        known = [(one.year, one.value) for one in piece if one.value is not None]
        if year in {at for at, _ in known}:
            usable = [
                (at, value)
                for at, value in known
                if FEWEST_YEARS_OF_CHANGE <= year - at <= MOST_YEARS_OF_CHANGE
            ]
            return min(usable, default=None)
    return None


def _ahead(measure: Measure, value: float, other: float) -> float:
    """By how much a value is better than another; 0 where they are equal as they are shown."""
    shown = round(value, measure.decimals) - round(other, measure.decimals)
    return 0.0 if shown == 0 else shown if measure.direction is Direction.HIGHER else -shown


def _lie_apart(member: Member, other: Member) -> bool | None:
    if member.interval is None or other.interval is None:
        return None
    return member.interval.high < other.interval.low or other.interval.high < member.interval.low


def _how_sure(member: Member) -> str:
    if member.verdict in {Verdict.BETTER, Verdict.WORSE}:
        return _ESTABLISHED
    return _MAY_BE_CHANCE if member.verdict is Verdict.SIMILAR else _NOT_KNOWN_HOW_SURE


def _like(place: Place, focus: Place) -> Message:
    if not (place.population and focus.population):
        return Message(_LIKE_ONLY, focus=focus.name)
    inhabitants, own = (Count(max(one.population)[1]) for one in (place, focus))
    return Message(
        _LIKE, focus=focus.name, inhabitants=inhabitants, own=own, skr_group=place.skr_group.lower()
    )


def _order(measure: Measure, peer_to_learn_from: PeerToLearnFrom) -> tuple[object, ...]:
    high_first = (
        -peer_to_learn_from.value if measure.direction is Direction.HIGHER else peer_to_learn_from.value
    )
    return (
        not peer_to_learn_from.is_better,
        peer_to_learn_from.is_certain is not True,
        high_first,
        peer_to_learn_from.place.code,
    )
