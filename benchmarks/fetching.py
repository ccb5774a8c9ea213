"""How well the client keeps the permitted request rate busy, against a slow server on loopback."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.measuring import Row
from pipelines.kolada.client import REQUESTS_PER_SECOND, KoladaClient
from pipelines.kolada.fetching import Fetcher
from pipelines.kolada.progress import Stage, ignore_progress
from pipelines.kolada.raw_pages import RawPages, raw_folder
from pipelines.kolada.source_address import SourceAddress

SECONDS_AN_ANSWER = 1.0  # five thousand rows take the real service about as long
CHAINS = 30
PAGES_A_CHAIN = 4
LEAST_BUSY = 0.9


class SlowPages(BaseHTTPRequestHandler):
    """Chains of empty pages, each after a wait."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path, _, number = self.path.partition("?page=")
        page = int(number or 1)
        time.sleep(SECONDS_AN_ANSWER)
        following = f"http://{self.headers['Host']}{path}?page={page + 1}" if page < PAGES_A_CHAIN else None
        body = json.dumps({"values": [], "count": 0, "next_url": following}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _slow_server() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), SlowPages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def fetching_row(home: Path) -> Row:
    """Fetch all chains and compare the rate with the permitted one."""
    landing = RawPages.begin(raw_folder(home), "fetching", {"benchmark": "fetching"})

    async def fetch(url: str) -> tuple[int, float]:
        async with KoladaClient() as client:
            start = time.perf_counter()
            fetcher = Fetcher(client, landing, SourceAddress.read(url), ignore_progress)
            await fetcher.chains([f"data/{number}" for number in range(CHAINS)], Stage.FETCH)
            return client.counts.requests, time.perf_counter() - start - SECONDS_AN_ANSWER

    with _slow_server() as url:
        requests, seconds = asyncio.run(fetch(url))
    rate = requests / seconds
    return Row(
        name=f"fetch {requests} pages that take {SECONDS_AN_ANSWER:g} s each",
        ours=f"{rate:.2f} requests/s",
        bare=f"{REQUESTS_PER_SECOND:g} permitted",
        figure=rate / REQUESTS_PER_SECOND,
        limit=LEAST_BUSY,
        is_least=True,
    )
