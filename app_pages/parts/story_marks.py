"""The small marks of a case: how well its effect is known, and apart from that how large it is; what became of it."""

from datetime import date
from html import escape
from typing import Final

from app_pages.parts.words import _, language, ngettext, translator
from domain.case import AimDirection, Case, CaseStatus
from domain.case_effect import CaseEffect
from domain.effect import EVIDENCE_NAMES, EVIDENCE_STEPS, Evidence
from domain.message import to_translate
from language.effect_sentences import effect_words
from language.numbers import number, with_unit

IN_PROGRESS: Final = frozenset({CaseStatus.IDEA, CaseStatus.TRYING})
_PERMUTATION: Final = "permutation"
_AGAINST_OTHERS: Final = to_translate("{size} mot jämförelsen")
_NOT_CLEAR: Final = to_translate("Skillnaden är inte säkert större än slumpen")


def evidence_mark(evidence: Evidence) -> str:
    """Five steps with those that are taken filled, and the words for it."""
    step = EVIDENCE_STEPS.index(evidence) + 1
    squares = "".join(f'<i class="{"taken" if one <= step else ""}"></i>' for one in range(1, 6))
    words = _(EVIDENCE_NAMES[evidence])
    told = _("Så säkert vet vi: steg {step} av {all}, {words}").format(
        step=step, all=len(EVIDENCE_STEPS), words=words
    )
    return (
        f'<span class="evidence"><span class="steps" aria-hidden="true">{squares}</span>'
        f'<span class="unseen">{escape(told)}</span><span aria-hidden="true">{escape(words)}</span></span>'
    )


def is_clear(found: CaseEffect) -> bool:
    """Whether the effect has survived its checks, so that it may be said without a reservation."""
    return found.evidence in {Evidence.SURVIVED_CHECKS, Evidence.REPEATED}


def is_as_wanted(found: CaseEffect) -> bool | None:
    """Whether the estimate goes the way that was wanted; None where there is no estimate."""
    if found.estimate is None:
        return None
    return (found.estimate > 0) is (found.aim.direction is AimDirection.INCREASE)


def size_words(found: CaseEffect) -> tuple[str, str]:
    """What is known of the size in a few words, and what must be said with it."""
    measure = found.measure
    if found.estimate is not None:
        told = _(_AGAINST_OTHERS).format(size=effect_words(found, translator(), language()))
        if is_clear(found):
            way = _("åt det håll man ville") if is_as_wanted(found) else _("åt fel håll mot vad man ville")
            return told, way
        return told, _(_NOT_CLEAR) if _is_chance(found) else _("Klarar inte alla prövningar")
    if found.before is not None and found.after is not None:
        unit = _(measure.unit)
        before = number(found.before.mean, measure.decimals, language())
        after = with_unit(found.after.mean, measure.decimals, unit, language())
        told = _("Före {before}, efter {after}").format(before=before, after=after)
        return told, _("utan jämförelse som håller")
    return _("Ingen uppmätt effekt"), _("går inte att räkna på ännu")


def _is_chance(found: CaseEffect) -> bool:
    checks = found.effect.checks if found.effect is not None else ()
    return any(check.name == _PERMUTATION and check.passed is not True for check in checks)


def failure_mark(case: Case) -> str:
    """That it did not give what was hoped for, said as plainly as a success."""
    return (
        f'<span class="mark failure">{escape(_("Gav inte det man hoppades"))}</span>'
        if case.is_failure
        else ""
    )


def stale_mark(case: Case, today: date) -> str:
    """That the day to look at it again has passed."""
    if not case.standing.is_stale_on(today):
        return ""
    told = _("Inte sett över sedan {day}").format(day=case.standing.revisit_on)
    return f'<span class="mark stale">{escape(told)}</span>'


def made_up_mark(case: Case) -> str:
    return (
        f'<span class="mark made-up-mark">{escape(_("Påhittat exempel"))}</span>'
        if case.standing.is_made_up
        else ""
    )


def visit_mark(case: Case) -> str:
    return (
        f'<span class="mark visit-mark">{escape(_("Studiebesök"))}</span>'
        if case.study_visit.is_offered
        else ""
    )


def tried_words(count: int) -> str:
    """How many others try it."""
    if not count:
        return _("inte prövat av någon annan ännu")
    return ngettext("prövat av {count} kommun till", "prövat av {count} kommuner till", count).format(
        count=count
    )
