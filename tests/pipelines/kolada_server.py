"""A small Kolada for the tests: made-up pages over real HTTP, with faults on demand. Binds to 127.0.0.1 only."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Cell = tuple[str, str, int, str]  # kpi, place, year, gender
Content = tuple[float | None, str | None]  # value, status

PLACES = {
    "0000": "Riket",
    "0114": "Upplands Väsby",
    "0115": "Vallentuna",
    "0180": "Stockholm",
    "0001": "Region Stockholm",
}


@dataclass
class MadeUpKolada:
    """What the server holds and how it misbehaves.

    `cells` is what it publishes now. `changes` is what it answers to any `from_date`: cells, None for a deleted one.
    `fault` gets the running number of the request and its path, and names a fault or gives None.
    """

    cells: dict[Cell, Content] = field(default_factory=dict)
    changes: dict[Cell, Content | None] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=lambda: dict(PLACES))
    groups: dict[str, tuple[str, tuple[str, ...]]] = field(
        default_factory=lambda: {"G1": ("Liknande kommuner,  allt", ("0114", "0115"))}
    )
    per_page: int = 5000
    fault: Callable[[int, str], str | None] = lambda _number, _path: None
    named_host: str | None = None
    requested_paths: list[str] = field(default_factory=list)
    before_answer: Callable[[int], None] = lambda _number: None

    def kpi_ids(self) -> list[str]:
        return sorted(set(self.titles) | {cell[0] for cell in self.cells})

    def data_paths(self) -> list[str]:
        return [path for path in self.requested_paths if "/data/" in path]

    def rows(self, path: str, query: Mapping[str, list[str]]) -> list[dict[str, Any]] | None:
        parts = path.strip("/").split("/")[1:]
        if parts == ["kpi"]:
            return [
                {
                    "id": kpi_id,
                    "title": self.titles.get(kpi_id, f"Något i {kpi_id}, andel (%)"),
                    "is_divided_by_gender": True,
                    "municipality_type": "K",
                    "publication_date": "2026-08-28",
                    "publ_period": "2025",
                }
                for kpi_id in self.kpi_ids()
            ]
        if parts == ["municipality"]:
            return [
                {"id": code, "title": name, "type": "L" if code < "0100" else "K"}
                for code, name in self.places.items()
            ]
        if parts == ["municipality_groups"]:
            return [
                {
                    "id": group_id,
                    "title": title,
                    "members": [{"member_id": code, "member_title": code} for code in members],
                }
                for group_id, (title, members) in self.groups.items()
            ]
        if parts[:1] != ["data"]:
            return None
        ids_by_name = {name: ids.split(",") for name, ids in zip(parts[1::2], parts[2::2], strict=True)}
        if any(len(ids) > 25 for ids in ids_by_name.values()):
            raise ValueError("at most 25 ids in one path segment")
        records: dict[tuple[str, str, int], dict[str, Any]] = {}
        cells = self.changes if "from_date" in query else self.cells
        for (kpi, place, year, gender), content in sorted(cells.items()):
            if (
                kpi in ids_by_name["kpi"]
                and str(year) in ids_by_name["year"]
                and place in ids_by_name.get("municipality", [place])
            ):
                record = records.setdefault(
                    (kpi, place, year), {"kpi": kpi, "period": year, "municipality": place, "values": []}
                )
                value, status = content or (None, None)
                record["values"].append(
                    {
                        "gender": gender,
                        "count": 1,
                        "status": status,
                        "value": value,
                        "isdeleted": content is None,
                    }
                )
        return list(records.values())


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    kolada: MadeUpKolada
    counter = threading.Lock()

    def log_message(self, *_arguments: object) -> None:
        """Log nothing."""

    def do_GET(self) -> None:
        with self.counter:
            self.kolada.requested_paths.append(self.path)
            number = len(self.kolada.requested_paths)
        self.kolada.before_answer(number)
        url = urlsplit(self.path)
        query = parse_qs(url.query)
        fault = self.kolada.fault(number, self.path)
        if fault:
            return self._fail(fault)
        try:
            rows = self.kolada.rows(url.path, query)
        except ValueError as error:
            return self._answer(422, {"detail": str(error)})
        if rows is None:
            return self._answer(404, {"detail": "Not Found"})
        page = int(query.get("page", ["1"])[0])
        shown = rows[(page - 1) * self.kolada.per_page : page * self.kolada.per_page]
        others = "".join(
            f"&{name}={value}" for name, ones in query.items() if name != "page" for value in ones
        )
        host = self.kolada.named_host or f"http://{self.headers['Host']}"
        more = page * self.kolada.per_page < len(rows)
        return self._answer(
            200,
            {
                "values": shown,
                "count": len(shown),
                "next_url": f"{host}{url.path}?page={page + 1}{others}" if more else None,
            },
        )

    def _answer(self, status: int, content: object, *, retry_after: str | None = None) -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        if retry_after:
            self.send_header("Retry-After", retry_after)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _fail(self, fault: str) -> None:
        if fault == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"values": [')
            self.wfile.flush()
            self.close_connection = True
        elif fault == "no json":
            self._answer(200, b"<html>Service temporarily unavailable</html>")
        elif fault == "no envelope":
            self._answer(200, {"error": "busy"})
        elif fault == "short":
            self._answer(200, {"values": [], "count": 7, "next_url": None})
        elif fault == "ring":
            self._answer(
                200, {"values": [], "count": 0, "next_url": f"http://{self.headers['Host']}{self.path}"}
            )
        elif fault == "429":
            self._answer(429, {"detail": "slow down"}, retry_after="0")
        else:
            self._answer(int(fault), {"detail": f"fault {fault}"})


@contextmanager
def serving(kolada: MadeUpKolada) -> Iterator[str]:
    """Serve it on a free port; gives the address of the API."""
    handler = type("Handler", (_Handler,), {"kolada": kolada, "counter": threading.Lock()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v3"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
