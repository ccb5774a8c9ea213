"""The answers that the page shows, kept in the process for each pair of releases."""

import streamlit as st

from answers import comparison, revisions
from app_pages.changed.choose import Choice
from app_pages.parts.words import language
from domain.comparison import Comparison
from domain.errors import UserError
from domain.revision import RevisionReport
from domain.value import Gender

Key = tuple[str | int | None, ...]


def report(choice: Choice) -> RevisionReport:
    """What has changed since the chosen release, in every measure."""
    return _report(choice, None, _key(choice))


def listed(choice: Choice) -> RevisionReport:
    """The same for the one measure that is chosen, or for all."""
    only = choice.only.id if choice.only else None
    return _report(choice, only, (*_key(choice), only))


def then_and_now(choice: Choice) -> tuple[Comparison, Comparison | UserError]:
    """The comparison as it was known then, in its latest year, and the same year as known now.

    Raises `UserError` where then knew nothing of it; the second may be an error of its own.
    """
    return _then_and_now(
        choice, (*_key(choice), choice.measure.id, str(choice.view.group.reference), choice.view.gender)
    )


def _key(choice: Choice) -> Key:
    view = choice.view
    since = choice.since
    return (
        *view.library.key,
        language(),
        since.run_id if since else "",
        since.number if since else 0,
    )


@st.cache_resource(show_spinner=False, max_entries=16)
def _report(_choice: Choice, _only: str | None, key: Key) -> RevisionReport:
    since = _choice.since.known_at if _choice.since else None
    # All of them: a small municipality's changes may be small beside everybody's.
    return revisions.find_revisions(_choice.view.library, since=since, measure_id=_only, most=None)


@st.cache_resource(show_spinner=False, max_entries=64)
def _then_and_now(_choice: Choice, key: Key) -> tuple[Comparison, Comparison | UserError]:
    view = _choice.view
    gender = view.gender if _choice.measure.is_divided_by_gender else Gender.TOTAL
    # Without a focus in the key: the focus decides only what is marked, and that is done where it is shown.
    then = comparison.compare_measure(
        _choice.library_then(), measure_id=_choice.measure.id, group=view.group, gender=gender
    )
    try:
        now: Comparison | UserError = comparison.compare_measure(
            view.library, measure_id=_choice.measure.id, group=view.group, year=then.year, gender=gender
        )
    except UserError as error:
        now = error
    return then, now
