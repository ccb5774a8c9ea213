"""Load what there is to learn from others, with the effects that are computed so far."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from answers.learning.recommendations import learn_from
from app_pages.learn_from.choose import Choice
from app_pages.parts import computed_effects
from app_pages.parts.bank import BankQuestion, answer_bank, bank_question
from app_pages.parts.cached_answers import SameObject, cached_answer, find_library
from app_pages.parts.computed_effects import Effects
from app_pages.parts.opening import get_workspace
from data.workspace.readings import read_by_others
from domain.case import Case
from domain.errors.user_error import UserError
from domain.learning import Learning


@dataclass(frozen=True, slots=True)
class LearningQuestion:
    """What can a municipality learn from others about a measure?

    readings: case id and how often others went on to it from the measure. effects: by case id, as far as they are computed.
    """

    bank: BankQuestion
    measure_id: str
    focus: str
    readings: tuple[tuple[str, int], ...]
    effects: tuple[tuple[str, SameObject[Effects]], ...] = ()


def load_learning(choice: Choice) -> Learning | UserError:
    """Load what there is to learn from others about the measure, or the error that says why there is nothing."""
    question = LearningQuestion(
        bank=bank_question(choice.view),
        measure_id=choice.measure.id,
        focus=choice.view.municipality.code,
        readings=tuple(read_by_others(get_workspace(), choice.measure.id).items()),
    )
    try:
        learning = answer_learning(question)
        effects = computed_effects.load_ready_effects(choice.view.library, choice.bank, cases_of(learning))
        return answer_learning(replace(question, effects=_hashable(effects))) if effects else learning
    except UserError as error:
        return error


def _hashable(effects: Mapping[str, Effects]) -> tuple[tuple[str, SameObject[Effects]], ...]:
    return tuple((case_id, SameObject(effects[case_id])) for case_id in sorted(effects))


def cases_of(learning: Learning) -> tuple[Case, ...]:
    """Return the cases whose effects are shown."""
    return tuple(hit.case for hit in learning.cases)


@cached_answer(max_entries=128)
def answer_learning(question: LearningQuestion) -> Learning:
    """Find who is better and what they did. Raises `UserError`."""
    bank = answer_bank(question.bank)
    return learn_from(
        find_library(question.bank.library),
        bank.stories,
        measure_id=question.measure_id,
        focus=question.focus,
        effects={case_id: effects.value for case_id, effects in question.effects},
        reuses=bank.reuses,
        read_by_others=dict(question.readings),
    )
