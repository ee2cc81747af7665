"""What a request holds, told in the query that reads it, so that its page costs the same whatever is on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from cms.accounts.models import User
from directory.models import DepartmentMember, departments_of
from procedures.inbox.duplicates import box_around
from procedures.inbox.letters import SUBJECTS
from procedures.inbox.models import Mention, Reading, ServiceRequest
from procedures.inbox.rows import Rows, instances, whole_rows
from procedures.inbox.services.readings import QUARTER

HERE_MINUTES = 15
"""For so long a colleague who opened the page is said to be on it."""
MOST_KIN, MOST_NEAR = 60, 50
OF_PERSON = ("id", "first_name", "last_name", "email")


@dataclass(frozen=True)
class Part:
    """A relation of the request, as its page needs it."""

    name: str
    person: str = ""
    """Key to an account, whose name is told with each row."""
    narrowed: Callable[[QuerySet[Any]], QuerySet[Any]] = field(default=lambda rows: rows)

    @property
    def model(self) -> Any:
        """Its table."""
        return ServiceRequest._meta.get_field(self.name).related_model

    def rows(self) -> Rows:
        """Its rows within the query of the request."""
        relation: Any = ServiceRequest._meta.get_field(self.name)
        rows = self.model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        ordered = rows.order_by(*self.model._meta.ordering) if self.model._meta.ordering else rows.order_by("pk")
        return whole_rows(self.narrowed(ordered), self.person, OF_PERSON if self.person else ())


PARTS = (
    Part("attachments"),
    Part("messages", "author"),
    Part("notes", "author"),
    Part("completion_requests", "asked_by"),
    Part("letters"),
    Part("opinions"),
    Part("links_from"),
    Part("links_to"),
    Part("ticks", "by"),
    Part("events", narrowed=lambda events: events.order_by("-seq")),
    Part("outbox", narrowed=lambda mails: mails.filter(kind__in=SUBJECTS).order_by("-created_at", "-id")),
)


def asked_with_it(user: User) -> dict[str, Any]:
    """Annotations of every screen about one request: whether this opening was noted, whether ``user`` heads it."""
    opened = Reading.objects.filter(request=OuterRef("pk"), way=Reading.Way.PAGE, user=user)
    heads = departments_of(user, roles=[DepartmentMember.Role.HEAD])
    return {
        "was_noted": Exists(opened.filter(at__gt=timezone.now() - QUARTER)),
        "is_headed": Exists(heads.filter(pk=OuterRef("department_id"))),
    }


def what_it_holds(user: User) -> dict[str, Any]:
    """Annotations for its page: the rows of each part, and ids of what may have to do with it, of any department."""
    requests = ServiceRequest.objects.order_by()
    others = requests.exclude(pk=OuterRef("pk"))
    mentions = Mention.objects.filter(note__request=OuterRef("pk")).order_by("pk")
    opened = Reading.objects.filter(request=OuterRef("pk"), way=Reading.Way.PAGE).exclude(user=user)
    here = opened.filter(at__gt=timezone.now() - timedelta(minutes=HERE_MINUTES)).order_by("-at")
    near = others.open().filter(box_around(OuterRef("latitude"), OuterRef("longitude")), latitude__isnull=False)
    return {f"its_{part.name}": part.rows() for part in PARTS} | {
        "its_mentions": whole_rows(mentions, "user", OF_PERSON),
        "its_readings": whole_rows(here),
        "its_duplicates": Rows(requests.filter(merged_into=OuterRef("pk")), ["id"]),
        "its_namesakes": Rows(_of_same(others, "requester_email"), ["id"]),
        "its_callers": Rows(_of_same(others, "requester_phone"), ["id"]),
        "its_surroundings": Rows(near[:MOST_NEAR], ["id"]),
    }


def _of_same(others: QuerySet[Any], mark: str) -> QuerySet[Any]:
    """The latest from the same address or phone, by the index that has nothing else."""
    same = others.filter(~Q(**{mark: ""}), **{mark: OuterRef(mark)})
    return same.order_by(F("received_at").desc())[:MOST_KIN]


def unfold(request: Any) -> None:
    """Make of the annotations what the relations would have read."""
    for part in PARTS:
        _take_as_read(
            request, part.name, instances(part.model, getattr(request, f"its_{part.name}"), part.person, OF_PERSON)
        )
    _take_as_read(request, "readings", instances(Reading, request.its_readings))
    _take_as_read(request, "duplicates", instances(ServiceRequest, request.its_duplicates))
    mentions = instances(Mention, request.its_mentions, "user", OF_PERSON)
    for note in request.notes.all():
        _take_as_read(note, "mentions", [mention for mention in mentions if mention.note_id == note.pk])


def reread(request: Any, user: User) -> None:
    """Tell again what it holds, after something was tried."""
    told = what_it_holds(user)
    for name, rows in ServiceRequest.objects.annotate(**told).values(*told).get(pk=request.pk).items():
        setattr(request, name, rows)


def _take_as_read(owner: Any, name: str, rows: list[Any]) -> None:
    """Have ``owner.name.all()`` answer with ``rows``, where ``prefetch_related`` keeps what it has read."""
    relation = owner._meta.get_field(name)
    for row in rows:
        setattr(row, relation.field.name, owner)
    found = getattr(owner, name).all()
    found._result_cache, found._prefetch_done = rows, True
    kept = owner.__dict__.setdefault("_prefetched_objects_cache", {})
    kept[relation.field.remote_field.cache_name] = found
