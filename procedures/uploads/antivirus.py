"""Ask clamd whether a file holds a virus: its INSTREAM command, over TCP or a Unix socket.

Twenty lines instead of a library: those on PyPI set a timeout for each packet, none for the
whole, so an antivirus that dribbles could hold a worker for ever.
"""

from __future__ import annotations

import socket
import struct
import time
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

CHUNK_BYTES = 64 * 1024
LONGEST_REPLY = 4096  # bytes; a verdict is one short line


class AntivirusError(Exception):
    """There is no verdict on this file: it was too slow, or the answer makes no sense."""


class AntivirusDown(AntivirusError):
    """Nobody answers at ``CLAMD_URL``: no other file would fare better."""


def is_configured() -> bool:
    """Tell whether the city has an antivirus."""
    return bool(settings.CLAMD_URL)


def is_infected(stream: IO[bytes], seconds: float) -> bool:
    """Send ``stream`` from its beginning to clamd; it is left at its beginning.

    Args:
        seconds: for everything together: connecting, sending, waiting for the verdict.

    Raises:
        AntivirusError: no verdict, see above.
    """
    deadline = time.monotonic() + seconds
    try:
        connection = _connect(deadline)
    except OSError as error:
        raise AntivirusDown(str(error)) from error
    with connection:
        try:
            reply = _ask(connection, stream, deadline)
        except OSError as error:
            raise AntivirusError(str(error)) from error
        finally:
            stream.seek(0)
    if reply == b"stream: OK":
        return False
    if reply.startswith(b"stream: ") and reply.endswith(b" FOUND"):
        return True
    raise AntivirusError(f"clamd said {reply[:200]!r}")


def address(url: str) -> tuple[str, int] | str:
    """Where clamd listens: host and port, or the path of a socket.

    Raises:
        ImproperlyConfigured: neither ``tcp://host:port`` nor ``unix:///path``.
    """
    parts = urlsplit(url)
    try:
        if parts.scheme == "tcp" and parts.hostname and parts.port:
            return parts.hostname, parts.port
    except ValueError:  # a port that is no number
        pass
    if parts.scheme == "unix" and parts.path and not parts.netloc:
        return parts.path
    raise ImproperlyConfigured(f"CLAMD_URL: {url} is neither tcp://host:port nor unix:///path/of/the/socket")


def _connect(deadline: float) -> socket.socket:
    where = address(settings.CLAMD_URL)
    if isinstance(where, tuple):
        return socket.create_connection(where, timeout=_left(deadline))
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(_left(deadline))
        connection.connect(where)
    except OSError:
        connection.close()
        raise
    return connection


def _ask(connection: socket.socket, stream: IO[bytes], deadline: float) -> bytes:
    """Send the whole stream, each chunk after its length, then read the one line of answer."""
    stream.seek(0)
    try:
        _send(connection, b"zINSTREAM\0", deadline)
        while chunk := stream.read(CHUNK_BYTES):
            _send(connection, struct.pack("!I", len(chunk)) + chunk, deadline)
        _send(connection, struct.pack("!I", 0), deadline)
    except (BrokenPipeError, ConnectionResetError):
        pass  # clamd hangs up on a stream beyond its limit, but says why before
    reply = b""
    while b"\0" not in reply and len(reply) < LONGEST_REPLY:
        connection.settimeout(_left(deadline))
        if not (more := connection.recv(LONGEST_REPLY)):
            break
        reply += more
    return reply.partition(b"\0")[0].strip()


def _send(connection: socket.socket, data: bytes, deadline: float) -> None:
    connection.settimeout(_left(deadline))
    connection.sendall(data)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("clamd took too long")
    return left
