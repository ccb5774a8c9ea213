"""Load what the page shows of a network: its measures, the comparison of those in use, and the news."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from answers.overview import build_overview
from app_pages.network.choose import Choice
from app_pages.parts import person
from app_pages.parts.cached_answers import LibraryKey, cached_answer, find_library, library_key
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _
from data.workspace.audit import news as logged_news
from data.workspace.discussion import votes
from data.workspace.measures import network_measures
from data.workspace.use_counts import unused_measures
from domain.audit import AuditEntry
from domain.comparison import ColourAmong
from domain.group import GroupKind, GroupReference
from domain.network_measure import MeasureState, NetworkMeasure
from domain.overview import Overview
from domain.rights import Action
from domain.value import Gender

MOST_NEWS = 40


@dataclass(frozen=True, slots=True)
class Waiting:
    """Measures that wait for somebody, by what they wait for."""

    my_vote: tuple[NetworkMeasure, ...]
    discussion: tuple[NetworkMeasure, ...]
    decision: tuple[NetworkMeasure, ...]
    use: tuple[NetworkMeasure, ...]
    retirement: tuple[NetworkMeasure, ...]


def measures(choice: Choice) -> tuple[NetworkMeasure, ...]:
    """Return the network's measures: all for those who may read its work, the public ones for everybody."""
    actor = person.current_user() if choice.may_read else None
    return network_measures(get_workspace(), choice.network.id, actor=actor)


def comparison(choice: Choice, all_measures: tuple[NetworkMeasure, ...]) -> Overview | None:
    """Every measure in use compared among the members, seen from mine; nothing without measures.

    Raises `UserError` where the members cannot be compared.
    """
    ids = tuple(measure.id for measure in all_measures if measure.state is MeasureState.IN_USE)
    if not ids:
        return None
    focus = choice.view.municipality.code if choice.is_mine else ""
    with st.spinner(_("Läser {count} mått …").format(count=len(ids))):
        return _compare(ComparisonQuestion(library_key(choice.view.library), choice.network.id, ids, focus))


@dataclass(frozen=True, slots=True)
class ComparisonQuestion:
    """How do the members of a network stand in its measures? Seen from the first member where `focus` is empty."""

    library: LibraryKey
    network_id: str
    measure_ids: tuple[str, ...]
    focus: str


@cached_answer(max_entries=64)
def _compare(question: ComparisonQuestion) -> Overview:
    library = find_library(question.library)
    group = library.groups.resolve(GroupReference(GroupKind.NETWORK, question.network_id))
    return build_overview(
        library,
        measure_ids=question.measure_ids,
        group=group,
        focus=question.focus or group.codes[0],
        gender=Gender.TOTAL,
        colour_among=ColourAmong.GROUP,
    )


def news(choice: Choice) -> tuple[AuditEntry, ...]:
    """Return what has been done in the network, newest first, for those who may read its work."""
    return (
        logged_news(get_workspace(), person.current_user(), choice.network, most=MOST_NEWS)
        if choice.may_read
        else ()
    )


def waiting(choice: Choice, all_measures: tuple[NetworkMeasure, ...]) -> Waiting:
    """Return what waits for somebody, for those who may read the network's work."""
    by_state: Mapping[MeasureState, tuple[NetworkMeasure, ...]] = {
        state: tuple(measure for measure in all_measures if measure.state is state) for state in MeasureState
    }
    discussed = by_state[MeasureState.DISCUSSED]
    voting = [
        code
        for code in person.own_codes()
        if code in choice.codes and person.may_here(Action.VOTE, choice.network, code)
    ]
    return Waiting(
        my_vote=tuple(measure for measure in discussed if voting and not _has_voted(measure, voting)),
        discussion=by_state[MeasureState.PROPOSED],
        decision=discussed,
        use=by_state[MeasureState.DECIDED],
        retirement=unused_measures(get_workspace(), choice.network.id, person.today()),
    )


def _has_voted(measure: NetworkMeasure, codes: list[str]) -> bool:
    given = votes(get_workspace(), person.current_user(), measure.network_id, measure.id)
    return set(codes) <= {vote.municipality_code for vote in given}
