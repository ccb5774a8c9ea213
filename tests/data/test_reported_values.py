"""Reported values are stored beside the indicators, with their history; what is suppressed later is suppressed everywhere."""

from datetime import UTC, datetime
from itertools import product
from threading import Thread

import duckdb
import pandas as pd
import pytest

from answers.reported import reported_revisions
from data.store.connection import connect
from data.store.figures import open_lake
from data.store.questions import question
from data.store.schema import STORE_VERSION, ensure_tables, stored_version
from data.store.writing import FiguresWriter, MergeCounts, write_release
from disclosure.history import disclose_history
from disclosure.reported import disclose_reported
from disclosure.writing import stored_rows
from domain.errors.storage import ContractError
from domain.release import Release
from tests.data.test_shared_store import postgres_url  # noqa: F401 - a fixture
from tests.homes import home_at

HANINGE, HUDDINGE = "0136", "0126"
KEY = ["measure_id", "municipality_id", "period", "gender"]
TABLES_OF_VERSION_2 = ("reported_value", "evaluation_result", "reported_turn")


def cell(gender="T", value=None, reason=None, *, measure="sjuk", place=HANINGE, period="2023", **more):
    """One changed cell; neither value nor reason takes it away."""
    is_deleted = value is None and reason is None
    described = {"basis": None, "footnote": "", "upload_id": "upload-1", **more}
    named = dict(zip(KEY, (measure, place, period, gender), strict=True))
    return {**named, "value": value, "reason": reason, "is_deleted": is_deleted, **described}


def publish(home, run_id, *cells, **details):
    return write_release(
        home.figures,
        lambda writer: writer.merge_reported_values(pd.DataFrame(list(cells))),
        run_id=run_id,
        description=f"Haninge 2023 ({run_id})",
        details={"upload_id": run_id, **details},
    )


def known(figures, release, **filters):
    """(measure, period, gender) → number or reason."""
    table = disclose_reported(figures.reported_values(release, **filters)).table
    return {
        (row.measure_id, row.period, row.gender): row.reason if row.reason is not None else row.value
        for row in table.itertuples()
    }


def revised(figures, since, until):
    return reported_revisions(
        *(disclose_reported(figures.reported_values(release)) for release in (since, until))
    )


def version_1(home):
    """A lake as version 1 made it, with one release."""
    with connect(home.figures, read_only=False) as connection:
        for statement in question("create_tables").split(";"):
            if not any(part in statement for part in (*TABLES_OF_VERSION_2, "UPDATE")):
                connection.execute(statement.replace("SELECT 2", "SELECT 1"))
        connection.begin()
        connection.execute("INSERT INTO lake.indicator_value VALUES ('N00001', '0180', 2020, 'T', 1.0, NULL)")
        extra_info = '{"run_id": "old", "is_made_up": false, "wrote_values": true}'
        connection.execute(
            question("set_commit_message"), {"author": "jamfor", "message": "", "extra_info": extra_info}
        )
        connection.commit()


def tables(connection):
    rows = connection.execute(
        "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() WHERE database_name = 'lake'"
    ).fetchall()
    return sorted(rows)


def test_numbers_reasons_zero_and_the_unreported_stay_apart(home):
    publish(
        home,
        "upload-1",
        cell("T", 0.0, basis=31),
        cell("K", reason="missing"),
        cell("M", reason="not_applicable"),
        cell("T", reason="suppressed", period="2023-VT"),
    )

    with open_lake(home.figures) as figures:
        assert known(figures, figures.latest_release()) == {
            ("sjuk", "2023", "T"): 0.0,
            ("sjuk", "2023", "K"): "missing",
            ("sjuk", "2023", "M"): "not_applicable",
            ("sjuk", "2023-VT", "T"): "suppressed",
        }


def test_a_publication_is_a_release_that_names_the_upload_and_the_person(home):
    publish(home, "upload-1", cell("T", 1.0), person="Controller, Haninge")

    with open_lake(home.figures) as figures:
        release = figures.latest_release()
        assert (release.run_id, release.upload_id) == ("upload-1", "upload-1")
        assert figures.run_ids() == {"upload-1"}
    with connect(home.figures, read_only=True) as connection:
        extra_info = connection.execute(
            "SELECT commit_extra_info FROM ducklake_snapshots('lake') ORDER BY snapshot_id DESC LIMIT 1"
        ).fetchone()
    assert '"person": "Controller, Haninge"' in extra_info[0]


def test_extra_commit_information_cannot_override_the_run(home):
    write_release(
        home.figures,
        lambda writer: writer.merge_reported_values(pd.DataFrame([cell("T", 1.0)])),
        run_id="upload-1",
        description="prov",
        details={"run_id": "another", "wrote_values": False},
    )

    with open_lake(home.figures) as figures:
        assert [release.run_id for release in figures.releases()] == ["upload-1"]


