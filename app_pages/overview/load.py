"""Load the answer that the page shows."""

from dataclasses import dataclass

import streamlit as st

from answers.overview import build_overview
from app_pages.parts import uses
from app_pages.parts.cached_answers import LibraryKey, cached_answer, find_library, library_key
from app_pages.parts.choices import View
from app_pages.parts.words import _
from domain.comparison import ColourAmong
from domain.group import Group
from domain.measure import MeasureSet
from domain.overview import Overview
from domain.value import Gender


@dataclass(frozen=True, slots=True)
class OverviewQuestion:
    """How does one municipality stand in a group, in every measure of a set?"""

    library: LibraryKey
    measure_set: MeasureSet
    group: Group
    focus: str
    gender: Gender
    colour_among: ColourAmong


def load_overview(view: View) -> Overview:
    """Load the overview for the choices. Raises `UserError`."""
    question = OverviewQuestion(
        library=library_key(view.library),
        measure_set=view.measure_set,
        group=view.group,
        focus=view.municipality.code,
        gender=view.gender,
        colour_among=view.colour_among,
    )
    with st.spinner(_("Läser {count} mått …").format(count=len(view.measure_set.measure_ids))):
        overview = answer_overview(question)
    uses.count(row.comparison.measure for row in overview.rows)
    return overview


@cached_answer(max_entries=256)
def answer_overview(question: OverviewQuestion) -> Overview:
    """Build the overview. Raises `UserError`."""
    sections = question.measure_set.sections
    return build_overview(
        find_library(question.library),
        measure_ids=question.measure_set.measure_ids,
        sections={measure_id: section for section, ids in sections for measure_id in ids},
        group=question.group,
        focus=question.focus,
        gender=question.gender,
        colour_among=question.colour_among,
    )
