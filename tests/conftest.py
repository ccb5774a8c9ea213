"""A small store with real places and values chosen so that the arithmetic can be done in the head."""

import shutil

import hypothesis
import pandas as pd
import pytest

from answers.library import build_library
from data.store.lake import open_figures
from data.store.writing import write_release
from tests import effects_store
from tests.homes import home_at
from tests.shared_homes import copy_shared_home, make_everything, make_values

# How long a case takes is the machine's affair; speed is measured in benchmarks.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")

SERVER_FIXTURES = {"postgres_url", "bucket"}
PROCESS_FILES = {
    "test_processes.py",
    "test_kolada_sync.py",
    "test_kolada_fetching.py",
    "test_reconciling.py",
}  # they start servers and processes of their own

# What takes longest to test. Started first, so that no worker is left alone with one of them at the end.
SLOW_FILES = (
    "test_charts_in_browser.py",
    "test_attacker.py",
    "test_migrating.py",
    "test_reconciling.py",
    "test_first_start_in_browser.py",
    "test_success_bank_in_browser.py",
    "test_secrecy.py",
    "test_undoing.py",
    "test_upload.py",
    "test_demonstration.py",
    "test_demonstration_network.py",
    "test_kolada_sync.py",
    "test_merging.py",
    "test_overview_in_browser.py",
    "test_processes.py",
)


def pytest_collection_modifyitems(items):
    """Put the slow files first, and mark what starts a server or a process, so that `make test-fast` can leave it out."""
    rank = {name: position for position, name in enumerate(SLOW_FILES)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))
    for item in items:
        if item.path.name in PROCESS_FILES or SERVER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.server)


SODERTORN = ("0127", "0136", "0126", "0140", "0192", "0128", "0181", "0138")  # by name: Botkyrka … Tyresö
YEARS = (2019, 2020, 2021, 2022, 2023)
ROW = ["kpi_id", "municipality_id", "year", "gender", "value", "reason"]

# One measure where high is good. In 2023 the group's sum is 66 + 69 + 74 + 78 + 58 + 80 + 67 + 81 = 573.
GRADUATES = dict(zip(SODERTORN, (66.0, 69.0, 74.0, 78.0, 58.0, 80.0, 67.0, 81.0), strict=True))
# One where low is good, with inhabitants behind it; ties, and every kind of nothing.
THEFTS = {
    "0127": 20.0,
    "0136": 30.0,
    "0126": 30.0,
    "0140": 40.0,
    "0192": "missing",
    "0128": "suppressed",
    "0181": "not_applicable",
}
INHABITANTS = 100_000.0

KPIS = {
    "N17461": ("Gymnasieelever med examen inom 4 år, andel (%)", "%", True),
    "U07417": ("Anmälda stölder, antal/1 000 inv", "per 1\u00a0000 inv", False),
    "N01951": ("Invånare totalt, antal", "antal", True),
    "N11821": ("Barn 3-5 år inskrivna i förskola, andel (%)", "%", False),
    "N15428": ("Elever i åk 9 behöriga till yrkesprogram, andel (%)", "%", True),
    "N07914": ("Trångboddhet, norm 3, andel (%)", "%", False),
    "N15508": ("Elever i åk 9 med godkänt i alla ämnen, andel (%)", "%", True),
    "N00003": ("Personalkostnader, kr/inv", "kr/inv", False),
    "N00945": ("Pappors andel av vabdagarna, andel (%)", "%", False),
}
GROUPS = {
    "G96274": ("Södertörnskommunerna  (ovägt medel)", SODERTORN),
    "G10001": ("Liknande kommuner, övergripande, Botkyrka, 2023", ("0180", "1280", "1480")),
    "G10002": ("Liknande kommuner, övergripande, Botkyrka, 2024", ("0136", "0126")),
    "G10003": ("Liknande kommuner skola, Botkyrka, 2025", ("0140",)),
    "G10004": ("Tre regioner", ("0001", "0003", "0004")),
    "G10005": ("Ensamma kommunen", ("0980",)),
}


def earlier_rows() -> list[tuple[object, ...]]:
    """What the first release knew: thefts per 1 000 inhabitants over 100, as they were before the redefinition."""
    rows: list[tuple[object, ...]] = []
    for code, value in GRADUATES.items():
        rows += [
            ("N17461", code, year, "T", value - 2.0 * (2023 - year), None) for year in YEARS[:-1]
        ]  # + 2 a year
    rows += [("N17461", "0180", year, "T", 70.0, None) for year in YEARS[:-1]]
    rows += [("N17461", "0000", year, "T", 71.5, None) for year in YEARS[:-1]]
    for code, value in THEFTS.items():
        number, reason = (None, value) if isinstance(value, str) else (value / 100, None)
        rows.append(("U07417", code, 2022, "T", number, reason))
    rows += [("N15428", "0127", 2022, "T", 84.04, None), ("N15428", "0136", 2022, "T", 84.1, None)]
    rows += [("N15428", "0126", 2022, "T", 87.0, None)]
    return rows


