"""The life of one request that nobody made: filed, handled, perhaps answered, every step in its log."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from procedures.inbox.clock import Lack, Wait, city_day
from procedures.inbox.making import words
from procedures.inbox.making.rows import Row
from procedures.inbox.making.town import Desk, Offer, Town
from procedures.inbox.models import CompletionRequest, Event, Message, Note, ServiceRequest
from procedures.inbox.models.log import seal_of
from procedures.inbox.querysets import CITY_ZONE
from procedures.inbox.services.writing import set_dates
from procedures.inbox.transitions import Status

KIND, ACTOR = Event.Kind, Event.Actor


@dataclass
class Chunk:
    """Rows of some requests, by table, and the ids that were drawn for them."""

    ids: dict[type, Iterator[int]]
    texts: list[Row] = field(default_factory=list)
    requests: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)
    completions: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)
    satisfactions: list[Row] = field(default_factory=list)


@lru_cache(maxsize=200_000)
def dates(offer: Offer, received: date, waits: tuple[Wait, ...], today: date) -> dict[str, date | None]:
    """The dates that the services would set; the same for all requests of a procedure and a day."""
    request = ServiceRequest(
        received_at=datetime(received.year, received.month, received.day, 11, tzinfo=UTC),
        department_id=offer.department_id,
        silence_effect=offer.silence_effect,
        delay=offer.delay,
        delay_unit=offer.delay_unit,
        announced_delay_days=offer.announced_delay_days,
        announced_delay_unit=offer.announced_delay_unit,
    )
    set_dates(request, list(waits), today)
    return {name: getattr(request, name) for name in ("due_on", "announced_on", "due_key")}


class Life:
    """Tells what happens to ``row`` between its receipt and ``until``, and writes it down in a chunk."""

    def __init__(
        self, row: Row, offer: Offer, town: Town, chunk: Chunk, chance: random.Random, until: datetime, *, closes: bool
    ) -> None:
        self.row, self.offer, self.town, self.chunk, self.chance = row, offer, town, chunk, chance
        self.at, self.until, self.closes = row["received_at"], until, closes
        self.length, self.head = 0, ""
        self.waits: tuple[Wait, ...] = ()
        self.received = city_day(self.at, CITY_ZONE)
        self.agent: tuple[int, str] = (0, "")

    @property
    def desk(self) -> Desk:
        """The department that has the request now."""
        return self.town.desks[self.row["department_id"]]

    def tell(self) -> None:
        """From the receipt to the end, or to where it stands."""
        self._file()
        happens = self.chance.random
        if happens() < 0.04 and len(self.town.desks) > 1:
            self._forward()
        if self.closes or happens() < 0.7:
            self._begin()
            if happens() < 0.15:
                self._note()
            if happens() < 0.2:
                self._ask(answered=self.closes or happens() < 0.4)
            if happens() < 0.3:
                self._converse()
        if self.closes:
            self._end()
        self.row.update(log_length=self.length, log_head=self.head)

    def _later(self, share: float) -> datetime:
        """Some of the time that is left goes by."""
        left = (self.until - self.at) * share * (0.5 + self.chance.random())
        self.at = min(self.at + timedelta(seconds=int(left.total_seconds())), self.until)
        return self.at

    def _dates(self) -> dict[str, Any]:
        waiting = bool(self.waits) and self.waits[-1].until is None
        today = city_day(self.until, CITY_ZONE) if waiting else self.received
        self.row.update(dates(self.offer, self.received, self.waits, today))
        days = {name: self.row[name] for name in ("due_on", "announced_on")}
        return {name: day.isoformat() if day else None for name, day in days.items()}

    def _event(self, kind: str, actor: str, *, visible: bool = True, **data: Any) -> None:
        """Add a sealed event at the present moment."""
        self.length += 1
        actor_id, name = self.agent if actor == ACTOR.AGENT else (None, "")
        key = self.row["id"]
        seal = seal_of(self.head, key, self.length, kind, self.at, actor, name, data, visible)
        self.chunk.events.append(
            {
                "request_id": key,
                "seq": self.length,
                "kind": kind,
                "at": self.at,
                "actor_kind": actor,
                "actor_name": name,
                "actor_id": actor_id,
                "data": data,
                "visible_to_resident": visible,
                "previous_hash": self.head,
                "hash": seal,
            }
        )
        self.head = seal

    def _message(self, text: str, *, kind: str = Message.Kind.MESSAGE, from_resident: bool = False) -> int:
        key = next(self.chunk.ids[Message])
        author = None if from_resident else self.agent[0]
        said = {"kind": kind, "from_resident": from_resident, "author_id": author, "text": text, "sent_at": self.at}
        self.chunk.messages.append({"id": key, "request_id": self.row["id"], **said})
        return key

    def _file(self) -> None:
        row, facts = self.row, self._dates()
        actor: str = ACTOR.RESIDENT
        if row.get("entered_by_id"):
            actor, self.agent = ACTOR.AGENT, next(one for one in self.desk.agents if one[0] == row["entered_by_id"])
        names = ("channel", "procedure_id", "department_id", "district_id")
        self._event(KIND.FILED, actor, **{name: row[name] for name in names}, files=0, **facts)

    def _forward(self) -> None:
        left = self.desk
        self.agent = self.chance.choice(left.agents)
        to = self.chance.choice([desk for desk in self.town.desks.values() if desk.id != left.id])
        self._later(0.05)
        self.row.update(department_id=to.id, status=Status.FORWARDED)
        self._event(KIND.FORWARDED, ACTOR.AGENT, left=left.name, to=to.name, to_id=to.id)

    def _begin(self) -> None:
        """Somebody takes it, or it is handed to a team first."""
        self._later(0.1)
        self.agent = self.chance.choice(self.desk.agents)
        if self.desk.teams and self.chance.random() < 0.5:
            team, name = self.chance.choice(self.desk.teams)
            self.row["team_id"] = team
            self._event(KIND.ASSIGNED, ACTOR.AGENT, to=name)
            if not self.closes and self.chance.random() < 0.3:
                self.row["status"] = Status.REGISTERED
                return
            self._later(0.1)
        self.row.update(agent_id=self.agent[0], status=Status.IN_PROGRESS)
        self._event(KIND.TAKEN, ACTOR.AGENT)

    def _note(self) -> None:
        self._later(0.1)
        key = next(self.chunk.ids[Note])
        said = {"author_id": self.agent[0], "text": self.chance.choice(words.NOTES), "written_at": self.at}
        self.chunk.notes.append({"id": key, "request_id": self.row["id"], **said})
        self._event(KIND.NOTED, ACTOR.AGENT, visible=False, note_id=key)

    def _ask(self, *, answered: bool) -> None:
        """Something is missing; the clock waits, or waited."""
        asked = self._later(0.2)
        key = next(self.chunk.ids[CompletionRequest])
        by = city_day(asked, CITY_ZONE) + timedelta(days=14)
        missing = self.chance.choice(words.DOCUMENTS)
        completion: Row = {"id": key, "request_id": self.row["id"], "missing": [missing], "by": by, "asked_at": asked}
        completion["asked_by_id"] = self.agent[0]
        self.chunk.completions.append(completion)
        self._event(KIND.COMPLETION_ASKED, ACTOR.AGENT, completion_id=key, by=by.isoformat())
        self.waits = (Wait(Lack.INCOMPLETE, city_day(asked, CITY_ZONE), by=by),)
        self.row.update(status=Status.WAITING, agent_id=self.agent[0])
        before = self._dates()["due_on"]
        if answered:
            self._later(0.4)
            message = self._message(missing, kind=Message.Kind.COMPLETION, from_resident=True)
            completion.update(answered_at=self.at, answer_id=message)
            self.waits = (replace(self.waits[0], until=city_day(self.at, CITY_ZONE)),)
            self.row.update(status=Status.IN_PROGRESS, resident_wrote_at=self.at)
            told = {"completion_id": key, "message_id": message, "files": 0, "due_before": before}
            self._event(KIND.COMPLETION_ANSWERED, ACTOR.RESIDENT, **told, **self._dates())

    def _converse(self) -> None:
        self._later(0.3)
        message = self._message(self.chance.choice(words.REPLIES))
        self.row["resident_wrote_at"] = None
        self._event(KIND.WRITTEN_TO_RESIDENT, ACTOR.AGENT, message_id=message)
        if self.chance.random() < 0.3:
            self._later(0.4)
            message = self._message(self.chance.choice(words.THANKS), from_resident=True)
            self.row["resident_wrote_at"] = self.at
            self._event(KIND.WRITTEN_BY_RESIDENT, ACTOR.RESIDENT, message_id=message, files=0)

    def _end(self) -> None:
        status, kind, why = self.chance.choices(
            (
                (Status.ACCEPTED, KIND.ACCEPTED, words.REASONS[0]),
                (Status.REFUSED, KIND.REFUSED, words.REASONS[1]),
                (Status.CLOSED, KIND.CLOSED, words.REASONS[2]),
            ),
            cum_weights=(70, 85, 100),
        )[0]
        self.at = self.until
        message = self._message(why, kind=Message.Kind.DECISION)
        self.row.update(status=status, closed_at=self.at, resident_wrote_at=None, agent_id=self.agent[0])
        self._event(kind, ACTOR.AGENT, message_id=message, **self._dates())
