"""What a release changed in what an earlier one said, with the kind of every change."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import numpy as np
import pandas as pd

from answers.library import Library, build_library
from domain.errors import NothingKnownThenError
from domain.measure import Measure
from domain.message import Count, Factor, Message, to_translate
from domain.release import Release, before_latest_fetch
from domain.revision import RevisedMeasure, Revision, RevisionKind, RevisionReport
from domain.value import Gender, Status
from metrics.arrays import Booleans
from metrics.redefinition import AGREEMENT, are_roundings

MOST_LISTED: Final = 5_000  # more is no list that anybody reads; the counts hold them all

_ORDER: Final = (
    RevisionKind.CHANGED,
    RevisionKind.REDEFINED,
    RevisionKind.ROUNDED,
    RevisionKind.WITHDRAWN,
    RevisionKind.NEW,
)
_NOTHING_EARLIER: Final = to_translate("Det finns ingen tidigare utgåva att jämföra med.")
_FROM_THE_FIRST: Final = to_translate(
    "Så tidigt fanns inga värden. Jämförelsen görs med den första utgåvan, {first}."
)
_ONLY_COUNTED: Final = to_translate(
    "Nya, avrundade och omdefinierade värden är räknade men inte uppräknade. Välj ett mått för att se dem alla."
)
_CUT: Final = to_translate("De {listed} första av {total} är uppräknade.")
_REDEFINED: Final = to_translate(
    "{measure} har fått en ny nivå (ungefär gånger {factor}) under samma beteckning. Det är en ny definition, inte "
    "{n} ändrade resultat."
)


def find_revisions(
    library: Library,
    *,
    since: Release | datetime | None = None,
    measure_id: str | None = None,
    most: int | None = MOST_LISTED,
) -> RevisionReport:
    """What the library's release says otherwise than was known at `since`, by default before the latest fetch.

    Where nothing was known then, the first release of all is what it is compared with, and a note says so.

    Of a network's own measure: what has changed in what it is worked out from, what members report among it.

    Without a measure, cells that are new, rounded or redefined are only counted. `most` is how many cells are
    listed, `None` for all. Raises `UnknownMeasureError`.
    """
    measure = library.catalogue.measure(measure_id) if measure_id is not None else None
    earlier = since if isinstance(since, Release) else _release_before(library, since)
    if earlier is None:
        return RevisionReport(since=None, until=library.release, notes=(Message(_NOTHING_EARLIER),))
    is_the_first = isinstance(since, datetime) and earlier.known_at > since
    notes = [Message(_FROM_THE_FIRST, first=earlier.known_at.date().isoformat())] if is_the_first else []
    if earlier.known_at >= library.release.known_at:
        return RevisionReport(since=earlier, until=library.release, notes=tuple(notes))
    asked = (
        None
        if measure is None
        else library.own_measures.kpi_ids([measure])
        if measure.is_own
        else [measure.id]
    )
    cells = library.figures.revisions(earlier, library.release, asked)
    factors = _new_factors(library, earlier, cells, asked)
    cells = cells.assign(kind=_kinds(library, cells, factors))
    reported = _reported(library, earlier, measure)
    counted = _in_order_of_weight((*_counted(library, cells, factors), *_counted_reported(library, reported)))
    listed = cells
    notes += [
        Message(
            _REDEFINED,
            measure=one.measure.short_title,
            factor=Factor(one.factor),
            n=Count(one.redefined),
        )
        for one in counted
        if one.factor is not None
    ]
    if measure is None:
        listed = cells[cells["kind"].isin([RevisionKind.CHANGED, RevisionKind.WITHDRAWN])]
        n_reported = len(reported)
        reported = [one for one in reported if one.kind is not RevisionKind.NEW]
        is_left_out = len(listed) < len(cells) or len(reported) < n_reported
        notes += [Message(_ONLY_COUNTED)] if is_left_out else []
    if most is not None and len(listed) > most:
        notes.append(Message(_CUT, listed=Count(most), total=Count(len(listed))))
    return RevisionReport(
        since=earlier,
        until=library.release,
        measures=counted,
        revisions=(*reported[:most], *_guarded(library, earlier, _in_order(listed, most))),
        notes=tuple(notes),
    )


def _release_before(library: Library, moment: datetime | None) -> Release | None:
    """The release known at a moment, else the first there is; without a moment, the one before the latest fetch."""
    releases = library.figures.releases()
    if moment is None:
        return before_latest_fetch(releases, library.release)
    try:
        return library.figures.release_as_of(moment)
    except NothingKnownThenError:
        return releases[0]


def _new_factors(
    library: Library, earlier: Release, cells: pd.DataFrame, asked: Sequence[str] | None
) -> dict[str, tuple[int, float]]:
    """For each measure redefined since then: the first year of the new level (0: all years) and the factor."""
    before = library.figures.level_breaks(earlier, asked)
    now = library.figures.level_breaks(library.release, asked)
    known = set(
        before[["kpi_id", "first_year", "factor"]]
        .fillna({"first_year": 0})
        .itertuples(index=False, name=None)
    )
    found = {}
    for kpi_id, first_year, factor in (
        now[["kpi_id", "first_year", "factor"]].fillna({"first_year": 0}).itertuples(index=False, name=None)
    ):
        if (kpi_id, first_year, factor) not in known:
            found[str(kpi_id)] = (int(first_year), float(factor))
    return found


def _kinds(library: Library, cells: pd.DataFrame, factors: dict[str, tuple[int, float]]) -> pd.Series:
    """The kind of every cell."""
    kinds = cells["change"].map({kind.value: kind for kind in RevisionKind}).astype(object)
    decimals = cells["kpi_id"].map(
        {cell: library.catalogue.measure_or_placeholder(cell).decimals for cell in cells["kpi_id"].unique()}
    )
    old, new = (cells[name].to_numpy(dtype=np.float64) for name in ("old_value", "new_value"))
    for count in decimals.unique():
        rows = (decimals == count).to_numpy()
        kinds[rows & are_roundings(old, new, int(count))] = RevisionKind.ROUNDED
    for kpi_id, (first_year, factor) in factors.items():
        is_of_measure = ((cells["kpi_id"] == kpi_id) & (cells["year"] >= first_year)).to_numpy()
        kinds[is_of_measure & _are_moved(old, new, factor)] = RevisionKind.REDEFINED
    return kinds


def _are_moved(old: np.ndarray, new: np.ndarray, factor: float) -> Booleans:
    """Whether new values are the old ones times the factor, as nearly as a redefinition is recognised by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.abs(np.log(new / old / factor)) <= np.log1p(AGREEMENT))


