"""Sentences on the effect of a case for decision-makers, not statisticians: how much, compared with whom, how sure.

None says more than its result: an estimate that could be chance is said to be one, a refusal gives its reason and no
number, and a change in the wrong direction is reported as plainly as one in the right direction. `translate` is a
gettext function.
"""

from collections.abc import Callable, Iterable
from typing import Final

from domain.case import AimDirection
from domain.case_effect import AIM_OUTCOME_NAMES, CaseEffect, Level
from domain.effect import DESIGN_NAMES, Design, Effect, Evidence
from domain.measure import Measure
from domain.message import to_translate
from language.numbers import day, difference_unit, number, with_unit
from language.rendering import render

Translate = Callable[[str], str]

CONVINCING: Final = 0.1  # the p from which chance is called a less likely explanation
MOST_DONORS_NAMED: Final = 4

_OVER: Final = {
    Design.SYNTHETIC_CONTROL: to_translate(
        "Efter starten låg {who} i snitt {size} över vad kommuner med liknande utveckling före starten tyder på ({years})."
    ),
    Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES: to_translate(
        "Efter starten låg {who} i snitt {size} över vad kommuner med liknande utveckling före starten tyder på ({years})."
    ),
    Design.DIFFERENCE_IN_DIFFERENCES: to_translate(
        "Efter starten låg {who} i snitt {size} över vad utvecklingen i de andra kommunerna tyder på ({years})."
    ),
    Design.GROUP_TIME: to_translate(
        "Efter starten, som skedde olika år ({starts}), låg {who} i snitt {size} över vad utvecklingen i de andra kommunerna tyder på."
    ),
    Design.INTERRUPTED_TIME_SERIES: to_translate(
        "Efter starten låg {who} i snitt {size} över den egna linjen från åren före, utdragen ({years})."
    ),
}
_UNDER: Final = {
    Design.SYNTHETIC_CONTROL: to_translate(
        "Efter starten låg {who} i snitt {size} under vad kommuner med liknande utveckling före starten tyder på ({years})."
    ),
    Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES: to_translate(
        "Efter starten låg {who} i snitt {size} under vad kommuner med liknande utveckling före starten tyder på ({years})."
    ),
    Design.DIFFERENCE_IN_DIFFERENCES: to_translate(
        "Efter starten låg {who} i snitt {size} under vad utvecklingen i de andra kommunerna tyder på ({years})."
    ),
    Design.GROUP_TIME: to_translate(
        "Efter starten, som skedde olika år ({starts}), låg {who} i snitt {size} under vad utvecklingen i de andra kommunerna tyder på."
    ),
    Design.INTERRUPTED_TIME_SERIES: to_translate(
        "Efter starten låg {who} i snitt {size} under den egna linjen från åren före, utdragen ({years})."
    ),
}


def describe_effect(case_effect: CaseEffect, translate: Translate, language: str = "sv") -> str:
    """How much, which way seen to the aim, and how sure; or before and after with the reason why there is no number."""
    effect = case_effect.effect
    if effect is None or effect.estimate is None:
        reason = effect.refused if effect is not None and effect.refused else case_effect.evidence_why
        text = translate("Ingen siffra på effekten ges. {reason}")
        parts = [
            before_and_after(case_effect, translate, language),
            text.format(reason=render(reason, translate)),
        ]
        return " ".join(filter(None, parts))
    parts = [
        _how_much(case_effect, effect, translate, language),
        _which_way(case_effect, effect.estimate, translate),
    ]
    return " ".join(filter(None, [*parts, how_sure(case_effect, translate)]))