def test_an_identical_publication_is_no_release_and_a_new_footnote_is_one(home):
    assert publish(home, "upload-1", cell("T", 1.0)) == MergeCounts(new=1)
    assert publish(home, "upload-2", cell("T", 1.0)) == MergeCounts(unchanged=1)
    assert publish(home, "upload-3", cell("T", 1.0, footnote="Rätt så.")) == MergeCounts(changed=1)
    assert publish(home, "undo-3", cell("T"), cell("K")) == MergeCounts(withdrawn=1)

    with open_lake(home.figures) as figures:
        assert [release.run_id for release in figures.releases()] == ["upload-1", "upload-3", "undo-3"]
        assert known(figures, figures.latest_release()) == {}


def test_measures_and_members_are_requested_by_name(home):
    publish(home, "upload-1", cell("T", 1.0), cell("T", 2.0, measure="annat"), cell("T", 3.0, place=HUDDINGE))

    with open_lake(home.figures) as figures:
        release = figures.latest_release()
        assert known(figures, release, measure_ids=["annat"]) == {("annat", "2023", "T"): 2.0}
        of_huddinge = disclose_reported(figures.reported_values(release, municipality_ids=[HUDDINGE])).table
        assert of_huddinge[["municipality_id", "value"]].to_numpy().tolist() == [[HUDDINGE, 3.0]]
        assert len(disclose_reported(figures.reported_values(release)).table) == 3


def test_a_value_suppressed_later_is_suppressed_in_earlier_releases_too(home):
    publish(home, "upload-1", cell("K", 6.0, basis=12, footnote="Sex är rätt."), cell("T", 10.0))
    publish(home, "upload-2", cell("K", reason="suppressed"))

    with open_lake(home.figures) as figures:
        first, _second = figures.releases()
        hidden = disclose_reported(figures.reported_values(first)).table.set_index("gender").loc["K"]

        assert known(figures, first) == {("sjuk", "2023", "T"): 10.0, ("sjuk", "2023", "K"): "suppressed"}
        assert pd.isna(hidden["value"])
        assert pd.isna(hidden["basis"])
        assert hidden["footnote"] == "", "what is written of a hidden value can give it away"


def test_a_value_once_suppressed_stays_suppressed_earlier_even_if_withdrawn(home):
    publish(home, "upload-1", cell("K", 6.0))
    publish(home, "upload-2", cell("K", reason="suppressed"))
    publish(home, "undo", cell("K"))

    with open_lake(home.figures) as figures:
        assert [known(figures, release).get(("sjuk", "2023", "K")) for release in figures.releases()] == [
            "suppressed",
            "suppressed",
            None,
        ]


def test_an_undone_hiding_shows_again_everywhere_what_is_shown_now(home):
    publish(home, "upload-1", cell("K", 6.0))
    publish(home, "upload-2", cell("K", reason="suppressed"))
    publish(home, "undo-2", cell("K", 6.0))

    with open_lake(home.figures) as figures:
        assert [known(figures, release)["sjuk", "2023", "K"] for release in figures.releases()] == [
            6.0,
            "suppressed",
            6.0,
        ]


def test_no_road_leads_to_a_number_that_was_hidden_later_and_is_not_shown_now(home):
    """Every history over four releases that a cell can have, each as a separate measure."""
    lives = {
        f"m{number}": life
        for number, life in enumerate(product([1.0, 2.0, "suppressed", "missing", None], repeat=4))
    }
    for release in range(4):
        states = {measure: life[release] for measure, life in lives.items()}
        publish(
            home,
            f"upload-{release}",
            *(
                cell(
                    "T",
                    measure=measure,
                    **({"reason": state} if isinstance(state, str) else {"value": state}),
                )
                for measure, state in states.items()
            ),
        )

    with open_lake(home.figures) as figures:
        read = [known(figures, release) for release in figures.releases()]
    assert len(read) == 4
    for measure, life in lives.items():
        for release, state in enumerate(life):
            is_hidden = isinstance(state, float) and "suppressed" in life[release:] and state != life[-1]
            assert read[release].get((measure, "2023", "T")) == ("suppressed" if is_hidden else state)


@pytest.mark.parametrize(
    ("life", "statuses"),
    [
        ((1.0, "suppressed"), ["suppressed", "suppressed"]),
        ((1.0, "suppressed", None), ["suppressed", "suppressed", None]),
        ((1.0, 2.0, "suppressed", 2.0), ["suppressed", 2.0, "suppressed", 2.0]),
        (("suppressed", 1.0, "missing"), ["suppressed", 1.0, "missing"]),
    ],
)
def test_nor_does_the_history_of_the_cell(home, life, statuses):
    for number, state in enumerate(life):
        content = {"reason": state} if isinstance(state, str) else {"value": state}
        publish(home, f"upload-{number}", cell("T", **content, footnote="Två." if state == 1.0 else ""))

    with open_lake(home.figures) as figures:
        history = disclose_history(figures.reported_history("sjuk", HANINGE, "2023", "T")).table

    shown = history["value"].astype(object).where(history["value"].notna(), history["reason"])
    assert shown.tolist() == statuses
    assert all(
        text == ""
        for text, status in zip(history["footnote"], statuses, strict=True)
        if status == "suppressed"
    )


