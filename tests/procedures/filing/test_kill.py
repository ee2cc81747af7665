"""The server dies at random moments; what it had confirmed is there, once."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.db.models import Count

from procedures.inbox.models import Event, OutboxMessage, ServiceRequest
from procedures.inbox.tasks import sweep_outbox
from tests.factories.filing import EXTRACT, WHO, make_birth_procedure, typed

FILINGS, RESIDENTS, RESTARTS, SECONDS = 200, 4, 2, 85
BROKEN = (OSError, http.client.HTTPException)


def database_url() -> str:
    """The database of this test, for another process."""
    name = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{name['NAME']}"
    login = f"{quote(name['USER'])}:{quote(name['PASSWORD'])}"
    return f"postgres://{login}@{quote(name['HOST'], safe='')}:{name['PORT']}/{name['NAME']}"


class Server:
    """gunicorn in a group of its own, so that all of it can be killed at once."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {
            **os.environ,
            "PARVIS_VAR": str(self.folder),
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "DEBUG": "1",
        }
        command = [sys.executable, "-m", "gunicorn", "cms.wsgi:application", "--preload", "--workers", "2"]
        self.process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{self.port}", "--log-level", "critical"],
            env=environment,
            cwd=settings.BASE_DIR,
            start_new_session=True,
        )

    def workers(self) -> list[int]:
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def kill_a_worker(self, chance: random.Random) -> None:
        with suppress(OSError, IndexError):
            os.kill(chance.choice(self.workers()), signal.SIGKILL)

    def kill_everything(self) -> None:
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @contextmanager
    def running(self) -> Iterator[Server]:
        self.start()
        try:
            yield self
        finally:
            self.kill_everything()


class Browser:
    """Sends a form again as long as no answer comes, as residents do."""

    def __init__(self, port: int, deadline: float) -> None:
        self.port, self.deadline, self.cookie = port, deadline, ""

    def post(self, path: str, data: dict[str, str]) -> str:
        while time.monotonic() < self.deadline:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
            try:
                headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
                connection.request("POST", path, urlencode(data), headers)
                response = connection.getresponse()
                response.read()
            except BROKEN:
                time.sleep(0.05)
                continue
            finally:
                connection.close()
            self.cookie = (response.headers["Set-Cookie"] or self.cookie).split(";")[0]
            return response.headers["Location"] or f"status {response.status}"
        return "too late"


def file_one(port: int, number: int, deadline: float) -> bool:
    """Fill in and send; True once the receipt's address has come."""
    browser, start = Browser(port, deadline), "/remplir/acte-de-naissance"
    browser.post(f"{start}/1/", {**WHO, **typed(email=f"resident{number}@example.org")})
    browser.post(f"{start}/2/", EXTRACT)
    return "/recu/" in browser.post(f"{start}/verifier/", {"declaration": "on"})


def torment(server: Server, stop: Flag) -> tuple[int, int]:
    """Kill workers at random, and now and then the whole server."""
    chance, killed, restarts = random.Random(2026), 0, 0
    while not stop.wait(chance.uniform(0.05, 0.7)):
        if restarts < RESTARTS and killed >= 6 * (restarts + 1):
            server.kill_everything()
            server.start()
            restarts += 1
        else:
            server.kill_a_worker(chance)
            killed += 1
    return killed, restarts


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_each_confirmed_request_exists_once_whenever_the_server_dies(tmp_path):
    make_birth_procedure()
    deadline, stop, deaths = time.monotonic() + SECONDS, Flag(), []
    with Server(tmp_path).running() as server, ThreadPoolExecutor(RESIDENTS) as residents:
        killer = Thread(target=lambda: deaths.append(torment(server, stop)))
        confirmed = residents.map(lambda number: file_one(server.port, number, deadline), range(FILINGS))
        killer.start()
        answers = list(confirmed)
        stop.set()
        killer.join()
    killed, _restarts = deaths[0]
    assert killed >= 5
    assert all(answers), f"{answers.count(False)} residents had no answer within {SECONDS} s"
    assert ServiceRequest.objects.count() == FILINGS
    assert ServiceRequest.objects.values("requester_email").distinct().count() == FILINGS
    assert Event.objects.count() == FILINGS
    once = ServiceRequest.objects.annotate(messages_out=Count("outbox")).filter(messages_out=1)
    assert once.count() == FILINGS
    while OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING).exists():
        sweep_outbox()
    assert len(mail.outbox) == FILINGS
