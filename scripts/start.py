"""Start Parvis on this machine: web server, worker with its clock, demo city.

``HOST`` and ``PORT`` say where (127.0.0.1:8000), ``PARVIS_VAR`` where the data is kept
(``var/``). Ctrl-C stops everything.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from supervisor import Service, Supervisor

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
ANSWER_WITHIN_SECONDS = 90.0


def say(text: str) -> None:
    """Print at once, even into a pipe."""
    print(text, flush=True)


def check_port(host: str, port: int) -> None:
    """Stop here, with a clear message, when the port is somebody else's.

    Raises:
        SystemExit: the port is taken, not allowed or the host is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"Cannot listen on {host}:{port} ({error.strerror}). Try another port: PORT={port + 1} make start")


def own_names(host: str) -> list[str]:
    """Names under which this server may be asked for: its own only, unless it listens everywhere."""
    names = ["localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host]
    if host in {"0.0.0.0", "::"}:
        name = socket.gethostname()
        names.append(name)
        with contextlib.suppress(OSError):
            names += [str(found[4][0]) for found in socket.getaddrinfo(name, None, socket.AF_INET)]
    return names


def wait_for_answer(address: str, supervisor: Supervisor) -> None:
    """Wait until the home page answers, or until asked to stop.

    Raises:
        SystemExit: it does not, or answers with an error; the end of the log is shown.
    """
    deadline = time.monotonic() + ANSWER_WITHIN_SECONDS
    web, trouble = supervisor.services[0], "no answer"
    while time.monotonic() < deadline and not web.has_ended():
        if supervisor.stopping:
            return
        try:
            with urllib.request.urlopen(address, timeout=30):
                return
        except urllib.error.HTTPError as error:
            trouble = f"{error.code} {error.reason}"
            break
        except OSError:
            time.sleep(0.1)
    web_log = web.log.read_text(errors="replace").splitlines()[-30:]
    raise SystemExit("\n".join([*web_log, f"The site does not answer at {address}: {trouble}. Log: {web.log}"]))


def welcome(address: str, accounts_file: Path) -> str:
    """Make the text that tells where to go and how to log in."""
    lines = ["", f"  Parvis is ready: {address}", f"  Staff:           {address}admin/", ""]
    if accounts_file.exists():
        accounts = json.loads(accounts_file.read_text())
        rows = [(role, account["email"], account["password"]) for role, account in accounts.items()]
        role, email = (max(len(row[column]) for row in rows) for column in (0, 1))
        lines.append(f"  Demo accounts (also in {accounts_file})")
        lines += [f"    {row[0]:{role}}   {row[1]:{email}}   {row[2]}" for row in rows]
        lines.append("")
    return "\n".join([*lines, "  Ctrl-C stops everything.", ""])


def services(host: str, port: int, var: Path) -> list[Service]:
    """Describe the processes that make the site."""
    bound = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = [str(BIN / "gunicorn"), "cms.wsgi", "--config", str(ROOT / "scripts/gunicorn.conf.py"), "--bind", bound]
    worker = [
        str(BIN / "celery"),
        "--app",
        "cms.celery",
        "worker",
        "--beat",
        "--concurrency",
        "1",
        "--loglevel",
        "INFO",
    ]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [
        Service("The web server", web, var / "log" / "web.log"),
        Service("The worker", [*worker, *quiet], var / "log" / "worker.log"),
    ]


def main() -> None:
    """Prepare, start, tell, watch."""
    host, port = os.environ.get("HOST") or "127.0.0.1", int(os.environ.get("PORT") or 8000)
    var = Path(os.environ.get("PARVIS_VAR") or ROOT / "var").resolve()
    reachable = "127.0.0.1" if host == "0.0.0.0" else "[::1]" if host == "::" else f"[{host}]" if ":" in host else host
    address = f"http://{reachable}:{port}/"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
    os.environ.setdefault("ALLOWED_HOSTS", ",".join(own_names(host)))
    os.environ.setdefault("BASE_URL", address.rstrip("/"))
    os.environ["PARVIS_VAR"] = str(var)
    os.chdir(ROOT)
    check_port(host, port)
    say("Preparing Parvis")
    if code := subprocess.call([sys.executable, str(ROOT / "scripts/prepare.py")]):
        raise SystemExit(code)
    supervisor = Supervisor(services(host, port, var), say)
    supervisor.start()
    try:
        wait_for_answer(address, supervisor)
        if not supervisor.stopping:
            say(welcome(address, var / "demo-accounts.json"))
        supervisor.watch()
    finally:
        supervisor.stop()
    say("Parvis has stopped.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