def test_the_history_of_a_cell_shows_who_when_and_what(home):
    publish(home, "upload-1", cell("T", 10.0))
    publish(home, "upload-2", cell("T", 11.0, upload_id="upload-2", footnote="Ny räkning."), cell("K", 5.0))
    publish(home, "upload-3", cell("T", 11.0, upload_id="upload-3", footnote="Ny räkning."))
    publish(home, "undo-1", cell("T"))

    with open_lake(home.figures) as figures:
        history = disclose_history(figures.reported_history("sjuk", HANINGE, "2023", "T")).table
        releases = figures.releases()

    assert history["change"].tolist() == ["new", "changed", "unchanged", "withdrawn"]
    assert history["run_id"].tolist() == ["upload-1", "upload-2", "upload-3", "undo-1"]
    assert history["value"].tolist()[:3] == [10.0, 11.0, 11.0]
    assert history["upload_id"].tolist() == ["upload-1", "upload-2", "upload-3", None]
    assert history["footnote"].tolist() == ["", "Ny räkning.", "Ny räkning.", ""]
    assert history["known_at"].tolist() == [release.known_at for release in releases]


def test_revisions_between_releases_name_what_differs_and_nothing_that_is_hidden(home):
    publish(home, "upload-1", cell("T", 10.0), cell("K", 6.0), cell("M", 4.0), cell("T", 1.0, period="2022"))
    publish(
        home,
        "upload-2",
        cell("T", 11.0),
        cell("K", reason="suppressed"),
        cell("T", period="2022"),
        cell("T", 5.0, period="2024"),
        cell("M", 4.0, footnote="Fyra."),
    )

    with open_lake(home.figures) as figures:
        first, second = figures.releases()
        changes = revised(figures, first, second).set_index(["period", "gender"])
        assert revised(figures, second, second).empty

    assert changes["change"].to_dict() == {
        ("2022", "T"): "withdrawn",
        ("2023", "M"): "changed",
        ("2023", "T"): "changed",
        ("2024", "T"): "new",
    }
    assert changes.loc[("2023", "T"), ["old_value", "new_value"]].tolist() == [10.0, 11.0]
    assert changes.loc[("2023", "M"), ["old_footnote", "new_footnote"]].tolist() == ["", "Fyra."]


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        (cell("T", 1.0, "missing"), "number_or_reason"),
        (cell("T", 1.0, is_deleted=True), "number_or_reason"),
        (cell("T", float("inf")), "is_finite"),
        (cell("T", reason="suppressed", basis=3), "hidden_without_basis"),
        (cell("T", reason="zero"), "reason"),
        (cell("T", 1.0, basis=-1), "basis"),
        (cell("X", 1.0), "gender"),
        (cell("T", 1.0, period="2023-13"), "period"),
        (cell("T", 1.0, measure="N00001"), "measure_id"),
        (cell("T", 1.0, place="Haninge"), "municipality_id"),
    ],
    ids=lambda parameter: parameter if isinstance(parameter, str) else "",
)
def test_rows_that_break_the_contract_are_not_stored(home, wrong, rule):
    with pytest.raises(ContractError, match=rule):
        publish(home, "upload-1", wrong)
    with open_lake(home.figures) as figures:
        assert figures.releases() == []


def test_a_duplicate_cell_is_not_stored(home):
    with pytest.raises(ContractError, match="uniqueness"):
        publish(home, "upload-1", cell("T", 1.0), cell("T", 2.0))


def result(result_id="p1", **more):
    described = {
        "project": "Läslyft",
        "municipality_id": HANINGE,
        "measure_id": "",
        "measure_text": "Läsförståelse",
        "before": 61.0,
        "after": 72.5,
        "unit": "%",
        "before_day": "2022",
        "after_day": "2023-05-31",
        "person_count": None,
        "method": "Jämförelsegrupp",
        "reference": "",
    }
    return {"result_id": result_id, **described, **more}


