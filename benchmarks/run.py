"""All benchmarks in one run, each in a folder of its own that is gone afterwards."""

import platform
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

import psutil

from benchmarks.measuring import Row, as_markdown

VALUES: Final = 30_000_000
REPORT: Final = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def run(value_count: int, say: Callable[[str], None]) -> list[Row]:
    """Every row of the report, in the order in which they are measured; `say` reports each step."""
    from benchmarks.effects import effect_rows
    from benchmarks.fetching import fetching_row
    from benchmarks.formulas import formula_row
    from benchmarks.loading import loading_row
    from benchmarks.pages import page_rows
    from benchmarks.queries import query_rows
    from benchmarks.sessions import session_rows
    from benchmarks.starting import command_rows, starting_rows
    from benchmarks.uploading import uploading_rows
    from data.settings import read_settings
    from data.store.lake import find_lakes
    from pipelines.demonstration.lake import ensure_values

    say("a formula …")
    rows: list[Row] = [formula_row()]
    say("a workbook …")
    rows += uploading_rows()
    say("an effect with all its placebos …")
    rows += effect_rows()
    with _folder() as home:
        say(f"{value_count:,} values: landing pages, then both roads into a store …")
        rows.append(loading_row(home, value_count))
        say("the questions behind Översikt and Mått …")
        rows += query_rows(home, value_count)
    with _folder() as home:
        say("whole pages in a browser …")
        ensure_values(find_lakes(read_settings(home)).made_up)
        rows += page_rows(home)
        say("the command line …")
        rows += command_rows(home)
        say("sessions without a browser …")
        rows += session_rows(home)
        say("starting …")
        with _folder() as empty_home:
            rows += starting_rows(home, empty_home)
    with _folder() as home:
        say("the client against a slow server …")
        rows.append(fetching_row(home))
    return rows


def report(rows: list[Row], today: date) -> str:
    """The table with the machine that it was measured on."""
    memory_gib = psutil.virtual_memory().total / 2**30
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Written by `make bench`. Each figure is a ratio within one run, so that the machine cancels out; memory is",
            "what the work and its child processes held at most above what they began with.",
            "",
            as_markdown(rows),
            "",
            f"{today.isoformat()}, {psutil.cpu_count()} cores, {memory_gib:.0f} GiB, {platform.system()} "
            f"{platform.machine()}, Python {platform.python_version()}.",
            "",
        ]
    )


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="jamfor-bench-") as folder:
        yield Path(folder)
