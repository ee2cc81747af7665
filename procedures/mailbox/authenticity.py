"""What the town's own mail server says of an e-mail's sender (RFC 8601), where ``MAILBOX_AUTHSERV_ID`` names it."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.conf import settings

from procedures.mailbox.parsing import Mail

NOT_SAID = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)')
"""Quoted words and comments: what the sender chose may stand in them."""
RESULT = re.compile(r"\s*(dmarc|dkim|spf)\s*=\s*([a-z]+)\b(.*)", re.IGNORECASE | re.DOTALL)
DOMAIN = {
    "dkim": re.compile(r"\bheader\.d\s*=\s*([^\s;]+)", re.IGNORECASE),
    "spf": re.compile(r"\bsmtp\.mailfrom\s*=\s*(?:[^\s;@]*@)?([^\s;@]+)", re.IGNORECASE),
}


class Finding(NamedTuple):
    """What one method found: ``dmarc``, ``dkim`` or ``spf``; ``pass``, ``fail``, ``none``…"""

    method: str
    result: str
    domain: str
    """Whose it is, as far as the method says; "" otherwise."""


def is_forged(mail: Mail) -> bool:
    """Whether the sender's domain disowns it."""
    return any(found.method == "dmarc" and found.result == "fail" for found in _findings(mail))


def is_vouched_for(mail: Mail) -> bool:
    """Whether the sender's domain owns it: DMARC, or where it has none a signature or a server of that very domain."""
    own = mail.sender.rpartition("@")[2]
    return any(
        found.result == "pass" and (found.method == "dmarc" or _is_of(found.domain, own)) for found in _findings(mail)
    )


def _findings(mail: Mail) -> list[Finding]:
    if not settings.MAILBOX_AUTHSERV_ID:
        return []
    # The first of that name: those below may have come with the e-mail.
    for header in mail.raw.get_all("Authentication-Results", []):
        server, _semicolon, said = NOT_SAID.sub("", str(header)).partition(";")
        if server.split()[:1] == [settings.MAILBOX_AUTHSERV_ID]:
            return [_finding(*found.groups()) for part in said.split(";") if (found := RESULT.match(part))]
    return []


def _finding(method: str, result: str, rest: str) -> Finding:
    method = method.lower()
    named = DOMAIN[method].search(rest) if method in DOMAIN else None
    return Finding(method, result.lower(), named[1].lower() if named else "")


def _is_of(domain: str, own: str) -> bool:
    """Whether ``domain`` is ``own``, a part of it, or what it is a part of."""
    return bool(own) and "." in domain and (domain == own or domain.endswith(f".{own}") or own.endswith(f".{domain}"))
