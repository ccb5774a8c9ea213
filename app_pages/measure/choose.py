"""Read from the address which measure and year, and which municipality is highlighted among the lines."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app_pages.parts import kept
from app_pages.parts.address import LIFTED, Name
from app_pages.parts.choice_row import select
from app_pages.parts.choices import View
from app_pages.parts.measure_choice import default_measure, measure_names
from app_pages.parts.words import _
from domain.errors.choices import YearWithoutValuesError
from domain.measure import Measure
from domain.value import Gender

SHOWN: Final = (Name.MUNICIPALITY, Name.GROUP, Name.MEASURE, Name.YEAR, Name.GENDER, Name.KNOWN)


@dataclass(frozen=True, slots=True)
class Choice:
    """The common view, the measure and the year (`None`: the latest in the group)."""

    view: View
    measure: Measure
    year: int | None
    years: tuple[int, ...]
    gender: Gender
    lifted: str | None

    @property
    def is_gender_ignored(self) -> bool:
        """Whether women or men were chosen for a measure that is not divided by gender."""
        return self.gender is not self.view.gender


def load_choice(view: View) -> Choice:
    """Read the choice from the address; what cannot be read is reported and replaced by the default."""
    measure = view.address.read(
        Name.MEASURE, view.library.catalogue.measure, default_measure(view), kind=_("mått")
    )
    years = kept.years(view, measure)
    return Choice(
        view=view,
        measure=measure,
        year=view.address.read(Name.YEAR, _year_of(measure, years), None, kind=_("år")),
        years=years,
        gender=view.gender if measure.is_divided_by_gender else Gender.TOTAL,
        lifted=view.address.read(LIFTED, _member_of(view), None, kind=_("kommun i gruppen")),
    )


def _year_of(measure: Measure, years: tuple[int, ...]) -> Callable[[str], int]:
    def parse(word: str) -> int:
        if int(word) not in years:
            raise YearWithoutValuesError(
                measure=measure.short_title, year=word, years=", ".join(map(str, years)) or "–"
            )
        return int(word)

    return parse


def _member_of(view: View) -> Callable[[str], str]:
    def parse(word: str) -> str:
        code = view.library.places.find(word).code
        if code not in view.group.codes:
            raise KeyError(code)
        return code

    return parse


def measure_control(chosen: Choice) -> Callable[[View], None]:
    """Return what draws the choice of measure, those of the chosen set first. Another measure has other years."""

    def draw(view: View) -> None:
        names = measure_names(view, chosen.measure)
        select(Name.MEASURE, _("Mått"), names, chosen.measure.id, also=lambda _word: {Name.YEAR: None})

    return draw


def year_control(chosen: Choice) -> Callable[[View], None]:
    """Return what draws the choice of year, latest first."""

    def draw(_view: View) -> None:
        names = {"": _("senaste")} | {str(year): str(year) for year in reversed(chosen.years)}
        select(Name.YEAR, _("År"), names, "" if chosen.year is None else str(chosen.year))

    return draw


def lifted_control(chosen: Choice) -> None:
    """Show the choice of one more municipality to highlight among the lines."""
    view = chosen.view
    others = [code for code in view.group.codes if code != view.municipality.code]
    names = {"": _("ingen")} | {code: view.library.places.find(code).name for code in others}
    select(LIFTED, _("Lyft fram en kommun till"), names, chosen.lifted or "")
