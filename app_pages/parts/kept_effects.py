"""The effects of cases, worked out once a process: each takes its time, so a page that shows many never waits for them.

A page asks for those that are ready; the rest are worked out one after the other in the background, and the page draws
`pending` to be drawn anew when more have come.
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

MOST_KEPT: Final = 5_000  # in short: some kilobytes each, more than there are cases
MOST_WHOLE: Final = 48  # with every placebo: some hundred kilobytes each
SECONDS_BETWEEN_LOOKS: Final = 2.0
_LOG: Final = logging.getLogger(__name__)

Effects = tuple[CaseEffect, ...]
Key = tuple[object, ...]


@dataclass
class _Kept:
    """What has been worked out, the latest asked for last, and what is being so.

    in_short: what a list needs, without the lines and placebos behind it. whole: what the page of one case shows.
    """

    worker: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="effects")
    )
    lock: Any = field(default_factory=RLock)  # whose class has no public name
    in_short: OrderedDict[Key, Effects] = field(default_factory=OrderedDict)
    whole: OrderedDict[Key, Effects] = field(default_factory=OrderedDict)
    waiting: dict[Key, Future[None]] = field(default_factory=dict)


@st.cache_resource(show_spinner=False)
def _kept() -> _Kept:
    return _Kept()


def ready(library: Library, bank: Bank, cases: Iterable[Case]) -> Mapping[str, Effects]:
    """The effects that are worked out, by case id, in short; the others are begun. One that could not be is empty."""
    kept = _kept()
    found: dict[str, Effects] = {}
    for case in cases:
        key = _key(library, bank, case)
        with kept.lock:
            if key not in kept.in_short and key not in kept.waiting:
                begun = kept.worker.submit(_in_background, kept, key, library, bank, case)
                if not begun.done():
                    kept.waiting[key] = begun
            if key in kept.in_short:
                kept.in_short.move_to_end(key)
                found[case.standing.id] = kept.in_short[key]
    return found


def of(library: Library, bank: Bank, case: Case) -> Effects:
    """The effects of one case, waited for; it does not stand in line behind others."""
    kept, key = _kept(), _key(library, bank, case)
    with kept.lock:
        begun = kept.waiting.get(key)
        if begun is not None and begun.cancel():
            del kept.waiting[key]
            begun = None
    if begun is not None:
        begun.result()
    return _whole(kept, key, lambda: _worked_out(library, bank, case))


def of_reuse(library: Library, bank: Bank, case: Case, reuse: Reuse) -> Effects:
    """The same measures where another municipality tries the case, from its own start."""
    return _whole(
        _kept(),
        (*_key(library, bank, case), reuse.municipality_code),
        lambda: estimate_reuse_effects(
            library, case, reuse, cases=tuple(bank.cases.values()), reuses=bank.reuses
        ),
    )


def _whole(kept: _Kept, key: Key, work: Callable[[], Effects]) -> Effects:
    with kept.lock:
        if key in kept.whole:
            kept.whole.move_to_end(key)
            return kept.whole[key]
    found = work()
    _keep(kept, key, found)
    return found


def _keep(kept: _Kept, key: Key, found: Effects) -> None:
    with kept.lock:
        kept.whole[key] = found
        kept.in_short[key] = tuple(_in_short(one) for one in found)
        while len(kept.whole) > MOST_WHOLE:
            kept.whole.popitem(last=False)
        while len(kept.in_short) > MOST_KEPT:
            kept.in_short.popitem(last=False)


def _in_short(found: CaseEffect) -> CaseEffect:
    """Without what only its own page shows; estimate, checks and evidence stay."""
    if found.effect is None:
        return replace(found, beside=(), names={})
    less = replace(found.effect, placebos=(), gap=(), donors=(), unit_weights={}, left_out={})
    return replace(found, effect=less, beside=(), names={})


def _in_background(kept: _Kept, key: Key, library: Library, bank: Bank, case: Case) -> None:
    """A list of cases is shown also where one of them cannot be worked out; its own page says why."""
    try:
        _keep(kept, key, _worked_out(library, bank, case))
    except Exception as error:
        _LOG.warning("the effects of %s could not be worked out: %s", case.standing.id, error)
        with kept.lock:
            kept.in_short[key] = ()
    finally:
        with kept.lock:
            kept.waiting.pop(key, None)


def _worked_out(library: Library, bank: Bank, case: Case) -> Effects:
    return estimate_case_effects(library, case, cases=tuple(bank.cases.values()), reuses=bank.reuses)


def evidence_of(found: Mapping[str, Effects]) -> Mapping[str, Evidence]:
    """How well each case is known, by its best known aim."""
    best = {case_id: strongest(effects) for case_id, effects in found.items()}
    return {case_id: one.evidence for case_id, one in best.items() if one is not None}


def pending(library: Library, bank: Bank, cases: Iterable[Case]) -> None:
    """Says how many effects are still being worked out, and has the page drawn anew as they come."""
    listed = list(cases)
    done = len(ready(library, bank, listed))
    if done == len(listed):
        return

    @st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
    def waiting() -> None:
        now = len(ready(library, bank, listed))
        text = _("Räknar på kommunernas egna serier: {done} av {all} exempel klara.")
        show_template(
            "parts/progress.html", text=text.format(done=now, all=len(listed)), done=now, all=len(listed)
        )
        if now == len(listed) or now >= done + max(3, len(listed) // 4):
            st.rerun()

    waiting()


def _key(library: Library, bank: Bank, case: Case) -> Key:
    """All that an effect depends on: the figures, and every case or try on the same measures.

    An own measure hangs on what the networks have decided; a KPI does not, so that a vote changes nothing here.
    """
    measures = {aim.measure_id for aim in case.aims}
    is_own = any(library.catalogue.find_own(measure_id) is not None for measure_id in measures)
    alike = [
        case for case in bank.cases.values() if not measures.isdisjoint(aim.measure_id for aim in case.aims)
    ]
    versions = tuple(sorted((one.standing.id, one.standing.version) for one in alike))
    ids = {one.standing.id for one in alike}
    tried = tuple(reuse for reuse in bank.reuses if reuse.case_id in ids)
    figures = (
        (get_stores_key(), *library.key) if is_own else (str(library.figures.location), *library.release_key)
    )
    return (*figures, case.standing.id, case.standing.version, versions, tried)
