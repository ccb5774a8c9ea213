"""The success bank as it is open: what is published, who tries it, and the way between its pages.

Made-up stories belong to the made-up figures; they are out of sight as soon as real ones are in use.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Final

import streamlit as st

from answers.library import Library
from answers.search.stories import StoryIndex
from app_pages.parts import address, frame
from app_pages.parts.address import PageName
from app_pages.parts.choices import View
from app_pages.parts.opening import get_stores_key, get_workspace
from app_pages.parts.words import _
from data.workspace.reuses import reuses
from data.workspace.stories import state_number, stories
from data.workspace.workspace import Workspace
from domain.case import Case, Reuse
from domain.cooperation_method import CooperationMethod
from domain.errors import UserError
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
CASE_ID: Final = "id"  # which case, on the page of one
FROM_MEASURE: Final = (
    "fran"  # the measure that the reader came from, so that others can be told what was read
)
TRIED_BY: Final = "provar"  # the municipality whose own try is shown


@dataclass(frozen=True)
class Bank:
    """What readers see: the newest published version of each, and all tries of the cases among them."""

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

    def tried(self, case_id: str) -> tuple[Reuse, ...]:
        """Who tries a case, the first to start first."""
        return tuple(reuse for reuse in self.reuses if reuse.case_id == case_id)


def bank(view: View) -> Bank:
    """What is published, as it is now. Raises `UserError` where the workspace cannot be opened."""
    workspace = get_workspace()
    key = (get_stores_key(), state_number(workspace), view.library.key)
    return _bank(workspace, view.library, key)


@st.cache_resource(show_spinner=False, max_entries=8)
def _bank(_workspace: Workspace, _library: Library, key: tuple[object, ...]) -> Bank:
    is_made_up = _library.release.is_made_up
    shown = tuple(story for story in stories(_workspace) if is_made_up or not story.standing.is_made_up)
    ids = {one.standing.id for one in shown}
    tried = tuple(reuse for reuse in reuses(_workspace) if reuse.case_id in ids)
    return Bank(shown, tried, StoryIndex(shown, _library))


def measure_of(library: Library, measure_id: str) -> Measure | None:
    """The measure, or nothing where this release does not know it."""
    try:
        return library.catalogue.measure(measure_id)
    except UserError:
        return None


def ways(here: PageName) -> None:
    """The pages of the success bank as one row of links, beneath the title."""
    links = "".join(
        f'<a data-page href="{escape(address.link(page))}"{_current(page, here)}>{escape(_(_name(page)))}</a>'
        for page in PAGES
    )
    st.html(f'<nav class="bank-ways" aria-label="{escape(_("I framgångsbanken"))}">{links}</nav>')


def case_link(case_id: str, *, from_measure: str = "", tried_by: str = "") -> str:
    """The address of a case; with the measure that the reader comes from, or the municipality that tries it."""
    return address.link(PageName.CASE, **{CASE_ID: case_id, FROM_MEASURE: from_measure, TRIED_BY: tried_by})


def method_link(method_id: str) -> str:
    """The address of a method."""
    return address.link(PageName.METHODS, **{CASE_ID: method_id})


def programme_link(programme_id: str) -> str:
    """The address of a programme."""
    return address.link(PageName.PROGRAMMES, **{CASE_ID: programme_id})


def _current(page: PageName, here: PageName) -> str:
    if here is PageName.CASE and page is PageName.SUCCESS_BANK:
        return ' aria-current="true"'
    return ' aria-current="page"' if page is here else ""


def _name(page: PageName) -> str:
    return CASES if page is PageName.SUCCESS_BANK else frame.PAGE_TITLES[page]
