"""Many requests over some years, chunk by chunk."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from uuid import UUID

from django.db import connection, transaction

from procedures.inbox import access_link
from procedures.inbox.folding import fold
from procedures.inbox.making import words
from procedures.inbox.making.lives import Chunk, Life
from procedures.inbox.making.rows import Row, leave_out_checks, reserve, write
from procedures.inbox.making.town import Offer, Town
from procedures.inbox.models import (
    CompletionRequest,
    Event,
    Message,
    Note,
    RequestText,
    ServiceRequest,
)
from procedures.inbox.tracking_number import ALPHABET, check_character
from procedures.inbox.transitions import Channel, Status

CHUNK = 2_000
CHANNELS = {  # in percent
    Channel.PORTAL: 62,
    Channel.COUNTER: 14,
    Channel.PHONE: 12,
    Channel.EMAIL: 7,
    Channel.POST: 3,
    Channel.OPEN311: 2,
}
ENTERED = {Channel.COUNTER, Channel.PHONE, Channel.POST}
LANGUAGES = ("fr",) * 18 + ("en", "ar")
OFFICE_HOURS = (8, 19)


@dataclass(frozen=True)
class Crowd:
    """What is to be made up: so many requests, received until ``now``, of which a part is still open."""

    total: int
    seed: int
    now: datetime
    years: float = 3
    open_share: float = 0.04
    before: int = 0
    """How many the inbox holds already: it draws other numbers than the run that made those."""

    def make(self, town: Town) -> Iterator[int]:
        """Write them; yield after each chunk how many it held."""
        weights = list(accumulate(1 / (3 + place) for place in range(len(town.offers))))
        for start in range(0, self.total, CHUNK):
            places = range(start, min(start + CHUNK, self.total))
            # Seeded by chunk: what was made before a cut is the same as what an uncut run would have made.
            chance = random.Random(f"{self.seed} {self.before + start}")  # noqa: S311 - to be drawn again, not secret
            _write(self._chunk(chance, places, town, weights))
            yield len(places)

    def _chunk(self, chance: random.Random, places: Sequence[int], town: Town, weights: list[float]) -> Chunk:
        size = len(places)
        wanted = {ServiceRequest: size, Message: size * 5, CompletionRequest: size, Note: size}
        chunk = Chunk({model: iter(reserve(model, count)) for model, count in wanted.items()})
        for place in places:
            offer = chance.choices(town.offers, cum_weights=weights)[0]
            received = self._received(chance, place)
            until, closes = self._end(chance, received, place)
            row = _row(chance, next(chunk.ids[ServiceRequest]), offer, town, received)
            Life(row, offer, town, chunk, chance, until, closes=closes).tell()
            if not closes and chance.random() < 0.01 and row["requester_email"]:
                row["mail_failed_at"] = until
            chunk.requests.append(row)
        return chunk

    def _received(self, chance: random.Random, place: int) -> datetime:
        """Evenly over the years, in office hours more often than not; never in the future."""
        span = timedelta(days=365 * self.years)
        day = self.now - span + span * ((place + chance.random()) / self.total)
        hour = chance.randint(*OFFICE_HOURS) if chance.random() < 0.8 else chance.randint(0, 23)
        at = day.replace(hour=hour, minute=chance.randint(0, 59), second=chance.randint(0, 59), microsecond=0)
        return min(at, self.now - timedelta(minutes=2)).replace(microsecond=0)

    def _end(self, chance: random.Random, received: datetime, place: int) -> tuple[datetime, bool]:
        """When it was answered; or now, where it is still open: the latest ones mostly, some forgotten ones."""
        is_late = place >= self.total * (1 - self.open_share)
        if chance.random() < (0.85 if is_late else 0.15 * self.open_share / max(1 - self.open_share, 0.01)):
            return self.now.replace(microsecond=0), False
        days = min(chance.lognormvariate(2.2, 0.9), 300)
        return min(received + timedelta(days=days), self.now).replace(microsecond=0), True


def _row(chance: random.Random, key: int, offer: Offer, town: Town, received: datetime) -> Row:
    first, last = words.first_name(chance), words.surname(chance)
    channel = chance.choices(list(CHANNELS), list(CHANNELS.values()))[0]
    entered = channel in ENTERED
    body = "".join(chance.choices(ALPHABET, k=10))
    nonce = f"{chance.getrandbits(128):032x}"
    has_email = not entered or chance.random() < 0.5
    mailbox = f"{fold(first)}.{fold(last)}{chance.randint(1, 99)}".replace(" ", "")
    return {
        "id": key,
        "tracking_number": body + check_character(body),
        "idempotency_key": UUID(int=chance.getrandbits(128), version=4),
        "access_nonce": nonce,
        "access_hash": access_link.fingerprint(access_link.new_token(nonce)),
        "procedure_id": offer.procedure_id,
        "version_id": offer.version_id,
        "department_id": offer.department_id,
        "entered_by_id": chance.choice(town.desks[offer.department_id].agents)[0] if entered else None,
        "channel": channel,
        "language": "fr" if entered else chance.choice(LANGUAGES),
        "status": Status.REGISTERED if entered else Status.RECEIVED,
        "requester_name": f"{first} {last}",
        "requester_email": f"{mailbox}@exemple.fr" if has_email else "",
        "requester_phone": words.phone(chance) if entered or chance.random() < 0.5 else "",
        "answers": _answers(words.wish(chance)),
        "district_id": chance.choice(town.districts) if town.districts and chance.random() < 0.6 else None,
        "silence_effect": offer.silence_effect,
        "delay": offer.delay,
        "delay_unit": offer.delay_unit,
        "announced_delay_days": offer.announced_delay_days,
        "announced_delay_unit": offer.announced_delay_unit,
        "received_at": received.astimezone(UTC),
    }


def _answers(wish: str) -> str:
    """The answer to one long question, as JSON."""
    label = "Votre demande"
    said = {"value": wish, "shown": wish, "agent_shown": wish, "label": label, "agent_label": label}
    return json.dumps([{"question_id": "demande", "type": "long_text", "searchable": "", **said}])


def _text(row: Row) -> Row:
    digits = row["requester_phone"].removeprefix("+")
    parts = (row["requester_name"], row["requester_email"], row["requester_phone"], digits, row["tracking_number"])
    return {"request_id": row["id"], "folded": fold(" ".join(parts))}


def _write(chunk: Chunk) -> None:
    with transaction.atomic():
        leave_out_checks()
        write(ServiceRequest, chunk.requests)
        write(RequestText, [_text(row) for row in chunk.requests])
        write(Message, chunk.messages)
        write(CompletionRequest, chunk.completions)
        write(Note, chunk.notes)
        write(Event, chunk.events)


def gather_statistics() -> None:
    """Let the database look at what it holds now, as it would by itself in the hours after: it plans by it."""
    cleans = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)" if cleans else "ANALYZE")
