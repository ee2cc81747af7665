"""When the session of an agent who enters a request ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

WARNED_BEFORE = timedelta(minutes=30)


def ends_soon(request: HttpRequest) -> datetime | None:
    """The end of the session if it is near: sessions last a working day from the login, whatever one does."""
    now = timezone.now()
    ends = Session.objects.filter(pk=request.session.session_key, expire_date__lte=now + WARNED_BEFORE)
    return ends.values_list("expire_date", flat=True).first()
