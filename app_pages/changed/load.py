"""Load the answers that the page shows, for a pair of releases."""

from dataclasses import dataclass

from answers.comparison import compare_measure
from answers.revisions import find_revisions
from app_pages.changed.choose import Choice
from app_pages.parts.cached_answers import LibraryKey, cached_answer, find_library, library_key
from domain.comparison import Comparison
from domain.errors.user_error import UserError
from domain.group import Group
from domain.release import Release
from domain.revision import RevisionReport
from domain.value import Gender


@dataclass(frozen=True, slots=True)
class RevisionsQuestion:
    """What has changed since a release, in one measure or in all?"""

    library: LibraryKey
    since: Release | None
    measure_id: str | None


@dataclass(frozen=True, slots=True)
class ThenAndNowQuestion:
    """How does one comparison look as it was known then and as it is known now?

    Without a focus: it decides only what is marked, and that is done where it is shown.
    """

    then: LibraryKey
    now: LibraryKey
    measure_id: str
    group: Group
    gender: Gender


def load_report(choice: Choice) -> RevisionReport:
    """Load what has changed since the chosen release, in every measure."""
    return answer_revisions(RevisionsQuestion(library_key(choice.view.library), choice.since, None))


def load_listed(choice: Choice) -> RevisionReport:
    """Load the changes in the chosen measure, or in all."""
    measure_id = choice.only.id if choice.only else None
    return answer_revisions(RevisionsQuestion(library_key(choice.view.library), choice.since, measure_id))


def load_then_and_now(choice: Choice) -> tuple[Comparison, Comparison | UserError]:
    """The comparison as it was known then, in its latest year, and the same year as known now.

    Raises `UserError` where then knew nothing of it; the second may be an error of its own.
    """
    library_then = choice.library_then()
    question = ThenAndNowQuestion(
        then=library_key(library_then),
        now=library_key(choice.view.library),
        measure_id=choice.measure.id,
        group=choice.view.group,
        gender=choice.view.gender if choice.measure.is_divided_by_gender else Gender.TOTAL,
    )
    return answer_then_and_now(question)


@cached_answer(max_entries=16)
def answer_revisions(question: RevisionsQuestion) -> RevisionReport:
    """Find all changes: a small municipality's may be small beside everybody's."""
    since = question.since.known_at if question.since else None
    return find_revisions(
        find_library(question.library), since=since, measure_id=question.measure_id, most=None
    )


@cached_answer(max_entries=64)
def answer_then_and_now(question: ThenAndNowQuestion) -> tuple[Comparison, Comparison | UserError]:
    """Make both comparisons. Raises `UserError`."""
    then = compare_measure(
        find_library(question.then),
        measure_id=question.measure_id,
        group=question.group,
        gender=question.gender,
    )
    try:
        now: Comparison | UserError = compare_measure(
            find_library(question.now),
            measure_id=question.measure_id,
            group=question.group,
            year=then.year,
            gender=question.gender,
        )
    except UserError as error:
        now = error
    return then, now
