"""The answer that the page shows, kept in the process for each release and choice."""

import streamlit as st

from answers.library import Library
from answers.overview import build_overview as answer
from app_pages.parts import uses
from app_pages.parts.choices import View
from app_pages.parts.words import _, language
from domain.comparison import ColourAmong
from domain.group import Group
from domain.measure import MeasureSet
from domain.overview import Overview
from domain.value import Gender


def overview(view: View) -> Overview:
    """The overview of what is chosen. Raises `UserError`."""
    with st.spinner(_("Läser {count} mått …").format(count=len(view.measure_set.measure_ids))):
        found = _kept(
            view.library,
            view.measure_set,
            view.group,
            (*view.library.key, language()),
            view.measure_set.id,
            str(view.group.reference),
            view.municipality.code,
            view.gender,
            view.colour_among,
        )
    uses.count(row.comparison.measure for row in found.rows)
    return found


@st.cache_resource(show_spinner=False, max_entries=256)
def _kept(
    _library: Library,
    _measure_set: MeasureSet,
    _group: Group,
    known: tuple[str, int, int, str, str],
    measure_set: str,
    group: str,
    focus: str,
    gender: Gender,
    colour_among: ColourAmong,
) -> Overview:
    """The words are the key, the objects are what they stand for. Frozen, so one copy serves everybody."""
    return answer(
        _library,
        measure_ids=_measure_set.measure_ids,
        sections={one: section for section, ids in _measure_set.sections for one in ids},
        group=_group,
        focus=focus,
        gender=gender,
        colour_among=colour_among,
    )
