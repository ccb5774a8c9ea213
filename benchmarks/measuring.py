"""Time and memory of one piece of work, and the table of the results."""

import gc
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Generic, TypeVar

import psutil

T = TypeVar("T")
SAMPLES_PER_SECOND = 20


@dataclass(frozen=True, slots=True)
class Measured(Generic[T]):
    """What the work gave, how long it took, and the most memory that it and its child processes held above the start."""

    result: T
    seconds: float
    peak_mib: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report: ours, the bare tool's, and the most that the ratio or the figure may be."""

    name: str
    ours: str
    bare: str
    figure: float
    limit: float
    is_least: bool = False
    memory: str = ""

    @property
    def holds(self) -> bool:
        return self.figure >= self.limit if self.is_least else self.figure <= self.limit


def _resident_mib(process: psutil.Process) -> float:
    total = 0
    for process_or_child in [process, *process.children(recursive=True)]:
        try:
            total += process_or_child.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total / 2**20


def measured(work: Callable[[], T]) -> Measured[T]:
    """Run the work once, watching the resident memory of this process and its children."""
    gc.collect()
    process = psutil.Process()
    before = peak = _resident_mib(process)
    is_done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not is_done.wait(1 / SAMPLES_PER_SECOND):
            peak = max(peak, _resident_mib(process))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    start = time.perf_counter()
    try:
        result = work()
    finally:
        seconds = time.perf_counter() - start
        is_done.set()
        watcher.join()
    return Measured(result, seconds, peak - before)


def median_seconds(work: Callable[[], object], *, times: int = 9) -> float:
    """The median time of the work once it is warm."""
    work()
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return median(seconds)


def as_markdown(rows: list[Row]) -> str:
    """The report as a table."""
    lines = [
        "| what | ours | bare | figure | wanted | memory | holds |",
        "| --- | ---: | ---: | ---: | ---: | ---: | :---: |",
    ]
    for row in rows:
        requirement = f"{'≥' if row.is_least else '≤'} {row.limit:g}"
        lines.append(
            f"| {row.name} | {row.ours} | {row.bare} | {row.figure:.2f} | {requirement} | {row.memory} | "
            f"{'yes' if row.holds else '**no**'} |"
        )
    return "\n".join(lines)
