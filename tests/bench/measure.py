"""Send requests, a bounded number, and tell what each cost."""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.bench.servers import Server, cpu_seconds, database_processes

CLIENTS = 2


@dataclass(frozen=True)
class Ask:
    """One request of a row."""

    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    expect: int = 200


@dataclass
class Row:
    """A row of the table: what is asked, of which server, and what was measured."""

    name: str
    server: Server
    ask: Callable[[int], Ask]
    """Give the request of client 0, 1…: each has a draft or a session of its own."""
    aim: float | None = None
    """Multiple of a bare view that it should cost at most."""
    requests: int = 100
    """Per round."""
    server_ms: list[float] = field(default_factory=list)
    database_ms: list[float] = field(default_factory=list)
    multiples: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)
    latencies_ms: list[float] = field(default_factory=list)

    @property
    def cost_ms(self) -> float:
        """Processor time per request of the last round: server and database."""
        return self.server_ms[-1] + self.database_ms[-1]


def send(server: Server, ask: Ask) -> float:
    """Send one request and read the answer; return the milliseconds it took.

    Raises:
        AssertionError: the answer is not the one that the row is about.
    """
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request(ask.method, ask.path, ask.body, dict(ask.headers))
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    took_ms = (time.perf_counter() - started) * 1000
    if answer.status != ask.expect:
        raise AssertionError(f"{ask.method} {ask.path}: {answer.status}, not {ask.expect}")
    return took_ms


def run_clients(row: Row, requests: int) -> list[float]:
    """Send the requests from several clients at once; return every latency in milliseconds."""

    def client(number: int) -> list[float]:
        ask = row.ask(number)
        return [send(row.server, ask) for _ in range(requests // CLIENTS)]

    with ThreadPoolExecutor(CLIENTS) as pool:
        return [took for part in pool.map(client, range(CLIENTS)) for took in part]


def measure_once(row: Row) -> None:
    """Run one round of a row."""
    databases = database_processes()
    server_before, database_before = row.server.cpu_seconds(), cpu_seconds(databases)
    started = time.perf_counter()
    latencies = run_clients(row, row.requests)
    elapsed = time.perf_counter() - started
    count = len(latencies)
    row.server_ms.append((row.server.cpu_seconds() - server_before) * 1000 / count)
    row.database_ms.append((cpu_seconds(databases) - database_before) * 1000 / count)
    row.per_second.append(count / elapsed)
    row.latencies_ms += latencies


def measure(bare: Row, rows: Sequence[Row], rounds: int) -> None:
    """Measure the rows in interleaved rounds, each beside the bare view of its own round."""
    for row in (bare, *rows):
        run_clients(row, 20)  # both workers have loaded what they keep
    for _ in range(rounds):
        measure_once(bare)
        bare.multiples.append(1.0)
        for row in rows:
            measure_once(row)
            row.multiples.append(row.cost_ms / bare.cost_ms)


def table(rows: Sequence[Row]) -> str:
    """Lay the rows out: medians over the rounds, latencies over all requests."""
    head = f"{'':34}{'× bare':>8}{'aim':>7}{'server ms':>11}{'db ms':>8}{'req/s':>8}{'p50 ms':>8}{'p95 ms':>8}"
    return "\n".join([head, "-" * len(head), *map(line, rows)])


def line(row: Row) -> str:
    """Lay one row out."""
    middle = statistics.median
    p95 = statistics.quantiles(row.latencies_ms, n=20)[-1]
    aim = f"≤ {row.aim:g}" if row.aim else ""
    return (
        f"{row.name:34}{middle(row.multiples):8.1f}{aim:>7}{middle(row.server_ms):11.2f}{middle(row.database_ms):8.2f}"
        f"{middle(row.per_second):8.0f}{middle(row.latencies_ms):8.1f}{p95:8.1f}"
    )
