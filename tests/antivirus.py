"""A real clamd of our own, knowing one virus: the harmless one that EICAR made for tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# In two parts: whole, it would have this file deleted on some computers.
VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
SICK_PDF = b"%PDF-1.7\n" + VIRUS + b"\n%%EOF\n"
READY_WITHIN_SECONDS = 60
CONFIGURATION = """
Foreground yes
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
LogFile {folder}/log
TCPAddr 127.0.0.1
TCPSocket {port}
LocalSocket {folder}/socket
StreamMaxLength 12M
"""


class Clamd:
    """The antivirus, to be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.folder, self.tcp, self.unix = folder, f"tcp://127.0.0.1:{port}", f"unix://{folder}/socket"
        (folder / "signatures").mkdir()
        (folder / "signatures" / "test.ndb").write_text(f"Eicar-Test-Signature:0:*:{VIRUS.hex()}\n")
        (folder / "clamd.conf").write_text(CONFIGURATION.format(folder=folder, port=port))
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["clamd", f"--config-file={self.folder}/clamd.conf"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while not self.answers():
            assert self.process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < deadline, "clamd does not start"
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(5)
                connection.connect(self.unix.removeprefix("unix://"))
                connection.sendall(b"zPING\0")
                return connection.recv(5) == b"PONG\0"
        except OSError:
            return False

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(READY_WITHIN_SECONDS)
            self.process = None


@pytest.fixture(scope="session")
def clamd() -> Iterator[Clamd]:
    """A running clamd; the tests that want one are skipped where there is none."""
    if shutil.which("clamd") is None:
        if os.environ.get("PARVIS_SERVICE_PIDS"):
            pytest.fail("scripts/services.sh should have installed clamd")
        pytest.skip("clamd is missing: sudo apt-get install clamav-daemon")
    folder = Path(tempfile.mkdtemp(prefix="clamd-"))  # a socket's path has 107 characters at most
    daemon = Clamd(folder)
    daemon.start()
    yield daemon
    daemon.stop()
    shutil.rmtree(folder)


@contextmanager
def pretended_clamd(behave: Callable[[socket.socket], None]) -> Iterator[str]:
    """Something else at the address of clamd; yields the address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    behave(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
    thread.join(30)
