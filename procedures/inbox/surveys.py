"""When a resident may be asked what they think, and when the question has become pointless."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from procedures.inbox.models import OutboxMessage, Satisfaction, ServiceRequest, SurveyRefusal

KIND = "satisfaction"
"""The kind of the question's row in the outbox."""


def may_be_rated(request: ServiceRequest, *, at: datetime | None = None) -> bool:
    """Whether the request has its answer, for no more than ``SATISFACTION_DAYS``."""
    if request.closed_at is None or request.merged_into_id or request.purged_at:
        return False
    return (at or timezone.now()) <= request.closed_at + timedelta(days=settings.SATISFACTION_DAYS)


def is_pointless(message: OutboxMessage) -> bool:
    """Whether a message should not leave any more: the question of one who answered it, refused it, or waits again."""
    if message.kind != KIND:
        return False
    request = message.request
    return (
        not may_be_rated(request)
        or Satisfaction.objects.filter(request=request).exists()
        or SurveyRefusal.objects.filter(address_hash__in=hashes_of(message.recipient)).exists()
    )


def hash_of(email: str) -> str:
    """A key that finds an address again and tells it to nobody: refusing costs no data."""
    return hashes_of(email)[0]


def hashes_of(email: str) -> list[str]:
    """That key under the server's secret, and under its former ones: a refusal outlives a change of secret."""
    said = b"parvis.survey:" + email.strip().casefold().encode()
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [hmac.new(str(secret).encode(), said, hashlib.sha256).hexdigest() for secret in secrets]
