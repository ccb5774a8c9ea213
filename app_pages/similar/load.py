"""The answer that the page shows, kept in the process for each release and choice."""

import streamlit as st

from answers.similar import find_similar_places
from app_pages.similar.choose import Choice
from domain.errors import UserError
from domain.similarity import SimilarPlaces

Key = tuple[str, int, int, str, str, tuple[str, ...], tuple[float, ...]]


def similar_places(choice: Choice) -> SimilarPlaces | UserError:
    """The nearest, or why nobody can be likened by what is chosen."""
    key = (*choice.view.library.key, choice.view.municipality.code, choice.variables, choice.weights)
    try:
        return _similar(choice, key)
    except UserError as error:
        return error


@st.cache_resource(show_spinner=False, max_entries=64)
def _similar(_choice: Choice, key: Key) -> SimilarPlaces:
    return find_similar_places(
        _choice.view.library,
        _choice.view.municipality.code,
        variables=_choice.variables,
        weights=_choice.weights,
    )
