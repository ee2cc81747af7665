"""The e-mail that tells one person, once a day, which dates are near or here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cms.accounts.models import User
from procedures.inbox.models import Alert
from procedures.inbox.querysets import city_today, departments_answered_by

LONGEST = 40
"""Lines that somebody reads in an e-mail; the list in the admin has them all."""


@dataclass(frozen=True)
class DigestLine:
    """A request whose date is near: ``is_legal`` tells which of the two it is."""

    number: str
    procedure: str
    day: date
    is_legal: bool
    is_past: bool
    agent: str


@dataclass(frozen=True)
class Digest:
    """What is still to be answered, the most urgent first, and how many lines were left out."""

    lines: tuple[DigestLine, ...]
    others: int


def digest_of(content: Mapping[str, Any]) -> Digest:
    """Read the reminders again at delivery: what has its answer, or left the person's departments, is not named."""
    user = User.objects.filter(pk=content["user_id"]).first()
    alerts = Alert.objects.filter(
        pk__in=content["alert_ids"],
        request__closed_at=None,
        request__department_id__in=departments_answered_by(user) if user else [],
    ).select_related("request__procedure", "request__agent")
    today = city_today()
    lines: dict[int, DigestLine] = {}
    for alert in alerts.order_by("due_key", "request_id"):
        request = alert.request
        line = DigestLine(
            number=request.number,
            procedure=request.procedure.title,
            day=alert.due_key,
            is_legal=alert.due_key == request.due_on,
            is_past=alert.due_key < today,
            agent=str(request.agent) if request.agent else "",
        )
        lines.setdefault(request.pk, line)
    kept = tuple(lines.values())
    return Digest(kept[:LONGEST], max(0, len(kept) - LONGEST))
