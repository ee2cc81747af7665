"""What any channel hands to the inbox: frozen, checked by the sender, ready to be kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from procedures.inbox.people import Person
from procedures.uploads.quarantine import Scan

if TYPE_CHECKING:
    from cms.accounts.models import User
    from procedures.definition.models import ProcedureVersion


@dataclass(frozen=True)
class Requester:
    """Who asks; ``email`` may be empty at a counter or by phone."""

    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Answer:
    """One answer, with the words that were on the resident's screen.

    ``value`` is what the field type keeps (JSON); ``label`` and ``shown`` are in the
    resident's language, ``agent_label`` and ``agent_shown`` in the city's.
    """

    question_id: str
    type: str
    value: Any
    label: str
    shown: str
    agent_label: str
    agent_shown: str
    searchable: str = ""


@dataclass(frozen=True)
class ReceivedFile:
    """A file already in the private storage, sniffed and measured."""

    storage_name: str
    original_name: str
    media_type: str
    size_bytes: int
    sha256: str
    question_id: str = ""
    scan: str = Scan.UNCHECKED
    sensitive: bool = False
    """Deleted once the request is decided."""


@dataclass(frozen=True)
class FeeLine:
    """An amount that is due; ``label`` in the resident's language, ``agent_label`` in the city's."""

    label: str
    agent_label: str
    amount_cents: int


@dataclass(frozen=True)
class Destination:
    """Where a request goes by its answers; None leaves what the procedure says."""

    department_id: int | None = None
    agent_id: int | None = None
    announced_delay_days: int | None = None


@dataclass(frozen=True)
class NewRequest:
    """A request to register. The same ``idempotency_key`` always gives the same request.

    ``received_at`` is aware; None means now. ``entered_by`` is the agent who typed what
    came by phone, at the counter, by post.
    """

    version: ProcedureVersion
    language: str
    channel: str
    requester: Requester
    idempotency_key: UUID
    answers: tuple[Answer, ...] = field(default=())
    files: tuple[ReceivedFile, ...] = field(default=())
    entered_by: User | None = None
    received_at: datetime | None = None
    destination: Destination = Destination()
    fees: tuple[FeeLine, ...] = field(default=())
    people: tuple[Person, ...] = field(default=())
