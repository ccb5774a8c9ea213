"""The process that makes the demonstration at the first start: `python -m pipelines.demonstration_process`.

Readers wait for the values, so these are made before anything is loaded that only stories and networks need.
"""

import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from threading import Thread

from data.settings import Settings, read_settings
from data.store.lake import find_lakes
from domain.errors.user_error import UserError
from pipelines.demonstration.lake import ensure_values

_LOG = logging.getLogger(__name__)


def ensure_demonstration(settings: Settings) -> None:
    """Make what is missing of it, unless there are real figures. Made-up values that are there are not made again.

    A failure of one part is logged and does not stop the others; the next start tries again.
    """
    lakes = find_lakes(settings)
    if lakes.real.has_release():
        return
    if lakes.made_up.figures() is None:
        _log_failure(partial(ensure_values, lakes.made_up))
    from data.stores import open_stores
    from pipelines.whole_demonstration import ensure_demonstration_network, ensure_demonstration_stories

    stores = open_stores(settings)
    for ensure in (ensure_demonstration_stories, ensure_demonstration_network):
        _log_failure(partial(ensure, stores))


def _log_failure(ensure: Callable[[], object]) -> None:
    try:
        ensure()
    except UserError as error:
        _LOG.warning("%s", error)
    except Exception:
        _LOG.exception("a part of the demonstration failed")


def _exit_with_parent() -> None:
    """Wait until the parent closes its end of standard input, which also happens when it dies, and exit."""
    os.read(sys.stdin.fileno(), 1)  # not `sys.stdin.read`: its lock would be held while Python shuts down
    os._exit(1)


if __name__ == "__main__":
    Thread(target=_exit_with_parent, daemon=True).start()
    _log_failure(partial(ensure_demonstration, read_settings()))
