"""A made-up network beside the made-up values: own variables with three years of members' results, handed in as any are.

It stands here and not beside the generator, because it is made by the road that a person takes: proposed, decided, filled
in, checked, explained and published. One member has not delivered the newest year, so that somebody else can.
"""

import csv
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any, Final

from answers.library import Library
from answers.own import own_measures
from data.places import Settings
from data.store.figures import open_lake
from data.store.writing import FiguresWriter, write_release
from data.workspace import measures as kept_measures
from data.workspace.changing import place_name, today
from data.workspace.networks import create_network, networks
from data.workspace.people import ensure_people, person, save_person
from data.workspace.uploads import contents_to_fold, draft_content, uploads
from domain.errors import UnknownPersonError
from domain.measure import Direction, MeasureKind
from domain.network import Membership, Network
from domain.network_measure import (
    LifeEvent,
    MeasureDefinition,
    MeasureSource,
    MeasureState,
    NetworkMeasure,
    ReportingInterval,
)
from domain.period import Period, periods_of
from domain.place import PlaceKind
from domain.reporting_template import GENDER_WORDS, REASON_WORDS
from domain.rights import HeldRole, Person, Role
from domain.upload import Upload, UploadState
from domain.value import Gender, Reason
from pipelines.demonstration.make import when_alone
from pipelines.networks.definitions import propose
from pipelines.uploads import drafts
from pipelines.uploads.changes import difference
from pipelines.uploads.committing import kept_rows, plan_changes, prepare_publication, run_id, upload_id_of
from pipelines.uploads.evaluations.merging import write_evaluation_results
from pipelines.uploads.publishing import publish
from pipelines.uploads.reconciling import reconcile
from pipelines.uploads.resolved_cells import covered_measure_periods, folded
from pipelines.uploads.upload_context import UploadContext, build_upload_context

NETWORK_ID: Final = "pahittade-sodertornsnatverket"
NAME: Final = "Påhittade Södertörnsnätverket"
HUDDINGE, BOTKYRKA, SALEM, HANINGE, TYRESO, UPPLANDS_BRO, SODERTALJE, NYNASHAMN = MEMBERS = (
    *("0126", "0127", "0128", "0136", "0138", "0139", "0181", "0192"),
)
FIRST_DAY: Final = date(2022, 1, 1)
YEARS: Final = (2022, 2023, 2024)
NOT_YET: Final = (HANINGE, 2024)  # left for whoever wants to try
SMALLEST_BASIS: Final = 7
CONTROLLER_OF_HANINGE: Final = "controller-haninge"  # one of the demonstration people
CONTROLLER: Final = Person(
    "controller-pahittad",
    "Påhittad controller",
    tuple(HeldRole(Role.CONTROLLER, None, code) for code in MEMBERS if code != HANINGE),
)
REASON: Final = "Ordinarie rapportering"
BEGUN: Final = frozenset(UploadState) - {UploadState.DISCARDED}
CORRECTED_BECAUSE: Final = "Maj månad var räknad två gånger"
EXPLAINED: Final = "Kontrollerat mot verksamhetssystemet: värdet stämmer."


@dataclass(frozen=True, slots=True)
class Results:
    """What members hand in of one measure: the first year's values in the order of `MEMBERS`, and the change a year.

    bases: persons or cases behind a year's total, in the same order; empty where there are none. women_minus_men: None where
    the measure is not divided. by_part: what the later part of a year differs by.
    """

    first: tuple[float, ...]
    a_year: float
    wobble: float
    bases: tuple[int, ...] = ()
    women_minus_men: float | None = None
    by_part: float = 0.0


