"""A PostgreSQL of one test's own, to be killed and started again; it writes to the disk like a city's."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.running import free_port

BINARIES = "/usr/lib/postgresql/15/bin"


class Postgres:
    """One cluster on a free port of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"postgres://parvis@127.0.0.1:{self.port}/parvis"

    def run(self, program: str, *arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
        """Run one of its programs, as somebody that it lets."""
        path = shutil.which(program, path=f"{BINARIES}:{os.environ.get('PATH', '')}")
        assert path is not None, f"{program} is missing"
        if os.geteuid() == 0:
            options |= {"user": "postgres", "group": "postgres", "extra_groups": []}
        return subprocess.run(
            [path, *arguments], check=True, stderr=subprocess.PIPE, cwd="/", **{"stdout": subprocess.PIPE, **options}
        )

    def control(self, action: str) -> None:
        """Start, stop, or restart at once as after a power cut."""
        options = f"-c listen_addresses=127.0.0.1 -p {self.port} -k '' -c max_connections=40"
        self.run(
            *("pg_ctl", "--pgdata", str(self.folder / "data"), "--wait", "--silent", "--mode", "immediate"),
            *("--log", str(self.folder / "log"), "--options", options, action),
            stdout=subprocess.DEVNULL,
        )

    def copy_from(self, settings: dict[str, Any]) -> None:
        """Fill it with the database that Django's ``settings`` name."""
        source = ["--host", settings["HOST"], "--port", str(settings["PORT"]), "--username", settings["USER"]]
        dump = self.run("pg_dump", *source, "--no-owner", settings["NAME"]).stdout
        self.run(
            *("psql", "--quiet", "--host", "127.0.0.1", "--port", str(self.port), "--username", "parvis", "parvis"),
            input=dump,
        )


@contextmanager
def private_postgres() -> Iterator[Postgres]:
    """Make a cluster, run it, throw it away."""
    folder = Path(tempfile.mkdtemp(prefix="parvis-pg-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    server = Postgres(folder)
    login = ("--username", "parvis")
    server.run("initdb", "--pgdata", str(folder / "data"), *login, "--auth", "trust", "--encoding", "UTF8", "--no-sync")
    try:
        server.control("start")
        server.run("createdb", "--host", "127.0.0.1", "--port", str(server.port), *login, "parvis")
        yield server
    finally:
        server.control("stop")
        shutil.rmtree(folder, ignore_errors=True)
