"""The effects of cases, worked out once a process: each takes its time, so a page that shows many never waits for them.

A page asks for those that are ready; the rest are worked out one after the other in the background, and the page draws
`pending` to be drawn anew when more have come.
"""

import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from html import escape
from threading import Lock
from typing import Final

import streamlit as st

from app_pages.parts.bank import Bank
from app_pages.parts.words import _
from domain.case import Case, Reuse
from domain.case_effect import CaseEffect, strongest
from domain.effect import Evidence
from pipelines.answers.library import Library
from pipelines.effects.case_effects import case_effects, reuse_effects

MOST_KEPT: Final = 400  # an effect with its placebos is some hundred kilobytes
SECONDS_BETWEEN_LOOKS: Final = 2.0
_LOG: Final = logging.getLogger(__name__)

Effects = tuple[CaseEffect, ...]
Key = tuple[object, ...]


@dataclass
class _Kept:
    """What has been worked out or is being so, the latest asked for last."""

    worker: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=1, thread_name_prefix="effects")
    )
    lock: Lock = field(default_factory=Lock)
    futures: OrderedDict[Key, Future[Effects]] = field(default_factory=OrderedDict)


@st.cache_resource(show_spinner=False)
def _kept() -> _Kept:
    return _Kept()


def ready(library: Library, bank: Bank, cases: Iterable[Case]) -> Mapping[str, Effects]:
    """The effects that are worked out, by case id; the others are begun. One that could not be is empty."""
    found: dict[str, Effects] = {}
    for case in cases:
        future = _future(library, bank, case)
        if future.done():
            found[case.standing.id] = _result(future, case)
    return found


def of(library: Library, bank: Bank, case: Case) -> Effects:
    """The effects of one case, waited for; it does not stand in line behind others."""
    future = _future(library, bank, case)
    if future.cancel():
        future = Future()
        future.set_running_or_notify_cancel()  # nobody else takes it out of line
        _keep(_key(library, bank, case), future)
        _work(future, library, bank, case)
    return future.result()


def of_reuse(library: Library, bank: Bank, case: Case, reuse: Reuse) -> Effects:
    """The same measures where another municipality tries the case, from its own start."""
    key = (*_key(library, bank, case), reuse.municipality_code)
    with _kept().lock:
        future = _kept().futures.get(key)
    if future is None:
        future = Future()
        future.set_result(
            reuse_effects(library, case, reuse, cases=tuple(bank.cases.values()), reuses=bank.reuses)
        )
        _keep(key, future)
    return future.result()


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
        st.html(
            f'<p class="counting" role="status">{escape(text.format(done=now, all=len(listed)))}'
            f'<progress max="{len(listed)}" value="{now}"></progress></p>'
        )
        if now == len(listed) or now >= done + max(3, len(listed) // 4):
            st.rerun()

    waiting()


def _future(library: Library, bank: Bank, case: Case) -> Future[Effects]:
    key = _key(library, bank, case)
    kept = _kept()
    with kept.lock:
        future = kept.futures.get(key)
        if future is not None and not future.cancelled():
            kept.futures.move_to_end(key)
            return future
    future = kept.worker.submit(
        case_effects, library, case, cases=tuple(bank.cases.values()), reuses=bank.reuses
    )
    _keep(key, future)
    return future


def _work(future: Future[Effects], library: Library, bank: Bank, case: Case) -> None:
    try:
        future.set_result(case_effects(library, case, cases=tuple(bank.cases.values()), reuses=bank.reuses))
    except Exception as error:  # whoever asks for it gets it
        future.set_exception(error)


def _keep(key: Key, future: Future[Effects]) -> None:
    kept = _kept()
    with kept.lock:
        kept.futures[key] = future
        while len(kept.futures) > MOST_KEPT:
            kept.futures.popitem(last=False)[1].cancel()


def _result(future: Future[Effects], case: Case) -> Effects:
    """A list of cases is shown also where one of them cannot be worked out; its own page says why."""
    error = future.exception()
    if error is not None:
        _LOG.warning("the effects of %s could not be worked out: %s", case.standing.id, error)
        return ()
    return future.result()


def _key(library: Library, bank: Bank, case: Case) -> Key:
    """All that an effect depends on: the figures, and every case or try on the same measures.

    An own measure hangs on what the networks have decided; a KPI does not, so that a vote changes nothing here.
    """
    measures = {aim.measure_id for aim in case.aims}
    is_own = any(library.own_measure(one) is not None for one in measures)
    alike = [
        one for one in bank.cases.values() if not measures.isdisjoint(aim.measure_id for aim in one.aims)
    ]
    versions = tuple(sorted((one.standing.id, one.standing.version) for one in alike))
    ids = {one.standing.id for one in alike}
    tried = tuple(one for one in bank.reuses if one.case_id in ids)
    figures = library.key if is_own else (str(library.figures.location), *library.release_key)
    return (*figures, case.standing.id, case.standing.version, versions, tried)