def how_sure(case_effect: CaseEffect, translate: Translate) -> str:
    """Return how many placebos show as much and what follows; empty without an estimate."""
    effect = case_effect.effect
    if effect is None or effect.estimate is None:
        return ""
    if effect.p_value is None:
        interval = next((check for check in effect.checks if check.name == "interval"), None)
        sentence = render(interval.message, translate) if interval is not None else ""
        alone = translate("Ingen annan kommun är med i jämförelsen, så allt annat som hände ingår i siffran.")
        return " ".join(filter(None, [sentence, alone]))
    n = len(effect.placebos)
    text = translate(
        "Så stora skillnader, åt något håll, ger samma beräkning för {n_extreme} av {n} kommuner som inte gjorde något."
    )
    parts = [text.format(n_extreme=as_extreme(effect), n=n)]
    failed = [check for check in effect.checks if check.passed is False and check.name != "permutation"]
    if case_effect.evidence in (Evidence.SURVIVED_CHECKS, Evidence.REPEATED):
        parts.append(
            translate(
                "Slumpen är en mindre trolig förklaring, och resultatet har klarat de prövningar som gjorts."
            )
        )
    elif 1 / (n + 1) > CONVINCING:
        parts.append(translate("Med så få att jämföra med går slumpen inte att utesluta."))
    elif effect.p_value > CONVINCING:
        parts.append(translate("Det kan mycket väl vara slumpen."))
    elif failed:
        text = translate("Slumpen är en mindre trolig förklaring, men resultatet har svagheter. {doubt}")
        parts.append(text.format(doubt=render(failed[0].message, translate)))
    else:
        text = translate(
            "Slumpen är en mindre trolig förklaring, men olika sätt att räkna ger olika riktning."
        )
        parts.append(text)
    return " ".join(parts)


def as_extreme(effect: Effect) -> int:
    """Return how many placebos have an estimate at least as far from zero."""
    return round((effect.p_value or 0.0) * (len(effect.placebos) + 1)) - 1


def before_and_after(case_effect: CaseEffect, translate: Translate, language: str = "sv") -> str:
    """Describe the place's own means before and after the start, without a cause; empty where one is missing."""
    if case_effect.before is None or case_effect.after is None:
        return ""
    text = translate(
        "{place} hade i snitt {before} före starten ({years_before}) och {after} från den ({years_after})."
    )
    return text.format(
        place=case_effect.place,
        before=_level(case_effect.before, case_effect.measure, translate, language),
        years_before=_years(case_effect.before.first_year, case_effect.before.last_year),
        after=_level(case_effect.after, case_effect.measure, translate, language),
        years_after=_years(case_effect.after.first_year, case_effect.after.last_year),
    )


def effect_words(case_effect: CaseEffect, translate: Translate, language: str = "sv") -> str:
    """Return `+2,5 procentenheter`; empty where there is no estimate."""
    if case_effect.estimate is None:
        return ""
    return difference(case_effect.estimate, case_effect.measure, translate, language, signed=True)


def aim_sentence(case_effect: CaseEffect, translate: Translate, language: str = "sv") -> str:
    """Describe the aim, when it was stated, what happened, and whether the aim was reached."""
    aim = case_effect.aim
    is_up = aim.direction is AimDirection.INCREASE
    if aim.size is None:
        direction = translate("öka") if is_up else translate("minska")
    else:
        text = translate("öka med minst {size}") if is_up else translate("minska med minst {size}")
        direction = text.format(size=difference(aim.size, case_effect.measure, translate, language))
    until = translate(" till {year}").format(year=aim.by_year) if aim.by_year is not None else ""
    text = translate("Målet, formulerat {day}: {wanted}{until}.")
    parts = [text.format(day=aim.stated_on.isoformat(), wanted=direction, until=until)]
    parts += [_what_happened(case_effect, translate, language)] if case_effect.changed_by is not None else []
    name = translate(AIM_OUTCOME_NAMES[case_effect.outcome])
    parts.append(f"{name[:1].upper()}{name[1:]}. {render(case_effect.outcome_why, translate)}")
    if not case_effect.is_stated_beforehand:
        parts.append(translate("Målet är formulerat efter starten och väger därför mindre."))
    return " ".join(parts)


def account(case_effect: CaseEffect, translate: Translate, language: str = "sv") -> tuple[str, ...]:
    """Return all that must go with the headline: design, years, donors and weights, release, what would change it."""
    effect = case_effect.effect
    sentences = [render(message, translate) for message in effect.method] if effect is not None else []
    if effect is not None:
        sentences += filter(
            None,
            [weights_sentence(case_effect, translate, language), left_out_sentence(case_effect, translate)],
        )
        sentences += _beside(case_effect, translate, language)
    text = translate("Räknat på värdena så som de var kända {day}. Beräkningen är Jämförelsebankens egen.")
    sentences.append(text.format(day=day(case_effect.release.known_at)))
    text = translate("Vad som skulle ändra det: {what}")
    return (*sentences, text.format(what=render(case_effect.would_change, translate)))


