"""The answer that the page shows, kept in the process for each release and choice."""

import streamlit as st

from answers import relation
from app_pages.parts.words import language
from app_pages.relation.choose import Choice
from domain.relation import TwoMeasures

Key = tuple[str | int | None, ...]


def two_measures(choice: Choice) -> TwoMeasures:
    """The two measures among the chosen. Raises `UserError`."""
    return _two_measures(choice, key(choice))


def key(choice: Choice) -> Key:
    """Everything that the answer depends on, in words."""
    view = choice.view
    return (
        *view.library.key,
        language(),
        choice.first.id,
        choice.second.id,
        choice.first_year,
        choice.second_year,
        str(choice.group.reference),
        view.municipality.code,
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def _two_measures(_choice: Choice, answer_key: Key) -> TwoMeasures:
    return relation.relate_measures(
        _choice.view.library,
        measure_ids=(_choice.first.id, _choice.second.id),
        years=(_choice.first_year, _choice.second_year),
        group=_choice.group,
        focus=_choice.view.municipality.code,
    )
