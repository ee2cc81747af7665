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
from tests.running import IN_A_HURRY

FILINGS, RESIDENTS = 200, 4
SECONDS = 240  # some 30 on an idle machine
WORKER_DEATHS, RESTARTS = 12, 2
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
        for name in ("queue", "queue-control"):
            (folder / name).mkdir()
        self.process: subprocess.Popen[bytes] | None = None
        self.deaths = 0

    def start(self) -> None:
        environment = {
            **os.environ,
            **IN_A_HURRY,
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
        while not (workers := self.workers()):
            time.sleep(0.01)
        os.kill(chance.choice(workers), signal.SIGKILL)
        self.deaths += 1

    def kill_everything(self) -> None:
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.deaths += 1

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


def torment(server: Server, filed: list[int], stop: Flag) -> None:
    """Kill at random moments as the work advances: a worker, now and then the whole server."""
    chance = random.Random(2026)
    deaths = sorted(chance.sample(range(1, FILINGS), WORKER_DEATHS + RESTARTS))
    whole = set(chance.sample(deaths, RESTARTS))
    for moment in deaths:
        while len(filed) < moment and not stop.wait(chance.uniform(0, 0.05)):
            pass
        if stop.is_set():
            return
        if moment in whole:
            server.kill_everything()
            server.start()
        else:
            server.kill_a_worker(chance)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_each_confirmed_request_exists_once_whenever_the_server_dies(tmp_path):
    make_birth_procedure()
    deadline, stop, filed = time.monotonic() + SECONDS, Flag(), []

    def resident(number: int) -> None:
        if file_one(server.port, number, deadline):
            filed.append(number)

    with Server(tmp_path).running() as server, ThreadPoolExecutor(RESIDENTS) as residents:
        killer = Thread(target=torment, args=(server, filed, stop))
        killer.start()
        list(residents.map(resident, range(FILINGS)))
        stop.set()
        killer.join()
    assert server.deaths == WORKER_DEATHS + RESTARTS + 1  # the last one ends the test
    assert sorted(filed) == list(range(FILINGS)), f"{FILINGS - len(filed)} had no answer within {SECONDS} s"
    assert ServiceRequest.objects.count() == FILINGS
    assert ServiceRequest.objects.values("requester_email").distinct().count() == FILINGS
    assert Event.objects.count() == FILINGS
    once = ServiceRequest.objects.annotate(messages_out=Count("outbox")).filter(messages_out=1)
    assert once.count() == FILINGS
    while OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING).exists():
        sweep_outbox()
    assert len(mail.outbox) == FILINGS
