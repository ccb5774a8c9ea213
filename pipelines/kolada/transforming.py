"""Transforms all pages of a run: here for a small run, in two processes of their own for a large one.

The processes are started as `python -m pipelines.kolada.transforming` with a job on their standard input, and answer one line a
part. They share nothing with the caller, so a run may be started from a web page's thread as well as from a shell.
"""

import asyncio
import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec

from data.store.connection import is_full_disk
from domain.errors.storage import DiskFullError
from domain.errors.user_error import UserError
from pipelines.kolada.raw_pages import RawPage, RawPages, read_body
from pipelines.kolada.transform import RequestedScope, TransformedPart, write_part

PROCESSES: Final = 2
PAGES_WORTH_A_PROCESS: Final = 100  # starting one takes about as long as transforming forty pages
ROWS_IN_A_PART: Final = 200_000  # records; up to three cells each


class PartJob(msgspec.Struct, frozen=True):
    """One Parquet file to make, and the pages that it is made of."""

    path: str
    pages: tuple[tuple[str, RawPage], ...]


class TransformJob(msgspec.Struct, frozen=True):
    scope: RequestedScope
    parts: tuple[PartJob, ...]


class TransformAnswer(msgspec.Struct, frozen=True):
    """A finished part, or the user error that ended the work."""

    part: TransformedPart | None = None
    error: str | None = None
    text: str | None = None
    values: dict[str, str] | None = None


async def transform_raw_pages(
    raw_pages: RawPages,
    chains: Sequence[Sequence[RawPage]],
    scope: RequestedScope,
    folder: Path,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[TransformedPart]:
    """Transform all chains into Parquet parts in `folder`, in the order of the chains.

    Raises what `transform.transform_pages` raises, and `UnreadableRawPagesError`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    jobs = _part_jobs(raw_pages, chains, folder)
    total = sum(len(job.pages) for job in jobs)
    pages_of = {job.path: len(job.pages) for job in jobs}
    parts: dict[str, TransformedPart] = {}
    done = 0

    def finished(part: TransformedPart) -> None:
        nonlocal done
        parts[part.path] = part
        done += pages_of[part.path]
        progress(done, total)

    if total < PAGES_WORTH_A_PROCESS:
        for job in jobs:
            finished(_transform(job, scope))
            await asyncio.sleep(0)
    else:
        shares = [tuple(jobs[start::PROCESSES]) for start in range(PROCESSES)]
        await asyncio.gather(
            *(_in_a_process(TransformJob(scope, share), finished) for share in shares if share)
        )
    return [parts[job.path] for job in jobs if parts[job.path].rows]


def _part_jobs(raw_pages: RawPages, chains: Sequence[Sequence[RawPage]], folder: Path) -> list[PartJob]:
    """Group whole chains until a part is large enough for a file."""
    jobs: list[PartJob] = []
    waiting: list[RawPage] = []

    def close() -> None:
        if waiting:
            files = tuple((str(file), page) for file, page in raw_pages.files(waiting))
            jobs.append(PartJob(str(folder / f"{len(jobs):05d}.parquet"), files))
            waiting.clear()

    for chain in chains:
        waiting += [page for page in chain if page.rows]
        if sum(page.rows for page in waiting) >= ROWS_IN_A_PART:
            close()
    close()
    return jobs


def _transform(job: PartJob, scope: RequestedScope) -> TransformedPart:
    pages = ((page.url, read_body(Path(file), page)) for file, page in job.pages)
    try:
        return write_part(pages, scope, Path(job.path))
    except OSError as error:
        if is_full_disk(error):
            raise DiskFullError(folder=Path(job.path).parent) from error
        raise


async def _in_a_process(job: TransformJob, finished: Callable[[TransformedPart], None]) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "pipelines.kolada.transforming",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        limit=2**24,
    )
    job_in, answers_out = process.stdin, process.stdout
    if job_in is None or answers_out is None:
        raise RuntimeError("the pipes asked for are missing")
    try:
        job_in.write(msgspec.json.encode(job))
        await job_in.drain()
        job_in.close()
        async for line in answers_out:
            answer = msgspec.json.decode(line, type=TransformAnswer)
            if answer.error:
                raise _error_kinds()[answer.error](answer.text, **(answer.values or {}))
            if answer.part:
                finished(answer.part)
        if await process.wait():
            raise RuntimeError(f"transforming ended with {process.returncode}")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _error_kinds() -> dict[str, type[UserError]]:
    """The errors that the other process may have met, by name."""
    return {kind.__name__: kind for kind in UserError.__subclasses__()}


def _work() -> None:
    """The other end: reads a job, writes one answer per part."""
    gc.disable()  # millions of small objects and no cycles among them: a third of the time went into looking for cycles
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=TransformJob)

    def answer(text: TransformAnswer) -> None:
        sys.stdout.buffer.write(msgspec.json.encode(text) + b"\n")
        sys.stdout.buffer.flush()

    try:
        for part in job.parts:
            answer(TransformAnswer(part=_transform(part, job.scope)))
    except UserError as error:
        values = {name: str(value) for name, value in error.values.items()}
        answer(TransformAnswer(error=type(error).__name__, text=error.text, values=values))


if __name__ == "__main__":
    _work()
