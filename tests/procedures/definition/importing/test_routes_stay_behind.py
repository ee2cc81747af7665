"""A procedure that leaves for another site does not send its requests to whoever has a row's number there."""

from __future__ import annotations

import pytest

from procedures.definition.importing.own import export_procedure
from procedures.definition.models import ProcedurePage
from tests.factories.inbox import make_agent
from tests.factories.procedures import make_department, make_page, route

pytestmark = pytest.mark.django_db


def test_an_export_names_department_and_agent_by_what_is_theirs_never_by_a_number():
    department = make_department()
    agent = make_agent(department)
    page = make_page(
        routes=[route(department=department, agent=agent, announced_delay_days=3)],
        department=department,
    )
    [written] = export_procedure(ProcedurePage.objects.get(pk=page.pk))["settings"]["routes"]
    assert (written["value"]["department"], written["value"]["agent"]) == (department.slug, agent.email)
    assert written["value"]["announced_delay_days"] == 3
