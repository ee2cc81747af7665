"""Requests, made as every channel makes them: through ``register_request``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from cms.accounts.models import User
from directory.models import Department, DepartmentMember
from procedures.definition.models import Procedure
from procedures.inbox.desk.holding import reread, unfold
from procedures.inbox.desk.neighbours import Neighbours
from procedures.inbox.models import ServiceRequest
from procedures.inbox.received import Answer, NewRequest, ReceivedFile, Requester
from procedures.inbox.services.filing import register_request
from tests.factories.procedures import make_procedure

RECEIVED_AT = datetime(2026, 11, 14, 17, 22, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class UserFactory(factory.django.DjangoModelFactory):
    email = factory.Sequence(lambda n: f"agent{n}@valmarie.example")
    first_name = "Nadia"
    last_name = factory.Sequence(lambda n: f"Benali {n}")
    is_staff = True

    class Meta:
        model = User


def make_agent(department: Department, role: str = DepartmentMember.Role.AGENT, **fields: Any) -> User:
    """Somebody who works for ``department``."""
    user = UserFactory(**fields)
    DepartmentMember.objects.create(user=user, department=department, role=role)
    return user


def make_answer(label: str = "Nom de l’enfant", shown: str = "Inès Lefèvre", **fields: Any) -> Answer:
    """An answer in French."""
    defaults = {
        "question_id": str(uuid4()),
        "type": "short_text",
        "value": shown,
        "label": label,
        "shown": shown,
        "agent_label": label,
        "agent_shown": shown,
        "searchable": shown,
    }
    return Answer(**defaults | fields)


def received_file(name: str = "vaccins.pdf", content: bytes = PDF, **fields: Any) -> ReceivedFile:
    """A file that is really in the private storage."""
    stored = storages["private"].save(f"inbox/{uuid4().hex}", ContentFile(content))
    return ReceivedFile(stored, name, "application/pdf", len(content), "0" * 64, **fields)


def new_request(procedure: Procedure | None = None, **fields: Any) -> NewRequest:
    """What the wizard hands in."""
    procedure = procedure or make_procedure(silence_effect="acceptance", announced_delay_days=14)
    defaults: dict[str, Any] = {
        "version": procedure.current,
        "language": "fr",
        "channel": "portal",
        "requester": Requester("Camille Lefèvre", "camille@exemple.fr", "06 12 34 56 78"),
        "idempotency_key": uuid4(),
        "answers": (make_answer(),),
        "received_at": RECEIVED_AT,
    }
    return NewRequest(**defaults | fields)


def make_request(procedure: Procedure | None = None, **fields: Any) -> ServiceRequest:
    """A request in the inbox."""
    return register_request(new_request(procedure, **fields))


def neighbours_of(request: ServiceRequest, agent: User) -> Neighbours:
    """What the page of ``request`` knows of the others."""
    reread(request, agent)
    unfold(request)
    return Neighbours(request, agent)
