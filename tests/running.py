"""One real site for the tests that want one: what ``make start`` starts, with the demo city in it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default as default_policy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RATES = ("drafts", "requests", "files", "calm")
IN_A_HURRY = {"FILING_MIN_SECONDS": "0"} | {
    f"FILING_{kind}_PER_{whose}".upper(): "1000000000/hour" for kind in RATES for whose in ("address", "procedure")
}
"""For the environment of a server under test: everybody comes from one address, and faster than anybody types."""
READY_WITHIN_SECONDS = 240
MAIL_WITHIN_SECONDS = 70  # the sweep comes every minute


@dataclass(frozen=True)
class Mail:
    """A message that was sent, read as its receiver reads it."""

    to: str
    subject: str
    text: str


@dataclass
class RunningSite:
    """The site, as somebody who has just typed ``make start`` finds it."""

    address: str
    """Without a slash at the end."""
    var: Path
    accounts: dict[str, dict[str, str]]
    process: subprocess.Popen[str] | None
    said: list[str]
    """What the command printed so far, line by line."""

    def wait_for_mail(self, *words: str) -> Mail:
        """Wait for the worker to send a message that holds all these words; return the newest one.

        Raises:
            AssertionError: there is none in time.
        """
        deadline = time.monotonic() + MAIL_WITHIN_SECONDS
        while time.monotonic() < deadline:
            for path in sorted((self.var / "mail").glob("*.eml"), reverse=True):
                message = message_from_bytes(path.read_bytes(), policy=default_policy)
                body = message.get_body(("plain",))
                mail = Mail(message["To"], message["Subject"], body.get_content() if body else "")
                if all(word in f"{mail.subject}\n{mail.text}" for word in words):
                    return mail
            time.sleep(0.2)
        raise AssertionError(f"no message holds {words}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_site(var: Path) -> RunningSite:
    """Run the start script and wait until it says that the site is ready."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    # The services that the tests may run on are theirs: this site is embedded, as on a laptop.
    ours = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "BASE_URL", "HOST")
    environment = {name: value for name, value in os.environ.items() if name not in ours and "PYTEST" not in name}
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "scripts" / "start.py")],
        env=environment | IN_A_HURRY | {"PORT": str(port), "PARVIS_VAR": str(var)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    ready = threading.Event()

    def listen() -> None:
        for line in process.stdout or ():
            said.append(line.rstrip())
            if "Ctrl-C" in line:
                ready.set()
        ready.set()  # it has ended: no use to wait

    threading.Thread(target=listen, daemon=True).start()
    assert ready.wait(READY_WITHIN_SECONDS), "\n".join(said)
    assert process.poll() is None, "\n".join(said)
    accounts = json.loads((var / "demo-accounts.json").read_text())
    return RunningSite(address, var, accounts, process, said)


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The running site of the demo city; what one test writes, the next one sees.

    ``PARVIS_TEST_SITE="http://127.0.0.1:8000 var"`` takes one that runs already: quicker while writing a test.
    """
    if ready := os.environ.get("PARVIS_TEST_SITE"):
        address, var = ready.split()
        yield RunningSite(address, Path(var), json.loads((Path(var) / "demo-accounts.json").read_text()), None, [])
        return
    running = start_site(tmp_path_factory.mktemp("var"))
    yield running
    assert running.process is not None
    running.process.send_signal(signal.SIGINT)
    running.process.wait(30)
