"""Whole filings, from the first page to the receipt: what they cost, and what they lose under load."""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

from tests.bench.servers import Server, cpu_seconds, database_processes

FORM = "application/x-www-form-urlencoded"
THOUGHT_SECONDS = (1.0, 8.0)
AIM_MS = 60
"""Server time of a whole filing of three steps."""


@dataclass
class Resident:
    """A browser that keeps its cookie and follows where a form leads."""

    server: Server
    rest: tuple[float, float] = (0.0, 0.0)
    """Least and most seconds of thought before each post."""
    cookie: str = ""
    latencies_ms: list[float] = field(default_factory=list)

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str, str]:
        """Send one request; return status, address to go on to, and text."""
        started = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        headers = {"Cookie": self.cookie, "Content-Type": FORM, "Sec-Fetch-Site": "same-origin"}
        try:
            connection.request(method, path, body.encode() or None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        self.latencies_ms.append((time.perf_counter() - started) * 1000)
        if given := answer.headers.get("Set-Cookie"):
            self.cookie = given.partition(";")[0]
        return answer.status, answer.headers.get("Location", ""), text

    def file(self, steps: Sequence[dict[str, str]], summary: str) -> str:
        """File a request; return the address of its receipt.

        Raises:
            AssertionError: an answer was not what a resident should see.
        """
        self.cookie = ""
        for step in steps:
            status, _to, _text = self.ask("GET", step["path"])
            assert status == 200, (step["path"], status)
            self.think()
            status, to, _text = self.ask("POST", step["path"], step["body"])
            assert status == 302, (step["path"], status)
        status, _to, text = self.ask("GET", to)
        assert status == 200, (to, status)
        self.think()
        token = text.partition('name="draft" value="')[2].partition('"')[0]
        status, receipt, _text = self.ask("POST", summary, f"draft={token}&declaration=on")
        assert status == 302, (summary, status)
        status, _to, _text = self.ask("GET", receipt)
        assert status == 200, (receipt, status)
        return receipt

    def think(self) -> None:
        """Pause, as somebody who reads and types."""
        if self.rest[1]:
            time.sleep(random.uniform(*self.rest))


def summary_of(steps: Sequence[dict[str, str]]) -> str:
    """The address of the last step of a procedure."""
    return steps[0]["path"].rsplit("/", 2)[0] + "/verifier/"


def filing_ms(server: Server, steps: Sequence[dict[str, str]], filings: int = 40) -> tuple[float, float]:
    """Processor time of one whole filing, in milliseconds: of the server, and of the database."""
    resident, summary = Resident(server), summary_of(steps)
    for _ in range(5):
        resident.file(steps, summary)
    databases = database_processes()
    before = server.cpu_seconds(), cpu_seconds(databases)
    for _ in range(filings):
        resident.file(steps, summary)
    after = server.cpu_seconds(), cpu_seconds(databases)
    return (after[0] - before[0]) * 1000 / filings, (after[1] - before[1]) * 1000 / filings


@dataclass
class Load:
    """What many residents at once met with."""

    filed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    latencies_ms: list[float] = field(default_factory=list)

    def p95_ms(self) -> float:
        """What nineteen requests of twenty stay below."""
        return statistics.quantiles(self.latencies_ms, n=20)[-1]


def load(server: Server, one: Callable[[Resident], str], residents: int, seconds: float) -> Load:
    """Let residents do ``one`` thing after the other, thinking before each post, for so many seconds."""
    met, lock = Load(), threading.Lock()
    until = time.monotonic() + seconds

    def live() -> None:
        resident = Resident(server, rest=THOUGHT_SECONDS)
        time.sleep(random.uniform(0, THOUGHT_SECONDS[1]))
        while time.monotonic() < until:
            try:
                done = one(resident)
            except (AssertionError, OSError, HTTPException) as error:
                with lock:
                    met.errors.append(repr(error))
            else:
                with lock:
                    met.filed.append(done)
        with lock:
            met.latencies_ms += resident.latencies_ms

    crowd = [threading.Thread(target=live) for _ in range(residents)]
    for one_thread in crowd:
        one_thread.start()
    for one_thread in crowd:
        one_thread.join()
    return met


def insert_once(resident: Resident) -> str:
    """Post to the bare view that writes one row."""
    resident.think()
    status, _to, _text = resident.ask("POST", "/insert/", "content=1")
    assert status == 200, status
    return ""
