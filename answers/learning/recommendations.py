"""From a measure to whom one can learn from: similar places that are better or improve more, their cases, methods and visits."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from answers.cells import INHABITANTS
from answers.comparison import compare_measure
from answers.learning.peers import peers_to_learn_from
from answers.library import Library
from answers.search.words import content_words, stems
from answers.similar import find_similar_places, source_lists
from data.reference import measure_sets
from domain.case import Case, Reuse, ReuseState
from domain.case_effect import CaseEffect, strongest
from domain.cooperation_method import CooperationMethod
from domain.effect import EVIDENCE_STEPS
from domain.errors.user_error import UserError
from domain.group import Group, GroupKind, GroupReference
from domain.learning import (
    CaseToLearnFrom,
    Closeness,
    Learning,
    MethodToLearnFrom,
    PeerToLearnFrom,
    VisitToMake,
)
from domain.measure import Measure
from domain.message import AND, Count, Listing, Message
from domain.place import Place
from domain.success_bank import Story
from language import learning_texts as texts
from language.peer_sentences import UNCERTAIN_WHETHER_BETTER, position_sentences
from metrics.peers import position_among_peers

MOST_CASES: Final = 12
MOST_ON_SUBJECT: Final = 4  # of those, the cases that are only about the same subject
MOST_METHODS: Final = 6
MOST_VISITS: Final = 4


def learn_from(
    library: Library,
    stories: Iterable[Story],
    *,
    measure_id: str,
    focus: str,
    effects: Mapping[str, Sequence[CaseEffect]] | None = None,
    reuses: Iterable[Reuse] = (),
    read_by_others: Mapping[str, int] | None = None,
) -> Learning:
    """Find what one municipality can learn about one measure.

    stories: the published ones; made-up ones are left out where the figures are real. effects: by case id, as far as they
    are computed. reuses: every reuse. read_by_others: by case id, how often it was read from this measure. Raises as
    `answers.comparison.compare_measure` does, and what resolving `similar:CODE` raises.
    """
    measure, place = library.catalogue.measure(measure_id), library.places.find(focus)
    group = library.groups.resolve(GroupReference(GroupKind.SIMILAR, place.code))
    comparison = compare_measure(library, measure_id=measure.id, group=group, focus=place.code)
    position = position_among_peers(comparison, place.code)
    peers = peers_to_learn_from(library, comparison, place)
    is_certainty_unknown = any(peer.is_better and peer.is_certain is None for peer in peers)
    certainty = (Message(UNCERTAIN_WHETHER_BETTER),) if is_certainty_unknown else ()
    published = [story for story in stories if library.release.is_made_up or not story.standing.is_made_up]
    all_cases = [story for story in published if isinstance(story, Case)]
    tried: dict[str, list[str]] = {}
    for reuse in reuses:
        if reuse.state is not ReuseState.INTERESTED:
            tried.setdefault(reuse.case_id, []).append(reuse.municipality_code)
    recommendations = _Recommendations(
        library, measure, place, group, {peer.place.code: peer for peer in peers}, tried
    )
    cases = recommendations.cases(all_cases, effects or {}, read_by_others or {})
    known = {case.standing.id: case for case in all_cases}
    read = ((known[case_id], n) for case_id, n in (read_by_others or {}).items() if case_id in known)
    return Learning(
        measure=measure,
        focus=place,
        comparison=comparison,
        position=position.position,
        position_why=position_sentences(position, comparison, place),
        mean=position.mean,
        peers=peers,
        cases=cases,
        methods=recommendations.methods(
            cases, [story for story in published if isinstance(story, CooperationMethod)]
        ),
        visits=recommendations.visits(cases),
        read_by_others=tuple(sorted(read, key=lambda pair: (-pair[1], pair[0].standing.id))),
        notes=(*certainty, *comparison.notes),
        method=(recommendations.describe_likeness(), Message(texts.ORDER)),
    )


@dataclass(frozen=True)
class _Recommendations:
    """Which stories are recommended for a measure, and why.

    peers: by code, the similar places that are worth learning from. tried: by case id, the codes of others that try it.
    """

    library: Library
    measure: Measure
    focus: Place
    group: Group
    peers: Mapping[str, PeerToLearnFrom]
    tried: Mapping[str, Sequence[str]]

    def cases(
        self, cases: Iterable[Case], effects: Mapping[str, Sequence[CaseEffect]], read: Mapping[str, int]
    ) -> tuple[CaseToLearnFrom, ...]:
        """Return other places' cases that are close to the measure, in the order in which they are worth reading."""
        recommended = []
        for case in cases:
            place = self.library.places.by_code.get(case.municipality_code)
            near = self._nearness(case)
            if near is None or place is None or place.code == self.focus.code:
                continue
            closeness, why = near
            times = read.get(case.standing.id, 0)
            reasons = [why, *self._reasons_of_place(case, place)]
            reasons += [Message(texts.FAILED)] if case.is_failure else []
            reasons += [_times_read(times)] if times else []
            recommended.append(
                CaseToLearnFrom(
                    case,
                    place,
                    closeness,
                    tuple(reasons),
                    self._effect(effects.get(case.standing.id, ())),
                    times,
                )
            )
        recommended.sort(key=self._order)
        on_measure = [case for case in recommended if case.closeness is not Closeness.SAME_SUBJECT]
        on_subject = [case for case in recommended if case.closeness is Closeness.SAME_SUBJECT]
        return tuple([*on_measure, *on_subject[:MOST_ON_SUBJECT]][:MOST_CASES])

    def methods(
        self, cases: Iterable[CaseToLearnFrom], methods: Iterable[CooperationMethod]
    ) -> tuple[MethodToLearnFrom, ...]:
        """Return the methods that the cases used, in the order in which the cases name them."""
        known = {method.standing.id: method for method in methods}
        used: dict[str, list[CaseToLearnFrom]] = {}
        for recommended in cases:
            for method_id in recommended.case.method_ids:
                if method_id in known:
                    used.setdefault(method_id, []).append(recommended)
        return tuple(
            MethodToLearnFrom(
                known[method_id],
                tuple(user.case for user in users),
                (
                    Message(
                        texts.USED_IN,
                        places=Listing(
                            tuple(
                                Message(texts.CASE_IN, title=user.case.title, place=user.place.name)
                                for user in users
                            ),
                            last=AND,
                        ),
                    ),
                ),
            )
            for method_id, users in list(used.items())[:MOST_METHODS]
        )

    def visits(self, cases: Iterable[CaseToLearnFrom]) -> tuple[VisitToMake, ...]:
        """Return the study visits on offer, in the order of the cases."""
        visited = [recommended for recommended in cases if recommended.case.study_visit.is_offered]
        return tuple(
            VisitToMake(
                recommended.case,
                recommended.place,
                (
                    Message(texts.TAKES_VISITORS, place=recommended.place.name, title=recommended.case.title),
                    *self._reasons_of_place(recommended.case, recommended.place),
                ),
            )
            for recommended in visited[:MOST_VISITS]
        )

    def describe_likeness(self) -> Message:
        """Return by what the similar places were chosen."""
        lists = [
            source_list
            for source_list in source_lists(self.library, self.focus)
            if self._alike <= set(source_list.codes)
        ]
        if lists:
            return Message(
                texts.LIKE_LISTED, focus=self.focus.name, year=max(source_list.year for source_list in lists)
            )
        return Message(
            texts.LIKE_BY_SIZE,
            n=len(self._alike),
            focus=self.focus.name,
            skr_group=self.focus.skr_group.lower(),
        )

    @cached_property
    def _alike(self) -> frozenset[str]:
        return frozenset(self.group.codes) - {self.focus.code}

    @cached_property
    def _ranks_by_likeness(self) -> Mapping[str, int]:
        """The rank of every municipality by likeness in inhabitants; empty where that is not known."""
        with suppress(UserError):
            return {
                similar.place.code: rank
                for rank, similar in enumerate(find_similar_places(self.library, self.focus.code).ordered)
            }
        return {}

    @cached_property
    def _inputs(self) -> frozenset[str]:
        return input_kpi_ids(self.library, self.measure.id)

    @cached_property
    def _areas(self) -> tuple[str, ...]:
        return operating_areas(self.library, self.measure)

    def _nearness(self, case: Case) -> tuple[Closeness, Message] | None:
        aims = [aim.measure_id for aim in case.aims]
        if self.measure.id in aims:
            return Closeness.SAME_MEASURE, Message(texts.AIMS_AT_IT)
        for aim in aims:
            if self._inputs & input_kpi_ids(self.library, aim):
                name = self.library.catalogue.measure(aim).short_title
                return Closeness.SAME_INPUT, Message(texts.SAME_INPUT, measure=name)
        shared = next((area for area in self._areas if self._is_about(case, area)), "")
        return (Closeness.SAME_SUBJECT, Message(texts.SAME_SUBJECT, area=shared.lower())) if shared else None

    def _is_about(self, case: Case, area: str) -> bool:
        """Return whether a tag of the case matches the area, or a measure that it aims at belongs to it."""
        named = {stem for word in content_words(area) for stem in stems(word)}
        for tag in case.tags:
            if named & {stem for word in content_words(tag.word) for stem in stems(word)}:
                return True
        for aim in case.aims:
            with suppress(UserError):
                if area in operating_areas(self.library, self.library.catalogue.measure(aim.measure_id)):
                    return True
        return False

    def _reasons_of_place(self, case: Case, place: Place) -> list[Message]:
        names = {"place": place.name, "focus": self.focus.name}
        peer = self.peers.get(place.code)
        if peer is not None:
            return [Message(texts.LIKE_AND_BETTER if peer.is_better else texts.LIKE_AND_IMPROVED, **names)]
        if place.code in self._alike:
            return [Message(texts.LIKE, **names)]
        tried = [
            self.library.places.by_code[code].name for code in self._elsewhere(case) if code in self._alike
        ]
        if tried:
            return [Message(texts.ALSO_IN, places=Listing(tuple(tried), last=AND), focus=self.focus.name)]
        if not place.population:
            return [Message(texts.UNLIKE_UNKNOWN, **names)]
        inhabitants = Count(max(place.population)[1])
        return [Message(texts.UNLIKE, **names, inhabitants=inhabitants, skr_group=place.skr_group.lower())]

    def _elsewhere(self, case: Case) -> list[str]:
        """Return the codes of the other places that have done or try the same."""
        return list(
            dict.fromkeys([*(code for code, _ in case.also_in), *self.tried.get(case.standing.id, ())])
        )

    def _effect(self, effects: Sequence[CaseEffect]) -> CaseEffect | None:
        return strongest([effect for effect in effects if effect.measure.id == self.measure.id] or effects)

    def _order(self, recommended: CaseToLearnFrom) -> tuple[object, ...]:
        peer = self.peers.get(recommended.place.code)
        is_alike = recommended.place.code in self._alike or not self._alike.isdisjoint(
            self._elsewhere(recommended.case)
        )
        near = 0 if peer is not None and peer.is_better else 1 if peer is not None else 2 if is_alike else 3
        evidence = EVIDENCE_STEPS.index(recommended.effect.evidence) if recommended.effect is not None else 0
        far = self._ranks_by_likeness.get(recommended.place.code, len(self._ranks_by_likeness))
        return (
            list(Closeness).index(recommended.closeness),
            near,
            -evidence,
            far,
            recommended.case.standing.id,
        )


