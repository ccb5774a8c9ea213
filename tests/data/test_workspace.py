"""The workspace database is made and brought up to date by whoever comes first."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from data.workspace import run_log
from data.workspace.migrating import MIGRATIONS_FOLDER, NEWEST_MIGRATION
from data.workspace.networks import networks
from data.workspace.people import ensure_people, save_person
from data.workspace.tables import WorkspaceTable
from data.workspace.workspace import open_workspace
from domain.errors.storage import StoreTooNewError, WorkspaceUnreachableError
from tests.homes import home_at

ROOT = Path(__file__).parents[2]
START = "import sys; from pathlib import Path; from data.settings import read_settings; from data.workspace import run_log; from data.workspace.workspace import open_workspace; run_log.start_run(open_workspace(read_settings(Path(sys.argv[1]), {})), kind='kolada', scope={})"


def test_the_newest_migration_is_the_one_required():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_FOLDER))

    assert ScriptDirectory.from_config(config).get_current_head() == NEWEST_MIGRATION


def test_the_migrations_lead_to_the_tables_that_the_code_knows(home):
    inspector = inspect(home.workspace.engine)

    for table in WorkspaceTable.metadata.sorted_tables:
        assert {column["name"] for column in inspector.get_columns(table.name)} == {
            column.name for column in table.columns
        }
        assert {index["name"] for index in inspector.get_indexes(table.name)} == {
            index.name for index in table.indexes
        }


def test_several_processes_may_start_at_once(home):
    started = [subprocess.Popen([sys.executable, "-c", START, str(home.home)], cwd=ROOT) for _ in range(3)]

    assert [process.wait(timeout=120) for process in started] == [0, 0, 0]
    assert len(run_log.runs(home.stores)) == 3


def test_a_workspace_of_a_newer_program_is_left_alone(home):
    with home.workspace.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    elsewhere = home_at(home.home, {"JAMFOR_WORKSPACE": f"{home.workspace_url}?timeout=5"})

    with pytest.raises(StoreTooNewError, match="9999"):
        open_workspace(elsewhere)


def test_an_unreachable_workspace_server_is_explained_without_its_password(tmp_path):
    unreachable = home_at(
        tmp_path, {"JAMFOR_WORKSPACE": "postgresql://user:secret@127.0.0.1:1/db?connect_timeout=2"}
    )

    with pytest.raises(WorkspaceUnreachableError) as refused:
        open_workspace(unreachable)
    assert "secret" not in str(refused.value)


def test_a_workspace_that_disappears_while_the_product_runs_is_explained(home):
    assert networks(home.workspace) == ()
    home.workspace.close()
    file = home.home / "workspace.sqlite"
    for path in home.home.glob("workspace.sqlite*"):
        path.unlink()
    file.mkdir()

    with pytest.raises(WorkspaceUnreachableError):
        networks(home.workspace)


def test_everything_read_in_one_session_is_of_one_moment(home):
    workspace = home.workspace
    with workspace.reading():
        before = run_log.runs(home.stores)
        with ThreadPoolExecutor(1) as another:
            another.submit(run_log.start_run, workspace, kind="kolada", scope={}).result()
        assert run_log.runs(home.stores) == before == []

    assert len(run_log.runs(home.stores)) == 1


def test_a_change_within_a_reading_is_a_mistake_of_the_program(home):
    administrator = ensure_people(home.workspace)[0]
    with home.workspace.reading(), pytest.raises(RuntimeError, match="within a reading"):
        save_person(home.workspace, administrator, replace(administrator, name="Ny"))

    save_person(home.workspace, administrator, replace(administrator, name="Ny"))
    assert ensure_people(home.workspace)[0].name == "Ny"


def test_a_reading_that_fails_leaves_the_next_one_its_own_session(home):
    with pytest.raises(KeyError), home.workspace.reading():
        raise KeyError

    run_log.start_run(home.workspace, kind="kolada", scope={})
    assert len(run_log.runs(home.stores)) == 1
