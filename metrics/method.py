"""Says in sentences how each figure of a comparison was made, how many there were and what lacks."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from domain.comparability import Comparability
from domain.comparison import ColourAmong, Member
from domain.measure import CountModel, Direction, Measure
from domain.message import Message, to_translate
from domain.value import Status
from metrics.colouring import FEWEST_VALUES

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


def method_sentences(
    measure: Measure,
    *,
    members: Sequence[Member],
    colour_among: ColourAmong,
    n_among_all: int | None,
    has_national_value: bool,
    break_years: Sequence[int],
    has_weighted_mean: bool = False,
) -> tuple[Message, ...]:
    """The sentences in the order in which a reader asks: what lacks, mean, place, colour, how sure, breaks."""
    statuses = Counter(member.status for member in members)
    n_with_value = sum(
        member.status is Status.OK and member.comparability is not Comparability.NOT_COMPARABLE
        for member in members
    )
    said = [
        Message(text, n=_named(members, status))
        for status, text in _WITHOUT_VALUE.items()
        if statuses[status]
    ]
    said.extend(_on_comparability(members))
    mean = _MEAN if n_with_value == statuses[Status.OK] else _MEAN_OF_COMPARABLE
    said.append(Message(mean, n_with_value=n_with_value, n=len(members)))
    if has_weighted_mean:
        said.append(Message(_WEIGHTED_MEAN))
    said.append(Message(_QUARTILES))
    if has_national_value:
        said.append(Message(_NATION))
    said.append(Message(_PLACE[measure.direction]))
    n_coloured = n_with_value if colour_among is ColourAmong.GROUP else n_among_all or 0
    if n_coloured < FEWEST_VALUES:
        said.append(Message(_TOO_FEW_FOR_COLOUR))
    else:
        colour = _SHADE if measure.direction is Direction.NEUTRAL else _COLOUR
        said.append(Message(colour[colour_among], n=n_coloured))
    said.extend(_certainty(measure, members))
    if break_years:
        said.append(Message(_BREAK, years=", ".join(str(year) for year in break_years)))
    said.append(Message(_OWN_WORK))
    return tuple(said)


def _on_comparability(members: Sequence[Member]) -> list[Message]:
    """Who must not, or only with care, be held against the others."""
    said = []
    apart = [member.name for member in members if member.comparability is Comparability.NOT_COMPARABLE]
    if apart:
        said.append(
            Message(_NOT_COMPARABLE if len(apart) == 1 else _NOT_COMPARABLE_MANY, names=", ".join(apart))
        )
    careful = [member.name for member in members if member.comparability is Comparability.WITH_RESERVATION]
    if careful:
        said.append(Message(_WITH_RESERVATION, names=", ".join(careful)))
    return said


def _certainty(measure: Measure, members: Sequence[Member]) -> list[Message]:
    if measure.basis is None or all(member.interval is None for member in members):
        return [Message(_NO_INTERVAL)]
    said = [Message(_INTERVAL[measure.basis.model]), Message(_RANK_RANGE)]
    if measure.direction is not Direction.NEUTRAL:
        said.append(Message(_VERDICT))
    return [*said, Message(_TREND)]


def _named(members: Sequence[Member], status: Status) -> Message | str:
    """The names while they can be read at a glance, otherwise how many they are."""
    names = [member.name for member in members if member.status is status]
    return ", ".join(names) if len(names) <= 5 else Message(_SO_MANY, n=len(names), total=len(members))
