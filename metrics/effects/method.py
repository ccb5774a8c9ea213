"""Says in sentences how an effect was estimated: design, with whom, over which years."""

from collections.abc import Mapping
from typing import Final

from domain.effect import Design
from domain.message import Message, to_translate
from metrics.effects.panel import Panel

_DESIGN: Final = {
    Design.DIFFERENCE_IN_DIFFERENCES: to_translate(
        "Skillnad i skillnader: förändringen från åren före till åren efter starten, minus den genomsnittliga förändringen hos dem som jämförs."
    ),
    Design.SYNTHETIC_CONTROL: to_translate(
        "Syntetisk kontroll: den blandning av andra som låg närmast före starten visar hur det kunde ha gått (Abadie m.fl. 2010, bara utfallet)."
    ),
    Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES: to_translate(
        "Syntetisk skillnad i skillnader: både de som jämförs och åren före starten vägs så att utvecklingen före liknar varandra (Arkhangelsky m.fl. 2021)."
    ),
    Design.GROUP_TIME: to_translate(
        "Medeleffekt över grupper och år: varje startår jämförs för sig, från året före starten, med dem som inte har börjat (Callaway och Sant’Anna 2021)."
    ),
    Design.INTERRUPTED_TIME_SERIES: to_translate(
        "Avbruten tidsserie: linjen genom åren före starten dras ut och jämförs med vad som hände. Ingen annan är med."
    ),
}
_WINDOW: Final = to_translate(
    "Åren {first}–{last}, varav {n_before} mätpunkter före starten {start} och {n_after} från starten."
)
_STARTS: Final = to_translate(
    "Åren {first}–{last}, med start {starts}. Tiden räknas från varje plats egen start."
)
_DONORS: Final = to_translate("{n} utan åtgärden är med i jämförelsen.")
_MEAN_OF_TREATED: Final = to_translate("De {n} som började samma år räknas som ett medelvärde.")


def method_sentences(
    design: Design, panel: Panel, treated: Mapping[str, int], donors: tuple[str, ...]
) -> tuple[Message, ...]:
    """In the order in which a reader asks: what was done, over which years, with whom. treated: those that were used."""
    first, last = panel.times[0], panel.times[-1]
    said = [Message(_DESIGN[design])]
    if design is Design.GROUP_TIME:
        starts = ", ".join(map(str, sorted(set(treated.values()))))
        said.append(Message(_STARTS, first=first, last=last, starts=starts))
    else:
        start = min(treated.values())
        n_before = panel.n_before(start)
        n_after = len(panel.times) - n_before
        said.append(Message(_WINDOW, first=first, last=last, start=start, n_before=n_before, n_after=n_after))
        if len(treated) > 1:
            said.append(Message(_MEAN_OF_TREATED, n=len(treated)))
    if donors:
        said.append(Message(_DONORS, n=len(donors)))
    return tuple(said)
