"""A measure's series as a panel: which places began when, which may be compared with, and why others may not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from answers.comparison import no_values_error, require_gender
from answers.library import Library
from domain.case import Case, CaseStatus, Reuse, ReuseState
from domain.case_effect import first_year_of
from domain.comparability import Comparability
from domain.errors.choices import UnusableGroupError
from domain.errors.effects import TreatedError
from domain.group import Group, GroupKind, GroupReference
from domain.measure import Measure
from domain.message import Message
from domain.place import NATION_CODE, PlaceKind
from domain.value import Gender, Status
from language import effect_texts as texts
from metrics.arrays import Words
from metrics.effects.panel import Panel
from metrics.effects.window import within_series

_MOST_YEARS: Final = 4  # named one by one; of more the count

ARE_TRYING: Final = {ReuseState.TRYING, ReuseState.KEPT, ReuseState.STOPPED}


@dataclass(frozen=True)
class MeasurePanel:
    """panel: its units are the places' names, as sentences use them; `codes` maps names to codes.

    left_out: name → why it is not compared with. gaps: name of a treated place → which years lack a value and why.
    redefined_by: the factors by which the source has multiplied the whole history under the same id.
    """

    measure: Measure
    panel: Panel
    codes: Mapping[str, str]
    left_out: Mapping[str, Message]
    gaps: Mapping[str, Message]
    break_years: tuple[int, ...]
    redefined_by: tuple[float, ...]


def build_measure_panel(
    library: Library,
    *,
    measure_id: str,
    treated: Mapping[str, int],
    donors: Group | None = None,
    left_out: Mapping[str, Message] | None = None,
    without_neighbours: bool = False,
    gender: Gender = Gender.TOTAL,
) -> MeasurePanel:
    """Build the panel of one measure and gender over every municipality, or every region where the treated are regions.

    treated: code or name → first year. donors: the places that may be compared with, everybody by default. A treated place
    is removed from a group of donors unless they are listed by code. left_out: code → why. Borders are not always
    available, so the neighbours of a place are those in its county. Raises `UnknownPlaceError`, `UnknownMeasureError`,
    `UnusableGroupError`, `TreatedError`, `NotDividedByGenderError`, `MeasureWithoutValuesError`.
    """
    measure = require_gender(library.catalogue.measure(measure_id), gender)
    starts = {library.places.find(word).code: year for word, year in treated.items()}
    compared = _donor_codes(library, starts, donors)
    cells = library.values.cells((measure,), gender)
    codes = [*starts, *(code for code in compared if code in cells.grid.positions)]
    at = cells.grid.at(codes)
    numbers = cells.grid.numbers[0][:, at].T
    if np.isnan(numbers).all():
        raise no_values_error(library, measure)
    names = _unique_names(library, codes)
    panel = Panel(
        numbers,
        tuple(names),
        cells.grid.years,
        {names[row]: year for row, year in enumerate(starts.values())},
    )
    statuses = cells.grid.status_words[0][:, at].T
    window = within_series(panel)
    in_window = np.isin(panel.times, window.times)
    empty = {
        name: _describe_empty_years(window.times, statuses[row][in_window])
        for row, name in enumerate(names)
        if np.isnan(numbers[row][in_window]).any()
    }
    reasons = {
        **_not_comparable(library, measure, donors or _everybody(library), window.times[-1]),
        **(_neighbours(library, starts) if without_neighbours else {}),
        **(left_out or {}),
    }
    by_name = {name: reasons[code] for name, code in zip(names, codes, strict=True) if code in reasons}
    incomplete = {
        name: Message(texts.INCOMPLETE, years=years)
        for name, years in empty.items()
        if name not in panel.treated
    }
    return MeasurePanel(
        measure=measure,
        panel=panel,
        codes=dict(zip(names, codes, strict=True)),
        left_out={**incomplete, **{name: why for name, why in by_name.items() if name not in panel.treated}},
        gaps={name: years for name, years in empty.items() if name in panel.treated},
        break_years=library.catalogue.break_years(measure.id),
        redefined_by=library.catalogue.rescaling_factors(measure.id),
    )


def left_out_on_request(library: Library, places: Iterable[str]) -> dict[str, Message]:
    """Return code → the reason that its omission was requested. Raises `UnknownPlaceError`."""
    return {library.places.find(place).code: Message(texts.ASKED) for place in places}


def places_running_similar_cases(
    library: Library, measure_id: str, cases: Sequence[Case], reuses: Sequence[Reuse] = ()
) -> dict[str, Message]:
    """Return code → the published case on the measure that is run or tried there, which excludes it as a donor.

    Made-up cases exclude places among made-up figures only. An idea has not begun.
    """
    reasons: dict[str, Message] = {}
    similar = {
        case.standing.id: case
        for case in cases
        if case.standing.is_made_up == library.release.is_made_up
        and any(aim.measure_id == measure_id for aim in case.aims)
    }
    for case in similar.values():
        if case.started_on is not None and case.status is not CaseStatus.IDEA:
            year = first_year_of(case.started_on)
            reasons[case.municipality_code] = Message(texts.RUNS_A_CASE, title=case.title, year=year)
        for code, year in case.also_in:
            reasons[code] = Message(texts.RUNS_A_CASE, title=case.title, year=year)
    for reuse in reuses:
        if reuse.case_id in similar and reuse.started_on is not None and reuse.state in ARE_TRYING:
            title, year = similar[reuse.case_id].title, first_year_of(reuse.started_on)
            reasons.setdefault(reuse.municipality_code, Message(texts.TRIES_THE_CASE, title=title, year=year))
    return reasons


def known_starts(library: Library, measure_id: str, cases: Sequence[Case]) -> dict[str, int]:
    """Return code → the first year of the published case on the measure there, the first in `cases` of several."""
    starts: dict[str, int] = {}
    for case in cases:
        aims_at_measure = any(aim.measure_id == measure_id for aim in case.aims)
        if (
            case.started_on is not None
            and aims_at_measure
            and case.standing.is_made_up == library.release.is_made_up
        ):
            starts.setdefault(case.municipality_code, first_year_of(case.started_on))
    return starts


def _donor_codes(library: Library, starts: Mapping[str, int], donors: Group | None) -> list[str]:
    """Return the codes of the places that may be compared with, without the treated."""
    kinds = {library.places.by_code[start].kind for start in starts}
    if PlaceKind.NATION in kinds or (donors is not None and NATION_CODE in donors.codes):
        raise UnusableGroupError(UnusableGroupError.NATION)
    if donors is not None:
        kinds |= {library.places.by_code[code].kind for code in donors.codes}
    if len(kinds) > 1:
        every = [*starts, *(donors.codes if donors is not None else ())]
        raise UnusableGroupError(
            UnusableGroupError.MIXED,
            group=(donors or _everybody(library)).name,
            places=", ".join(library.places.by_code[code].name for code in every),
        )
    if donors is None:
        of_kind = library.places.regions() if PlaceKind.REGION in kinds else library.places.municipalities()
        return [place.code for place in of_kind if place.code not in starts]
    for code in donors.codes:
        if code in starts and donors.reference.kind is GroupKind.CODES:
            raise TreatedError(TreatedError.AMONG_DONORS, unit=library.places.by_code[code].name)
    return [code for code in donors.codes if code not in starts]


def _unique_names(library: Library, codes: Sequence[str]) -> list[str]:
    """Return names that tell the places apart; the code is added where two have the same name."""
    names = [library.places.by_code[code].name for code in codes]
    return [
        f"{name} ({code})" if names.count(name) > 1 else name for name, code in zip(names, codes, strict=True)
    ]


def _describe_empty_years(times: Sequence[int], statuses: Words) -> Message:
    """Return for example “Saknas 2015. För litet underlag 2016, 2017”."""
    sentence: Message | None = None
    for status, text in texts.EMPTY_YEARS.items():
        years = [time for time, time_status in zip(times, statuses, strict=True) if time_status is status]
        if not years:
            continue
        part = Message(text, years=_format_years(years))
        sentence = part if sentence is None else Message(texts.BOTH, one=sentence, other=part)
    return sentence or Message(texts.EMPTY_YEARS[Status.MISSING], years="")


def _format_years(years: Sequence[int]) -> Message | str:
    named = ", ".join(str(year) for year in years[:_MOST_YEARS])
    more = len(years) - _MOST_YEARS
    return Message(texts.AND_MORE, years=named, n=more) if more > 0 else named


def _neighbours(library: Library, starts: Mapping[str, int]) -> dict[str, Message]:
    counties = {library.places.by_code[start].county_code for start in starts} - {""}
    return {
        place.code: Message(texts.NEIGHBOUR, county=place.county_name)
        for place in library.places.by_code.values()
        if place.county_code in counties and place.code not in starts
    }


def _not_comparable(library: Library, measure: Measure, group: Group, year: int) -> dict[str, Message]:
    """Return the places that have stated to the network, or to the measure's owner, that they are not comparable."""
    statements = library.own_measures.statements(measure, group, year)
    return {
        code: Message(texts.NOT_COMPARABLE, words=statement.text)
        if statement.text
        else Message(texts.NOT_COMPARABLE_AT_ALL)
        for code, statement in statements.items()
        if statement.flag is Comparability.NOT_COMPARABLE
    }


def _everybody(library: Library) -> Group:
    return library.groups.resolve(GroupReference(GroupKind.ALL, ""))
