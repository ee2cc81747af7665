"""A procedure that leaves for another site does not send its requests to whoever has a number there."""

from __future__ import annotations

import pytest

from procedures.definition.importing.own import export_procedure
from procedures.definition.models import ProcedurePage
from tests.factories.inbox import make_agent
from tests.factories.procedures import make_department, make_page, route

pytestmark = pytest.mark.django_db


def test_an_export_names_no_department_and_no_agent():
    department = make_department()
    page = make_page(
        routes=[route(department=department, agent=make_agent(department), announced_delay_days=3)],
        department=department,
    )
    [written] = export_procedure(ProcedurePage.objects.get(pk=page.pk))["settings"]["routes"]
    assert (written["value"]["department"], written["value"]["agent"]) == (None, None)
    assert written["value"]["announced_delay_days"] == 3
    assert ProcedurePage.objects.get(pk=page.pk).routes[0].value["department"] == department.pk
