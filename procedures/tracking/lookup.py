"""Finding a request without saying whether it exists."""

from __future__ import annotations

import hashlib
import hmac

from procedures.inbox import access_link
from procedures.inbox.models import ServiceRequest

NOBODY = "nobody@invalid"


def by_number_and_email(number: str | None, email: str) -> ServiceRequest | None:
    """The request with that number, if it is that person's.

    Query and comparison happen whether the number exists or not, so that neither the
    answer nor its time tells.

    Args:
        number: as ``tracking_number.read`` returns it.
    """
    request = ServiceRequest.objects.filter(tracking_number=number or "").first()
    known = request.requester_email if request else NOBODY
    is_theirs = hmac.compare_digest(_digest(known or NOBODY), _digest(email))
    return request if is_theirs and request is not None and request.requester_email else None


def by_token(token: str) -> ServiceRequest | None:
    """The request that a secret link opens."""
    return (
        ServiceRequest.objects.select_related("version", "department", "agent")
        .filter(access_hash=access_link.fingerprint(token))
        .first()
    )


def _digest(email: str) -> bytes:
    return hashlib.sha256(email.strip().casefold().encode()).digest()
