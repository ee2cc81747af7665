"""A request, its secret link, and the city around it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.inbox import make_agent, make_procedure, make_request, received_file


@pytest.fixture
def filed(db):
    """Filed in French, silence accepts, one file."""
    procedure = make_procedure(silence_effect="acceptance", announced_delay_days=14, title="Inscription à la cantine")
    return make_request(procedure, files=(received_file("Carnet de santé.pdf"),))


@pytest.fixture
def agent(filed):
    return make_agent(filed.department)


@pytest.fixture
def link(filed):
    return f"/suivi/{filed.access_token}/"


@pytest.fixture
def resident():
    """A resident of a resident: it checks where forms go."""
    return Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})
