"""The database is killed and started again while residents file and an agent answers: nothing is lost or doubled."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings as site
from django.db import OperationalError, connection
from django.test import Client

from cms.accounts.roles import AGENTS, role
from procedures.inbox.models import ServiceRequest
from tests.factories.filing import EXTRACT, WHO, make_birth_procedure, typed
from tests.factories.inbox import make_agent, make_request
from tests.postgres import Postgres, private_postgres
from tests.running import IN_A_HURRY, free_port

RESIDENTS, REQUESTS, RESTARTS = 2, 8, 3
SECONDS = 240  # some 15 on an idle machine
BROKEN = (OSError, http.client.HTTPException)


class Browser:
    """Asks again, like whoever is told to, until an answer comes; remembers every status."""

    def __init__(self, port: int, cookies: dict[str, str], seen: list[tuple[int, str]]) -> None:
        self.port, self.cookies, self.seen = port, dict(cookies), seen
        self.deadline = time.monotonic() + SECONDS

    def ask(self, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, address it leads to, and text."""
        while time.monotonic() < self.deadline:
            server = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            if data is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            try:
                server.request(method, path, urlencode(data or {}), headers)
                response = server.getresponse()
                text = response.read().decode()
            except BROKEN:
                time.sleep(0.05)
                continue
            finally:
                server.close()
            self.seen.append((response.status, text))
            if response.status >= 500:
                time.sleep(0.05)
                continue
            for cookie in response.headers.get_all("Set-Cookie") or []:
                name, _equals, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
            return response.status, response.headers["Location"] or "", text
        raise AssertionError("no answer in time")

    def file_one(self, number: int) -> bool:
        """Fill in and send; tell whether the receipt's address came."""
        self.cookies, start = {}, "/remplir/acte-de-naissance"
        self.ask("POST", f"{start}/1/", {**WHO, **typed(email=f"resident{number}@example.org")})
        self.ask("POST", f"{start}/2/", EXTRACT)
        return "/recu/" in self.ask("POST", f"{start}/verifier/", {"declaration": "on"})[1]

    def accept(self, pk: int) -> bool:
        """Accept a request; tell whether its page says so afterwards."""
        page = self.ask("GET", f"/admin/demandes/{pk}/")[2]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        said = {"csrfmiddlewaretoken": token[1], "reason": "À lundi."}
        self.ask("POST", f"/admin/demandes/{pk}/accept/", said)
        return "À lundi." in self.ask("GET", f"/admin/demandes/{pk}/")[2]


@contextmanager
def gunicorn(folder: Path, database: str) -> Iterator[int]:
    """The site on another database than this test's."""
    port = free_port()
    ours = {"PARVIS_VAR": str(folder), "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    others = ("REDIS_URL", "PYTEST_XDIST_WORKER")
    environment = {name: value for name, value in os.environ.items() if name not in others} | IN_A_HURRY | ours
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi:application", "--preload", "--workers", "3"]
    process = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}", "--log-level", "critical"],
        env=environment,
        cwd=site.BASE_DIR,
        start_new_session=True,
        stderr=(folder / "log").open("wb"),
    )
    try:
        yield port
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def rows(server: Postgres, query: str) -> list[tuple]:
    with psycopg.connect(server.url) as found:
        return found.execute(query).fetchall()


def restart_in_between(server: Postgres, done: list[int], total: int) -> None:
    """Restart at moments spread over the work."""
    for number in range(1, RESTARTS + 1):
        while len(done) < total * number // (RESTARTS + 1):
            time.sleep(0.01)
        server.control("restart")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_was_confirmed_is_there_once_whenever_the_database_dies(tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("make test-services runs it: it kills a PostgreSQL of its own")
    procedure, seen, done = make_birth_procedure(), [], []
    agent = make_agent(procedure.department)
    agent.groups.add(role(AGENTS))
    open_ones = [make_request(procedure).pk for _number in range(REQUESTS)]
    client = Client()
    client.force_login(agent)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def resident(first: int) -> None:
        browser = Browser(port, {}, seen)
        for number in range(first, REQUESTS, RESIDENTS):
            assert browser.file_one(number)
            done.append(number)

    def answer() -> None:
        browser = Browser(port, cookies, seen)
        for pk in open_ones:
            assert browser.accept(pk)
            done.append(pk)

    with private_postgres() as server:
        server.copy_from(connection.settings_dict)
        with gunicorn(tmp_path, server.url) as port, ThreadPoolExecutor(RESIDENTS + 2) as people:
            work = [*(people.submit(resident, first) for first in range(RESIDENTS)), people.submit(answer)]
            restart_in_between(server, done, 2 * REQUESTS)
            for one in work:
                one.result()
        filed = rows(server, "SELECT requester_email FROM inbox_servicerequest WHERE requester_email LIKE 'res%'")
        accepted = rows(server, "SELECT request_id FROM inbox_event WHERE kind = 'accepted'")
        receipts = rows(
            server, "SELECT count(*), count(DISTINCT request_id) FROM inbox_outboxmessage WHERE kind = 'receipt'"
        )
        drafts = rows(server, "SELECT count(*) FROM filing_draft")
    assert sorted(email for (email,) in filed) == [f"resident{number}@example.org" for number in range(REQUESTS)]
    assert sorted(pk for (pk,) in accepted) == open_ones
    assert receipts == [(2 * REQUESTS, 2 * REQUESTS)]
    assert drafts == [(0,)]
    failures = {status for status, _text in seen if status >= 500}
    assert failures <= {503}, (tmp_path / "log").read_text()[-20_000:]
    assert all("not lost" in text or "perdu" in text for status, text in seen if status == 503)
    assert ServiceRequest.objects.count() == REQUESTS  # this test's own database saw none of it


@pytest.mark.django_db
def test_page_says_kindly_that_the_database_is_away(client, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("the database system is starting up")

    client.raise_request_exception = False
    monkeypatch.setattr("procedures.tracking.views.known", away)
    page = client.get("/suivi/x/")
    assert (page.status_code, page["Retry-After"]) == (503, "30")
    assert "What was saved is not lost" in page.content.decode()
    assert client.get("/suivi/x/").status_code == 503
