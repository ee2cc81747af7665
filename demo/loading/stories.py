"""What happened to a request of the demo city after it was filed, told through the services."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from demo.loading.city import City
from demo.loading.data import Record
from demo.loading.days import at_work, day, moment
from demo.loading.residents import made_up_file
from procedures.filing.attachments import FOLDER
from procedures.inbox.clock import Lack, city_day
from procedures.inbox.models import ChecklistItem, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE
from procedures.inbox.received import ReceivedFile
from procedures.inbox.services import (
    checklists,
    complaints,
    completion,
    conversation,
    decision,
    handling,
    merging,
    reopening,
    satisfaction,
)
from procedures.mediation import services as mediation
from procedures.uploads.keeping import keep


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
        """An agent hands it to a colleague, or to a team."""
        to = self.city.teams[record["team"]] if "team" in record else self.city.staff[record["to"]]
        handling.assign(self.request, to=to, agent=self._agent(record), at=at)

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

    def transfer(self, record: Record, at: datetime) -> None:
        """An agent passes it on to a body that is not the town."""
        agent = self._agent(record)
        decision.transfer(self.request, body=record["to"], reason=record["text"], agent=agent, at=at)

    def merge(self, record: Record, at: datetime) -> None:
        """An agent joins it to the request that says the same."""
        merging.merge(self.request, into=self.city.requests[record["into"]], agent=self._agent(record), at=at)

    def tick(self, record: Record, at: datetime) -> None:
        """An agent verifies the first items of the list."""
        items = ChecklistItem.objects.filter(procedure=self.request.procedure_id)[: record["count"]]
        checklists.tick(self.request, items=list(items), agent=self._agent(record), at=at)

    def reopen(self, record: Record, at: datetime) -> None:
        """The resident has it opened again."""
        reopening.reopen(self.request, reason=record["text"], files=_files(record), at=at)

    def rate(self, record: Record, at: datetime) -> None:
        """The resident says what they think."""
        satisfaction.rate(self.request, step=record["step"], words=record.get("text", ""), at=at)

    def complain(self, record: Record, at: datetime) -> None:
        """The resident goes to the mediator; the complaint has a story of its own. Nothing may follow it here."""
        key = uuid5(NAMESPACE_URL, f"{self.request.idempotency_key} complaint")
        said = {"wrong": record["text"], "wanted": record["wanted"], "may_show": True}
        complaint = complaints.file_complaint(self.request, key=key, at=at, **said)
        Story(self.city, complaint).tell(record.get("story", []))

    def recommend(self, record: Record, at: datetime) -> None:
        """The mediator recommends something to the department."""
        mediation.recommend(self.request, text=record["text"], agent=self._agent(record), at=at)

    def propose(self, record: Record, at: datetime) -> None:
        """The mediator proposes a way out to both sides."""
        mediation.propose(self.request, text=record["text"], agent=self._agent(record), at=at)

    def end(self, record: Record, at: datetime) -> None:
        """The mediation ends."""
        agent = self._agent(record)
        mediation.end_mediation(self.request, outcome=record["outcome"], text=record["text"], agent=agent, at=at)


def _files(record: Record) -> list[ReceivedFile]:
    return [ReceivedFile(**asdict(keep(made_up_file(name), FOLDER))) for name in record.get("files", [])]
