"""Count how often the networks' own measures are viewed; those that nobody views are listed for retirement."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from app_pages.parts.opening import get_workspace
from data.workspace.use_counts import count_use
from domain.measure import Measure

_COUNTED: Final = "counted-looks"


def count(measures: Iterable[Measure]) -> None:
    """Count a view of each own measure, once per visit and day, so that choosing another year does not count."""
    today = datetime.now(UTC).astimezone().date()
    counted: set[tuple[str, str]] = st.session_state.setdefault(_COUNTED, set())
    for measure in measures:
        look = (measure.id, str(today))
        if measure.is_own and look not in counted:
            counted.add(look)
            count_use(get_workspace(), measure.id, today)
