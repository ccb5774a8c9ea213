"""Forms that write: errors are shown at the form, and nothing that was filled in is lost.

What somebody else has changed meanwhile is reported. A page calls `open_form` before it draws the fields (their keys
are `key(form, field)`) and gives the button an `on_click` that calls `save`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import streamlit as st

from app_pages.parts import frame
from app_pages.parts.blocks import show_status
from app_pages.parts.error_advice import explain
from app_pages.parts.words import _
from data.workspace.changing import place_name
from domain.audit import FIELD_NAMES, LONGEST_SHOWN, FieldChange, describe_changes, differences
from domain.errors.fields import FieldError
from domain.errors.storage import ChangedMeanwhileError
from domain.errors.user_error import UserError
from language.rendering import render

T = TypeVar("T")

MARK: Final = "form"
DONE: Final = f"{MARK}-done"


@dataclass(frozen=True, slots=True)
class _Opened(Generic[T]):
    """What a form was filled from, and with which values."""

    subject: T
    values: Mapping[str, Any]


def key(form: str, field: str) -> str:
    """Return the key of a field's widget."""
    return f"{form}-{field}"


def value(form: str, field: str) -> Any:  # noqa: ANN401 - whatever the widget holds
    """Return what is in a field now."""
    return st.session_state.get(key(form, field))


def text(form: str, field: str) -> str:
    """Return what is in a text field, stripped."""
    return str(value(form, field) or "").strip()


def required_value(form: str, field: str, name: str) -> Any:  # noqa: ANN401 - whatever the widget holds
    """Return what is chosen in a field that must not be empty. Raises `FieldError` with its `name`."""
    chosen = value(form, field)
    if chosen is None or chosen == "" or chosen == []:
        raise FieldError(FieldError.EMPTY, field=name)
    return chosen


def open_form(form: str, current: T, values: Mapping[str, Any]) -> T:
    """Return what the form was filled from: as it was when the form was opened, until it is saved or closed.

    `values` are the current values of the fields. After somebody else's change, fields that the reader has not touched
    are updated.
    """
    base: _Opened[T] | None = st.session_state.get(f"{MARK}-{form}")
    is_drawn = any(key(form, field) in st.session_state for field in values)
    if base is None or not is_drawn:
        for field, current_value in values.items():
            st.session_state[key(form, field)] = current_value
    elif st.session_state.pop(f"{MARK}-{form}-behind", False):
        for field, current_value in values.items():
            if value(form, field) == base.values.get(field):
                st.session_state[key(form, field)] = current_value
    else:
        return base.subject
    st.session_state[f"{MARK}-{form}"] = _Opened(current, dict(values))
    return current


def subject(form: str) -> Any:  # noqa: ANN401 - whatever the form is about
    """Return what the form was filled from, for use when it is saved."""
    return st.session_state[f"{MARK}-{form}"].subject


def save(form: str, work: Callable[[], str]) -> None:
    """Do the work of a button, for use in `on_click`. `work` returns the sentence that reports what was done."""
    try:
        done = work()
    except UserError as error:
        st.session_state[f"{MARK}-{form}-problem"] = error
        st.session_state[f"{MARK}-{form}-behind"] = isinstance(error, ChangedMeanwhileError)
    else:
        st.session_state.pop(f"{MARK}-{form}", None)
        st.session_state[DONE] = done


def show_problem(form: str) -> None:
    """Show at the form what stopped the last attempt."""
    error: UserError | None = st.session_state.pop(f"{MARK}-{form}-problem", None)
    if error is None:
        return
    sentences = [explain(error)]
    if isinstance(error, ChangedMeanwhileError):
        changes: Iterable[FieldChange] = error.values.get("changes", ())  # type: ignore[assignment]
        sentences += filter(None, map(_change_sentence, changes))
        sentences.append(
            _("Det du har skrivit står kvar i formuläret. Det du inte har rört är som det nu är sparat.")
        )
    frame.show_box(_("Det gick inte att spara"), sentences)


def _change_sentence(change: FieldChange) -> str:
    """Describe what the conflict message has no room for: a long text, or which parts of a definition changed."""
    if change.field == "definitions" and change.before and change.after:
        parts = differences(change.before[-1], change.after[-1])
        return _("I definitionen: {what}.").format(what=render(describe_changes(parts, place_name), _))
    if isinstance(change.after, str) and len(change.after) > LONGEST_SHOWN:
        name = _(FIELD_NAMES.get(change.field, change.field))
        return _("Nu sparat i fältet ”{field}”: {after}").format(field=name, after=change.after)
    return ""


def show_done() -> None:
    """Show once, first on the page, what has been done."""
    sentence = st.session_state.pop(DONE, None)
    if sentence:
        show_status(sentence)
