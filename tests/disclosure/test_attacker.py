"""Plays the attacker at every public way out: reads all that anybody can read, and computes. Must learn nothing suppressed.

A municipality publishes and undoes files; another one lies beside it, so that there are means. The attacker knows how many
women and men there are, takes it that a number stays the same from file to file, and knows how means, differences and
relations are made. Each number that is seen anywhere is a combination of the women's and the men's figures of one year, and a
suppressed figure is known exactly when it lies in the span of the combinations that were seen.
"""

import io
import itertools
import re
import shutil
from datetime import UTC, date, datetime
from itertools import count

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from answers.comparison import compare_measure
from answers.library import build_library
from answers.network_snapshot import load_network_snapshot
from answers.overview import build_overview
from answers.revisions import find_revisions
from answers.trend import compare_development
from answers.women_and_men import compare_women_and_men
from app_pages.overview.export import export
from app_pages.overview.picture import draw_overview
from app_pages.parts.charts.ranked_bars import ranked_bars
from app_pages.parts.charts.trend_lines import trend_lines
from app_pages.parts.charts.women_men import women_men
from app_pages.parts.downloads import csv, excel
from app_pages.parts.words import Speech
from cli.main import app
from data.workspace import measures
from data.workspace.networks import network
from data.workspace.people import demonstration_people
from domain.errors.uploads import NothingToPublishError
from domain.errors.user_error import UserError
from domain.group import GroupReference
from domain.network_measure import LifeEvent, MeasureState
from domain.value import Gender
from pipelines.uploads.history import cell_history
from pipelines.uploads.publishing import changes, publish
from pipelines.uploads.undoing import undo
from tests.homes import home_at
from tests.pipelines.uploads.conftest import (  # noqa: F401 - a fixture
    HANINGE,
    HUDDINGE,
    NETWORK,
    TODAY,
    definition,
    keep,
    reporting_home,
)

SMALLEST = 7
YEARS = tuple(range(2016, 2024))
GENDERS = ("T", "K", "M")
DECIMALS = 4  # so that each number is seen for what it is, whichever text it stands in
GROUP = f"codes:{HANINGE},{HUDDINGE}"
BESIDE = {"T": 41.7313, "K": 39.1177, "M": 45.3791}  # what Huddinge reports each year
IN_SPEECH = Speech(str, "sv")

said_of_a_cell = st.sampled_from(["number", "number", "number", "suppressed", "missing", "empty", "nothing"])
a_file = st.lists(st.tuples(*[said_of_a_cell] * 3), min_size=len(YEARS), max_size=len(YEARS))
a_step = st.one_of(a_file, a_file, st.integers(0, 3))  # a file is published, or one that is in force undone
a_world = st.tuples(
    st.lists(st.tuples(st.integers(1, 15), st.integers(1, 15)), min_size=len(YEARS), max_size=len(YEARS)),
    st.lists(a_step, min_size=2, max_size=4),
)
numbers = count()


@pytest.fixture(scope="module")
def prepared_home(reporting_home, tmp_path_factory):  # noqa: F811 - the fixture
    """A network with one measure in use, with a smallest basis and many decimals; Huddinge has published every year."""
    folder = tmp_path_factory.mktemp("attacked") / "home"
    shutil.copytree(reporting_home, folder)
    home = home_at(folder)
    administrator = by_role(home)["administrator"]
    rule = definition("Hemliga", "hemliga", "%", smallest_basis=SMALLEST, decimals=DECIMALS)
    measure = measures.propose(home.workspace, administrator, network(home.workspace, NETWORK), rule, "Skola")
    now = datetime.now(UTC)
    for event in (
        LifeEvent(MeasureState.DISCUSSED, now, ""),
        LifeEvent(MeasureState.DECIDED, now, "", decided_on=date(2026, 1, 1), minutes_reference="§ 1"),
        LifeEvent(MeasureState.IN_USE, now, ""),
    ):
        measure = measures.change_measure_state(home.workspace, administrator, measure, event)
    cells = {(measure.id, str(year), gender): (BESIDE[gender], 50) for year in YEARS for gender in GENDERS}
    publish_file(home, administrator, cells, municipality=HUDDINGE)
    home.workspace.close()
    return folder, measure.id


