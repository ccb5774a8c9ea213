"""The road from a measure: where I stand among those like me, who is better or improves more, what they did, how to see it."""

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
from domain.errors import UserError
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
from domain.message import AND, Count, Listing, Message, to_translate
from domain.place import Place
from domain.success_bank import Story
from language.peer_sentences import UNCERTAIN_WHETHER_BETTER, position_sentences
from metrics.peers import position_among_peers

MOST_CASES: Final = 12
MOST_ON_SUBJECT: Final = 4  # of those, the cases that are only about the same subject
MOST_METHODS: Final = 6
MOST_VISITS: Final = 4

_AIMS_AT_IT: Final = to_translate("Skulle påverka just det här måttet.")
_SAME_INPUT: Final = to_translate("Skulle påverka {measure}, som bygger på samma nyckeltal.")
_SAME_SUBJECT: Final = to_translate("Handlar om samma område ({area}), men inte om just det här måttet.")
_LIKE_AND_BETTER: Final = to_translate("{place} liknar {focus} och ligger bättre till.")
_LIKE_AND_IMPROVED: Final = to_translate("{place} liknar {focus} och har förbättrats mer.")
_LIKE: Final = to_translate("{place} liknar {focus}.")
_ALSO_IN: Final = to_translate("Har också prövats i {places}, som liknar {focus}.")
_UNLIKE: Final = to_translate(
    "{place} hör inte till dem som mest liknar {focus}: {inhabitants} invånare, {skr_group}."
)
_UNLIKE_UNKNOWN: Final = to_translate("{place} hör inte till dem som mest liknar {focus}.")
_FAILED: Final = to_translate("Det gav inte det man hoppades. Läs vad som gick fel innan ni gör likadant.")
_READ: Final = to_translate("{count} gånger har någon gått hit från måttet.")
_READ_ONCE: Final = to_translate("En gång har någon gått hit från måttet.")
_USED_IN: Final = to_translate("Användes i {places}.")
_CASE_IN: Final = to_translate("”{title}” ({place})")
_TAKES_VISITORS: Final = to_translate("{place} tar emot studiebesök om ”{title}”.")
_LIKE_LISTED: Final = to_translate("De som liknar {focus} är de som står på källans egen lista ({year}).")
_LIKE_BY_SIZE: Final = to_translate(
    "De som liknar {focus} är de {n} närmaste i folkmängd av samma slag ({skr_group}): källan har ingen lista."
)
_ORDER: Final = to_translate(
    "Exemplen står i den här ordningen: de som skulle påverka måttet först, och bland dem de från platser som liknar och är "
    "bättre eller har förbättrats mer, sedan efter hur säkert effekten är känd."
)


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
    """The road from one measure, seen from one municipality.

    stories: what is published; made-up ones are left out where the figures are real. effects: by case id, as far as they are
    worked out. reuses: who tries what. read_by_others: by case id, how often it was read from this measure. Raises as
    `answers.comparison.compare_measure` does, and what resolving `similar:CODE` raises.
    """
    measure, place = library.catalogue.measure(measure_id), library.places.find(focus)
    group = library.groups.resolve(GroupReference(GroupKind.SIMILAR, place.code))
    comparison = compare_measure(library, measure_id=measure.id, group=group, focus=place.code)
    position = position_among_peers(comparison, place.code)
    peers = peers_to_learn_from(library, comparison, place)
    is_certainty_unknown = any(peer.is_better and peer.is_certain is None for peer in peers)
    certainty = (Message(UNCERTAIN_WHETHER_BETTER),) if is_certainty_unknown else ()
    shown = [story for story in stories if library.release.is_made_up or not story.standing.is_made_up]
    all_cases = [one for one in shown if isinstance(one, Case)]
    tried: dict[str, list[str]] = {}
    for one in reuses:
        if one.state is not ReuseState.INTERESTED:
            tried.setdefault(one.case_id, []).append(one.municipality_code)
    finding = _Finding(library, measure, place, group, {peer.place.code: peer for peer in peers}, tried)
    found = finding.cases(all_cases, effects or {}, read_by_others or {})
    known = {case.standing.id: case for case in all_cases}
    read = ((known[one], n) for one, n in (read_by_others or {}).items() if one in known)
    return Learning(
        measure=measure,
        focus=place,
        comparison=comparison,
        position=position.position,
        position_why=position_sentences(position, comparison, place),
        mean=position.mean,
        peers=peers,
        cases=found,
        methods=finding.methods(found, [one for one in shown if isinstance(one, CooperationMethod)]),
        visits=finding.visits(found),
        read_by_others=tuple(sorted(read, key=lambda pair: (-pair[1], pair[0].standing.id))),
        notes=(*certainty, *comparison.notes),
        method=(finding.how_they_are_alike(), Message(_ORDER)),
    )


