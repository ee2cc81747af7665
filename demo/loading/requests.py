"""Requests, and what agents and residents did about them since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from demo.loading.city import City
from demo.loading.data import Record, identity, read_folder
from demo.loading.days import moment
from demo.loading.residents import Form
from demo.loading.stories import Story
from procedures.filing.sending import file_draft
from procedures.inbox.models import OutboxMessage, ServiceRequest
from procedures.inbox.services import clocks

MIXED = "autres"
"""The file whose requests name their procedure themselves."""


def load(city: City) -> None:
    """File every request, then tell its story, each thing at its time."""
    count = 0
    for number, (procedure, record) in enumerate(sorted(_records(), key=lambda found: _received(city, found[1]))):
        request = _file(city, procedure, record, number)
        if "ref" in record:
            city.requests[record["ref"]] = request
        Story(city, request).tell(record.get("story", []))
        count += 1
    clocks.move_waiting_clocks()
    # What was written to residents then has reached them long ago: nothing leaves now.
    OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING, next_attempt_at__lte=timezone.now()).update(
        state=OutboxMessage.State.SENT, sent_at=F("created_at")
    )
    city.say(f"{count} requests")


def _records() -> Iterator[tuple[str, Record]]:
    for name, records in read_folder("requests"):
        for record in records:
            yield (record["procedure"] if name == MIXED else name), record


def _received(city: City, record: Record) -> datetime:
    return min(moment(record["at"], city.today), city.now - timedelta(minutes=20))


def _file(city: City, procedure: str, record: Record, number: int) -> ServiceRequest:
    form = Form(city, procedure, record)
    draft = form.fill_in(UUID(identity("request", number)), record.get("channel", "portal"), record.get("entered_by"))
    return file_draft(draft.key, draft.language, received_at=_received(city, record))
