"""A real IMAP server of the test's own: Dovecot, on a port of this machine, its letters in a folder thrown away."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from imap_tools import MailBoxUnencrypted

USER, PASSWORD = "demandes@valmarie.example", "only-for-tests"
CONF = """
base_dir = {base}/run
log_path = {base}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
first_valid_uid = 1
mail_location = maildir:~/Maildir
mail_fsync = never
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


class ImapServer:
    """Where it listens, and a way in like a mail server's."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"imap://{USER.replace('@', '%40')}:{PASSWORD}@127.0.0.1:{port}/INBOX"

    def deliver(self, *letters: bytes) -> None:
        """Put letters into the mailbox."""
        with MailBoxUnencrypted("127.0.0.1", self.port).login(USER, PASSWORD) as box:
            for letter in letters:
                box.append(letter, "INBOX")

    def names(self, folder: str = "INBOX") -> list[str]:
        """Subjects of the letters in a folder."""
        with MailBoxUnencrypted("127.0.0.1", self.port).login(USER, PASSWORD) as box:
            if not box.folder.exists(folder):
                return []
            box.folder.set(folder)
            return [mail.subject for mail in box.fetch(mark_seen=False, headers_only=True)]

    def empty(self) -> None:
        """Throw all letters away."""
        with MailBoxUnencrypted("127.0.0.1", self.port).login(USER, PASSWORD) as box:
            for folder in [one.name for one in box.folder.list()]:
                box.folder.set(folder)
                box.delete(box.uids())


@pytest.fixture(scope="session")
def imap_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ImapServer]:
    """Dovecot running; the test is skipped where it is not installed."""
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        if os.environ.get("PARVIS_SERVICE_PIDS"):
            pytest.fail("scripts/services.sh should have installed dovecot")
        pytest.skip("dovecot is missing: scripts/services.sh installs it (dovecot-imapd)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = tmp_path_factory.mktemp("dovecot")
    is_root = os.geteuid() == 0
    mine = pwd.getpwuid(os.geteuid())
    owner = pwd.getpwnam("nobody") if is_root else mine
    for folder in (base, base / "home"):
        folder.mkdir(exist_ok=True)
        if is_root:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
    for parent in (base, *base.parents[:3]):
        if is_root and parent.name.startswith(("pytest-", "dovecot")):
            parent.chmod(0o755)
    names = {"internal": "dovecot", "login": "dovenull", "group": "dovecot"}
    if not is_root:
        names = dict.fromkeys(("internal", "login", "group"), getpass.getuser())
    conf = base / "dovecot.conf"
    conf.write_text(CONF.format(base=base, port=port, password=PASSWORD, uid=owner.pw_uid, gid=owner.pw_gid, **names))
    process = subprocess.Popen([program, "-F", "-c", str(conf)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = ImapServer(port)
    try:
        _wait(server, process, base)
        yield server
    finally:
        process.terminate()
        process.wait(10)


def _wait(server: ImapServer, process: subprocess.Popen, base: Path) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            server.names()
        except Exception:
            time.sleep(0.1)
        else:
            return
    log = (base / "log").read_text() if (base / "log").exists() else ""
    pytest.skip(f"dovecot did not start: {log[-1000:]}")