@dataclass(frozen=True)
class _Finding:
    """Which stories belong on the road, and why.

    peers: by code, the similar places that are worth learning from. tried: by case id, who else tries it.
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
        """The cases of others that lie near the measure, in the order in which they are worth reading."""
        found = []
        for case in cases:
            place = self.library.places.by_code.get(case.municipality_code)
            near = self._nearness(case)
            if near is None or place is None or place.code == self.focus.code:
                continue
            closeness, why = near
            times = read.get(case.standing.id, 0)
            told = [why, *self._whys_of_place(case, place)]
            told += [Message(_FAILED)] if case.is_failure else []
            told += [_told_read(times)] if times else []
            found.append(
                CaseToLearnFrom(
                    case,
                    place,
                    closeness,
                    tuple(told),
                    self._effect(effects.get(case.standing.id, ())),
                    times,
                )
            )
        found.sort(key=self._order)
        on_measure = [one for one in found if one.closeness is not Closeness.SAME_SUBJECT]
        on_subject = [one for one in found if one.closeness is Closeness.SAME_SUBJECT]
        return tuple([*on_measure, *on_subject[:MOST_ON_SUBJECT]][:MOST_CASES])

    def methods(
        self, found: Iterable[CaseToLearnFrom], methods: Iterable[CooperationMethod]
    ) -> tuple[MethodToLearnFrom, ...]:
        """What the cases were done with, in the order in which the cases name it."""
        known = {method.standing.id: method for method in methods}
        used: dict[str, list[CaseToLearnFrom]] = {}
        for one in found:
            for method_id in one.case.method_ids:
                if method_id in known:
                    used.setdefault(method_id, []).append(one)
        return tuple(
            MethodToLearnFrom(
                known[method_id],
                tuple(user.case for user in users),
                (
                    Message(
                        _USED_IN,
                        places=Listing(
                            tuple(
                                Message(_CASE_IN, title=user.case.title, place=user.place.name)
                                for user in users
                            ),
                            last=AND,
                        ),
                    ),
                ),
            )
            for method_id, users in list(used.items())[:MOST_METHODS]
        )

    def visits(self, found: Iterable[CaseToLearnFrom]) -> tuple[VisitToMake, ...]:
        """Where one can go and look, in the order of the cases."""
        visited = [one for one in found if one.case.study_visit.is_offered]
        return tuple(
            VisitToMake(
                one.case,
                one.place,
                (
                    Message(_TAKES_VISITORS, place=one.place.name, title=one.case.title),
                    *self._whys_of_place(one.case, one.place),
                ),
            )
            for one in visited[:MOST_VISITS]
        )

    def how_they_are_alike(self) -> Message:
        """By what the similar places were chosen."""
        lists = [
            source_list
            for source_list in source_lists(self.library, self.focus)
            if self._alike <= set(source_list.codes)
        ]
        if lists:
            return Message(_LIKE_LISTED, focus=self.focus.name, year=max(one.year for one in lists))
        return Message(
            _LIKE_BY_SIZE, n=len(self._alike), focus=self.focus.name, skr_group=self.focus.skr_group.lower()
        )

    @cached_property
    def _alike(self) -> frozenset[str]:
        return frozenset(self.group.codes) - {self.focus.code}

    @cached_property
    def _by_likeness(self) -> Mapping[str, int]:
        """The place of every municipality in the order of likeness by inhabitants; empty where that is not known."""
        with suppress(UserError):
            return {
                one.place.code: at
                for at, one in enumerate(find_similar_places(self.library, self.focus.code).ordered)
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
            return Closeness.SAME_MEASURE, Message(_AIMS_AT_IT)
        for aim in aims:
            if self._inputs & input_kpi_ids(self.library, aim):
                name = self.library.catalogue.measure(aim).short_title
                return Closeness.SAME_INPUT, Message(_SAME_INPUT, measure=name)
        shared = next((area for area in self._areas if self._is_about(case, area)), "")
        return (Closeness.SAME_SUBJECT, Message(_SAME_SUBJECT, area=shared.lower())) if shared else None

    def _is_about(self, case: Case, area: str) -> bool:
        """Whether a case's subject is named as the area, or a measure that it aims at belongs to it."""
        named = {stem for word in content_words(area) for stem in stems(word)}
        for tag in case.tags:
            if named & {stem for word in content_words(tag.word) for stem in stems(word)}:
                return True
        for aim in case.aims:
            with suppress(UserError):
                if area in operating_areas(self.library, self.library.catalogue.measure(aim.measure_id)):
                    return True
        return False

    def _whys_of_place(self, case: Case, place: Place) -> list[Message]:
        names = {"place": place.name, "focus": self.focus.name}
        peer = self.peers.get(place.code)
        if peer is not None:
            return [Message(_LIKE_AND_BETTER if peer.is_better else _LIKE_AND_IMPROVED, **names)]
        if place.code in self._alike:
            return [Message(_LIKE, **names)]
        tried = [
            self.library.places.by_code[code].name for code in self._elsewhere(case) if code in self._alike
        ]
        if tried:
            return [Message(_ALSO_IN, places=Listing(tuple(tried), last=AND), focus=self.focus.name)]
        if not place.population:
            return [Message(_UNLIKE_UNKNOWN, **names)]
        inhabitants = Count(max(place.population)[1])
        return [Message(_UNLIKE, **names, inhabitants=inhabitants, skr_group=place.skr_group.lower())]

    def _elsewhere(self, case: Case) -> list[str]:
        """The codes of the other places that have done or try the same."""
        return list(
            dict.fromkeys([*(code for code, _ in case.also_in), *self.tried.get(case.standing.id, ())])
        )

    def _effect(self, effects: Sequence[CaseEffect]) -> CaseEffect | None:
        return strongest([effect for effect in effects if effect.measure.id == self.measure.id] or effects)

    def _order(self, case_to_learn_from: CaseToLearnFrom) -> tuple[object, ...]:
        peer = self.peers.get(case_to_learn_from.place.code)
        is_alike = case_to_learn_from.place.code in self._alike or not self._alike.isdisjoint(
            self._elsewhere(case_to_learn_from.case)
        )
        near = 0 if peer is not None and peer.is_better else 1 if peer is not None else 2 if is_alike else 3
        evidence = (
            EVIDENCE_STEPS.index(case_to_learn_from.effect.evidence)
            if case_to_learn_from.effect is not None
            else 0
        )
        far = self._by_likeness.get(case_to_learn_from.place.code, len(self._by_likeness))
        return (
            list(Closeness).index(case_to_learn_from.closeness),
            near,
            -evidence,
            far,
            case_to_learn_from.case.standing.id,
        )


