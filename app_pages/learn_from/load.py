"""The road, kept in the process for each release, state of the bank and choice, with the effects that are worked out."""

from collections.abc import Mapping

import streamlit as st

from answers.learning.recommendations import learn_from
from app_pages.learn_from.choose import Choice
from app_pages.parts import kept_effects
from app_pages.parts.kept_effects import Effects
from app_pages.parts.opening import get_stores_key, get_workspace
from app_pages.parts.words import language
from data.workspace.readings import read_by_others
from data.workspace.stories import state_number
from domain.case import Case
from domain.errors import UserError
from domain.learning import Learning


def road(choice: Choice) -> Learning | UserError:
    """The whole road, or why there is none from this measure."""
    workspace = get_workspace()
    read = dict(read_by_others(workspace, choice.measure.id))
    key = (
        get_stores_key(),
        state_number(workspace),
        *choice.view.library.key,
        language(),
        choice.measure.id,
        choice.view.municipality.code,
        tuple(read.items()),
    )
    try:
        found = _road(choice, {}, read, (*key, ()))
        effects = kept_effects.ready(choice.view.library, choice.bank, cases_of(found))
        return _road(choice, effects, read, (*key, tuple(sorted(effects)))) if effects else found
    except UserError as error:
        return error


def cases_of(found: Learning) -> tuple[Case, ...]:
    """The cases on the road, whose effects it shows."""
    return tuple(one.case for one in found.cases)


@st.cache_resource(show_spinner=False, max_entries=128)
def _road(
    _choice: Choice, _effects: Mapping[str, Effects], _read: Mapping[str, int], key: tuple[object, ...]
) -> Learning:
    return learn_from(
        _choice.view.library,
        _choice.bank.stories,
        measure_id=_choice.measure.id,
        focus=_choice.view.municipality.code,
        effects=_effects,
        reuses=_choice.bank.reuses,
        read_by_others=_read,
    )
