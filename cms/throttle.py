"""Counting tries in the cache, so that nobody can guess numbers or flood a request.

A window is a slice of the clock named in the key: the count starts anew with each, and no
back end has to keep a time to live while it increments.
"""

from __future__ import annotations

import hashlib
import ipaddress
import time
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """At most ``tries`` per ``window_seconds`` for each key of ``scope``."""

    scope: str
    tries: int
    window_seconds: int

    def is_reached(self, key: str) -> bool:
        """Tell whether ``key`` has used its tries."""
        return int(cache.get(self._name(key), 0)) >= self.tries

    def count(self, key: str) -> None:
        """Count one try of ``key``."""
        name = self._name(key)
        if not cache.add(name, 1, timeout=self.window_seconds):
            try:
                cache.incr(name)
            except ValueError:  # it ran out between the two
                cache.set(name, 1, timeout=self.window_seconds)

    def wait_seconds(self) -> int:
        """Until the window ends, for ``Retry-After``."""
        return self.window_seconds - int(time.time()) % self.window_seconds

    def _name(self, key: str) -> str:
        window = int(time.time()) // self.window_seconds
        # Hashed: a cache is no place for addresses.
        return f"tries-{self.scope}-{window}-{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def address_of(request: HttpRequest) -> str:
    """The client's address; of IPv6 the /64 that one home has."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
