"""Who opened which request: kept apart from its log, which tells what was done (GDPR, article 32)."""

from __future__ import annotations

from datetime import datetime, timedelta

from cms.accounts.models import User
from procedures.inbox.models import Reading, ServiceRequest
from procedures.inbox.services.writing import moment

QUARTER = timedelta(minutes=15)


def note_reading(
    request: ServiceRequest,
    user: User | None,
    way: str = Reading.Way.PAGE,
    *,
    name: str = "",
    is_new: bool | None = None,
    at: datetime | None = None,
) -> Reading | None:
    """Keep that ``user`` opened the request; None where the last quarter of an hour has it already.

    Args:
        user: None for somebody without an account, who is then told by ``name``.
        way: one of ``Reading.Way``.
        is_new: whether the last quarter of an hour has none, where the caller has asked already.
    """
    when, who = moment(at), str(user) if user else name
    if is_new is None:
        latest = Reading.objects.filter(request=request, user=user, way=way, at__gt=when - QUARTER)
        is_new = not (latest if user else latest.filter(name=who)).exists()
    if not is_new:
        return None
    return Reading.objects.create(request=request, user=user, name=who, way=way, at=when)
