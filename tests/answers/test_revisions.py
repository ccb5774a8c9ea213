"""What a release says otherwise than an earlier one, and what kind of difference it is."""

from datetime import UTC, datetime

from answers.revisions import find_revisions
from domain.measure import Direction
from domain.revision import RevisionKind
from domain.value import Gender, Status
from tests.messages import swedish


def counts(revisions):
    return {
        kind: getattr(revisions, kind) for kind in ("new", "changed", "rounded", "withdrawn", "redefined")
    }


def test_each_kind_of_revision_is_counted_apart(library):
    by_measure = {measure.measure.id: measure for measure in find_revisions(library).measures}
    assert counts(by_measure["N15428"]) == {
        "new": 0,
        "changed": 1,
        "rounded": 1,
        "withdrawn": 1,
        "redefined": 0,
    }
    assert counts(by_measure["U07417"]) == {
        "new": 0,
        "changed": 0,
        "rounded": 0,
        "withdrawn": 0,
        "redefined": 4,
    }
    assert by_measure["U07417"].factor == 100.0
    assert counts(by_measure["N17461"])["new"] == 8 + 8 + 8 + 2  # total, women, men; Stockholm and Riket


def test_without_a_measure_only_real_changes_are_listed(library):
    report = find_revisions(library)
    listed = {(revision.measure_id, revision.place_code, revision.kind) for revision in report.revisions}
    assert listed == {
        ("N15428", "0136", RevisionKind.CHANGED),
        ("N15428", "0126", RevisionKind.WITHDRAWN),
    }
    assert any("räknade men inte uppräknade" in note for note in swedish(report.notes))
    assert any("ny nivå" in note for note in swedish(report.notes))


def test_a_withdrawn_cell_is_not_reported_afterwards(library):
    gone = next(
        revision for revision in find_revisions(library).revisions if revision.kind is RevisionKind.WITHDRAWN
    )
    assert (gone.old_value, gone.old_status) == (87.0, Status.OK)
    assert (gone.new_value, gone.new_status) == (None, Status.NOT_REPORTED)


def test_one_measure_lists_all_its_cells_the_largest_change_first(library):
    report = find_revisions(library, measure_id="N15428")
    assert [revision.kind for revision in report.revisions] == [
        RevisionKind.CHANGED,
        RevisionKind.ROUNDED,
        RevisionKind.WITHDRAWN,
    ]


def test_the_first_release_has_nothing_to_be_compared_with(earlier_library):
    report = find_revisions(earlier_library)
    assert (report.since, report.measures, report.revisions) == (None, (), ())
    assert report.notes


def test_nothing_differs_from_what_is_known_already(library):
    assert find_revisions(library, since=library.release.known_at).measures == ()


def test_since_a_moment_is_since_what_was_known_then(library, earlier_library):
    assert find_revisions(library, since=earlier_library.release.known_at) == find_revisions(library)


def test_since_before_everything_is_since_the_first_release_and_says_so(library, earlier_library):
    report = find_revisions(library, since=datetime(2020, 1, 1, tzinfo=UTC))
    assert report.since == earlier_library.release
    assert report.measures == find_revisions(library).measures
    assert "första utgåvan" in swedish(report.notes[0])


def test_a_measure_that_has_left_the_catalogue_is_still_counted_under_its_id(library):
    gone = library.catalogue.measure_or_placeholder("N99999")
    assert (gone.id, gone.short_title, gone.direction) == ("N99999", "N99999", Direction.NEUTRAL)
    assert library.catalogue.measure_or_placeholder("N17461") == library.catalogue.measure("N17461")


def test_a_listed_change_never_gives_a_suppressed_value_away(library):
    men_of_salem = next(
        revision
        for revision in find_revisions(library, measure_id="N17461").revisions
        if (revision.place_code, revision.year, revision.gender) == ("0128", 2023, Gender.MEN)
    )
    assert (men_of_salem.new_value, men_of_salem.new_status) == (None, Status.SUPPRESSED)
