"""How well it is known that a case did something, from its effects alone: nobody sets it, and it moves as data come."""

from collections.abc import Sequence

from domain.case_effect import Level
from domain.effect import Design, Effect, Evidence
from domain.evidence_reasons import EvidenceReason
from domain.message import Explanation, Reason


def has_survived_checks(effect: Effect | None, beside: Sequence[Effect] = ()) -> bool:
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
    no_figures: Explanation | None = None,
) -> tuple[Evidence, Explanation, Explanation]:
    """The level, why it is that, and what would change it. repeated_at: names of other places where it survived.

    no_figures: why the figures that are open say nothing of it.
    """
    if no_figures is not None:
        return Evidence.DESCRIBED, no_figures, Reason(EvidenceReason.OTHER_FIGURES)
    if first_year is None:
        return Evidence.DESCRIBED, Reason(EvidenceReason.NO_START), Reason(EvidenceReason.A_START)
    if effect is None or effect.estimate is None:
        why = effect.refused if effect is not None else None
        if before is None:
            return (
                Evidence.DESCRIBED,
                why or Reason(EvidenceReason.NOTHING_BEFORE, year=first_year),
                Reason(EvidenceReason.VALUES_BEFORE),
            )
        if after is None:
            return (
                Evidence.DESCRIBED,
                Reason(EvidenceReason.NOTHING_AFTER, year=first_year),
                Reason(EvidenceReason.VALUES_AFTER),
            )
        return (
            Evidence.BEFORE_AND_AFTER,
            Reason(EvidenceReason.BEFORE_AND_AFTER, why=why or ""),
            Reason(EvidenceReason.ESTIMATE),
        )
    if effect.design is Design.INTERRUPTED_TIME_SERIES:
        return Evidence.BEFORE_AND_AFTER, Reason(EvidenceReason.ONLY_ITSELF), Reason(EvidenceReason.ESTIMATE)
    if not has_survived_checks(effect, beside):
        return (
            Evidence.COMPARED,
            Reason(EvidenceReason.COMPARED, doubt=_doubt(effect)),
            Reason(EvidenceReason.STRONGER),
        )
    if not repeated_at:
        return Evidence.SURVIVED_CHECKS, Reason(EvidenceReason.SURVIVED), Reason(EvidenceReason.ANOTHER)
    return (
        Evidence.REPEATED,
        Reason(EvidenceReason.REPEATED, places=", ".join(repeated_at)),
        Reason(EvidenceReason.FALLS),
    )


def _agree(effect: Effect, beside: Sequence[Effect]) -> bool:
    return all(
        other.estimate is None or effect.estimate is None or other.estimate * effect.estimate > 0
        for other in beside
    )


def _doubt(effect: Effect) -> Reason:
    """The first check that failed; else the first that could not be passed, else that the designs disagree."""
    for outcome in (False, None):
        for check in effect.checks:
            if check.passed is outcome and (outcome is False or check.name == "permutation"):
                return check.message
    return Reason(EvidenceReason.DESIGNS_DIFFER)
