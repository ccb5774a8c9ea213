"""Homes that take seconds to make: made once per test run, by the first worker that needs one, and copied by the others."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from pipelines.demonstration.lake import ensure_values
from tests.homes import home_at

ROOT = Path(__file__).parents[1]


def copy_shared_home(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]
) -> Path:
    """Return the worker's own copy of the home that `make` fills. `make` runs once per test run."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own  # workers have folders in one folder
    with FileLock(shared / f"{name}.lock"):
        made = shared / f"shared-{name}"
        if not made.exists():
            making = shared / f"unfinished-{name}"
            shutil.rmtree(making, ignore_errors=True)  # of a worker that was killed
            making.mkdir()
            make(making)
            making.rename(made)
    return Path(shutil.copytree(made, tmp_path_factory.mktemp(name) / "home"))


def make_values(home: Path) -> None:
    """Made-up values only."""
    assert ensure_values(home_at(home).lakes.made_up)


def make_everything(home: Path) -> None:
    """The whole demonstration, in a process as at the first start, beside existing values."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JAMFOR_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines.demonstration_process"],
        cwd=ROOT,
        env=environment | {"JAMFOR_HOME": str(home)},
        stdin=subprocess.PIPE,
    )
    assert process.wait() == 0
