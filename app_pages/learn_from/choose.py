"""Read the choices of this page from the address: the focus municipality and the measure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app_pages.parts import bank, first_start
from app_pages.parts.address import Name
from app_pages.parts.bank import Bank
from app_pages.parts.choice_row import select
from app_pages.parts.choices import View
from app_pages.parts.measure_choice import default_measure, measure_names
from app_pages.parts.words import _
from domain.measure import Measure

SHOWN: Final = (Name.MUNICIPALITY, Name.MEASURE, Name.KNOWN)


@dataclass(frozen=True, slots=True)
class Choice:
    """The common view, the measure, and what is published."""

    view: View
    measure: Measure
    bank: Bank


def load_choice(view: View) -> Choice:
    """Read the choice from the address; what cannot be read is reported and replaced by the default."""
    measure = view.address.read(
        Name.MEASURE, view.library.catalogue.measure, default_measure(view), kind=_("mått")
    )
    first_start.wait()
    return Choice(view, measure, bank.load_bank(view))


def measure_control(choice: Choice) -> Callable[[View], None]:
    """Return a function that shows the choice of measure."""

    def draw(view: View) -> None:
        select(Name.MEASURE, _("Mått"), measure_names(view, choice.measure), choice.measure.id)

    return draw