def input_kpi_ids(library: Library, measure_id: str) -> frozenset[str]:
    """Return the KPIs that a measure is computed from, or itself; inhabitants do not count, as they relate everything."""
    own = library.catalogue.find_own(measure_id)
    with suppress(UserError):
        measure = library.catalogue.measure(measure_id)
        if own is None or not measure.is_own:
            return frozenset({measure.id})
        return library.own_measures.formulas.input_kpi_ids(own) - {INHABITANTS}
    return frozenset()


def operating_areas(library: Library, measure: Measure) -> tuple[str, ...]:
    """Return the areas of work of a measure, as its publisher and the ready-made sets name them.

    The first set is a mixture of areas and counts as none.
    """
    kpis = sorted(input_kpi_ids(library, measure.id)) if measure.is_own else []
    mixture = measure_sets()[0]
    names = {
        measure_set.id: measure_set.name
        for measure_set in library.catalogue.ready_made_sets()
        if measure_set.id != mixture.id
    }
    areas: dict[str, None] = {}
    for measure_or_kpi in (measure, *map(library.catalogue.measure, kpis)):
        areas |= dict.fromkeys(names[set_id] for set_id in measure_or_kpi.set_ids if set_id in names)
        if measure_or_kpi.operating_area and measure_or_kpi.operating_area != mixture.name:
            areas[measure_or_kpi.operating_area] = None
    return tuple(areas)


def _times_read(times: int) -> Message:
    return Message(texts.READ_ONCE) if times == 1 else Message(texts.READ, count=Count(times))
