"""Keep a few processes running until told to stop. Standard library only."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 8.0
LONGEST_PAUSE_SECONDS = 30.0


def _end_with_parent() -> None:
    """Ask Linux to stop this process when its parent dies, even of SIGKILL."""
    with contextlib.suppress(OSError, AttributeError):  # another system: Ctrl-C still works
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Service:
    """One long-running command, in a process group of its own, its output in a file."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    crashes: int = field(default=0, init=False)
    started_at: float = field(default=0.0, init=False)
    start_again_at: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Start the command; what an earlier life left in its group ends first."""
        self.signal(signal.SIGKILL)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self.environment,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
        self.started_at, self.start_again_at = time.monotonic(), 0.0

    def has_ended(self) -> bool:
        """Tell whether the command is not running."""
        return self.process is None or self.process.poll() is not None

    def signal(self, number: int) -> None:
        """Send a signal to the command and to all that it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def mend(self) -> str | None:
        """Start the command again if it has ended, later each time; say so once."""
        if not self.has_ended():
            return None
        now = time.monotonic()
        if self.start_again_at:
            if now >= self.start_again_at:
                self.start()
            return None
        self.crashes = 0 if now - self.started_at > LONGEST_PAUSE_SECONDS else self.crashes + 1
        pause_seconds = min(0.25 * 2**self.crashes, LONGEST_PAUSE_SECONDS)
        self.start_again_at = now + pause_seconds
        return f"{self.name} stopped; starting it again in {pause_seconds:.1f} s (see {self.log})"


class Supervisor:
    """Starts services, mends them, stops them all."""

    def __init__(self, services: Sequence[Service], say: Callable[[str], None]) -> None:
        self.services, self.say = services, say
        self.stopping = False

    def start(self) -> None:
        """Start every service; SIGINT and SIGTERM stop them from now on."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked_to_stop)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup asks to live on
            signal.signal(signal.SIGHUP, self._asked_to_stop)
        for service in self.services:
            service.start()

    def watch(self) -> None:
        """Mend the services until asked to stop, then stop them."""
        while not self.stopping:
            for service in self.services:
                if news := service.mend():
                    self.say(news)
            time.sleep(0.2)
        self.stop()

    def stop(self) -> None:
        """End every service: kindly, then by force."""
        for service in self.services:
            service.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline and not all(service.has_ended() for service in self.services):
            time.sleep(0.05)
        for service in self.services:
            service.signal(signal.SIGKILL)  # stragglers of the group, its leader included
            if service.process is not None:
                service.process.wait()

    def _asked_to_stop(self, number: int, frame: object) -> None:
        self.stopping = True
