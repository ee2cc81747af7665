"""Requests, and what agents and residents did about them since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from demo.loading.city import City
from demo.loading.data import Record, identity, read_folder
from demo.loading.days import at_work, day, moment
from demo.loading.residents import Form, made_up_file
from procedures.filing.attachments import FOLDER
from procedures.filing.sending import file_draft
from procedures.inbox.clock import Lack, city_day
from procedures.inbox.models import OutboxMessage, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE
from procedures.inbox.received import ReceivedFile
from procedures.inbox.services import clocks, completion, conversation, decision, handling
from procedures.uploads.keeping import keep

MIXED = "autres"
"""The file whose requests name their procedure themselves."""


def load(city: City) -> None:
    """File every request, then tell its story, each thing at its time."""
    count = 0
    for number, (procedure, record) in enumerate(sorted(_records(), key=lambda found: _received(city, found[1]))):
        request = _file(city, procedure, record, number)
        Story(city, request).tell(record.get("story", []))
        count += 1
    clocks.move_waiting_clocks()
    # What was written to residents then has reached them long ago: nothing leaves now.
    OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING).update(
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


class Story:
    """What happened to one request after it was filed."""

    def __init__(self, city: City, request: ServiceRequest) -> None:
        self.city, self.request, self.last = city, request, request.received_at

    def tell(self, story: list[Record]) -> None:
        """Do each thing in order, later than the one before and never in the future."""
        for record in story:
            wanted = moment(record["at"], self.city.today)
            by_agent = "agent" in record
            when = at_work(wanted, self.last, self.city.now) if by_agent else self._after(wanted)
            getattr(self, record["do"])(record, when)
            self.last = when

    def _after(self, wanted: datetime) -> datetime:
        return min(max(wanted, self.last + timedelta(minutes=7)), max(self.city.now, self.last))

    def _agent(self, record: Record) -> Any:
        return self.city.staff[record["agent"]]

    def take(self, record: Record, at: datetime) -> None:
        """An agent takes the request in hands."""
        handling.take(self.request, agent=self._agent(record), at=at)

    def assign(self, record: Record, at: datetime) -> None:
        """An agent hands it to a colleague."""
        handling.assign(self.request, to=self.city.staff[record["to"]], agent=self._agent(record), at=at)

    def forward(self, record: Record, at: datetime) -> None:
        """An agent passes it on to another department."""
        department = self.city.departments[record["to"]]
        handling.forward(self.request, department=department, reason=record["text"], agent=self._agent(record), at=at)

    def note(self, record: Record, at: datetime) -> None:
        """A note for colleagues."""
        conversation.write_note(self.request, text=record["text"], agent=self._agent(record), at=at)

    def message(self, record: Record, at: datetime) -> None:
        """An agent writes to the resident."""
        conversation.write_to_resident(self.request, text=record["text"], agent=self._agent(record), at=at)

    def reply(self, record: Record, at: datetime) -> None:
        """The resident writes."""
        conversation.write_as_resident(self.request, text=record["text"], files=_files(record), at=at)

    def ask(self, record: Record, at: datetime) -> None:
        """An agent asks for what is missing."""
        by = max(day(record["by"], self.city.today), city_day(at, CITY_ZONE))
        completion.ask_for_completion(
            self.request,
            missing=record["missing"],
            by=by,
            agent=self._agent(record),
            explanation=record["text"],
            reason=Lack(record.get("reason", Lack.INCOMPLETE)),
            at=at,
        )

    def answer(self, record: Record, at: datetime) -> None:
        """The resident sends what was missing."""
        completion.answer_completion(self.request, text=record["text"], files=_files(record), at=at)

    def accept(self, record: Record, at: datetime) -> None:
        """An agent grants it."""
        decision.accept(self.request, agent=self._agent(record), reason=record["text"], at=at)

    def refuse(self, record: Record, at: datetime) -> None:
        """An agent refuses it, with reasons."""
        decision.refuse(self.request, agent=self._agent(record), reason=record["text"], at=at)

    def close(self, record: Record, at: datetime) -> None:
        """An agent ends it."""
        decision.close(self.request, agent=self._agent(record), reason=record["text"], at=at)


def _files(record: Record) -> list[ReceivedFile]:
    return [ReceivedFile(**asdict(keep(made_up_file(name), FOLDER))) for name in record.get("files", [])]
