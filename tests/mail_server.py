"""Mail servers of the test's own: one that keeps what it gets and misbehaves when asked to, one that only listens."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.running import free_port


class MailServer:
    """Keeps what it receives; ``replies`` by recipient, ``after_data`` is what it does once it has a message."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.replies: dict[str, str] = {}
        self.after_data = ""
        """Empty: it answers; "hang up", "reply 554": it does not, or refuses; "stall": it waits for ``go_on``."""
        self.go_on = threading.Event()
        self.controller: Controller | None = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        reply = self.replies.get(address, "250 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.after_data.startswith("reply"):
            return self.after_data.removeprefix("reply ")
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        if self.after_data == "hang up":
            server.transport.abort()
        if self.after_data == "stall":
            self.go_on.wait(15)
        return "250 OK"

    def of(self, recipient: str) -> list[EmailMessage]:
        """What came for somebody."""
        return [message for message in self.received if message["To"] == recipient]

    def start(self, port: int) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller is not None:
            self.controller.stop()
            self.controller = None


@contextmanager
def silent_server() -> Iterator[int]:
    """A port where connections are taken and nothing is ever said."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)
        yield listener.getsockname()[1]


def use_mail_server(settings: Any, port: int | None = None) -> int:
    """Send through ``port`` of this machine, nobody there unless somebody is; wait a third of a second at most."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.3
    settings.EMAIL_PORT = port or free_port()
    return int(settings.EMAIL_PORT)
