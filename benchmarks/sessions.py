"""What a run of a page costs the server: sessions over the socket that the front end uses, without a browser between.

CPU time is the server's own, read from the operating system, so that what else runs on the machine does not count.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Final, cast
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.measuring import Row
from benchmarks.serving import EMPTY_PAGE, ROOT, Server, serve
from data.reference import places
from domain.place import PlaceKind

RERUNS: Final = 15
LOADS_OF_A_SESSION: Final = 5
SESSION_COUNTS: Final = (10, 50)
SECONDS_TO_ANSWER: Final = 120

# Every page with content on it: the last word of its address, and what the address chooses.
PAGES: Final[dict[str, dict[str, str]]] = {
    "oversikt": {},
    "matt": {"matt": "N17461"},
    "samband": {},
    "forandrat": {},
    "om-data": {},
    "mitt-natverk": {},
    "matt-i-natverket": {},
    "natverk": {},
    "matverkstad": {},
    "liknande": {},
    "ladda-upp": {},
    "rapporteringslage": {},
    "historik": {},
    "framgangsbanken": {},
    "exempel": {"exempel": "morgonboken"},
    "metoder": {},
    "program": {},
    "lar-av": {"matt": "N17461"},
    "studiebesok": {},
    "bidra": {},
    "administration": {},
}


class Session:
    """One browser's connection to a served app."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    def load(self, page: str = "", **address: str) -> float:
        """Run one page at an address, as opening a link does, and return the seconds it took. Raises `TimeoutError`."""
        message = BackMsg()
        message.rerun_script.query_string = urlencode(address)
        message.rerun_script.page_name = page
        start = time.perf_counter()
        self._connection.send(message.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(cast(bytes, self._connection.recv(timeout=SECONDS_TO_ANSWER)))
            if answer.WhichOneof("type") == "script_finished":
                return time.perf_counter() - start


@contextmanager
def open_session(server: Server) -> Iterator[Session]:
    socket = f"{server.url.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(socket, subprotocols=[Subprotocol("streamlit")], max_size=None) as connection:
        yield Session(connection)


def session_rows(home: Path) -> list[Row]:
    """Another municipality, every page, and many sessions at once, each beside an empty page with one chart."""
    codes = [place.code for place in places().values() if place.kind is PlaceKind.MUNICIPALITY]
    with ExitStack() as stack:
        empty = stack.enter_context(serve(EMPTY_PAGE, home))
        product = stack.enter_context(serve(ROOT / "app.py", home))
        with open_session(empty) as bare, open_session(product) as ours:
            bare.load()
            for code in codes[:2]:
                ours.load(kommun=code)
            chosen = random.Random(1).sample(codes, RERUNS)
            bare_cpu = _median_cpu(empty, [bare.load] * RERUNS)
            our_cpu = _median_cpu(product, [partial(ours.load, kommun=code) for code in chosen])
            rows = [_row("Översikt: another municipality, CPU of the server", our_cpu, bare_cpu, limit=2.0)]
        with open_session(empty) as bare, open_session(product) as ours:
            rows += _rows_of_all_pages(product, ours, bare_cpu)
        for count in SESSION_COUNTS:
            bare_p95, our_p95 = (_p95_of_sessions(server, count, codes) for server in (empty, product))
            rows.append(
                Row(
                    name=f"Översikt: {count} sessions at once, random municipalities, 95th percentile",
                    ours=f"{our_p95 * 1000:.0f} ms",
                    bare=f"{bare_p95 * 1000:.0f} ms",
                    figure=our_p95 / bare_p95,
                    limit=3.0,
                )
            )
        return rows


def _rows_of_all_pages(product: Server, session: Session, bare_cpu: float) -> list[Row]:
    first_seconds, warm_cpu = {}, {}
    for page, address in PAGES.items():
        first_seconds[page] = session.load(page, **address)
        warm_cpu[page] = _median_cpu(product, [partial(session.load, page, **address)] * 5)
    slowest_first = max(first_seconds, key=first_seconds.__getitem__)
    slowest_warm = max(warm_cpu, key=warm_cpu.__getitem__)
    return [
        Row(
            name=f"the slowest of {len(PAGES)} pages at its first visit ({slowest_first}), seconds",
            ours=f"{first_seconds[slowest_first]:.2f} s",
            bare="",
            figure=first_seconds[slowest_first],
            limit=1.5,
        ),
        _row(
            f"the costliest of {len(PAGES)} pages, warm ({slowest_warm}), CPU of the server",
            warm_cpu[slowest_warm],
            bare_cpu,
            limit=2.0,
        ),
    ]


def _median_cpu(server: Server, loads: Sequence[Callable[[], float]]) -> float:
    """The server's median CPU seconds for one load, over several."""
    spent = []
    for load in loads:
        before = server.cpu_seconds()
        load()
        spent.append(server.cpu_seconds() - before)
    return median(spent)


def _p95_of_sessions(server: Server, count: int, codes: Sequence[str]) -> float:
    """The 95th percentile of the seconds that a load takes while `count` sessions load at once."""

    def visit(number: int) -> list[float]:
        chance = random.Random(number)
        with open_session(server) as session:
            session.load(kommun=chance.choice(codes))
            return [session.load(kommun=chance.choice(codes)) for _ in range(LOADS_OF_A_SESSION)]

    with ThreadPoolExecutor(count) as pool:
        seconds = [second for visit_seconds in pool.map(visit, range(count)) for second in visit_seconds]
    return quantiles(seconds, n=20)[-1]


def _row(name: str, our_seconds: float, bare_seconds: float, *, limit: float) -> Row:
    return Row(
        name=name,
        ours=f"{our_seconds * 1000:.0f} ms",
        bare=f"{bare_seconds * 1000:.0f} ms",
        figure=our_seconds / bare_seconds,
        limit=limit,
    )