def by_role(home):
    return {str(person.roles[0].role): person for person in demonstration_people(home.workspace)}


def publish_file(home, actor, cells, **more):
    draft = keep(home, actor, cells, **more)
    key = changes(home.stores, actor, draft.id, with_colours=False).state_key
    return publish(home.stores, actor, draft.id, state_key=key, today=TODAY)


class World:
    """Eight years of one measure in Haninge, each with its own secrets."""

    def __init__(self, home, measure_id, sexes):
        self.home = home
        self.measure_id = measure_id
        self.people = by_role(home)
        self.sexes = dict(zip(YEARS, sexes, strict=True))
        self.in_force = []

    def basis(self, year, gender):
        women, men = self.sexes[year]
        return {"T": women + men, "K": women, "M": men}[gender]

    def row(self, year, gender):
        """The figure as a combination of the women's and the men's."""
        total = self.basis(year, "T")
        return np.array(
            {"T": (self.basis(year, "K") / total, self.basis(year, "M") / total), "K": (1, 0), "M": (0, 1)}[
                gender
            ]
        )

    def value(self, year, gender):
        position = year - YEARS[0]
        figures = np.array([17.0931 + 1.3719 * position, 61.2713 + 2.1193 * position])
        return float(np.round(self.row(year, gender) @ figures, DECIMALS))

    def take(self, step):
        """Publish a file or undo one."""
        if isinstance(step, int):
            if self.in_force:
                upload_id, _ = self.in_force.pop(step % len(self.in_force))
                undo(self.home.stores, self.people["administrator"], upload_id, "Fel fil")
            return
        cells = {}
        for year, of_year in zip(YEARS, step, strict=True):
            for gender, state in zip(GENDERS, of_year, strict=True):
                number = (self.value(year, gender), self.basis(year, gender))
                if state != "nothing":
                    key = (self.measure_id, str(year), gender)
                    cells[key] = {"number": number, "empty": None}.get(state, state)
        try:
            upload = publish_file(
                self.home, self.people["controller"], cells, file_name=f"fil-{next(numbers)}.xlsx"
            )
        except NothingToPublishError:
            return
        self.in_force.append((upload.id, step))

    def secrets(self, year):
        """Figures of one to six, and what a file in force suppresses and no later one publishes."""
        small = {gender for gender in ("K", "M") if self.basis(year, gender) < SMALLEST}
        last = {
            gender: state
            for _, step in self.in_force
            for gender, state in zip(GENDERS, step[year - YEARS[0]], strict=True)
            if state in {"number", "suppressed"}
        }
        return small | {gender for gender, state in last.items() if state == "suppressed"}

    def combinations(self):
        """By the number as it is written: the years and combinations that it may be. Means and gaps are among them."""
        places_by_number = {}

        def add(number, year, row):
            places_by_number.setdefault(f"{abs(number):.{DECIMALS}f}", []).append((year, row))

        for year in YEARS:
            for gender in GENDERS:
                value, row, beside = self.value(year, gender), self.row(year, gender), BESIDE[gender]
                add(value, year, row)
                add((value + beside) / 2, year, row)  # the mean of both
                add(value + beside, year, row)
                add(value - beside, year, row)  # their difference
                add((value - beside) / 2, year, row)  # the difference from the mean
                weight = self.basis(year, gender)
                add((value * weight + beside * 50) / (weight + 50), year, row)  # both together
            for first, other in itertools.combinations(GENDERS, 2):
                gap, row = (
                    self.value(year, first) - self.value(year, other),
                    self.row(year, first) - self.row(year, other),
                )
                add(gap, year, row)
        return places_by_number


def numbers_in(text):
    """Every number with decimals, as it is written with so many of them, without its sign."""
    written = re.findall(r"\d+[.,]\d+(?:e-?\d+)?", text.replace("\u00a0", ""))
    return {f"{float(number.replace(',', '.')):.{DECIMALS}f}" for number in written}