SAFE, ABSENT, COST, VISITS, MET, A_VISIT = (
    *("trygga_elever", "hog_franvaro", "kostnad_oppen_ungdom", "besok_oppen_ungdom", "nojda_med_motet"),
    "kostnad_per_besok",
)
RESULTS: Final = {
    SAFE: Results(
        (78.4, 72.1, 83.0, 75.6, 82.2, 79.5, 69.8, 77.3),
        a_year=0.6,
        wobble=0.5,
        bases=(1240, 1012, 214, 1105, 690, 402, 1198, 346),
        women_minus_men=-3.0,
    ),
    ABSENT: Results(
        (9.2, 12.4, 7.1, 10.6, 7.8, 9.0, 13.5, 10.1),
        a_year=-0.2,
        wobble=0.15,
        bases=(4020, 3390, 702, 3510, 2240, 1350, 3880, 1120),
        by_part=0.7,
    ),
    COST: Results((312.0, 398.0, 285.0, 341.0, 296.0, 327.0, 421.0, 358.0), a_year=9.0, wobble=2.0),
    VISITS: Results(
        (24100.0, 21800.0, 4300.0, 19600.0, 11900.0, 6800.0, 22400.0, 7100.0), a_year=260.0, wobble=60.0
    ),
    MET: Results(
        (81.0, 76.4, 84.1, 79.2, 83.3, 80.2, 74.9, 78.8),
        a_year=0.4,
        wobble=0.4,
        bases=(310, 284, 96, 265, 188, 122, 292, 98),
        women_minus_men=1.5,
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is out of the ordinary in one cell, and what the controller writes of it: unasked, or when asked about it."""

    value: float | None = None
    basis: int | None = None
    reason: Reason | None = None
    comment: str = ""
    explanation: str = ""


ODD: Final = {
    (SAFE, SALEM, "2024", Gender.WOMEN): Told(basis=5),  # too few: hidden, and the men's value with it
    (COST, SODERTALJE, "2024", Gender.TOTAL): Told(
        reason=Reason.MISSING,
        comment="Verksamheten bytte förvaltning den 1 juli och kostnaden går inte att skilja ut för 2024.",
    ),
    (COST, BOTKYRKA, "2024", Gender.TOTAL): Told(
        value=648.0,  # far from the others, so that the checks ask about it
        explanation="Två nya fritidsgårdar, i Fittja och Tumba, öppnade i mars 2024. Inredningen är bokförd på året.",
    ),
    (VISITS, BOTKYRKA, "2024", Gender.TOTAL): Told(
        value=38350.0,
        explanation="De nya fritidsgårdarna i Fittja och Tumba står för ökningen. Räkningen är kontrollerad.",
    ),
    (MET, TYRESO, "2024", Gender.TOTAL): Told(
        comment="Enkäten skickas från 2024 som sms efter besöket i stället för som brev en gång om året."
    ),
}
CORRECTED: Final = (VISITS, BOTKYRKA, "2023", 23980.0)  # what a file of its own says first


def definitions() -> tuple[tuple[str, MeasureDefinition], ...]:
    """Section and definition of every measure of the network, in its order."""
    own: dict[str, Any] = {"version": 1, "first_year": YEARS[0], "source": MeasureSource.OWN}
    share: dict[str, Any] = {"unit": "%", "decimals": 1, "smallest_basis": SMALLEST_BASIS}
    return (
        (
            "Skola",
            MeasureDefinition(
                **own,
                **share,
                expression=SAFE,
                name="Elever i årskurs 8 som är trygga i skolan",
                resident_sentence="Hur stor del av åttorna som svarar att de känner sig trygga i skolan.",
                direction=Direction.HIGHER,
                kind=MeasureKind.QUALITY,
                included="Elever i kommunala och fristående skolor i kommunen som har svarat på vårens enkät.",
                not_included="Elever som går i skola i en annan kommun.",
                numerator="Elever som svarar ”stämmer helt” eller ”stämmer ganska bra”",
                denominator="Elever som har svarat på frågan",
                data_source="Kommunens elevenkät, fråga 4",
                responsible="Kvalitetssamordnare, utbildning",
                not_to_be_used_for="Att jämföra enskilda skolor.",
            ),
        ),
        (
            "Skola",
            MeasureDefinition(
                **own,
                **share,
                expression=ABSENT,
                name="Högstadieelever med hög frånvaro",
                resident_sentence="Hur stor del av högstadieeleverna som är borta mer än var femte lektion.",
                direction=Direction.LOWER,
                kind=MeasureKind.QUALITY,
                included="All frånvaro, anmäld och oanmäld, under terminen.",
                not_included="Beviljad ledighet.",
                numerator="Elever med mer än 20 procents frånvaro under terminen",
                denominator="Elever i årskurs 7–9 den sista skoldagen i terminen",
                data_source="Skolans frånvarosystem",
                responsible="Kvalitetssamordnare, utbildning",
                interval=ReportingInterval.TERM,
            ),
        ),
        (
            "Unga",
            MeasureDefinition(
                **own,
                expression=COST,
                name="Kostnad för öppen ungdomsverksamhet",
                resident_sentence="Vad fritidsgårdar och annan öppen verksamhet för unga kostar per invånare.",
                unit="kr/inv",
                decimals=0,
                direction=Direction.NEUTRAL,
                kind=MeasureKind.COST,
                included="Personal, lokaler och aktiviteter i öppen verksamhet för unga 12–20 år.",
                not_included="Bidrag till föreningar och kulturskolan.",
                service_and_overheads="Egen och köpt verksamhet. Lokaler till självkostnad, ingen del av central administration.",
                data_source="Kommunens ekonomisystem",
                responsible="Ekonom, kultur och fritid",
            ),
        ),
        (
            "Unga",
            MeasureDefinition(
                **own,
                expression=VISITS,
                name="Besök i öppen ungdomsverksamhet",
                resident_sentence="Hur många besök fritidsgårdar och annan öppen verksamhet för unga har under året.",
                unit="antal",
                decimals=0,
                direction=Direction.HIGHER,
                kind=MeasureKind.VOLUME,
                included="Varje besök, även när samma person kommer flera gånger.",
                not_included="Besök vid evenemang och lovläger.",
                data_source="Besöksräkning på plats",
                responsible="Verksamhetschef, fritid",
            ),
        ),
        (
            "Unga",
            MeasureDefinition(
                version=1,
                first_year=YEARS[0],
                source=MeasureSource.FORMULA,
                expression=f"{COST} * N01951 / {VISITS}",
                name="Kostnad per besök i öppen ungdomsverksamhet",
                resident_sentence="Vad ett besök på fritidsgården kostar kommunen.",
                unit="kr",
                decimals=0,
                direction=Direction.NEUTRAL,
                kind=MeasureKind.COST,
            ),
        ),
        (
            "Mötet med kommunen",
            MeasureDefinition(
                **own,
                **share,
                expression=MET,
                name="Nöjda med mötet med kontaktcenter",
                resident_sentence="Hur stor del som är nöjda med hur de blev bemötta när de kontaktade kommunen.",
                direction=Direction.HIGHER,
                kind=MeasureKind.SATISFACTION,
                numerator="Svar 4 eller 5 på en femgradig skala",
                denominator="Alla som har svarat",
                data_source="Kommunens enkät till dem som har varit i kontakt med kontaktcenter",
                responsible="Chef, kontaktcenter",
            ),
        ),
    )


def ensure_demonstration_network(settings: Settings) -> bool:
    """Make the network and hand in its results, if made-up values are shown and nobody has a network; true if made now.

    Two processes may start at once: one makes, the other waits. What was killed half-way is gone on with. Also puts back what
    was published in made-up figures that have been made anew since. Raises what opening the figures and the workspace raises.
    """
    if not _are_made_up_values_shown(settings):
        return False
    put_back(settings)
    if not _is_wanted(settings):
        return False
    return when_alone(settings, lambda: _is_wanted(settings) and _make(settings))


def _are_made_up_values_shown(settings: Settings) -> bool:
    real, made_up = open_lake(settings.figures), open_lake(settings.demonstration)
    with ExitStack() as opened:
        for one in (real, made_up):
            if one is not None:
                opened.enter_context(one)
        return made_up is not None and not (real is not None and real.releases())


def put_back(settings: Settings) -> int:
    """Write into made-up figures what the workspace says is published there and they do not know. Gives how many files."""
    published = [one for one in uploads(settings, states={UploadState.PUBLISHED}) if one.is_made_up]
    lake = open_lake(settings.demonstration) if published else None
    if lake is None:
        return 0
    with lake:
        written = {upload_id_of(run) for run in lake.run_ids()}
    lost = sorted((one for one in published if one.id not in written), key=lambda one: one.sequence)
    return sum(_put_back(settings, one) for one in lost)


def _put_back(settings: Settings, upload: Upload) -> bool:
    """What the figures held once this file and those before it were published; false where that changes nothing."""
    in_force = [
        one
        for one in contents_to_fold(settings, upload.municipality_code, is_made_up=True)
        if one[0].sequence <= upload.sequence
    ]
    kept, content = in_force[-1]
    work = prepare_publication(settings, kept, content)
    groups = covered_measure_periods([content])
    rows = difference(
        kept=kept_rows(settings, work),
        held=folded(in_force, groups, work.definition_for),
        groups=groups,
        municipality_code=kept.municipality_code,
        definition_for=work.definition_for,
    ).rows
    if not len(rows) and content.evaluations is None:
        return False

    def write(writer: FiguresWriter) -> None:
        if len(rows):
            writer.merge_reported_values(rows)
        if content.evaluations is not None:
            write_evaluation_results(writer, in_force, kept.id, content.evaluations)

    write_release(
        settings.demonstration,
        write,
        run_id=run_id(kept),
        description=f"{place_name(kept.municipality_code)}, {kept.period}: {kept.file_name}",
        is_made_up=True,
        said={"upload_id": kept.id, "person": kept.published_by},
    )
    return True


def _is_wanted(settings: Settings) -> bool:
    """Whether there is no network, or this one is not finished: the last of its files is not there."""
    kept = networks(settings)
    if not kept:
        return True
    if not any(one.id == NETWORK_ID for one in kept):
        return False
    begun = uploads(settings, network_id=NETWORK_ID, states=BEGUN - {UploadState.DRAFT})
    return not any(one.file_name == _LAST_FILE for one in begun)


def _make(settings: Settings) -> bool:
    administrator = ensure_people(settings)[0]
    network = _network(settings, administrator)
    ensure_people(settings)  # the coordinator gets it
    controllers = _controllers(settings, administrator)
    with _library(settings) as library:
        _measures(settings, administrator, library, network)
    reconcile(settings)
    begun = {one.file_name: one for one in uploads(settings, network_id=network.id, states=BEGUN)}
    for files in _files():
        if all(one.name in begun and begun[one.name].state is not UploadState.DRAFT for one in files):
            continue
        with _library(settings) as library:  # what the files before have published is known to the next
            for one in files:
                kept = begun.get(one.name)
                if kept is not None and kept.state is UploadState.DRAFT:  # the process was ended just then
                    drafts.discard(settings, controllers[one.code], kept.id)
                if kept is None or kept.state is UploadState.DRAFT:
                    _hand_in(settings, library, controllers[one.code], one)
    return True


def _library(settings: Settings) -> "_Opened":
    return _Opened(settings)


class _Opened:
    """The made-up figures as they are now, for a while."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __enter__(self) -> Library:
        figures = open_lake(self._settings.demonstration)
        if figures is None:
            raise ValueError(self._settings.demonstration)  # who asks has made it
        self._figures = figures
        return Library(figures, figures.latest_release(), own_measures(self._settings))

    def __exit__(self, *_: object) -> None:
        self._figures.close()


def _network(settings: Settings, administrator: Person) -> Network:
    found = next((one for one in networks(settings) if one.id == NETWORK_ID), None)
    if found is not None:
        return found
    return create_network(
        settings,
        administrator,
        Network(
            id=NETWORK_ID,
            name=NAME,
            kind=PlaceKind.MUNICIPALITY,
            memberships=tuple(Membership(code, FIRST_DAY) for code in MEMBERS),
            aim="Ett påhittat nätverk att pröva i. Resultaten säger ingenting om verkliga kommuner.",
            area_of_work="skola, unga och mötet med kommunen",
            contact="nätverksledaren",
            is_made_up=True,
        ),
        today(),
    )


def _controllers(settings: Settings, administrator: Person) -> dict[str, Person]:
    """Who hands in for whom."""
    try:
        made_up = person(settings, CONTROLLER.id)
    except UnknownPersonError:
        made_up = save_person(settings, administrator, CONTROLLER)
    return dict.fromkeys(MEMBERS, made_up) | {HANINGE: person(settings, CONTROLLER_OF_HANINGE)}


def _measures(settings: Settings, administrator: Person, library: Library, network: Network) -> None:
    """Proposed, discussed, decided and taken into use, as far as they are not."""
    now = datetime.now(UTC)
    steps = (
        LifeEvent(MeasureState.DISCUSSED, now, ""),
        LifeEvent(MeasureState.DECIDED, now, "", decided_on=FIRST_DAY, minutes_reference="Påhittat protokoll § 3"),
        LifeEvent(MeasureState.IN_USE, now, ""),
    )  # fmt: skip
    order = [MeasureState.PROPOSED, *(one.state for one in steps)]
    kept = {one.definition.name: one for one in _all_measures(settings, administrator, network)}
    for section, definition in definitions():
        found = kept.get(definition.name)
        if found is None:
            library = library.knowing(own_measures(settings))
            found = propose(settings, administrator, library, network, definition, section)
        for event in steps[order.index(found.state) :] if found.state in order else ():
            found = kept_measures.step(settings, administrator, found, event)


def _all_measures(settings: Settings, administrator: Person, network: Network) -> tuple[NetworkMeasure, ...]:
    return kept_measures.network_measures(settings, network.id, actor=administrator)


# ---- what is handed in ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One file: for whom, which period, what it is called and how it is made of what is known."""

    code: str
    period: str
    name: str
    content: Callable[[UploadContext], bytes]
    reason: str = REASON


_LAST_FILE: Final = "rättade besök 2023.csv"
_FIRST_HEADINGS: Final = (
    *("Kommun", "Mått", "Period", "Kön", "Värde", "Underlag, antal", "Orsak om värde saknas", "Kommentar"),
)


def _files() -> tuple[tuple[HandedIn, ...], ...]:
    """In rounds: everybody but one, that one when the others are known, and one value of an earlier year, mended.

    Every year stands in one sheet: one publication a year would take twice as long.
    """
    of_members = {
        code: HandedIn(code, period, f"resultat {YEARS[0]}–{period} {place_name(code)}.csv", _own_sheet)
        for code in MEMBERS
        for period in [str(YEARS[-2] if (code, YEARS[-1]) == NOT_YET else YEARS[-1])]
    }
    last = of_members.pop(BOTKYRKA)
    variable, code, period, _ = CORRECTED
    wanted = [(variable, Period.read(period))]
    correction = HandedIn(code, period, _LAST_FILE, lambda known: _sheet(known, wanted), CORRECTED_BECAUSE)
    return tuple(of_members.values()), (last,), (correction,)


def _hand_in(settings: Settings, library: Library, actor: Person, file: HandedIn) -> None:
    """Read, checked, kept, explained and published, as the pages do it."""
    asked = build_upload_context(library, network=NETWORK_ID, municipality=file.code, period=file.period)
    content = file.content(asked)
    reviewed = drafts.review_as_remembered(settings, content, file.name, asked)
    draft = drafts.keep_draft(settings, actor, reviewed, content, file_name=file.name)
    if reviewed.findings:
        variables = {one.id: one.variable_name for one in asked.measures}
        texts = {
            one.id: ODD.get(
                (variables.get(one.measure_id, ""), file.code, one.period, one.gender), Told()
            ).explanation
            or EXPLAINED
            for one in reviewed.to_explain
        }
        drafts.explain(settings, actor, draft, texts)
    upload, content_read = draft_content(settings, actor, draft.id)
    work = prepare_publication(settings, upload, content_read)
    before = library.figures.reported_values(library.release, municipality_ids=[file.code])
    seen = plan_changes(settings, work, before, is_undoing=False)
    publish(settings, actor, draft.id, state_key=seen.state_key, reason=file.reason, today=today())


def _own_sheet(known: UploadContext) -> bytes:
    wanted = [
        (one.variable_name, period)
        for one in known.reported
        for year in YEARS
        if year <= known.period.year
        for period in periods_of(year, one.definition.interval)
    ]
    return _sheet(known, wanted, is_first=True)


def _sheet(known: UploadContext, wanted: Iterable[tuple[str, Period]], *, is_first: bool = False) -> bytes:
    """A sheet of the municipality's own, a row a value."""
    names = {one.variable_name: one.definition.name for one in known.reported}
    rows = [
        [known.place.name, names[variable], str(period), GENDER_WORDS[gender], *cell]
        for variable, period in wanted
        for gender in Gender
        if (cell := _cell(variable, known.place.code, period, gender, is_first=is_first))
    ]
    target = StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerows([_FIRST_HEADINGS, *rows])
    return target.getvalue().encode("utf-8-sig")


def _cell(
    variable: str, code: str, period: Period, gender: Gender, *, is_first: bool = False
) -> tuple[str, str, str, str] | None:
    """Value, basis, reason and comment as a person writes them; None where nothing is handed in. is_first: before the correction."""
    results = RESULTS[variable]
    if gender is not Gender.TOTAL and results.women_minus_men is None:
        return None
    told = ODD.get((variable, code, str(period), gender), Told())
    if told.reason is not None:
        return "", "", REASON_WORDS[told.reason], told.comment
    basis = told.basis if told.basis is not None else _basis(variable, code, period, gender)
    value = told.value if told.value is not None else _value(variable, code, period, gender)
    if is_first and (variable, code, str(period)) == CORRECTED[:3]:
        value = CORRECTED[3]
    decimals = 1 if results.bases else 0
    return f"{value:.{decimals}f}".replace(".", ","), "" if basis is None else str(basis), "", told.comment


def _value(variable: str, code: str, period: Period, gender: Gender) -> float:
    """The total from the first year's value and the change a year; women's and men's so that they agree with it."""
    results, place = RESULTS[variable], MEMBERS.index(code)
    years = period.year - YEARS[0]
    chance = (place * 7 + years * 5 + (period.part == "HT") * 3) % 5 - 2  # the same every time
    total = results.first[place] + results.a_year * years + results.wobble * chance
    total += results.by_part if period.part == "HT" else 0.0
    if gender is Gender.TOTAL or results.women_minus_men is None:
        return total
    women, men = (_basis(variable, code, period, one) or 1 for one in (Gender.WOMEN, Gender.MEN))
    difference = results.women_minus_men
    of_men = total - difference * women / (women + men)
    return of_men + difference if gender is Gender.WOMEN else of_men


def _basis(variable: str, code: str, period: Period, gender: Gender) -> int | None:
    """Persons or cases; slightly more women than men among them, and some more each year."""
    results = RESULTS[variable]
    if not results.bases:
        return None
    everybody = results.bases[MEMBERS.index(code)] + 3 * (period.year - YEARS[0])
    women = ODD.get((variable, code, str(period), Gender.WOMEN), Told()).basis or everybody * 51 // 100
    return {Gender.TOTAL: everybody, Gender.WOMEN: women, Gender.MEN: everybody - women}[gender]
