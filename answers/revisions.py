"""What one release changed in an earlier one, with the kind of every change."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from answers.library import Library
from answers.reported import reported_revisions
from disclosure.reported import disclose_reported
from disclosure.revisions import BY_WEIGHT, RevisedCells, number_or_none, revised_cells, status_of
from domain.errors.choices import NothingKnownThenError
from domain.measure import Measure
from domain.message import Count, Factor, Message
from domain.release import Release, before_latest_fetch
from domain.revision import RevisedMeasure, Revision, RevisionKind, RevisionReport
from domain.value import Gender
from language import revision_texts as texts

MOST_LISTED: Final = 5_000  # more is no list that anybody reads; the counts hold them all


def find_revisions(
    library: Library,
    *,
    since: Release | datetime | None = None,
    measure_id: str | None = None,
    most: int | None = MOST_LISTED,
) -> RevisionReport:
    """Compare the library's release with what was known at `since`, by default before the latest fetch.

    Where nothing was known then, the release is compared with the first one, and a note says so. For an own measure the
    revisions of its inputs are returned, reported values included.

    Without a measure, new, rounded and redefined cells are only counted. most: how many cells are
    listed, `None` for all. Raises `UnknownMeasureError`.
    """
    measure = library.catalogue.measure(measure_id) if measure_id is not None else None
    earlier = since if isinstance(since, Release) else _release_before(library, since)
    if earlier is None:
        return RevisionReport(since=None, until=library.release, notes=(Message(texts.NOTHING_EARLIER),))
    is_the_first = isinstance(since, datetime) and earlier.known_at > since
    notes = [Message(texts.FROM_THE_FIRST, first=earlier.known_at.date().isoformat())] if is_the_first else []
    if earlier.known_at >= library.release.known_at:
        return RevisionReport(since=earlier, until=library.release, notes=tuple(notes))
    measure_ids = (
        None
        if measure is None
        else library.own_measures.kpi_ids([measure])
        if measure.is_own
        else [measure.id]
    )
    factors = _new_factors(library, earlier, measure_ids)
    cells = revised_cells(
        library.figures,
        earlier,
        library.release,
        measure_ids,
        decimals=lambda kpi_id: library.catalogue.measure_or_placeholder(kpi_id).decimals,
        factors=factors,
    )
    reported = _find_reported_revisions(library, earlier, measure)
    counted = _in_order_of_weight(
        (*_count_by_measure(library, cells, factors), *_count_reported(library, reported))
    )
    listed = cells
    notes += [
        Message(
            texts.REDEFINED,
            measure=change.measure.short_title,
            factor=Factor(change.factor),
            n=Count(change.redefined),
        )
        for change in counted
        if change.factor is not None
    ]
    if measure is None:
        listed = cells.of_kinds([RevisionKind.CHANGED, RevisionKind.WITHDRAWN])
        n_reported = len(reported)
        reported = [revision for revision in reported if revision.kind is not RevisionKind.NEW]
        is_left_out = len(listed) < len(cells) or len(reported) < n_reported
        notes += [Message(texts.ONLY_COUNTED)] if is_left_out else []
    if most is not None and len(listed) > most:
        notes.append(Message(texts.CUT, listed=Count(most), total=Count(len(listed))))
    return RevisionReport(
        since=earlier,
        until=library.release,
        measures=counted,
        revisions=(*reported[:most], *listed.disclosed(most)),
        notes=tuple(notes),
    )


def _release_before(library: Library, moment: datetime | None) -> Release | None:
    """Return the release known at a moment, else the first one; without a moment, the one before the latest fetch."""
    releases = library.figures.releases()
    if moment is None:
        return before_latest_fetch(releases, library.release)
    try:
        return library.figures.release_as_of(moment)
    except NothingKnownThenError:
        return releases[0]


def _new_factors(
    library: Library, earlier: Release, measure_ids: Sequence[str] | None
) -> dict[str, tuple[int, float]]:
    """Return for each measure redefined since then the first year of the new level (0: all years) and the factor."""
    before = library.figures.level_breaks(earlier, measure_ids)
    now = library.figures.level_breaks(library.release, measure_ids)
    known_breaks = set(
        before[["kpi_id", "first_year", "factor"]]
        .fillna({"first_year": 0})
        .itertuples(index=False, name=None)
    )
    factors = {}
    for kpi_id, first_year, factor in (
        now[["kpi_id", "first_year", "factor"]].fillna({"first_year": 0}).itertuples(index=False, name=None)
    ):
        if (kpi_id, first_year, factor) not in known_breaks:
            factors[str(kpi_id)] = (int(first_year), float(factor))
    return factors


def _count_by_measure(
    library: Library, cells: RevisedCells, factors: dict[str, tuple[int, float]]
) -> tuple[RevisedMeasure, ...]:
    return tuple(
        RevisedMeasure(
            measure=library.catalogue.measure_or_placeholder(kpi_id),
            factor=factors[kpi_id][1] if count[RevisionKind.REDEFINED] else None,
            **{kind.value: count[kind] for kind in RevisionKind},
        )
        for kpi_id, count in cells.counts().items()
    )


def _in_order_of_weight(counted: Iterable[RevisedMeasure]) -> tuple[RevisedMeasure, ...]:
    return tuple(
        sorted(
            counted,
            key=lambda change: (-change.n_meaningful, -change.new - change.rounded, change.measure.id),
        )
    )


def _find_reported_revisions(library: Library, earlier: Release, measure: Measure | None) -> list[Revision]:
    """Return the revisions of reported values since then, changed ones first, of one measure or of all."""
    own = library.own_measures.snapshot.by_id
    explained_measures = set(
        own
        if measure is None
        else library.own_measures.formulas.reported_variables(own[measure.id])
        if measure.is_own
        else ()
    )
    if not explained_measures:
        return []
    before, after = (
        disclose_reported(library.figures.reported_values(release)) for release in (earlier, library.release)
    )
    cells = reported_revisions(before, after)
    cells = cells[cells["measure_id"].isin(explained_measures)]
    uploads = library.own_measures.reported.upload_of
    descriptions = {
        release.upload_id: release.description
        for release in library.figures.releases()
        if earlier.number < release.number <= library.release.number and release.upload_id
    }
    revisions = [
        Revision(
            measure_id=row["measure_id"],
            place_code=row["municipality_id"],
            year=int(str(row["period"])[:4]),
            gender=Gender(row["gender"]),
            kind=RevisionKind(row["change"]),
            old_value=number_or_none(row["old_value"]),
            old_status=status_of(row["old_value"], row["old_reason"], is_stored=row["change"] != "new"),
            new_value=number_or_none(row["new_value"]),
            new_status=status_of(row["new_value"], row["new_reason"], is_stored=row["change"] != "withdrawn"),
            part=str(row["period"])[5:],
            because=descriptions.get(
                uploads(row["measure_id"], row["municipality_id"], row["period"], row["gender"]), ""
            ),
        )
        for row in cells.to_dict("records")
    ]
    return sorted(
        (
            revision
            for revision in revisions
            if revision.kind is not RevisionKind.CHANGED or not _says_the_same(revision)
        ),
        key=lambda revision: (
            BY_WEIGHT.index(revision.kind),
            revision.measure_id,
            -revision.year,
            revision.part,
            revision.place_code,
        ),
    )


def _says_the_same(revision: Revision) -> bool:
    """Return whether only the explanation of a value has changed."""
    return (revision.old_value, revision.old_status) == (revision.new_value, revision.new_status)


def _count_reported(library: Library, reported: Sequence[Revision]) -> list[RevisedMeasure]:
    by_measure: dict[str, Counter[str]] = {}
    for revision in reported:
        by_measure.setdefault(revision.measure_id, Counter())[revision.kind.value] += 1
    return [
        RevisedMeasure(measure=library.catalogue.measure(measure_id), **counts)
        for measure_id, counts in by_measure.items()
    ]