def weights_sentence(case_effect: CaseEffect, translate: Translate, language: str = "sv") -> str:
    """Describe which donors weigh most; empty where no donor has a weight."""
    effect = case_effect.effect
    if effect is None or not effect.unit_weights:
        return ""
    weights = list(effect.unit_weights.items())
    if effect.design in (Design.DIFFERENCE_IN_DIFFERENCES, Design.GROUP_TIME):
        return translate("Alla {n} väger lika.").format(n=len(weights))
    named = ", ".join(
        f"{case_effect.names.get(code, code)} {with_unit(100 * weight, 0, '%', language)}"
        for code, weight in weights[:MOST_DONORS_NAMED]
    )
    if len(weights) <= MOST_DONORS_NAMED:
        return translate("I jämförelsen väger {donors}.").format(donors=named)
    text = translate("I jämförelsen väger mest {donors}; {n} till väger mindre.")
    return text.format(donors=named, n=len(weights) - MOST_DONORS_NAMED)


def left_out_sentence(case_effect: CaseEffect, translate: Translate) -> str:
    """Describe how many are not compared with; the reasons are in the table of them."""
    if case_effect.effect is None or not case_effect.effect.left_out:
        return ""
    text = translate("{n} är inte med i jämförelsen, av skäl som står i tabellen.")
    return text.format(n=len(case_effect.effect.left_out))


def difference(
    size: float, measure: Measure, translate: Translate, language: str = "sv", *, signed: bool = False
) -> str:
    """Format a difference with its unit: percentages differ by percentage points."""
    unit = translate(difference_unit(measure.unit)) if measure.unit else ""
    return with_unit(size, measure.decimals, unit, language, signed=signed)


def _how_much(case_effect: CaseEffect, effect: Effect, translate: Translate, language: str) -> str:
    estimate = effect.estimate or 0.0
    after = [point.time for point in effect.gap if point.is_after]
    starts = ", ".join(str(year) for year in sorted(set(effect.treated.values())))
    years = _years(after[0], after[-1]) if after else ""
    who = case_effect.place
    if len(effect.treated) > 1:
        who = translate("de {n} kommuner som gjorde det").format(n=len(effect.treated))
    if round(estimate, case_effect.measure.decimals) == 0:
        return translate("Efter starten låg {who} i linje med jämförelsen.").format(who=who)
    text = translate((_OVER if estimate > 0 else _UNDER)[effect.design])
    size = difference(abs(estimate), case_effect.measure, translate, language)
    return text.format(starts=starts, who=who, size=size, years=years)


def _which_way(case_effect: CaseEffect, estimate: float, translate: Translate) -> str:
    if round(estimate, case_effect.measure.decimals) == 0:
        return ""
    if (estimate > 0) == (case_effect.aim.direction is AimDirection.INCREASE):
        return translate("Det är åt det håll som var målet.")
    return translate("Det är åt andra hållet än målet.")


def _what_happened(case_effect: CaseEffect, translate: Translate, language: str) -> str:
    change = difference(case_effect.changed_by or 0.0, case_effect.measure, translate, language, signed=True)
    before, after, met = case_effect.before, case_effect.after, case_effect.met
    if before is None:
        return ""
    first = _level(before, case_effect.measure, translate, language)
    years_before = _years(before.first_year, before.last_year)
    if met is not None and met.value is not None:
        last, years = number(met.value, case_effect.measure.decimals, language), str(met.year)
    elif after is not None:
        last = number(after.mean, case_effect.measure.decimals, language)
        years = _years(after.first_year, after.last_year)
    else:
        return ""
    text = translate("Utfall: från i snitt {first} ({years_before}) till {last} ({years}), alltså {change}.")
    return text.format(first=first, years_before=years_before, last=last, years=years, change=change)


def _beside(case_effect: CaseEffect, translate: Translate, language: str) -> list[str]:
    effects = _with_estimates(case_effect.beside)
    if not effects:
        return []
    values = "; ".join(
        f"{translate(DESIGN_NAMES[effect.design])} {difference(effect.estimate or 0.0, case_effect.measure, translate, language, signed=True)}"
        for effect in effects
    )
    return [translate("Räknat på andra sätt: {values}.").format(values=values)]


def _with_estimates(effects: Iterable[Effect]) -> list[Effect]:
    return [effect for effect in effects if effect.estimate is not None]


def _level(level: Level, measure: Measure, translate: Translate, language: str) -> str:
    unit = translate(measure.unit) if measure.unit else ""
    return with_unit(level.mean, measure.decimals, unit, language)


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