def test_results_of_evaluations_come_are_replaced_and_withdrawn_by_upload(home):
    def put(run_id, *results):
        write_release(
            home.figures,
            lambda writer: writer.merge_evaluation_results(pd.DataFrame(list(results)), run_id),
            run_id=run_id,
            description="prov",
        )

    put("upload-1", result("p1"), result("p2", measure_id="N15428", person_count=40))
    put("upload-2", result("p1", after=70.0))
    write_release(
        home.figures,
        lambda writer: writer.withdraw_evaluation_results("upload-1"),
        run_id="undo-1",
        description="prov",
    )

    with open_lake(home.figures) as figures:
        first, second, third = figures.releases()
        of_first = figures.evaluation_results(first).set_index("result_id")
        assert of_first["after"].to_dict() == {"p1": 72.5, "p2": 72.5}
        assert of_first["person_count"].isna().to_dict() == {"p1": True, "p2": False}
        assert figures.evaluation_results(second)["upload_id"].tolist() == ["upload-2", "upload-1"]
        assert figures.evaluation_results(second, measure_ids=["N15428"])["result_id"].tolist() == ["p2"]
        assert figures.evaluation_results(third)["after"].tolist() == [70.0]
        assert figures.evaluation_results(third, municipality_ids=[HUDDINGE]).empty


def test_a_lake_from_before_is_read_without_reports_and_upgraded_by_the_first_writer(home):
    version_1(home)
    with open_lake(home.figures) as figures:
        old = figures.latest_release()
        assert disclose_reported(figures.reported_values(old)).table.columns.tolist()[:4] == KEY
        assert disclose_reported(figures.reported_values(old)).table.empty
        assert figures.evaluation_results(old).empty
        assert disclose_history(figures.reported_history("sjuk", HANINGE, "2023", "T")).table.empty

        publish(home, "upload-1", cell("T", 1.0))

        assert [release.run_id for release in figures.releases()] == ["old", "upload-1"]
        assert disclose_reported(
            figures.reported_values(Release(1, datetime.now(UTC), "old", ""))
        ).table.empty, "before the table"
        assert disclose_reported(figures.reported_values(old)).table.empty
        assert known(figures, figures.latest_release()) == {("sjuk", "2023", "T"): 1.0}
        assert len(revised(figures, old, figures.latest_release())) == 1
        assert stored_rows(figures.indicator_values(figures.latest_release(), kpi_ids=["N00001"]))[
            "value"
        ].tolist() == [1.0]


def test_an_upgraded_lake_has_the_tables_of_a_new_one(home, tmp_path):
    version_1(home)
    new = home_at(tmp_path / "new")
    schemas = []
    for stores in (home, new):
        with connect(stores.figures, read_only=False) as connection:
            ensure_tables(connection, stores.figures)
            ensure_tables(connection, stores.figures)
            assert stored_version(connection) == STORE_VERSION
            assert connection.execute("SELECT count(*) FROM lake.reported_turn").fetchone() == (1,)
            schemas.append(tables(connection))

    assert schemas[0] == schemas[1]


def test_an_upgrade_that_breaks_leaves_the_old_version(home, monkeypatch):
    version_1(home)
    broken = f"{question('create_tables')} FROM lake.nothing_of_the_kind;"
    monkeypatch.setattr(
        "data.store.schema.question", lambda name: broken if name == "create_tables" else question(name)
    )

    with connect(home.figures, read_only=False) as connection:
        with pytest.raises(duckdb.CatalogException):
            ensure_tables(connection, home.figures)
        assert stored_version(connection) == 1
        assert not {row[0] for row in tables(connection)} & set(TABLES_OF_VERSION_2)


def publish_at_once(chosen, count):
    """Several who publish the same cell at the same time, each on what it reads in its own transaction."""

    def work(number):
        def write(writer: FiguresWriter):
            stored = stored_rows(writer.reported_values(HANINGE))
            so_far = stored["value"].sum()
            return writer.merge_reported_values(
                pd.DataFrame([cell("T", so_far + 1.0, upload_id=f"u{number}")])
            )

        write_release(chosen.figures, write, run_id=f"upload-{number}", description="prov")

    write_release(chosen.figures, lambda _writer: None, run_id="first", description="prov")
    threads = [Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def one_cell_from_all(chosen, count):
    with open_lake(chosen.figures) as figures:
        table = disclose_reported(figures.reported_values(figures.latest_release())).table
        history = disclose_history(figures.reported_history("sjuk", HANINGE, "2023", "T")).table
    return table["value"].tolist() == [float(count)] and len(history) == count


def test_of_many_who_publish_at_once_each_builds_on_the_one_before(home):
    publish_at_once(home, 3)

    assert one_cell_from_all(home, 3)


def test_so_it_is_with_a_catalogue_in_postgres_where_inserts_alone_do_not_collide(postgres_url, tmp_path):  # noqa: F811
    (tmp_path / "values").mkdir()
    chosen = home_at(tmp_path / "home", {"JAMFOR_FIGURES": f"{postgres_url}?values={tmp_path / 'values'}"})

    publish_at_once(chosen, 3)

    assert one_cell_from_all(chosen, 3)