def _counted(
    library: Library, cells: pd.DataFrame, factors: dict[str, tuple[int, float]]
) -> tuple[RevisedMeasure, ...]:
    sizes = cells.groupby(["kpi_id", "kind"]).size()
    found = []
    for kpi_id in cells["kpi_id"].unique().tolist():
        by_kind = {kind.value: int(sizes.get((kpi_id, kind), 0)) for kind in RevisionKind}
        factor = factors[kpi_id][1] if by_kind["redefined"] else None
        found.append(
            RevisedMeasure(measure=library.catalogue.measure_or_placeholder(kpi_id), factor=factor, **by_kind)
        )
    return tuple(found)


def _in_order_of_weight(counted: Iterable[RevisedMeasure]) -> tuple[RevisedMeasure, ...]:
    return tuple(sorted(counted, key=lambda one: (-one.n_meaningful, -one.new - one.rounded, one.measure.id)))


def _reported(library: Library, earlier: Release, measure: Measure | None) -> list[Revision]:
    """What members have reported otherwise since, changed ones first; of one measure or of all that are known."""
    own = library.own_measures.snapshot.by_id
    wanted = set(
        own
        if measure is None
        else library.own_measures.formulas.reported_variables(own[measure.id])
        if measure.is_own
        else ()
    )
    if not wanted:
        return []
    cells = library.figures.reported_revisions(earlier, library.release)
    cells = cells[cells["measure_id"].isin(wanted)]
    uploads = library.own_measures.reported.upload_of
    said = {
        one.upload_id: one.description
        for one in library.figures.releases()
        if earlier.number < one.number <= library.release.number and one.upload_id
    }
    found = [
        Revision(
            measure_id=row["measure_id"],
            place_code=row["municipality_id"],
            year=int(str(row["period"])[:4]),
            gender=Gender(row["gender"]),
            kind=RevisionKind(row["change"]),
            old_value=_number(row["old_value"]),
            old_status=_status(row["old_value"], row["old_reason"], is_kept=row["change"] != "new"),
            new_value=_number(row["new_value"]),
            new_status=_status(row["new_value"], row["new_reason"], is_kept=row["change"] != "withdrawn"),
            part=str(row["period"])[5:],
            because=said.get(
                uploads(row["measure_id"], row["municipality_id"], row["period"], row["gender"]), ""
            ),
        )
        for row in cells.to_dict("records")
    ]
    return sorted(
        (one for one in found if one.kind is not RevisionKind.CHANGED or not _says_the_same(one)),
        key=lambda one: (_ORDER.index(one.kind), one.measure_id, -one.year, one.part, one.place_code),
    )