def answers_and_files(world):
    """What each answer, export and picture says at each release."""
    figures = world.home.lakes.figures()
    releases = reporting_releases(world)
    for release in releases:
        library = build_library(figures, release, lambda: load_network_snapshot(world.home.workspace))
        group = library.groups.resolve(GroupReference.parse(GROUP))
        subject = {"measure_id": world.measure_id, "group": group}
        chart = {"translate": str, "language": "sv"}
        for gender in map(Gender, GENDERS):
            for year in YEARS:
                yield "compare", answer_or_none(compare_measure, library, **subject, year=year, gender=gender)
            development = answer_or_none(compare_development, library, **subject, gender=gender)
            yield "trend", development
            overview = answer_or_none(
                build_overview,
                library,
                measure_ids=[world.measure_id],
                group=group,
                focus=HANINGE,
                gender=gender,
            )
            yield "overview", overview
            if overview is not None and overview.rows:
                taken_along = export("Översikt", "", overview, str)
                yield "csv", csv(taken_along, is_full=True).decode("utf-8-sig")
                yield "csv", csv(taken_along, is_full=False).decode("utf-8-sig")
                yield "excel", text_of_workbook(excel(taken_along))
                yield "picture", draw_overview("Översikt", "", overview, IN_SPEECH).figure.to_json()
                yield from text_of_chart(ranked_bars(overview.rows[0].comparison, **chart))
            if development is not None:
                yield from text_of_chart(trend_lines(development, chosen=None, **chart))
        for year in YEARS:
            both_sexes = answer_or_none(compare_women_and_men, library, **subject, year=year)
            yield "women and men", both_sexes
            if both_sexes is not None:
                yield from text_of_chart(women_men(both_sexes, **chart))
        for since in releases:
            if since.number < release.number:
                yield (
                    "revisions",
                    find_revisions(library, since=since, measure_id=world.measure_id, most=None),
                )


def reporting_releases(world):
    """Those in which anything is reported."""
    return [release for release in world.home.lakes.figures().releases() if release.upload_id]


def histories(world):
    for year, gender in itertools.product(YEARS, map(Gender, GENDERS)):
        yield (
            "history",
            cell_history(
                world.home.stores,
                world.people["visitor"],
                measure_id=world.measure_id,
                municipality_code=HANINGE,
                period=str(year),
                gender=gender,
            ),
        )


def commands(world, monkeypatch):
    """The command line's JSON and CSV, also as known at each release."""
    for name in ("JAMFOR_FIGURES", "JAMFOR_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JAMFOR_HOME", str(world.home.home))

    def run(*arguments):
        return " ".join(arguments), CliRunner().invoke(app, list(arguments)).output

    subject = (world.measure_id, "--group", GROUP)
    releases = reporting_releases(world)
    for release in releases:
        moment = release.known_at.isoformat()
        yield run("trend", *subject, "--gender", "K", "--json", "--as-of", moment)
    for gender in GENDERS:
        yield run("compare", *subject, "--gender", gender, "--format", "json")
    yield run("compare", *subject, "--gender", "M", "--format", "csv", "--year", str(YEARS[-1]))
    history = ("--measure", world.measure_id, "--municipality", HANINGE, "--gender", "K")
    yield run("upload", "history", *history, "--period", str(YEARS[0]), "--json")
    yield run("revisions", world.measure_id, "--since", releases[0].known_at.isoformat(), "--json")


def pages(world, monkeypatch):
    """All that pages write, for women, men and everybody."""
    monkeypatch.setenv("JAMFOR_HOME", str(world.home.home))
    for page, gender in itertools.product(("overview", "measure", "changed", "history"), GENDERS):
        opened = AppTest.from_string(f"from app_pages.{page}.page import show\nshow()", default_timeout=120)
        address = {"kommun": HANINGE, "med": f"network:{NETWORK}", "matt": world.measure_id, "kon": gender}
        for name, word in address.items():
            opened.query_params[name] = word
        opened.run()
        assert not opened.exception, (page, opened.exception)
        texts = [element.proto for element in (*opened.get("html"), *opened.get("markdown"))]
        yield f"page {page}", "\n".join(map(str, (*texts, *opened.get("plotly_chart"), *opened.dataframe)))


def answer_or_none(answer, library, **choices):
    try:
        return answer(library, **choices)
    except UserError:  # no value that year, or none of that gender
        return None


def text_of_chart(chart):
    yield "picture", chart.figure.to_json()
    yield "picture", chart.text_alternative
    yield "picture", chart.table.to_csv()
    yield "picture", chart.full_table.to_csv()


