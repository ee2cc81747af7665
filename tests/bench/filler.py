"""Fill the inbox with valid requests, in bulk: ``python -m tests.bench.filler 100000``.

Every row is what the services would have written: numbers with their check character, legal dates by the
clock, folded search text, sealed events. Half are closed, as in a town after some years.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
django.setup()

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from tqdm import tqdm

from procedures.definition.models import Procedure
from procedures.inbox import access_link
from procedures.inbox.clock import NO_DATE
from procedures.inbox.folding import fold
from procedures.inbox.models import Event, RequestText, ServiceRequest
from procedures.inbox.services.writing import set_dates
from procedures.inbox.tracking_number import ALPHABET, check_character
from procedures.inbox.transitions import OPEN, Channel, Status

CHUNK = 2_000
FIRST_NAMES = ("Amélie", "Bakari", "Chloé", "Driss", "Élodie", "Fatima", "Gaël", "Hélène", "Inès", "José", "Karim")
LAST_NAMES = ("Durand", "Lefèvre", "Benali", "Moreau", "Traoré", "Garcia", "Petit", "Nguyen", "Robert", "Haddad")
SPREAD_DAYS = 3 * 365


def tracking_number(chance: random.Random) -> str:
    """Draw a number as the inbox does, from a seeded source."""
    body = "".join(chance.choices(ALPHABET, k=10))
    return body + check_character(body)


def new_request(chance: random.Random, number: int, procedure: Procedure, now: datetime) -> ServiceRequest:
    """Make one request, open or closed, of some day in the last years.

    ``number`` becomes its id: seals hold it, and are made before the row is written.
    """
    rules = procedure.current.rules
    name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
    is_closed = chance.random() < 0.5
    days_ago = chance.randint(60, SPREAD_DAYS) if is_closed else chance.randint(0, 120)
    status = chance.choice((Status.ACCEPTED, Status.REFUSED, Status.CLOSED) if is_closed else sorted(OPEN))
    request = ServiceRequest(
        id=number,
        tracking_number=tracking_number(chance),
        idempotency_key=UUID(int=chance.getrandbits(128), version=4),
        procedure_id=procedure.pk,
        version=procedure.current,
        department_id=rules.department_id,
        channel=chance.choices([Channel.PORTAL, Channel.COUNTER, Channel.PHONE], [70, 20, 10])[0],
        language=chance.choices(["fr", "en", "ar"], [90, 5, 5])[0],
        status=status,
        requester_name=name,
        requester_email=f"{fold(name).replace(' ', '.')}@exemple.fr",
        silence_effect=rules.silence_effect,
        delay=rules.delay,
        delay_unit=rules.delay_unit,
        announced_delay_days=rules.announced_delay_days,
        received_at=now - timedelta(days=days_ago, minutes=chance.randint(0, 1400)),
    )
    request.access_hash = access_link.fingerprint(access_link.new_token(request.access_nonce))
    set_dates(request, [], request.received_on)
    if is_closed:
        request.closed_at = request.received_at + timedelta(days=chance.randint(1, 55))
        request.due_key = NO_DATE
    return request


def events_of(request: ServiceRequest) -> Iterator[Event]:
    """Make the sealed chain of a request: filed, taken, closed as far as it got."""
    happened: list[tuple[Any, datetime]] = [(Event.Kind.FILED, request.received_at)]
    if request.status != Status.RECEIVED:
        happened.append((Event.Kind.TAKEN, request.received_at + timedelta(hours=3)))
    if request.closed_at is not None:
        happened.append((Event.Kind.CLOSED, request.closed_at))
    for kind, at in happened:
        event = Event(
            request=request,
            seq=request.log_length + 1,
            kind=kind,
            at=at,
            actor_kind=Event.Actor.RESIDENT if kind == Event.Kind.FILED else Event.Actor.AGENT,
            previous_hash=request.log_head,
        )
        event.hash = event.seal()
        request.log_length, request.log_head = event.seq, event.hash
        yield event


def write(requests: list[ServiceRequest]) -> None:
    """Write a chunk with texts and events in one transaction."""
    events = [event for request in requests for event in events_of(request)]  # first: it moves the requests' heads
    with transaction.atomic():
        ServiceRequest.objects.bulk_create(requests)
        RequestText.objects.bulk_create(
            RequestText(request=request, folded=fold(f"{request.requester_name} {request.requester_email}"))
            for request in requests
        )
        Event.objects.bulk_create(events)


def fill(total: int) -> None:
    """Add requests until the inbox holds ``total``."""
    chance, now = random.Random(total), timezone.now()
    procedures = list(Procedure.objects.exclude(current=None).select_related("current"))
    missing = total - ServiceRequest.objects.count()
    number = (ServiceRequest.objects.aggregate(last=Max("id"))["last"] or 0) + 1
    with tqdm(total=max(missing, 0), unit=" requests", leave=False) as bar:
        while missing > 0:
            size = min(CHUNK, missing)
            write([new_request(chance, number + place, chance.choice(procedures), now) for place in range(size)])
            bar.update(size)
            missing, number = missing - size, number + size
    with connection.cursor() as cursor:  # PostgreSQL has not counted the ids that we chose
        for statement in connection.ops.sequence_reset_sql(no_style(), [ServiceRequest]):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    fill(int(sys.argv[1]))