def _says_the_same(revision: Revision) -> bool:
    """Whether only its explanation has changed."""
    return (revision.old_value, revision.old_status) == (revision.new_value, revision.new_status)


def _counted_reported(library: Library, reported: Sequence[Revision]) -> list[RevisedMeasure]:
    by_measure: dict[str, Counter[str]] = {}
    for one in reported:
        by_measure.setdefault(one.measure_id, Counter())[one.kind.value] += 1
    return [
        RevisedMeasure(measure=library.catalogue.measure(measure_id), **counts)
        for measure_id, counts in by_measure.items()
    ]


def _in_order(cells: pd.DataFrame, most: int | None) -> tuple[Revision, ...]:
    """The cells as revisions by kind, the largest relative change of each kind first."""
    with np.errstate(divide="ignore"):
        size = ((cells["new_value"] - cells["old_value"]) / cells["old_value"].replace(0, np.nan)).abs()
    ordered = cells.assign(size=size, order=cells["kind"].map(_ORDER.index)).sort_values(
        ["order", "size", "kpi_id", "year", "municipality_id", "gender"],
        ascending=[True, False, True, False, True, True],
    )
    return tuple(_revision(row) for row in ordered[:most].to_dict("records"))


def _revision(row: Mapping[Hashable, Any]) -> Revision:
    return Revision(
        measure_id=row["kpi_id"],
        place_code=row["municipality_id"],
        year=int(row["year"]),
        gender=Gender(row["gender"]),
        kind=RevisionKind(row["kind"]),
        old_value=_number(row["old_value"]),
        old_status=_status(row["old_value"], row["old_reason"], is_kept=row["change"] != "new"),
        new_value=_number(row["new_value"]),
        new_status=_status(row["new_value"], row["new_reason"], is_kept=row["change"] != "withdrawn"),
    )


def _guarded(library: Library, earlier: Release, revisions: tuple[Revision, ...]) -> tuple[Revision, ...]:
    """The revisions without the numbers of women or men that would give a suppressed value away, then or now."""
    then = build_library(library.figures, earlier)
    hidden: dict[tuple[Library, str, Gender], frozenset[tuple[str, int]]] = {}

    def is_hidden(one: Revision, where: Library) -> bool:
        key = (where, one.measure_id, one.gender)
        if key not in hidden:
            hidden[key] = where.values.hidden_cells(one.measure_id, one.gender)
        return (one.place_code, one.year) in hidden[key]

    def guarded(one: Revision) -> Revision:
        if one.gender is Gender.TOTAL:
            return one
        if one.old_status is Status.OK and is_hidden(one, then):
            one = replace(one, old_value=None, old_status=Status.SUPPRESSED)
        if one.new_status is Status.OK and is_hidden(one, library):
            one = replace(one, new_value=None, new_status=Status.SUPPRESSED)
        return one

    return tuple(guarded(revision) for revision in revisions)


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _status(value: float, reason: str | None, *, is_kept: bool) -> Status:
    if not is_kept:
        return Status.NOT_REPORTED
    return Status(reason) if pd.isna(value) else Status.OK
