"""What a request holds, told in the query that reads it: where nothing is, nothing is asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.utils import timezone

from cms.accounts.models import User
from directory.models import DepartmentMember, departments_of
from procedures.inbox.models import Reading, ServiceRequest
from procedures.inbox.services.readings import QUARTER

HERE_MINUTES = 15
"""For so long a colleague who opened the page is said to be on it."""

PARTS = (
    "attachments",
    "messages",
    "notes",
    "completion_requests",
    "duplicates",
    "letters",
    "opinions",
    "links_from",
    "links_to",
    "ticks",
    "outbox",
)
"""Relations of a request that are often empty."""


def what_it_holds(user: User) -> dict[str, Any]:
    """Annotations for the page of one request: each a look into an index, within the one query."""
    now, requests = timezone.now(), ServiceRequest.objects.order_by()
    opened = Reading.objects.filter(request=OuterRef("pk"), way=Reading.Way.PAGE)
    heads = departments_of(user, roles=[DepartmentMember.Role.HEAD])
    namesakes = requests.filter(requester_email=OuterRef("requester_email")).exclude(requester_email="")
    return {f"has_{name}": Exists(_rows(name)) for name in PARTS} | {
        "has_readings": Exists(opened.filter(at__gt=now - timedelta(minutes=HERE_MINUTES)).exclude(user=user)),
        "was_noted": Exists(opened.filter(at__gt=now - QUARTER, user=user)),
        "is_headed": Exists(heads.filter(pk=OuterRef("department_id"))),
        "shares_address": Exists(namesakes.exclude(pk=OuterRef("pk"))),
    }


def _rows(name: str) -> Any:
    relation: Any = ServiceRequest._meta.get_field(name)
    return relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})


def spare(request: ServiceRequest) -> None:
    """Take as read what the annotations say is empty; for a page that only shows, as services write what they read."""
    empty = (name for name in (*PARTS, "readings") if not getattr(request, f"has_{name}"))
    relations: dict[str, Any] = {name: ServiceRequest._meta.get_field(name) for name in empty}
    nothing = (Prefetch(name, each.related_model._default_manager.none()) for name, each in relations.items())
    prefetch_related_objects([request], *nothing)


def shares_address(request: ServiceRequest) -> bool:
    """Whether another request came from its e-mail address; True where nobody has asked yet."""
    return bool(request.__dict__.get("shares_address", True))
