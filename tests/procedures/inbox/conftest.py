"""A request in the hands of a department."""

from __future__ import annotations

import pytest

from tests.factories.inbox import make_agent, make_procedure, make_request
from tests.factories.procedures import make_department


@pytest.fixture
def request_(db):
    """Silence accepts after two months; an answer is promised in fourteen days."""
    return make_request(make_procedure(silence_effect="acceptance", announced_delay_days=14))


@pytest.fixture
def agent(request_):
    return make_agent(request_.department)


@pytest.fixture
def stranger(db):
    """An agent of another department."""
    return make_agent(make_department("Voirie"))
