"""A mediator, and a complaint about a refusal."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from cms.accounts.roles import AGENTS, role
from procedures.inbox.models import DeskSettings
from procedures.inbox.services.complaints import file_complaint
from procedures.inbox.services.decision import refuse
from tests.factories.inbox import RECEIVED_AT, make_agent, make_request
from tests.factories.procedures import make_department, make_procedure


@pytest.fixture(autouse=True)
def _december(time_machine):
    time_machine.move_to(RECEIVED_AT + timedelta(days=20), tick=False)


@pytest.fixture
def mediator(db):
    department = make_department("Médiateur")
    DeskSettings.objects.create(department=department, is_mediator=True)
    make_procedure(slug="reclamation-mediateur", title="Saisir le médiateur", department=department)
    user = make_agent(department)
    user.groups.add(role(AGENTS))
    return user


@pytest.fixture
def refused(db):
    request = make_request(make_procedure(title="Inscription à la cantine"))
    agent = make_agent(request.department)
    agent.groups.add(role(AGENTS))
    refuse(request, agent=agent, reason="Complet", at=RECEIVED_AT + timedelta(days=1))
    return request


@pytest.fixture
def complaint(refused, mediator):
    return file_complaint(refused, wrong="On ne m’a pas lu", wanted="Une place", key=uuid4())