def later_rows() -> list[tuple[object, ...]]:
    """What the second added and changed."""
    rows: list[tuple[object, ...]] = []
    for code, value in GRADUATES.items():
        rows += [("N17461", code, 2023, "T", value, None)]
        rows += [("N17461", code, 2023, "K", value + 4, None), ("N17461", code, 2023, "M", value - 4, None)]
    # The suppressed women of Salem must not follow from total and men; Tyresö's total not from women and men.
    rows = [row for row in rows if row[1:4] not in {("0128", 2023, "K"), ("0138", 2023, "T")}]
    rows += [("N17461", "0128", 2023, "K", None, "suppressed"), ("N17461", "0138", 2023, "T", 81.0, None)]
    rows += [("N17461", "0180", 2023, "T", 70.0, None), ("N17461", "0000", 2023, "T", 72.5, None)]
    for code, value in THEFTS.items():
        number, reason = (None, value) if isinstance(value, str) else (value, None)
        rows.append(("U07417", code, 2022, "T", number, reason))
    rows += [("N01951", code, 2022, "T", INHABITANTS, None) for code in ("0127", "0136", "0126")]
    rows += [("N11821", code, 2022, "T", 90.0 + place, None) for place, code in enumerate(SODERTORN)]
    rows += [("N15428", "0127", 2022, "T", 84.0, None), ("N15428", "0136", 2022, "T", 85.1, None)]
    rows += [("N07914", code, 2020, "T", 40.0, None) for code in SODERTORN[:3]]
    rows += [("N07914", code, year, "T", 50.0, None) for code in SODERTORN[:3] for year in (2022, 2023)]
    rows += [("N00945", code, 2023, "T", 40.0, None) for code in ("0001", "0003")]
    return rows


@pytest.fixture(scope="session")
def small_home(tmp_path_factory):
    """A home with two releases. The second moves all thefts by a factor of 100 and finds a break in overcrowding."""
    home = tmp_path_factory.mktemp("home")
    location = home_at(home).figures

    def staged(name, rows, deleted=()):
        table = pd.DataFrame(
            [(*row, False) for row in rows] + [(*row, None, None, True) for row in deleted],
            columns=[*ROW, "is_deleted"],
        )
        table = table.astype({"value": "float64", "year": "int32"})
        table.to_parquet(home / name)
        return [home / name]

    def first(writer):
        writer.replace_kpis(catalogue())
        places = [("0000", "Riket", "L"), ("0001", "Region Stockholm", "L"), ("0127", "Botkyrka", "K")]
        writer.replace_municipalities(pd.DataFrame(places, columns=["id", "title", "type"]))
        groups = pd.DataFrame(
            [(id_, title) for id_, (title, _) in GROUPS.items()], columns=["group_id", "title"]
        )
        members = [
            (id_, code, place) for id_, (_, codes) in GROUPS.items() for place, code in enumerate(codes)
        ]
        writer.replace_groups(
            groups, pd.DataFrame(members, columns=["group_id", "municipality_id", "position"])
        )
        return writer.merge_indicator_values(staged("first.parquet", earlier_rows()))

    def second(writer):
        breaks = [
            ("U07417", None, 100.0, 1.0, "run-2", "between_releases"),
            ("N07914", 2022, 1.25, 1.0, "run-2", "between_years"),
        ]
        columns = ["kpi_id", "first_year", "factor", "share_of_places", "found_by_run", "kind"]
        writer.replace_level_breaks(pd.DataFrame(breaks, columns=columns).astype({"first_year": "Int32"}))
        gone = [("N15428", "0126", 2022, "T")]
        return writer.merge_indicator_values(staged("second.parquet", later_rows(), gone))

    write_release(location, first, run_id="run-1", description="första")
    write_release(location, second, run_id="run-2", description="andra")
    return home


def catalogue():
    return pd.DataFrame(
        [
            {
                "id": id_,
                "title": title,
                "unit": unit,
                "description": "Andelen. Källa: SCB.",
                "is_divided_by_gender": is_divided,
                "municipality_type": "K",
                "operating_area": "Skola",
                "perspective": "Kvalitet",
                "publication_date": "2026-08-28",
                "prel_publication_date": None,
                "publication_period": None,
            }
            for id_, (title, unit, is_divided) in KPIS.items()
        ]
    )


@pytest.fixture(scope="session")
def library(small_home):
    with open_figures(home_at(small_home)) as figures:
        yield build_library(figures, figures.latest_release())


@pytest.fixture(scope="session")
def earlier_library(small_home):
    with open_figures(home_at(small_home)) as figures:
        yield build_library(figures, figures.releases()[0])


@pytest.fixture(scope="session")
def effects_home(tmp_path_factory):
    """A home of forty places and sixteen years with known effects."""
    return effects_store.made(tmp_path_factory.mktemp("effects"))


@pytest.fixture(scope="session")
def effects_library(effects_home):
    with open_figures(home_at(effects_home)) as figures:
        yield build_library(figures, figures.latest_release())


@pytest.fixture(scope="session")
def demonstration_home(tmp_path_factory):
    """A home with made-up values, for tests of this worker that do not change its figures."""
    return copy_shared_home(tmp_path_factory, "values", make_values)


@pytest.fixture(scope="session")
def whole_demonstration_home(tmp_path_factory, demonstration_home):
    """A home with made-up values, stories and the made-up network."""

    def make(home):
        shutil.copytree(demonstration_home / "demonstration", home / "demonstration")
        make_everything(home)

    return copy_shared_home(tmp_path_factory, "everything", make)
