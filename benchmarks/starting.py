"""How long it takes to get going: the server after a restart and in an empty home, and the commands of `jamfor`."""

import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import sync_playwright

from benchmarks.measuring import Row
from benchmarks.serving import ROOT, installed_browser, serve
from data.settings import read_settings
from data.store.connection import extension_file

FIRST_FIGURES: Final = "table.rug td"
TIMES: Final = 5
JAMFOR: Final = (sys.executable, "-c", "from cli.main import run; run()")
# The same question without the product: DuckDB, its two extensions, the lake, one query.
BARE_COMPARE: Final = """
import sys, duckdb
catalogue, values, *extensions = sys.argv[1:]
connection = duckdb.connect()
for extension in extensions:
    connection.execute(f"LOAD '{extension}'")
connection.execute(f"ATTACH 'ducklake:sqlite:{catalogue}' AS lake (DATA_PATH '{values}/', OVERRIDE_DATA_PATH true, READ_ONLY)")
print(connection.execute(
    "select municipality_id, year, value from lake.indicator_value where kpi_id = 'N17461' and gender = 'T'"
).fetchall())
"""
COMPARE: Final = ("compare", "N17461", "--group", "kolada:G96274", "--format", "json")


def command_rows(home: Path) -> list[Row]:
    """CPU of `jamfor --help` and `jamfor compare` as multiples of a bare `import duckdb`."""
    bare = _cpu_of([sys.executable, "-c", "import duckdb"])
    help_cpu = _cpu_of([*JAMFOR, "--help"])
    compare_cpu = _cpu_of([*JAMFOR, *COMPARE, "--home", str(home)])
    lake = read_settings(home, {}).demonstration
    extensions = [str(extension_file(name)) for name in ("ducklake", "sqlite_scanner")]
    same_query = _cpu_of(
        [sys.executable, "-c", BARE_COMPARE, str(lake.catalogue_file), lake.values, *extensions]
    )
    return [
        _command_row("jamfor --help, CPU beside `import duckdb`", help_cpu, bare, limit=3.0),
        _command_row(
            "jamfor compare, CPU beside bare DuckDB with the same query", compare_cpu, same_query, limit=9.0
        ),
    ]


def starting_rows(home: Path, empty_home: Path) -> list[Row]:
    """Seconds from starting the server until a browser shows figures, and the memory that the server then holds."""
    restart, memory_mib = _seconds_to_first_figures(home)
    first_start, _ = _seconds_to_first_figures(empty_home)
    return [
        Row("restart to first figures in a browser, seconds", f"{restart:.1f} s", "", restart, 4.0),
        Row(
            "empty home to first figures in a browser, seconds", f"{first_start:.1f} s", "", first_start, 8.0
        ),
        Row("memory of the server after its first page, MiB", f"{memory_mib:.0f} MiB", "", memory_mib, 300.0),
    ]


def _seconds_to_first_figures(home: Path) -> tuple[float, float]:
    """(seconds, MiB). The browser is started before the clock."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=installed_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(locale="sv-SE")
        start = time.perf_counter()
        with serve(ROOT / "app.py", home) as server:
            page.goto(server.url)
            page.wait_for_selector(FIRST_FIGURES, timeout=120_000)
            seconds, memory_mib = time.perf_counter() - start, server.resident_mib()
        browser.close()
    return seconds, memory_mib


def _cpu_of(command: Sequence[str]) -> float:
    """The median CPU seconds of a command that has run once before."""
    seconds = []
    for _ in range(TIMES + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(seconds[1:])


def _command_row(name: str, ours: float, bare: float, *, limit: float) -> Row:
    return Row(name, f"{ours:.2f} s", f"{bare:.2f} s", ours / bare, limit)
