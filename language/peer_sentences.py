"""The sentences on how a place stands among those similar to it, and why one of them is worth learning from."""

from typing import Final

from domain.comparison import Comparison, Member, Verdict
from domain.learning import PeerFinding, Position, PositionAmongPeers, PositionReason
from domain.measure import Measure
from domain.message import Count, Message, Number, to_translate
from domain.place import Place
from domain.value import Status

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
_POSITIONS: Final = {Position.WORSE: _WORSE, Position.BETTER: _BETTER, Position.LEVEL: _LEVEL}
_ESTABLISHED: Final = to_translate("Skillnaden är säkerställd.")
_MAY_BE_CHANCE: Final = to_translate("Skillnaden kan bero på slumpen.")
_NOT_KNOWN_HOW_SURE: Final = to_translate(
    "Hur säker skillnaden är går inte att räkna ut: underlaget bakom värdena är inte känt."
)
UNCERTAIN_WHETHER_BETTER: Final = to_translate(
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


def position_sentences(
    position: PositionAmongPeers, comparison: Comparison, focus: Place
) -> tuple[Message, ...]:
    """Return where the focus stands and how certain that is, or why it cannot be said."""
    measure, member = comparison.measure, comparison.member(focus.code)
    match position.reason:
        case PositionReason.NO_VALUE:
            return (Message(_NO_VALUE[member.status], focus=focus.name, year=comparison.year),)
        case PositionReason.NOT_COMPARABLE:
            return (Message(_NOT_COMPARABLE, focus=focus.name, year=comparison.year),)
        case PositionReason.NO_PEERS:
            return (Message(_NO_OTHERS, focus=focus.name, year=comparison.year),)
        case PositionReason.NO_DIRECTION:
            return (Message(_NO_DIRECTION),)
    sentence = Message(
        _POSITIONS[position.position],
        focus=focus.name,
        year=comparison.year,
        value=_with_unit(measure, member.value or 0.0),
        mean=_with_unit(measure, position.mean or 0.0),
        n=position.n_others,
    )
    return (sentence,) if position.position is Position.LEVEL else (sentence, Message(_certainty(member)))


def peer_sentences(
    finding: PeerFinding, comparison: Comparison, place: Place, focus: Place
) -> tuple[Message, ...]:
    """Return why a similar place is worth learning from: how alike it is, its value, and how it has improved."""
    measure, focus_value = comparison.measure, comparison.member(focus.code).value
    value = _with_unit(measure, finding.value)
    sentences = [_likeness(place, focus)]
    if focus_value is None:
        sentences.append(Message(_HAS, value=value, year=comparison.year))
    else:
        text = _IS_BETTER if finding.is_better else _IS_NOT_BETTER
        own = _with_unit(measure, focus_value)
        sentences.append(Message(text, value=value, own=own, focus=focus.name, year=comparison.year))
    if finding.is_certain is not None:
        sentences.append(Message(_INTERVALS_APART if finding.is_certain else _INTERVALS_MEET))
    if finding.has_improved_most and finding.value_before is not None and finding.changed_from is not None:
        before = _with_unit(measure, finding.value_before)
        first, last = finding.changed_from, comparison.year
        sentences.append(Message(_IMPROVED, before=before, first=first, after=value, last=last))
        if finding.focus_value_before is not None and focus_value is not None:
            before = _with_unit(measure, finding.focus_value_before)
            after = _with_unit(measure, focus_value)
            sentences.append(Message(_MORE_THAN_FOCUS, before=before, after=after, focus=focus.name))
        sentences.append(Message(_TREND if finding.has_trend else _NO_TREND))
    return tuple(sentences)


def _with_unit(measure: Measure, value: float) -> Message:
    """Return a value as the measure shows it, with its unit."""
    number = Number(value, measure.decimals)
    if not measure.unit:
        return Message("{number}", number=number)
    return Message(_WITH_UNIT, number=number, unit=measure.unit)


def _certainty(member: Member) -> str:
    if member.verdict in {Verdict.BETTER, Verdict.WORSE}:
        return _ESTABLISHED
    return _MAY_BE_CHANCE if member.verdict is Verdict.SIMILAR else _NOT_KNOWN_HOW_SURE


def _likeness(place: Place, focus: Place) -> Message:
    if not (place.population and focus.population):
        return Message(_LIKE_ONLY, focus=focus.name)
    inhabitants, own = (Count(max(either.population)[1]) for either in (place, focus))
    return Message(
        _LIKE, focus=focus.name, inhabitants=inhabitants, own=own, skr_group=place.skr_group.lower()
    )
