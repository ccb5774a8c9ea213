"""Two settings choose where everything is stored, and unusable places are explained."""

import os
from pathlib import Path

import pytest

from data.settings import FiguresLocation, made_folder, read_figures_address, read_settings
from data.store.figures import open_lake
from data.store.lake import open_figures
from data.store.writing import write_release
from disclosure.writing import stored_rows
from domain.errors.storage import HomeNotWritableError, StoreUnreachableError, UnreadableSettingError


def test_everything_is_under_the_home_by_default(tmp_path):
    chosen = read_settings(environment={"JAMFOR_HOME": str(tmp_path)})

    assert chosen.home == tmp_path
    assert chosen.figures == FiguresLocation(
        f"sqlite:{tmp_path}/figures/catalogue.sqlite", f"{tmp_path}/figures/values"
    )
    assert chosen.demonstration.values.startswith(f"{tmp_path}/demonstration/")
    assert chosen.workspace_url == f"sqlite:///{tmp_path}/workspace.sqlite"
    assert list(tmp_path.iterdir()) == [], "asking for the settings must make nothing"


def test_a_named_home_comes_before_the_environment(tmp_path):
    assert read_settings(tmp_path / "named", {"JAMFOR_HOME": "/elsewhere"}).home == tmp_path / "named"


def test_addresses_of_figures_are_read():
    assert read_figures_address("sqlite:////srv/c.sqlite?values=/srv/v%20x") == FiguresLocation(
        "sqlite:/srv/c.sqlite", "/srv/v x"
    )
    assert read_figures_address(
        "postgresql://u:p@host/db?sslmode=require&values=s3://bucket/prefix/"
    ) == FiguresLocation("postgres:postgresql://u:p@host/db?sslmode=require", "s3://bucket/prefix")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sqlite:///x",
        "mysql://host/db?values=/v",
        "postgresql://host/db",
        "sqlite:////c?values=ftp://x/y",
        "nonsense",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_with_an_example(address):
    with pytest.raises(UnreadableSettingError, match="values=s3://bucket"):
        read_figures_address(address)


def test_a_password_is_never_shown():
    location = read_figures_address("postgresql://user:secret@host:5433/db?values=s3://bucket/x")

    assert location.shown == "host:5433/db"


def test_a_workspace_address_is_read_with_the_driver_that_is_shipped():
    assert (
        read_settings(Path("/x"), {"JAMFOR_WORKSPACE": "postgresql://u@h/d"}).workspace_url
        == "postgresql+psycopg://u@h/d"
    )
    with pytest.raises(UnreadableSettingError, match="JAMFOR_WORKSPACE"):
        read_settings(Path("/x"), {"JAMFOR_WORKSPACE": "/just/a/path"})


def test_a_home_that_is_a_file_is_explained(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(HomeNotWritableError, match="file"):
        made_folder(tmp_path / "file" / "home")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_home_is_explained(tmp_path):
    tmp_path.chmod(0o500)

    with pytest.raises(HomeNotWritableError):
        made_folder(tmp_path)


@pytest.mark.parametrize("name", ["it's here", 'a "quoted" home', "Värden på svenska", "per%20cent; DROP"])
def test_any_folder_name_works_and_a_whole_home_can_be_moved(tmp_path, stage, name):
    file = stage([("N00001", "0180", 2020, "T", 1.0)])
    before = read_settings(tmp_path / name, {})
    write_release(
        before.figures, lambda writer: writer.merge_indicator_values([file]), run_id="run", description="prov"
    )
    before.home.rename(tmp_path / "moved")

    with open_figures(read_settings(tmp_path / "moved", {})) as figures:
        assert stored_rows(figures.indicator_values(figures.latest_release(), kpi_ids=["N00001"]))[
            "value"
        ].tolist() == [1.0]


def test_a_catalogue_that_is_not_a_database_is_explained(home):
    made_folder(home.home / "figures")
    home.figures.catalogue_file.write_text("not a database, and long enough to look like one " * 50)

    with pytest.raises(StoreUnreachableError, match=r"catalogue\.sqlite"):
        open_lake(home.figures)


def test_an_unreachable_database_server_is_explained_without_its_password(tmp_path):
    location = read_figures_address(
        f"postgresql://user:secret@127.0.0.1:1/db?connect_timeout=2&values={tmp_path}"
    )

    with pytest.raises(StoreUnreachableError) as refused:
        open_lake(location)
    assert "secret" not in str(refused.value)
