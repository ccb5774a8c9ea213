"""Lets one pipeline at a time write a lake, by a lock that the operating system frees when its holder dies."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from data.settings import made_folder
from data.store.connection import is_full_disk
from domain.errors.storage import AnotherRunError, DiskFullError

PATIENCE_SECONDS: Final = 0.5  # outlasts somebody who only looks whether the lock is held


@dataclass(frozen=True, slots=True)
class LockHolder:
    """The writer: its process, run and start (ISO time with zone)."""

    process_id: int
    run_id: str
    since: str


@contextmanager
def writing_lock(lock_file: Path, *, run_id: str) -> Iterator[None]:
    """Hold the writing lock of a lake. Raises `AnotherRunError` if it is held, `DiskFullError`.

    `kill -9` frees it, as flock belongs to the process. A lake that several machines share is guarded by its
    transactions; the lock then only spares two runs on one machine the double work.
    """
    made_folder(lock_file.parent)
    lock = FileLock(lock_file)
    try:
        lock.acquire(timeout=PATIENCE_SECONDS, poll_interval=0.02)
    except Timeout:
        holder = lock_holder(lock_file)
        raise AnotherRunError(
            since=_shown(holder.since) if holder else "–", pid=holder.process_id if holder else "–"
        ) from None
    holder_file = _holder_file(lock_file)
    try:
        mine = LockHolder(os.getpid(), run_id, datetime.now(UTC).isoformat())
        try:
            holder_file.write_text(json.dumps(asdict(mine)), encoding="utf-8")
        except OSError as error:
            if is_full_disk(error):
                raise DiskFullError(folder=lock_file.parent) from error
            raise
        yield
    finally:
        holder_file.unlink(missing_ok=True)
        lock.release()


def lock_holder(lock_file: Path) -> LockHolder | None:
    """Return who holds the lock, or `None` if it is free."""
    file = _holder_file(lock_file)
    try:
        holder = LockHolder(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    probe = FileLock(lock_file)
    try:
        probe.acquire(blocking=False)
    except Timeout:
        return holder
    file.unlink(missing_ok=True)  # its writer was killed
    probe.release()
    return None


def _holder_file(lock_file: Path) -> Path:
    return lock_file.with_suffix(".lock-holder.json")


def _shown(since: str) -> str:
    return datetime.fromisoformat(since).astimezone().strftime("%Y-%m-%d %H:%M") if since else "–"
