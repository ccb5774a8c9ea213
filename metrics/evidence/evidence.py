"""How well it is known that a case did something, from its effects alone: nobody sets it, and it moves as data come."""

from collections.abc import Sequence
from typing import Final

from domain.case_effect import Level
from domain.effect import Design, Effect, Evidence
from domain.message import Message, to_translate

_NO_START: Final = to_translate("Exemplet har inget startdatum, så det går inte att skilja före från efter.")
_NOTHING_AFTER: Final = to_translate("Det finns inget värde från starten {year} eller senare än.")
_NOTHING_BEFORE: Final = to_translate(
    "Det finns inget värde före starten {year} som går att hålla mot åren efter."
)
_BEFORE_AND_AFTER: Final = to_translate(
    "Det finns värden före och efter, men ingen uppskattning av vad som hade hänt ändå. {why}"
)
_ONLY_ITSELF: Final = to_translate("Serien är jämförd med sin egen utveckling före starten, inte med andra.")
_COMPARED: Final = to_translate(
    "Utvecklingen är jämförd med andra, men allt talar inte för en effekt. {doubt}"
)
_DESIGNS_DIFFER: Final = to_translate("Olika sätt att räkna ger olika riktning.")
_SURVIVED: Final = to_translate(
    "Skillnaden mot de andra har klarat alla prövningar, och alla sätt att räkna ger samma riktning."
)
_REPEATED: Final = to_translate(
    "Skillnaden har klarat prövningarna här och går åt samma håll i {places}, där den också har klarat dem."
)

_OTHER_FIGURES: Final = to_translate("Värden för måttet och kommunen skulle göra det möjligt att jämföra.")
_A_START: Final = to_translate("Ett startdatum skulle göra det möjligt att jämföra före och efter.")
_VALUES_AFTER: Final = to_translate("Nästa värde efter starten gör det möjligt att jämföra före och efter.")
_VALUES_BEFORE: Final = to_translate("Det skulle behövas värden från åren före starten.")
_ESTIMATE: Final = to_translate("Fler år, eller fler att jämföra med, kan göra en uppskattning möjlig.")
_STRONGER: Final = to_translate(
    "Nya värden efter starten kan göra skillnaden tydligare, eller visa att den inte höll i sig."
)
_ANOTHER: Final = to_translate(
    "Om ännu en kommun provar och får samma utslag räknas det som upprepat. Nya eller ändrade värden kan också sänka graden."
)
_FALLS: Final = to_translate("Nya eller ändrade värden, här eller där det upprepats, kan sänka graden.")


def survived(effect: Effect | None, beside: Sequence[Effect] = ()) -> bool:
    """Whether no check failed, the permutation among them was passed, and the designs agree on the direction."""
    if effect is None or effect.estimate is None or effect.design is Design.INTERRUPTED_TIME_SERIES:
        return False
    passed = {check.name: check.passed for check in effect.checks}
    return passed.get("permutation") is True and False not in passed.values() and _agree(effect, beside)


def evidence(
    first_year: int | None,
    before: Level | None,
    after: Level | None,
    effect: Effect | None,
    beside: Sequence[Effect],
    repeated_at: Sequence[str],
    no_figures: Message | None = None,
) -> tuple[Evidence, Message, Message]:
    """The level, why it is that, and what would change it. repeated_at: names of other places where it survived.

    no_figures: why the figures that are open say nothing of it.
    """
    if no_figures is not None:
        return Evidence.DESCRIBED, no_figures, Message(_OTHER_FIGURES)
    if first_year is None:
        return Evidence.DESCRIBED, Message(_NO_START), Message(_A_START)
    if effect is None or effect.estimate is None:
        why = effect.refused if effect is not None else None
        if before is None:
            return (
                Evidence.DESCRIBED,
                why or Message(_NOTHING_BEFORE, year=first_year),
                Message(_VALUES_BEFORE),
            )
        if after is None:
            return Evidence.DESCRIBED, Message(_NOTHING_AFTER, year=first_year), Message(_VALUES_AFTER)
        return Evidence.BEFORE_AND_AFTER, Message(_BEFORE_AND_AFTER, why=why or ""), Message(_ESTIMATE)
    if effect.design is Design.INTERRUPTED_TIME_SERIES:
        return Evidence.BEFORE_AND_AFTER, Message(_ONLY_ITSELF), Message(_ESTIMATE)
    if not survived(effect, beside):
        return Evidence.COMPARED, Message(_COMPARED, doubt=_doubt(effect)), Message(_STRONGER)
    if not repeated_at:
        return Evidence.SURVIVED_CHECKS, Message(_SURVIVED), Message(_ANOTHER)
    return Evidence.REPEATED, Message(_REPEATED, places=", ".join(repeated_at)), Message(_FALLS)


def _agree(effect: Effect, beside: Sequence[Effect]) -> bool:
    return all(
        one.estimate is None or effect.estimate is None or one.estimate * effect.estimate > 0
        for one in beside
    )


def _doubt(effect: Effect) -> Message:
    """The first check that failed; else the first that could not be passed, else that the designs disagree."""
    for outcome in (False, None):
        for check in effect.checks:
            if check.passed is outcome and (outcome is False or check.name == "permutation"):
                return check.message
    return Message(_DESIGNS_DIFFER)
