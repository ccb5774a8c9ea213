"""The places that are most similar to one place, beside the lists that the source publishes."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from answers.cells import INHABITANTS
from answers.groups import NEAREST
from answers.kolada_groups import OVERALL, SimilarList
from answers.library import Library
from domain.dimension import Unit
from domain.errors.choices import MeasureWithoutValuesError, SimilarityError
from domain.measure import Measure
from domain.message import Listing, Message
from domain.place import Place, PlaceKind, alphabetical
from domain.similarity import LeftOutPlace, SimilarPlace, SimilarPlaces, SourceList, StructureVariable
from domain.value import Gender
from language import similarity_texts as texts
from metrics.arrays import Floats
from metrics.similarity import LEAST_WEIGHT_PRESENT, Distances, distances_from

POPULATION: Final = "population"  # the inhabitants that the tracked reference knows
POPULATION_WORDS: Final = (POPULATION, "folkmängd", "befolkning")
FEWEST_WITH_VALUE: Final = 0.5  # of the places, for a year to be one that they can be likened in


@dataclass(frozen=True, slots=True)
class _Source:
    """The numbers of one variable: (years, places)."""

    id: str
    name: Message | str
    unit: str
    decimals: int
    is_logged: bool
    years: tuple[int, ...]
    numbers: Floats
    is_reference: bool = False


def find_similar_places(
    library: Library,
    code: str,
    *,
    variables: Sequence[str] = (POPULATION,),
    weights: Sequence[float] | None = None,
    most: int = NEAREST,
) -> SimilarPlaces:
    """Return the places of the same kind as one place, the most similar first.

    variables: KPIs, measures or "population"; weights: one each, 1 by default. All variables are of the latest
    year in which the focus and at least half of the places have all of them; without such a year each is of its
    own latest year, and a note says so. Raises `UnknownPlaceError`, `UnknownMeasureError`, `MeasureWithoutValuesError`,
    `SimilarityError`.
    """
    focus = library.places.find(code)
    if focus.kind is PlaceKind.NATION:
        raise SimilarityError(SimilarityError.NATION)
    places = sorted(
        (place for place in library.places.by_code.values() if place.kind is focus.kind),
        key=lambda place: place.code,
    )
    at = places.index(focus)
    sources = _sources(library, variables, places)
    shared = _weights(weights, len(sources))
    years = _years(sources, at)
    values = np.stack(
        [source.numbers[source.years.index(year)] for source, year in zip(sources, years, strict=True)]
    )
    computed = distances_from(values, shared, at, np.array([source.is_logged for source in sources]))
    if math.isnan(computed.distances[at]):
        raise SimilarityError(
            SimilarityError.TOO_LITTLE_KNOWN,
            place=focus.name,
            share=_percent(computed.weight_present[at]),
            least=_percent(LEAST_WEIGHT_PRESENT),
        )
    chosen = tuple(
        StructureVariable(
            source.id, source.name, source.unit, source.decimals, float(weight), year, source.is_logged
        )
        for source, weight, year in zip(sources, shared, years, strict=True)
    )
    ordered = _sort_by_distance(places, values, computed, at)
    left_out = tuple(
        LeftOutPlace(place, float(present))
        for place, distance, present in zip(places, computed.distances, computed.weight_present, strict=True)
        if math.isnan(distance)
    )
    return SimilarPlaces(
        focus=focus,
        focus_values=_values(values[:, at]),
        variables=chosen,
        ordered=ordered,
        most=most,
        left_out=left_out,
        source_lists=source_lists(library, focus, [similar.place.code for similar in ordered[:most]]),
        method=_method(focus, sources, values),
        notes=_notes(focus, sources, chosen, values[:, at], left_out),
        release=library.release,
        source=library.release.source,
    )


def source_lists(library: Library, focus: Place, nearest: Sequence[str] = ()) -> tuple[SourceList, ...]:
    """Return the source's newest list for each area of work, the overall one first, and which of `nearest` are on it."""
    newest: dict[str, SimilarList] = {}
    for similar_list in library.groups.kolada.similar_lists(focus.name):
        candidates = [similar_list, newest.get(similar_list.area, similar_list)]
        newest[similar_list.area] = max(
            candidates, key=lambda candidate: (candidate.year, candidate.group_id)
        )
    lists = []
    for area, newest_list in newest.items():
        members = library.groups.kolada.members(newest_list.group_id)
        codes = tuple(code for code in members if code != focus.code)
        both = tuple(code for code in nearest if code in codes)
        lists.append(SourceList(newest_list.group_id, area, newest_list.year, codes, both))
    return tuple(
        sorted(lists, key=lambda source_list: (source_list.area != OVERALL, alphabetical(source_list.area)))
    )


