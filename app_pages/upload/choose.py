"""What is chosen on this page: network, municipality and period, which upload, and which of the four steps."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app_pages.parts import address, network_choice, person
from app_pages.parts.address import Name, PageName
from app_pages.parts.choice_row import select
from app_pages.parts.choices import View
from app_pages.parts.opening import get_workspace
from app_pages.parts.period_words import period_name
from app_pages.parts.reporting_periods import asked_in, offered_periods, reported_measures
from app_pages.parts.words import _
from data.workspace.uploads import upload as load_upload
from data.workspace.uploads import uploads
from domain.network import Network
from domain.network_measure import NetworkMeasure
from domain.period import Period
from domain.rights import Action, Person
from domain.upload import Upload, UploadState

PERIOD: Final = "period"
STEP: Final = "steg"
UPLOAD: Final = "uppladdning"
PROJECTS: Final = "evaluations"  # the count of results of projects in an upload


class Step(StrEnum):
    FILE = "fil"
    READING = "lasning"
    FINDINGS = "anmarkningar"
    PUBLISH = "publicera"


@dataclass(frozen=True, slots=True)
class Choice:
    """`codes` are today's members by name, `periods` what can be reported, the newest first. `upload` is the draft or
    publication that the address names, if any."""

    view: View
    network: Network
    actor: Person
    codes: tuple[str, ...]
    code: str
    periods: tuple[Period, ...]
    period: Period
    measures: tuple[NetworkMeasure, ...]
    step: Step
    upload: Upload | None

    def may(self, action: Action, code: str | None = None) -> bool:
        """Whether the current user may do this for the municipality (or another)."""
        return person.may_here(action, self.network, code or self.code, actor=self.actor)

    def name(self, code: str) -> str:
        places = self.view.library.places.by_code
        return places[code].name if code in places else code

    @property
    def place(self) -> str:
        return self.name(self.code)

    @property
    def key(self) -> tuple[str, str, str]:
        return self.network.id, self.code, str(self.period)

    @property
    def may_read_draft(self) -> bool:
        """Whether the current user may read the file at hand: their own, the municipality's, or a file that is only checked."""
        is_own = self.upload is None or self.upload.person_id == self.actor.id
        return is_own or self.may(Action.READ_DRAFT)

    def uploading_codes(self) -> tuple[str, ...]:
        """The members for which the current user may upload."""
        return tuple(code for code in self.codes if self.may(Action.UPLOAD_RESULTS, code))


def load_choice(view: View) -> Choice | None:
    """Return what the address chooses, or None without a network to report in.

    An upload has its own network, municipality and period.
    """
    words = view.address
    upload = words.read(UPLOAD, lambda word: load_upload(get_workspace(), word), None, kind=_("uppladdning"))
    if upload is not None:
        words.parameters[Name.NETWORK] = upload.network_id
        words.parameters[PERIOD] = upload.period
    network = network_choice.chosen_network(view)
    if network is None:
        return None
    actor = person.current_user()
    codes = network_choice.members_by_name(view, network)
    code = upload.municipality_code if upload is not None else _code(view, network, codes, actor)
    measures = reported_measures(network)
    periods = offered_periods(measures, person.today().year)
    delivered = uploads(get_workspace(), network_id=network.id, states=(UploadState.PUBLISHED,))
    period = words.read(PERIOD, Period.read, next_period(delivered, code, periods), kind=_("period"))
    return Choice(
        view=view,
        network=network,
        actor=actor,
        codes=codes,
        code=code,
        periods=periods,
        period=period,
        measures=asked_in(measures, period),
        step=words.read(STEP, Step, Step.FILE, kind=_("steg"), hint=", ".join(Step)),
        upload=upload,
    )


def _code(view: View, network: Network, codes: tuple[str, ...], actor: Person) -> str:
    """The municipality in the address, if the current user may upload for it or for none; otherwise their own."""
    mine = [code for code in codes if person.may_here(Action.UPLOAD_RESULTS, network, code, actor=actor)]
    mine = mine or [code for code in codes if code in person.own_codes()]
    offered = mine or list(codes)
    named = view.municipality.code
    return named if named in offered else next(iter(offered), named)


def next_period(delivered: tuple[Upload, ...], code: str, periods: tuple[Period, ...]) -> Period:
    """The latest year that anybody has delivered, or the next one where this municipality has delivered that already.

    Without any delivery, the latest year that is over. A year includes its parts.
    """
    last_whole_year = person.today().year - 1
    years = [period for period in periods if not period.part]
    reported = [(upload.municipality_code, Period.read(upload.period)) for upload in delivered]
    known = [Period(period.year) for _code, period in reported if Period(period.year) in years]
    if known:
        newest = max(known)
        later = [year for year in years if newest < year and year.year <= last_whole_year]
        return min(later) if later and (code, newest) in reported else newest
    past_years = [year for year in years if year.year <= last_whole_year]
    return next(iter(past_years or years), Period(last_whole_year))


# ---- the row of choices ----------------------------------------------------------------------------------------


def municipality_control(choice: Choice) -> Callable[[View], None]:
    """Return what draws the choice of municipality."""

    def draw(_view: View) -> None:
        codes = choice.uploading_codes() or choice.codes
        names = {code: choice.name(code) for code in codes}
        select(Name.MUNICIPALITY, _("Kommun"), names, choice.code)

    return draw


def period_control(choice: Choice) -> Callable[[View], None]:
    """Return what draws the choice of reporting period."""

    def draw(_view: View) -> None:
        names = {str(period): period_name(period) for period in (*choice.periods, choice.period)}
        select(PERIOD, _("Period"), names, str(choice.period))

    return draw


def is_of_projects(upload: Upload | None) -> bool:
    """Whether an upload holds results of projects instead of the municipality's figures."""
    return upload is not None and PROJECTS in upload.counts


def step_link(step: Step, upload: Upload | None) -> str:
    """Return the address of a step: with the upload, if there is one, otherwise with the choices of this page."""
    if upload is not None:
        return address.link(PageName.UPLOAD, **{UPLOAD: upload.id, STEP: str(step)})
    first = None if step is Step.FILE else str(step)
    return address.same_page_link(PageName.UPLOAD, **{UPLOAD: None, STEP: first})
