"""The effects of cases, computed once per process: each takes its time, so a page that shows many never waits for them.

A page loads those that are ready; the rest are computed one after the other in the background, and `show_progress` draws
the page again when more are ready.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import Any, Final

import streamlit as st

from answers.effects.case_effects import estimate_case_effects, estimate_reuse_effects
from answers.library import Library
from app_pages.parts.bank import Bank
from app_pages.parts.opening import get_stores_key
from app_pages.parts.templates import show_template
from app_pages.parts.words import _
from domain.case import Case, Reuse
from domain.case_effect import CaseEffect, strongest
from domain.effect import Evidence

MOST_IN_SHORT: Final = 5_000  # some kilobytes each, more than there are cases
MOST_WHOLE: Final = 48  # with every placebo: some hundred kilobytes each
SECONDS_BETWEEN_LOOKS: Final = 2.0
_LOG: Final = logging.getLogger(__name__)

Effects = tuple[CaseEffect, ...]
Key = tuple[object, ...]


@dataclass
class _Cache:
    """What is computed, the most recently used last, and what is being computed.

    in_short: what a list needs, without the lines and placebos behind it. whole: what the page of a case shows.
    """

    worker: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="effects")
    )
    lock: Any = field(default_factory=RLock)  # whose class has no public name
    in_short: OrderedDict[Key, Effects] = field(default_factory=OrderedDict)
    whole: OrderedDict[Key, Effects] = field(default_factory=OrderedDict)
    waiting: dict[Key, Future[None]] = field(default_factory=dict)


@st.cache_resource(show_spinner=False)
def _cache() -> _Cache:
    return _Cache()


def load_ready_effects(library: Library, bank: Bank, cases: Iterable[Case]) -> Mapping[str, Effects]:
    """Return the effects that are computed, by case id, in short, and begin with the others. Empty where one failed."""
    cache = _cache()
    effects: dict[str, Effects] = {}
    for case in cases:
        key = _key(library, bank, case)
        with cache.lock:
            if key not in cache.in_short and key not in cache.waiting:
                begun = cache.worker.submit(_compute_in_background, cache, key, library, bank, case)
                if not begun.done():
                    cache.waiting[key] = begun
            if key in cache.in_short:
                cache.in_short.move_to_end(key)
                effects[case.standing.id] = cache.in_short[key]
    return effects


def load_effects(library: Library, bank: Bank, case: Case) -> Effects:
    """Wait for the effects of one case, which do not queue behind those of others."""
    cache, key = _cache(), _key(library, bank, case)
    with cache.lock:
        begun = cache.waiting.get(key)
        if begun is not None and begun.cancel():
            del cache.waiting[key]
            begun = None
    if begun is not None:
        begun.result()
    return _load_or_compute(cache, key, lambda: _compute(library, bank, case))


def load_reuse_effects(library: Library, bank: Bank, case: Case, reuse: Reuse) -> Effects:
    """Wait for the effects on the same measures where another municipality tries the case, from its own start."""
    return _load_or_compute(
        _cache(),
        (*_key(library, bank, case), reuse.municipality_code),
        lambda: estimate_reuse_effects(
            library, case, reuse, cases=tuple(bank.cases.values()), reuses=bank.reuses
        ),
    )


def _load_or_compute(cache: _Cache, key: Key, work: Callable[[], Effects]) -> Effects:
    with cache.lock:
        if key in cache.whole:
            cache.whole.move_to_end(key)
            return cache.whole[key]
    effects = work()
    _store(cache, key, effects)
    return effects


def _store(cache: _Cache, key: Key, effects: Effects) -> None:
    with cache.lock:
        cache.whole[key] = effects
        cache.in_short[key] = tuple(_shorten(effect) for effect in effects)
        while len(cache.whole) > MOST_WHOLE:
            cache.whole.popitem(last=False)
        while len(cache.in_short) > MOST_IN_SHORT:
            cache.in_short.popitem(last=False)


def _shorten(effect: CaseEffect) -> CaseEffect:
    """Return the effect without what only its own page shows; estimate, checks and evidence remain."""
    if effect.effect is None:
        return replace(effect, beside=(), names={})
    short = replace(effect.effect, placebos=(), gap=(), donors=(), unit_weights={}, left_out={})
    return replace(effect, effect=short, beside=(), names={})


def _compute_in_background(cache: _Cache, key: Key, library: Library, bank: Bank, case: Case) -> None:
    """Compute and store; a failure is logged and stored as empty, because a list is shown without it and its own page says why."""
    try:
        _store(cache, key, _compute(library, bank, case))
    except Exception as error:
        _LOG.warning("the effects of %s could not be computed: %s", case.standing.id, error)
        with cache.lock:
            cache.in_short[key] = ()
    finally:
        with cache.lock:
            cache.waiting.pop(key, None)


def _compute(library: Library, bank: Bank, case: Case) -> Effects:
    return estimate_case_effects(library, case, cases=tuple(bank.cases.values()), reuses=bank.reuses)


def evidence_of(effects: Mapping[str, Effects]) -> Mapping[str, Evidence]:
    """Return how well the effect of each case is known, by its best-known aim."""
    best = {case_id: strongest(effects_of_case) for case_id, effects_of_case in effects.items()}
    return {case_id: effect.evidence for case_id, effect in best.items() if effect is not None}


def show_progress(library: Library, bank: Bank, cases: Iterable[Case]) -> None:
    """Show how many effects are still being computed, and draw the page again as they get ready."""
    listed = list(cases)
    done = len(load_ready_effects(library, bank, listed))
    if done == len(listed):
        return

    @st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
    def waiting() -> None:
        now = len(load_ready_effects(library, bank, listed))
        text = _("Räknar på kommunernas egna serier: {done} av {all} exempel klara.")
        show_template(
            "parts/progress.html", text=text.format(done=now, all=len(listed)), done=now, all=len(listed)
        )
        if now == len(listed) or now >= done + max(3, len(listed) // 4):
            st.rerun()

    waiting()


def _key(library: Library, bank: Bank, case: Case) -> Key:
    """All that an effect depends on: the figures, and every case or reuse on the same measures.

    An own measure depends on what the networks have decided; a KPI does not, so that a vote changes nothing here.
    """
    measures = {aim.measure_id for aim in case.aims}
    is_own = any(library.catalogue.find_own(measure_id) is not None for measure_id in measures)
    alike = [
        other
        for other in bank.cases.values()
        if not measures.isdisjoint(aim.measure_id for aim in other.aims)
    ]
    versions = tuple(sorted((other.standing.id, other.standing.version) for other in alike))
    ids = {other.standing.id for other in alike}
    reuses = tuple(reuse for reuse in bank.reuses if reuse.case_id in ids)
    figures = (
        (get_stores_key(), *library.key) if is_own else (str(library.figures.location), *library.release_key)
    )
    return (*figures, case.standing.id, case.standing.version, versions, reuses)