def text_of_workbook(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def follows(row, seen):
    if not seen:
        return False
    rank = np.linalg.matrix_rank(np.array(seen), tol=1e-9)
    return np.linalg.matrix_rank(np.array([*seen, row]), tol=1e-9) == rank


def attack(world, ways):
    """Read every output, and compute. Fails with the outputs that leaked."""
    combinations = world.combinations()
    seen, ways_of = {year: [] for year in YEARS}, {year: set() for year in YEARS}
    read = set()
    for way, answer in ways:
        read.add(way)
        for number in numbers_in(answer if isinstance(answer, str) else repr(answer)):
            for year, row in combinations.get(number, ()):
                seen[year].append(row)
                ways_of[year].add((way, number))
    for year in YEARS:
        for gender in world.secrets(year):
            assert not follows(world.row(year, gender), seen[year]), (
                year,
                gender,
                world.sexes[year],
                [step[year - YEARS[0]] for _, step in world.in_force],
                sorted(ways_of[year]),
            )
    return read, seen


# Each world makes a home of its own and is read in full, so that shrinking one takes longer than reading it.
@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(a_world)
def test_nothing_suppressed_follows_from_answers_files_pictures_commands_and_history(
    prepared_home, tmp_path_factory, history
):
    sexes, steps = history
    folder, measure_id = prepared_home
    copy = tmp_path_factory.mktemp("world") / "home"
    shutil.copytree(folder, copy)
    home = home_at(copy)
    world = World(home, measure_id, sexes)
    for step in steps:
        world.take(step)
    with pytest.MonkeyPatch.context() as monkeypatch:
        ways = itertools.chain(answers_and_files(world), histories(world), commands(world, monkeypatch))
        attack(world, ways)
    home.workspace.close()


FEW_WOMEN = [("number",) * 3] * len(YEARS)
SEXES = [(4, 12), (12, 4), (4, 4), (12, 12), (12, 12), (12, 12), (3, 15), (15, 3)]
SUPPRESSED_LATER = [
    *[("number", "number", "number")] * 3,
    ("suppressed", "number", "number"),
    ("number", "suppressed", "number"),
    ("number", "number", "suppressed"),
    *[("number", "suppressed", "missing")] * 2,
]


@pytest.fixture
def suppressed_world(prepared_home, tmp_path):
    """Small bases from the beginning, and numbers that were shown and are called suppressed by a later file."""
    folder, measure_id = prepared_home
    shutil.copytree(folder, tmp_path / "home")
    home = home_at(tmp_path / "home")
    world = World(home, measure_id, SEXES)
    for step in (FEW_WOMEN, SUPPRESSED_LATER):
        world.take(step)
    yield world
    home.workspace.close()


def test_no_page_reveals_a_suppressed_value(suppressed_world, monkeypatch):
    for name in ("JAMFOR_FIGURES", "JAMFOR_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    read, seen = attack(suppressed_world, pages(suppressed_world, monkeypatch))
    assert {f"page {page}" for page in ("overview", "measure", "changed", "history")} == read
    assert any(seen.values()), "the attacker can read"


def test_every_way_out_is_read_and_shows_what_may_be_shown(suppressed_world, monkeypatch):
    ways = itertools.chain(
        answers_and_files(suppressed_world),
        histories(suppressed_world),
        commands(suppressed_world, monkeypatch),
    )
    read, seen = attack(suppressed_world, ways)
    assert {
        "compare",
        "trend",
        "overview",
        "women and men",
        "revisions",
        "csv",
        "excel",
        "picture",
        "history",
    } <= read
    assert all(seen[year] for year in YEARS[:3]), "the attacker can read"


def test_the_attacker_notices_a_leak(suppressed_world):
    """One number too many, wherever it is, reveals a suppressed one."""
    world = suppressed_world
    year = YEARS[0]
    for leak in (
        f"{world.value(year, 'K')}",
        f"medel {(world.value(year, 'K') + BESIDE['K']) / 2:.4f}".replace(".", ","),
        f"{world.value(year, 'T')} {world.value(year, 'M')}",
    ):
        with pytest.raises(AssertionError):
            attack(world, [("told", leak)])