def _sources(library: Library, variables: Sequence[str], places: Sequence[Place]) -> list[_Source]:
    """Return the numbers of each variable for these places. The KPI of all inhabitants falls back on the reference."""
    kpi_ids: list[str] = []
    for word in variables:
        is_population = word.strip().casefold() in POPULATION_WORDS
        kpi_ids.append(POPULATION if is_population else library.catalogue.measure(word).id)
    repeated = [word for word, times in Counter(kpi_ids).items() if times > 1]
    if repeated or not kpi_ids:
        raise (
            SimilarityError(SimilarityError.REPEATED_VARIABLE, variable=repeated[0])
            if repeated
            else SimilarityError(SimilarityError.WEIGHT_COUNT, variables=0, weights=0)
        )
    kpis = {
        measure_id: library.catalogue.measure(measure_id)
        for measure_id in kpi_ids
        if measure_id != POPULATION
    }
    sources: dict[str, _Source] = {}
    if kpis:
        grid = library.values.cells(tuple(kpis.values()), Gender.TOTAL).grid
        columns = grid.at([place.code for place in places])
        for row, measure in enumerate(kpis.values()):
            numbers = grid.numbers[row][:, columns]
            if not np.isnan(numbers).all():
                sources[measure.id] = _Source(
                    measure.id,
                    measure.short_title,
                    measure.unit,
                    measure.decimals,
                    _counts_inhabitants(measure),
                    grid.years,
                    numbers,
                )
            elif measure.id != INHABITANTS:
                raise MeasureWithoutValuesError(measure=measure.id)
    return [sources.get(variable) or _reference_population(variable, places, library) for variable in kpi_ids]


def _reference_population(id_: str, places: Sequence[Place], library: Library) -> _Source:
    """Return inhabitants by the reference; a region has the sum of its county's municipalities."""
    by_place = [
        dict(place.population) or _of_county(place.county_code, library.places.municipalities())
        for place in places
    ]
    years = tuple(sorted({year for known in by_place for year in known}))
    if not years:
        raise MeasureWithoutValuesError(measure=id_)
    numbers = np.array([[float(known.get(year, math.nan)) for known in by_place] for year in years])
    return _Source(id_, Message(texts.POPULATION_NAME), "inv", 0, True, years, numbers, is_reference=True)


def _of_county(county_code: str, municipalities: Sequence[Place]) -> dict[int, int]:
    total: Counter[int] = Counter()
    for municipality in municipalities:
        if county_code and municipality.county_code == county_code:
            total.update(dict(municipality.population))
    return total


def _counts_inhabitants(measure: Measure) -> bool:
    unit = Unit.read(measure.unit, measure.title)
    return unit.is_count and all(word.split()[0] == "inv" for word, _ in unit.powers)


def _weights(weights: Sequence[float] | None, n: int) -> Floats:
    given = np.ones(n) if weights is None else np.asarray(weights, dtype=np.float64)
    if len(given) != n:
        raise SimilarityError(SimilarityError.WEIGHT_COUNT, variables=n, weights=len(given))
    unusable = [weight for weight in given.tolist() if not (math.isfinite(weight) and weight >= 0)]
    if unusable or given.sum() == 0:
        raise SimilarityError(SimilarityError.UNUSABLE_WEIGHT, weight=f"{(unusable or [0.0])[0]:g}")
    return np.asarray(given / given.sum())


