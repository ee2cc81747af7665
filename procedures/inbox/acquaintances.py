"""Residents as the inbox knows them: by the requests they made, of the departments that the agent answers for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from procedures.inbox.duplicates import NEAR_METRES, box_around, digits_of, is_same_person, metres_between
from procedures.inbox.folding import MINIMUM_LENGTH, fold
from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import ServiceRequestQuerySet

MOST_READ, MOST_PEOPLE = 60, 12
RECENT = timedelta(days=30)
"""After its answer, a request may still be the one that somebody calls about."""


@dataclass
class Acquaintance:
    """Somebody, with what they asked for; the latest request says their name and how to reach them."""

    requests: list[ServiceRequest] = field(default_factory=list)
    is_exact: bool = False
    """The very phone number or e-mail address that was typed."""

    @property
    def latest(self) -> ServiceRequest:
        """Their last request."""
        return self.requests[0]

    @property
    def email(self) -> str:
        """The last address they gave."""
        return next((one.requester_email for one in self.requests if one.requester_email), "")

    @property
    def phone(self) -> str:
        """The last number they gave."""
        return next((one.requester_phone for one in self.requests if one.requester_phone), "")

    @property
    def open_count(self) -> int:
        """How many of these requests wait for an answer."""
        return sum(one.closed_at is None for one in self.requests)


def find_people(typed: str, visible: ServiceRequestQuerySet) -> list[Acquaintance]:
    """Who may be meant by a name, a phone number, an e-mail address or a tracking number; exact matches first.

    Args:
        visible: what the agent may see; nothing else is looked at.
    """
    typed = typed.strip()
    if len(fold(typed)) < MINIMUM_LENGTH:
        return []
    digits = _as_phone(typed)
    found = visible.filter(purged_at=None).search(digits or typed)
    rows = list(found.select_related("procedure", "department").order_by("-received_at", "-id")[:MOST_READ])
    people = _grouped(rows)
    for person in people:
        person.is_exact = any(_is_reached_at(one, typed, digits) for one in person.requests)
    return sorted(people, key=lambda person: not person.is_exact)[:MOST_PEOPLE]


def likely_the_same(
    new: ServiceRequest, visible: ServiceRequestQuerySet, now: datetime | None = None
) -> list[ServiceRequest]:
    """Requests that one about to be filed may repeat: same procedure, and the same person or within 50 m.

    Args:
        new: not saved: procedure, requester and place.
    """
    since = (now or timezone.now()) - RECENT
    there = visible.filter(Q(closed_at=None) | Q(closed_at__gte=since), procedure=new.procedure_id)
    rows: dict[int, ServiceRequest] = {}
    for found in _searches(new, there, since):
        for row in found.order_by("-received_at", "-id")[:20]:
            rows[row.pk] = row
    same = [row for row in rows.values() if is_same_person(new, row) or _is_near(new, row)]
    return sorted(same, key=lambda row: row.received_at, reverse=True)[:5]


def _searches(new: ServiceRequest, there: ServiceRequestQuerySet, since: datetime) -> Iterable[ServiceRequestQuerySet]:
    """The ways to find it again, each by its own index."""
    if new.requester_email:
        yield there.filter(pk__in=_ids_from({new.requester_email, new.requester_email.lower()}))
    if digits := digits_of(new.requester_phone):
        yield there.search(digits)
    if len(fold(new.requester_name)) >= MINIMUM_LENGTH:
        yield there.search(new.requester_name)
    if new.latitude is not None and new.longitude is not None:
        near = ServiceRequest.objects.filter(box_around(new.latitude, new.longitude), latitude__isnull=False)
        for some in (near.open(), near.filter(closed_at__gte=since)):
            yield there.filter(pk__in=list(some.order_by().values_list("pk", flat=True)[:MOST_READ]))


def _ids_from(emails: set[str]) -> list[int]:
    """Ids of the latest requests from these addresses, of any department: nothing but ids, from their own index.

    With the departments in the same condition, SQLite reads all the requests of a department instead.
    """
    found = ServiceRequest.objects.filter(requester_email__in=emails).exclude(requester_email="")
    return list(found.order_by("-received_at").values_list("pk", flat=True)[:MOST_READ])


def _is_near(one: ServiceRequest, other: ServiceRequest) -> bool:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return False
    here, there = (one.latitude, one.longitude), (other.latitude, other.longitude)
    return metres_between(here, there) <= NEAR_METRES


def _as_phone(typed: str) -> str:
    """The digits that tell a phone number; "" for what is none."""
    is_number = not any(sign.isalpha() or sign == "@" for sign in typed)
    return digits_of(typed) if is_number else ""


def _is_reached_at(request: ServiceRequest, typed: str, digits: str) -> bool:
    if digits:
        return digits_of(request.requester_phone) == digits
    return bool(request.requester_email) and request.requester_email.casefold() == typed.casefold()


def _grouped(rows: Iterable[ServiceRequest]) -> list[Acquaintance]:
    """One entry per person: the same e-mail address or phone; where there is neither, the same name."""
    by_mark: dict[str, Acquaintance] = {}
    people: list[Acquaintance] = []
    for row in rows:
        marks = [mark for mark in (row.requester_email.casefold(), digits_of(row.requester_phone)) if mark]
        marks = marks or [f"name {fold(row.requester_name)}"]
        person = next((by_mark[mark] for mark in marks if mark in by_mark), None)
        if person is None:
            person = Acquaintance()
            people.append(person)
        person.requests.append(row)
        by_mark |= dict.fromkeys(marks, person)
    return people
