"""Servers under measure and the processor time that they take."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
START_WITHIN_SECONDS = 60


def processes_below(pid: int) -> list[int]:
    """List a process and all that descend from it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text().split():
                found += processes_below(int(child))
    return found


def cpu_seconds(pids: Sequence[int]) -> float:
    """Sum the processor time of these processes and of their descendants, to the nanosecond."""
    total = 0
    for pid in pids:
        for each in processes_below(pid):
            for task in Path(f"/proc/{each}/task").glob("*/schedstat"):
                with contextlib.suppress(OSError):
                    total += int(task.read_text().split()[0])
    return total / 1e9


@dataclass(frozen=True)
class Server:
    """A gunicorn of synchronous workers on the loopback interface."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time of the workers so far."""
        return cpu_seconds([self.pid])


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(application: str, var: Path, workers: int = WORKERS, **environment: str) -> Iterator[Server]:
    """Serve a WSGI application while the context lasts.

    Synchronous workers: threads keep connections, which gives two speeds in identical runs.
    """
    port = free_port()
    command = [str(Path(sys.executable).parent / "gunicorn"), application, "--bind", f"127.0.0.1:{port}"]
    options = [
        "--workers",
        str(workers),
        "--worker-class",
        "sync",
        "--log-level",
        "warning",
        "--timeout",
        "120",
        "--no-control-socket",
    ]
    with (var / f"{application.partition(':')[0]}.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, *options], cwd=ROOT, env=os.environ | environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        wait_for_port(port, process)
        yield Server(port, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until somebody listens.

    Raises:
        RuntimeError: the server has ended, or takes too long.
    """
    deadline = time.monotonic() + START_WITHIN_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"no server on port {port}; see its log")


def database_processes() -> list[int]:
    """Processes of PostgreSQL and Redis, when ``services.sh`` started them; SQLite has none."""
    return [int(pid) for pid in os.environ.get("PARVIS_SERVICE_PIDS", "").split()]
