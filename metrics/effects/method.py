"""How an effect was estimated, in sentences: the design, the places compared with and the years."""

from collections.abc import Mapping

from domain.effect import Design
from domain.effect_reasons import EffectMethod
from domain.message import Reason
from metrics.effects.panel import Panel


def describe_method(
    design: Design, panel: Panel, treated: Mapping[str, int], donors: tuple[str, ...]
) -> tuple[Reason, ...]:
    """In the order in which a reader asks: what was done, over which years, with whom. treated: those that were used."""
    first, last = panel.times[0], panel.times[-1]
    reasons = [Reason(design)]
    if design is Design.GROUP_TIME:
        starts = ", ".join(map(str, sorted(set(treated.values()))))
        reasons.append(Reason(EffectMethod.STARTS, first=first, last=last, starts=starts))
    else:
        start = min(treated.values())
        n_before = panel.n_before(start)
        n_after = len(panel.times) - n_before
        reasons.append(
            Reason(
                EffectMethod.WINDOW, first=first, last=last, start=start, n_before=n_before, n_after=n_after
            )
        )
        if len(treated) > 1:
            reasons.append(Reason(EffectMethod.MEAN_OF_TREATED, n=len(treated)))
    if donors:
        reasons.append(Reason(EffectMethod.DONORS, n=len(donors)))
    return tuple(reasons)
