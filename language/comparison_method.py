"""Describe how each figure of a comparison was made, how many values there were and what is missing."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from domain.comparability import Comparability
from domain.comparison import FEWEST_FOR_COLOUR, ColourAmong, Comparison, Member
from domain.measure import CountModel, Direction, Measure
from domain.message import Message, to_translate
from domain.value import Status

_MEAN: Final = to_translate(
    "Medelvärdet är ovägt: summan av värdena delad med antalet som har ett värde ({n_with_value} av {n})."
)
_NOT_COMPARABLE: Final = to_translate(
    "{names} är inte jämförbar i detta mått: värdet visas men räknas inte in i placering, medelvärde eller färg."
)
_NOT_COMPARABLE_MANY: Final = to_translate(
    "{names} är inte jämförbara i detta mått: värdena visas men räknas inte in i placering, medelvärde eller färg."
)
_WITH_RESERVATION: Final = to_translate("Jämförbar med förbehåll: {names}.")
_WEIGHTED_MEAN: Final = to_translate(
    "Hela gruppen sammantaget är summan av täljarna delad med summan av nämnarna, för dem som räknas in i medelvärdet."
)
_MEAN_OF_COMPARABLE: Final = to_translate(
    "Medelvärdet är ovägt: summan av de jämförbara värdena delad med deras antal ({n_with_value} av {n} medlemmar)."
)
_QUARTILES: Final = to_translate(
    "Median och kvartiler räknas med linjär interpolation mellan värdena (Hyndman och Fan, definition 7)."
)
_NATION: Final = to_translate(
    "Riket är det publicerade, vägda värdet för hela landet och inte ett medel av dem som jämförs."
)
_PLACE: Final = {
    Direction.HIGHER: to_translate(
        "Placeringen räknas från det högsta värdet. Lika värden delar den bättre placeringen."
    ),
    Direction.LOWER: to_translate(
        "Placeringen räknas från det lägsta värdet. Lika värden delar den bättre placeringen."
    ),
    Direction.NEUTRAL: to_translate(
        "Måttet har ingen riktning. Placeringen räknas från det högsta värdet och säger inte vad som är bättre."
    ),
}
_COLOUR: Final = {
    ColourAmong.GROUP: to_translate(
        "Färgen visar läget i gruppen: bästa fjärdedelen grön, sämsta röd och resten gul. "
        "Lika värden har lika färg. Färgen säger inte om resultatet i sig är bra."
    ),
    ColourAmong.ALL: to_translate(
        "Färgen visar läget bland alla {n} i landet som har ett värde: bästa fjärdedelen grön, sämsta röd och "
        "resten gul. Lika värden har lika färg. Färgen säger inte om resultatet i sig är bra."
    ),
}
_SHADE: Final = {
    ColourAmong.GROUP: to_translate(
        "Nyansen visar läget i gruppen: lägsta fjärdedelen ljus, högsta mörk. Ingen nyans är bättre än någon annan."
    ),
    ColourAmong.ALL: to_translate(
        "Nyansen visar läget bland alla {n} i landet som har ett värde: lägsta fjärdedelen ljus, högsta mörk. "
        "Ingen nyans är bättre än någon annan."
    ),
}
_TOO_FEW_FOR_COLOUR: Final = to_translate("Färre än fyra värden ger ingen färg.")
_INTERVAL: Final = {
    CountModel.PROPORTION: to_translate(
        "Intervallen är 95-procentiga konfidensintervall för andelar enligt Wilson."
    ),
    CountModel.RATE: to_translate(
        "Intervallen är 95-procentiga konfidensintervall för antal enligt Byar, exakta (Poisson) under tio fall."
    ),
}
_RANK_RANGE: Final = to_translate(
    "Placeringens spann är den bästa och den sämsta placering som intervallen medger."
)
_VERDICT: Final = to_translate(
    "Bättre eller sämre sägs bara när hela intervallet ligger på ena sidan om de andras ovägda medelvärde."
)
_TREND: Final = to_translate(
    "Trenden gäller de fem senaste åren utan avbrott: signifikant när chi² är över 9,5495 (p < 0,002) och "
    "lutningen har samma tecken vilket år som än utelämnas (OHID Fingertips)."
)
_NO_INTERVAL: Final = to_translate(
    "Antalet bakom värdena är inte känt, så osäkerhet, säkra skillnader och trend kan inte räknas ut."
)
_BREAK: Final = to_translate("Nivån eller definitionen ändrades {years}. Inget räknas över ett sådant brott.")
_WITHOUT_VALUE: Final = {
    Status.MISSING: to_translate("Värde saknas för {n}."),
    Status.NOT_APPLICABLE: to_translate("Måttet är inte tillämpligt för {n}."),
    Status.SUPPRESSED: to_translate("Underlaget är för litet för att visas för {n}."),
    Status.NOT_REPORTED: to_translate("{n} har inte rapporterat något."),
}
_SO_MANY: Final = to_translate("{n} av {total}")
_OWN_WORK: Final = to_translate(
    "Medelvärden, placeringar, färger, intervall och trender är egna beräkningar på de publicerade värdena."
)


def describe_method(comparison: Comparison) -> tuple[Message, ...]:
    """Describe the method in the order in which a reader asks: missing, mean, rank, colour, certainty, breaks."""
    measure, members, colour_among = comparison.measure, comparison.members, comparison.colour_among
    statuses = Counter(member.status for member in members)
    n_with_value = comparison.n_with_value
    messages = [
        Message(text, n=_named(members, status))
        for status, text in _WITHOUT_VALUE.items()
        if statuses[status]
    ]
    messages.extend(_on_comparability(members))
    mean = _MEAN if n_with_value == statuses[Status.OK] else _MEAN_OF_COMPARABLE
    messages.append(Message(mean, n_with_value=n_with_value, n=len(members)))
    if comparison.weighted_mean is not None:
        messages.append(Message(_WEIGHTED_MEAN))
    messages.append(Message(_QUARTILES))
    if comparison.national_value is not None:
        messages.append(Message(_NATION))
    messages.append(Message(_PLACE[measure.direction]))
    n_coloured = n_with_value if colour_among is ColourAmong.GROUP else comparison.n_with_value_among_all or 0
    if n_coloured < FEWEST_FOR_COLOUR:
        messages.append(Message(_TOO_FEW_FOR_COLOUR))
    else:
        colour = _SHADE if measure.direction is Direction.NEUTRAL else _COLOUR
        messages.append(Message(colour[colour_among], n=n_coloured))
    messages.extend(_certainty(measure, members))
    if comparison.break_years:
        messages.append(Message(_BREAK, years=", ".join(map(str, comparison.break_years))))
    messages.append(Message(_OWN_WORK))
    return tuple(messages)


def _on_comparability(members: Sequence[Member]) -> list[Message]:
    """Describe who must not be compared, or only with care."""
    messages = []
    apart = [member.name for member in members if member.comparability is Comparability.NOT_COMPARABLE]
    if apart:
        messages.append(
            Message(_NOT_COMPARABLE if len(apart) == 1 else _NOT_COMPARABLE_MANY, names=", ".join(apart))
        )
    careful = [member.name for member in members if member.comparability is Comparability.WITH_RESERVATION]
    if careful:
        messages.append(Message(_WITH_RESERVATION, names=", ".join(careful)))
    return messages


def _certainty(measure: Measure, members: Sequence[Member]) -> list[Message]:
    if measure.basis is None or all(member.interval is None for member in members):
        return [Message(_NO_INTERVAL)]
    messages = [Message(_INTERVAL[measure.basis.model]), Message(_RANK_RANGE)]
    if measure.direction is not Direction.NEUTRAL:
        messages.append(Message(_VERDICT))
    return [*messages, Message(_TREND)]


def _named(members: Sequence[Member], status: Status) -> Message | str:
    """Return the names if they are few enough to read, otherwise the count."""
    names = [member.name for member in members if member.status is status]
    return ", ".join(names) if len(names) <= 5 else Message(_SO_MANY, n=len(names), total=len(members))
