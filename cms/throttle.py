"""Counting tries in the shared cache, so that nobody can guess numbers or flood a procedure.

A window is a slice of the clock named in the key: the count starts anew with each, and no
back end has to keep a time to live while it increments.
"""

from __future__ import annotations

import hashlib
import ipaddress
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

WINDOWS = {"minute": 60, "hour": 3600, "day": 86_400}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Limit:
    """At most ``tries`` per ``window_seconds`` for each key of ``scope``; 0 tries: no limit."""

    scope: str
    tries: int
    window_seconds: int

    @classmethod
    def parse(cls, scope: str, rate: str) -> Self:
        """Read a rate as settings write it: ``60/hour``, or ``0`` for no limit.

        Raises:
            ImproperlyConfigured: it is neither.
        """
        tries, slash, window = rate.strip().partition("/")
        is_known = window in WINDOWS if slash else tries == "0"
        if not tries.isdecimal() or not is_known:
            raise ImproperlyConfigured(f"{scope}: write “60/hour”, or “0” for no limit, not “{rate}”")
        return cls(scope, int(tries), WINDOWS.get(window, 3600))

    def is_reached(self, key: str) -> bool:
        """Tell whether ``key`` has used its tries."""
        return self.tries > 0 and int(cache.get(self._name(key), 0)) >= self.tries

    def count(self, key: str, times: int = 1) -> None:
        """Count one try of ``key``, or several."""
        if not self.tries:
            return
        name = self._name(key)
        if not cache.add(name, times, timeout=self.window_seconds):
            try:
                cache.incr(name, times)
                cache.touch(name, self.window_seconds)  # counting in files would end it with the default time-out
            except ValueError:  # it ran out between the two
                cache.set(name, times, timeout=self.window_seconds)

    def wait_seconds(self) -> int:
        """Until the window ends, for ``Retry-After``."""
        return self.window_seconds - int(time.time()) % self.window_seconds

    def _name(self, key: str) -> str:
        window = int(time.time()) // self.window_seconds
        # Hashed: a cache is no place for addresses.
        return f"tries-{self.scope}-{window}-{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def address_of(request: HttpRequest) -> str:
    """The client's address; of IPv6 the /64 that one home has.

    ``X-Forwarded-For`` is believed from its end, as far as our own proxies wrote it
    (``TRUSTED_PROXIES``): what a client puts there itself stands further left.
    """
    trusted = _networks(tuple(settings.TRUSTED_PROXIES))
    peer = request.META.get("REMOTE_ADDR", "")
    client = _read(peer)
    if client is None and peer:
        return "unknown"
    if client is None or _is_in(client, trusted):  # a socket of this machine has no address
        for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
            address = _read(hop)
            if address is None:
                break
            client = address
            if not _is_in(address, trusted):
                break
    if client is None:
        return "unknown"
    if client.version == 6:
        return str(ipaddress.ip_network((client, 64), strict=False))
    return str(client)


def _read(text: str) -> Address | None:
    """An address, with or without the port that some proxies add."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_in(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)


@lru_cache(maxsize=4)
def _networks(written: tuple[str, ...]) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(one.strip(), strict=False) for one in written if one.strip())
    except ValueError as error:
        raise ImproperlyConfigured(f"TRUSTED_PROXIES: {error}") from error
