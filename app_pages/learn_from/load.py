"""Load what there is to learn from others, cached for each release, state of the bank and choice, with the effects computed so far."""

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


def load_learning(choice: Choice) -> Learning | UserError:
    """Load what there is to learn from others about the measure, or the error that says why there is nothing."""
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
        learning = _load_learning(choice, {}, read, (*key, ()))
        effects = kept_effects.ready(choice.view.library, choice.bank, cases_of(learning))
        if not effects:
            return learning
        return _load_learning(choice, effects, read, (*key, tuple(sorted(effects))))
    except UserError as error:
        return error


def cases_of(learning: Learning) -> tuple[Case, ...]:
    """The cases whose effects are shown."""
    return tuple(hit.case for hit in learning.cases)


@st.cache_resource(show_spinner=False, max_entries=128)
def _load_learning(
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