def input_kpi_ids(library: Library, measure_id: str) -> frozenset[str]:
    """The KPIs that a measure is made of, itself if it is one; how many live there is an input that says nothing."""
    own = library.catalogue.find_own(measure_id)
    with suppress(UserError):
        measure = library.catalogue.measure(measure_id)
        if own is None or not measure.is_own:
            return frozenset({measure.id})
        return library.own_measures.formulas.input_kpi_ids(own) - {INHABITANTS}
    return frozenset()


def operating_areas(library: Library, measure: Measure) -> tuple[str, ...]:
    """The areas of work that a measure belongs to, as its publisher and the ready-made sets name them.

    The first set is a mixture of areas and none itself.
    """
    kpis = sorted(input_kpi_ids(library, measure.id)) if measure.is_own else []
    mixture = measure_sets()[0]
    names = {
        ready_made_set.id: ready_made_set.name
        for ready_made_set in library.catalogue.ready_made_sets()
        if ready_made_set.id != mixture.id
    }
    found: dict[str, None] = {}
    for one in (measure, *map(library.catalogue.measure, kpis)):
        found |= dict.fromkeys(names[set_id] for set_id in one.set_ids if set_id in names)
        if one.operating_area and one.operating_area != mixture.name:
            found[one.operating_area] = None
    return tuple(found)


def _told_read(times: int) -> Message:
    return Message(_READ_ONCE) if times == 1 else Message(_READ, count=Count(times))
