"""Load everything that has been done to one value."""

from dataclasses import dataclass

from app_pages.history.choose import Choice
from app_pages.parts.cached_answers import cached_answer
from app_pages.parts.open_library import kept_figures
from app_pages.parts.opening import get_stores, get_stores_key, get_workspace
from data.settings import FiguresLocation
from data.workspace.audit import last_number
from domain.network_measure import NetworkMeasure
from domain.rights import Person
from domain.value import Gender
from pipelines.uploads.history import CellEvent, cell_history


@dataclass(frozen=True, slots=True)
class HistoryQuestion:
    """What has been done to one value, for whoever asks? `commit` and `state` tell what is kept of figures and workspace."""

    stores: str
    figures: FiguresLocation
    commit: int
    state: int
    actor: Person
    measure_id: str
    municipality_code: str
    period: str
    gender: Gender


def load_events(choice: Choice, measure: NetworkMeasure) -> tuple[CellEvent, ...]:
    """Everything that has been done to the value, newest first. Raises what `cell_history` raises."""
    figures = kept_figures()
    return answer_history(
        HistoryQuestion(
            stores=get_stores_key(),
            figures=figures.location,
            commit=figures.newest_commit(),
            state=last_number(get_workspace()),
            actor=choice.actor,
            measure_id=measure.id,
            municipality_code=choice.code,
            period=str(choice.period),
            gender=choice.view.gender,
        )
    )


@cached_answer(max_entries=256)
def answer_history(question: HistoryQuestion) -> tuple[CellEvent, ...]:
    """Read the history of the value. Raises what `cell_history` raises."""
    return cell_history(
        get_stores(),
        question.actor,
        measure_id=question.measure_id,
        municipality_code=question.municipality_code,
        period=question.period,
        gender=question.gender,
    )
