"""Load the published stories of the success bank with who tries them, and link its pages to each other.

Made-up stories belong to the made-up figures; they are left out as soon as real figures are in use.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from answers.library import Library
from answers.search.stories import StoryIndex
from app_pages.parts import address, frame
from app_pages.parts.address import PageName
from app_pages.parts.cached_answers import LibraryKey, cached_answer, find_library, library_key
from app_pages.parts.choices import View
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import show_template
from app_pages.parts.words import _
from data.workspace.reuses import reuses
from data.workspace.stories import state_number, stories
from data.workspace.workspace import Workspace
from domain.case import Case, Reuse
from domain.cooperation_method import CooperationMethod
from domain.errors.user_error import UserError
from domain.measure import Measure
from domain.message import to_translate
from domain.programme import Programme
from domain.success_bank import Story

PAGES: Final = (
    PageName.SUCCESS_BANK,
    PageName.METHODS,
    PageName.PROGRAMMES,
    PageName.LEARN_FROM,
    PageName.STUDY_VISITS,
    PageName.CONTRIBUTE,
)
CASES: Final = to_translate("Exempel")
CASE_ID: Final = "id"  # which case, on its own page
FROM_MEASURE: Final = "fran"  # the measure whose page led here, counted as a reading
TRIED_BY: Final = "provar"  # the municipality whose reuse is shown


@dataclass(frozen=True)
class Bank:
    """The newest published version of each story, and all reuses of the cases among them."""

    stories: tuple[Story, ...]
    reuses: tuple[Reuse, ...]
    index: StoryIndex

    @cached_property
    def cases(self) -> Mapping[str, Case]:
        return {story.standing.id: story for story in self.stories if isinstance(story, Case)}

    @cached_property
    def methods(self) -> Mapping[str, CooperationMethod]:
        return {story.standing.id: story for story in self.stories if isinstance(story, CooperationMethod)}

    @cached_property
    def programmes(self) -> Mapping[str, Programme]:
        return {story.standing.id: story for story in self.stories if isinstance(story, Programme)}

    def reuses_of(self, case_id: str) -> tuple[Reuse, ...]:
        """Return the reuses of a case, the earliest start first."""
        return tuple(reuse for reuse in self.reuses if reuse.case_id == case_id)


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """What is published? `state` changes whenever the stories do."""

    library: LibraryKey
    state: int


def bank_question(view: View) -> BankQuestion:
    """Return the question of what is published now. Raises `UserError` where the workspace cannot be opened."""
    return BankQuestion(library_key(view.library), state_number(get_workspace()))


def load_bank(view: View) -> Bank:
    """Load what is published now. Raises `UserError` where the workspace cannot be opened."""
    return answer_bank(bank_question(view))


@cached_answer(max_entries=8)
def answer_bank(question: BankQuestion) -> Bank:
    """Load what is published. Raises `UserError` where the workspace cannot be opened."""
    return build_bank(get_workspace(), find_library(question.library))


def build_bank(workspace: Workspace, library: Library) -> Bank:
    """Load the published stories, without made-up ones where the figures are real, and the reuses of the cases among them."""
    is_made_up = library.release.is_made_up
    published = tuple(story for story in stories(workspace) if is_made_up or not story.standing.is_made_up)
    ids = {story.standing.id for story in published}
    reuses_of_published = tuple(reuse for reuse in reuses(workspace) if reuse.case_id in ids)
    return Bank(published, reuses_of_published, StoryIndex(published, library))


def find_measure(library: Library, measure_id: str) -> Measure | None:
    """Return the measure, or None where this release does not have it."""
    try:
        return library.catalogue.measure(measure_id)
    except UserError:
        return None


def show_bank_navigation(here: PageName) -> None:
    """Show the pages of the success bank as one row of links, beneath the title."""
    pages = [
        (address.link(page), _(CASES if page is PageName.SUCCESS_BANK else frame.PAGE_TITLES[page]), page)
        for page in PAGES
    ]
    show_template("parts/bank_navigation.html", pages=pages, here=here)


def case_link(case_id: str, *, from_measure: str = "", tried_by: str = "") -> str:
    """The address of a case, with the measure that the reader comes from, or the municipality that tries the case."""
    return address.link(PageName.CASE, **{CASE_ID: case_id, FROM_MEASURE: from_measure, TRIED_BY: tried_by})


def method_link(method_id: str) -> str:
    """The address of a method."""
    return address.link(PageName.METHODS, **{CASE_ID: method_id})


def programme_link(programme_id: str) -> str:
    """The address of a programme."""
    return address.link(PageName.PROGRAMMES, **{CASE_ID: programme_id})
