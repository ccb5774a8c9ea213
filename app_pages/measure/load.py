"""The answers that the page shows, kept in the process for each release and choice; frozen, so one serves all."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from answers import distribution, revisions, trend, women_and_men
from answers.comparison import compare_measure
from answers.evaluations import find_evaluations
from app_pages.measure.choose import Choice
from app_pages.parts import uses
from app_pages.parts.words import language
from data.settings import read_settings
from domain.comparison import ColourAmong, Comparison
from domain.development import Development
from domain.evaluation import EvaluationResult
from domain.revision import RevisionReport
from domain.value import Gender
from domain.women_and_men import WomenAndMen

Key = tuple[str, int, int, str, str, str, str, int | None, Gender, str, ColourAmong]


def key(choice: Choice) -> Key:
    """Everything that the answers depend on, in words."""
    view = choice.view
    return (
        *view.library.key,
        language(),
        choice.measure.id,
        str(view.group.reference),
        choice.year,
        choice.gender,
        view.municipality.code,
        view.colour_among,
    )


def comparison(choice: Choice) -> Comparison:
    """The measure in the group. Raises `UserError`."""
    uses.count([choice.measure])
    return _comparison(choice, key(choice))


def everybody(choice: Choice) -> Comparison:
    """The measure among all of the same kind, in the same year."""
    return _everybody(choice, key(choice))


def development(choice: Choice) -> Development:
    """The measure over all years."""
    return _development(choice, key(choice))


def both_sexes(choice: Choice) -> WomenAndMen:
    """The measure for women and for men."""
    return _both_sexes(choice, key(choice))


def evaluations(choice: Choice) -> tuple[EvaluationResult, ...]:
    """What projects have measured of it."""
    return _evaluations(choice, key(choice))


def revised(choice: Choice) -> RevisionReport:
    """What the release changed in this measure."""
    return _revised(choice, key(choice))


@st.cache_resource(show_spinner=False, max_entries=64)
def _evaluations(_choice: Choice, answer_key: Key) -> tuple[EvaluationResult, ...]:
    return find_evaluations(_choice.view.library, _choice.measure.id)


@st.cache_resource(show_spinner=False, max_entries=64)
def _revised(_choice: Choice, answer_key: Key) -> RevisionReport:
    return revisions.find_revisions(_choice.view.library, measure_id=_choice.measure.id, most=None)


@st.cache_resource(show_spinner=False, max_entries=256)
def _comparison(_choice: Choice, answer_key: Key) -> Comparison:
    view = _choice.view
    return compare_measure(
        view.library,
        measure_id=_choice.measure.id,
        group=view.group,
        year=_choice.year,
        gender=_choice.gender,
        focus=view.municipality.code,
        colour_among=view.colour_among,
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def _everybody(_choice: Choice, answer_key: Key) -> Comparison:
    view = _choice.view
    return distribution.compare_everybody(
        view.library,
        measure_id=_choice.measure.id,
        group=view.group,
        year=_choice.year,
        gender=_choice.gender,
        focus=view.municipality.code,
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def _development(_choice: Choice, answer_key: Key) -> Development:
    view = _choice.view
    return trend.compare_development(
        view.library,
        measure_id=_choice.measure.id,
        group=view.group,
        year=_choice.year,
        gender=_choice.gender,
        focus=view.municipality.code,
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def _both_sexes(_choice: Choice, answer_key: Key) -> WomenAndMen:
    view = _choice.view
    return women_and_men.compare_women_and_men(
        view.library,
        measure_id=_choice.measure.id,
        group=view.group,
        year=_choice.year,
        focus=view.municipality.code,
    )


@dataclass(frozen=True, slots=True)
class Borders:
    """The real borders as GeoJSON; `changed_at` tells one import from the next."""

    areas: dict[str, Any]
    changed_at: int


def borders() -> Borders | None:
    """The real borders, if an administrator has brought them in."""
    file = read_settings().home / "borders.geojson"
    return _borders(str(file), file.stat().st_mtime_ns) if file.exists() else None


@st.cache_resource(show_spinner=False, max_entries=1)
def _borders(file: str, changed_at: int) -> Borders:
    return Borders(json.loads(Path(file).read_text(encoding="utf-8")), changed_at)
