"""One pipeline at a time writes into a lake: a lock that the operating system frees when its holder dies."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from data.places import Settings, made_folder
from data.store.connection import plainly_told
from domain.errors import AnotherRunError

PATIENCE_SECONDS: Final = 0.5  # outlasts somebody who only looks whether the lock is held


@dataclass(frozen=True, slots=True)
class LockHolder:
    """Who is writing: process, run and since when (ISO time with zone)."""

    process_id: int
    run_id: str
    since: str


@contextmanager
def writing_lock(settings: Settings, *, run_id: str, for_demonstration: bool = False) -> Iterator[None]:
    """Hold the lock of the real or the made-up figures. Raises `AnotherRunError` if it is held, `DiskFullError`.

    `kill -9` frees it, as flock belongs to the process. A lake that several machines share is guarded by its
    transactions; the lock then only spares two runs on one machine the double work.
    """
    made_folder(settings.home)
    lock = FileLock(_lock_file(settings, for_demonstration))
    try:
        lock.acquire(timeout=PATIENCE_SECONDS, poll_interval=0.02)
    except Timeout:
        holder = lock_holder(settings, for_demonstration=for_demonstration)
        raise AnotherRunError(
            since=_shown(holder.since) if holder else "–", pid=holder.process_id if holder else "–"
        ) from None
    holder_file = _holder_file(settings, for_demonstration)
    try:
        mine = LockHolder(os.getpid(), run_id, datetime.now(UTC).isoformat())
        with plainly_told(settings.demonstration if for_demonstration else settings.figures):
            holder_file.write_text(json.dumps(asdict(mine)), encoding="utf-8")
        yield
    finally:
        holder_file.unlink(missing_ok=True)
        lock.release()


def lock_holder(settings: Settings, *, for_demonstration: bool = False) -> LockHolder | None:
    """Who holds the lock now, or `None` if it is free."""
    said = _holder_file(settings, for_demonstration)
    try:
        holder = LockHolder(**json.loads(said.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    probe = FileLock(_lock_file(settings, for_demonstration))
    try:
        probe.acquire(blocking=False)
    except Timeout:
        return holder
    said.unlink(missing_ok=True)  # its writer was killed
    probe.release()
    return None


def _lock_file(settings: Settings, for_demonstration: bool) -> Path:
    return settings.home / ("demonstration.lock" if for_demonstration else "figures.lock")


def _holder_file(settings: Settings, for_demonstration: bool) -> Path:
    return _lock_file(settings, for_demonstration).with_suffix(".lock-holder.json")


def _shown(since: str) -> str:
    return datetime.fromisoformat(since).astimezone().strftime("%Y-%m-%d %H:%M") if since else "–"
