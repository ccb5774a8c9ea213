"""The marks of a case: how well its effect is known, how large it is, and what must not be missed about it.

Their markup is in `bank_macros.html`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from app_pages.parts.words import _, language, ngettext, translator
from domain.case import AimDirection, Case
from domain.case_effect import CaseEffect
from domain.effect import EVIDENCE_NAMES, EVIDENCE_STEPS, Evidence
from domain.message import to_translate
from language.effect_sentences import effect_words
from language.numbers import number, with_unit

_PERMUTATION: Final = "permutation"
_COMPARED_WITH_OTHERS: Final = to_translate("{size} mot jämförelsen")
_NOT_CLEAR: Final = to_translate("Skillnaden är inte säkert större än slumpen")


@dataclass(frozen=True, slots=True)
class EvidenceMark:
    """How well an effect is known: `step` of `steps`, counted from 1, and its name."""

    step: int
    steps: int
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A short label; `kind` is its class."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class EffectSize:
    """How large an effect on a measure is, in a few words, and the remark that has to stand with it."""

    measure: str
    amount: str
    remark: str


def evidence_mark(evidence: Evidence) -> EvidenceMark:
    """Return the mark of a level of evidence."""
    return EvidenceMark(EVIDENCE_STEPS.index(evidence) + 1, len(EVIDENCE_STEPS), _(EVIDENCE_NAMES[evidence]))


def _is_clear(effect: CaseEffect) -> bool:
    """Whether the effect has survived its checks, so that it may be stated without a reservation."""
    return effect.evidence in {Evidence.SURVIVED_CHECKS, Evidence.REPEATED}


def _is_in_aimed_direction(effect: CaseEffect) -> bool | None:
    """Whether the estimate goes the way the case aimed for; None where there is no estimate."""
    if effect.estimate is None:
        return None
    return (effect.estimate > 0) is (effect.aim.direction is AimDirection.INCREASE)


def effect_size(effect: CaseEffect) -> EffectSize:
    """Return the size of the effect, as far as it is known."""
    return EffectSize(effect.measure.short_title, *_amount_and_remark(effect))


def _amount_and_remark(effect: CaseEffect) -> tuple[str, str]:
    measure = effect.measure
    if effect.estimate is not None:
        amount = _(_COMPARED_WITH_OTHERS).format(size=effect_words(effect, translator(), language()))
        if not _is_clear(effect):
            return amount, _(_NOT_CLEAR) if _may_be_chance(effect) else _("Klarar inte alla prövningar")
        if _is_in_aimed_direction(effect):
            return amount, _("åt det håll man ville")
        return amount, _("åt fel håll mot vad man ville")
    if effect.before is not None and effect.after is not None:
        before = number(effect.before.mean, measure.decimals, language())
        after = with_unit(effect.after.mean, measure.decimals, _(measure.unit), language())
        amount = _("Före {before}, efter {after}").format(before=before, after=after)
        return amount, _("utan jämförelse som håller")
    return _("Ingen uppmätt effekt"), _("går inte att räkna på ännu")


def _may_be_chance(effect: CaseEffect) -> bool:
    checks = effect.effect.checks if effect.effect is not None else ()
    return any(check.name == _PERMUTATION and check.passed is not True for check in checks)


def case_marks(case: Case, today: date) -> tuple[Mark, ...]:
    """What must not be missed: that the case is made up, failed, takes visitors, or is overdue for another look."""
    return tuple(_case_marks(case, today))


def _case_marks(case: Case, today: date) -> Iterator[Mark]:
    if case.standing.is_made_up:
        yield Mark(_("Påhittat exempel"), "made-up-mark")
    if case.is_failure:
        yield Mark(_("Gav inte det man hoppades"), "failure")
    if case.study_visit.is_offered:
        yield Mark(_("Studiebesök"), "visit-mark")
    if case.standing.is_stale_on(today):
        yield Mark(_("Inte sett över sedan {day}").format(day=case.standing.revisit_on), "stale")


def describe_reuse_count(count: int) -> str:
    """Describe how many other municipalities try it."""
    if not count:
        return _("inte prövat av någon annan ännu")
    return ngettext("prövat av {count} kommun till", "prövat av {count} kommuner till", count).format(
        count=count
    )