def _years(sources: Sequence[_Source], focus: int) -> list[int]:
    """Return the year of each variable: the latest common one, or else each one's own latest for the focus."""
    usable = [
        {
            year
            for year, row in zip(source.years, ~np.isnan(source.numbers), strict=True)
            if row[focus] and row.mean() >= FEWEST_WITH_VALUE
        }
        for source in sources
    ]
    yearly = [years for source, years in zip(sources, usable, strict=True) if not source.is_reference]
    common = max(set.intersection(*yearly), default=None) if yearly else None
    return [_year(source, years, common) for source, years in zip(sources, usable, strict=True)]


def _year(source: _Source, usable: set[int], common: int | None) -> int:
    if source.is_reference and common is not None:
        return min(source.years, key=lambda year: (abs(year - common), year))
    if common is not None:
        return common
    with_numbers = [
        year for year, row in zip(source.years, source.numbers, strict=True) if not np.isnan(row).all()
    ]
    return max(usable or with_numbers)


def _sort_by_distance(
    places: Sequence[Place], values: Floats, computed: Distances, focus: int
) -> tuple[SimilarPlace, ...]:
    """Return everybody but the focus, nearest first; distances that differ only by rounding are sorted by code."""
    order = sorted(
        (at for at in range(len(places)) if at != focus and not math.isnan(computed.distances[at])),
        key=lambda at: (round(float(computed.distances[at]), 12), places[at].code),
    )
    return tuple(
        SimilarPlace(
            place=places[at],
            distance=float(computed.distances[at]),
            values=_values(values[:, at]),
            shares=tuple(computed.shares[:, at].tolist()),
            weight_present=float(computed.weight_present[at]),
        )
        for at in order
    )


def _values(column: Floats) -> tuple[float | None, ...]:
    return tuple(None if math.isnan(value) else value for value in column.tolist())


def _method(focus: Place, sources: Sequence[_Source], values: Floats) -> tuple[Message, ...]:
    n = int(np.count_nonzero(~np.isnan(values).all(axis=0)))
    sentences = [Message(texts.METHOD, n=n, focus=focus.name)]
    sentences += [Message(texts.LOGGED)] if any(source.is_logged for source in sources) else []
    sentences += [Message(texts.REFERENCE)] if any(source.is_reference for source in sources) else []
    return (*sentences, Message(texts.SHARES), Message(texts.OWN_WORK))


def _notes(
    focus: Place,
    sources: Sequence[_Source],
    variables: Sequence[StructureVariable],
    of_focus: Floats,
    left_out: Sequence[LeftOutPlace],
) -> tuple[Message, ...]:
    notes = []
    yearly = [
        variable for variable, source in zip(variables, sources, strict=True) if not source.is_reference
    ]
    if len({variable.year for variable in yearly}) > 1:
        years = Listing(
            tuple(Message(texts.YEAR_OF, name=variable.name, year=variable.year) for variable in yearly)
        )
        notes.append(Message(texts.DIFFERENT_YEARS, years=years))
    notes += [
        Message(texts.FOCUS_LACKS, variable=variable.name, focus=focus.name)
        for variable, value in zip(variables, of_focus, strict=True)
        if math.isnan(value)
    ]
    if left_out:
        names = sorted((place.place.name for place in left_out), key=alphabetical)
        places: Message | str = ", ".join(names[:5])
        if len(names) > 5:
            places = Message(texts.AND_MORE, places=places, n=len(names) - 5)
        notes.append(
            Message(texts.LEFT_OUT, n=len(names), least=_percent(LEAST_WEIGHT_PRESENT), places=places)
        )
    return tuple(notes)


def _percent(share: float) -> int:
    return round(100 * share)
