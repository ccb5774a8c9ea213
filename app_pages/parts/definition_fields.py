"""The fields of a measure's definition in a form, the same wherever a measure is proposed, reworded or redefined."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from app_pages.parts import forms
from app_pages.parts.forms import key
from app_pages.parts.words import _
from domain.audit import FIELD_NAMES
from domain.kept_text import LONGEST_NAME, LONGEST_TEXT
from domain.measure import Direction, MeasureKind
from domain.network_measure import (
    INTERVAL_NAMES,
    SOURCE_NAMES,
    MeasureDefinition,
    MeasureSource,
    ReportingInterval,
)
from language.enum_words import DIRECTION_WORDS, KIND_WORDS

LONG: Final = (
    "resident_sentence",
    "included",
    "not_included",
    "service_and_overheads",
    "not_to_be_used_for",
)
SHORT: Final = ("numerator", "denominator", "data_source", "responsible")
CHOSEN: Final = ("direction", "kind", "interval")
COUNTED: Final = ("decimals", "smallest_basis")
FIELDS: Final = ("name", "expression", "unit", *CHOSEN, *COUNTED, *LONG, *SHORT)


def values(definition: MeasureDefinition) -> Mapping[str, Any]:
    """Return what the fields are filled with."""
    return {name: getattr(definition, name) for name in FIELDS}


def label(field: str) -> str:
    """Return the field's name with a capital letter, in the page's language."""
    name = _(FIELD_NAMES[field])
    return name[:1].upper() + name[1:]


def draw(
    form: str, source: MeasureSource, *, without: Collection[str] = (), with_source: bool = False
) -> None:
    """Show all fields but `without`, inside the caller's form; `with_source` also what the measure is made of."""
    if "name" not in without:
        st.text_input(label("name"), key=key(form, "name"), max_chars=LONGEST_NAME)
    if with_source:
        st.selectbox(
            label("source"),
            list(MeasureSource),
            format_func=lambda option: _(SOURCE_NAMES[option]),
            key=key(form, "source"),
        )
    if "expression" not in without:
        names = {
            MeasureSource.KPI: _("Nyckeltal"),
            MeasureSource.FORMULA: _("Formel"),
            MeasureSource.OWN: _("Variabelns namn"),
        }
        title = label("expression") if with_source else names[source]
        st.text_input(title, key=key(form, "expression"), max_chars=LONGEST_TEXT)
    first, second, third = st.columns(3)
    with first:
        st.text_input(
            label("unit"),
            key=key(form, "unit"),
            help=_("Tom: enheten följer av formeln eller nyckeltalet."),
        )
        st.number_input(label("decimals"), min_value=0, max_value=6, step=1, key=key(form, "decimals"))
    with second:
        st.selectbox(
            label("direction"),
            list(Direction),
            format_func=lambda option: _(DIRECTION_WORDS[option]),
            key=key(form, "direction"),
        )
        st.selectbox(
            label("kind"),
            list(MeasureKind),
            format_func=lambda option: _(KIND_WORDS[option]),
            key=key(form, "kind"),
        )
    with third:
        st.selectbox(
            label("interval"),
            list(ReportingInterval),
            format_func=lambda option: _(INTERVAL_NAMES[option]),
            key=key(form, "interval"),
        )
        st.number_input(
            label("smallest_basis"),
            min_value=0,
            step=1,
            key=key(form, "smallest_basis"),
            help=_("Värden med färre personer eller fall bakom sig visas inte."),
        )
    for name in LONG:
        st.text_area(label(name), key=key(form, name), max_chars=LONGEST_TEXT, height=80)
    left, right = st.columns(2)
    for place, name in enumerate(SHORT):
        (left, right)[place % 2].text_input(label(name), key=key(form, name), max_chars=LONGEST_TEXT)


def read(form: str, base: MeasureDefinition) -> MeasureDefinition:
    """Return the definition that is in the form."""
    texts: dict[str, Any] = {
        name: forms.text(form, name) for name in ("name", "expression", "unit", *LONG, *SHORT)
    }
    others = {name: forms.value(form, name) for name in (*CHOSEN, *COUNTED)}
    return replace(base, **texts, **others)
