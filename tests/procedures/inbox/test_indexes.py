"""What the database reads to answer: an index, in order, whoever asks."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import DepartmentMember
from procedures.inbox.desk.filters import FilterForm
from procedures.inbox.desk.holding import reread
from procedures.inbox.models import RequestText, ServiceRequest
from tests.factories.inbox import make_agent
from tests.factories.procedures import make_department

pytestmark = pytest.mark.django_db


def test_postgresql_reads_the_trigram_index():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite scans")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = RequestText.objects.filter(folded__contains="lefevre").explain()
    assert "request_text_words" in plan


@pytest.mark.parametrize("departments", [1, 3])
def test_first_page_of_an_agent_is_read_from_an_index_in_order(departments):
    agent = make_agent(make_department())
    for _ in range(departments - 1):
        DepartmentMember.objects.create(user=agent, department=make_department())
    page = ServiceRequest.objects.visible_to(agent).open().due_first().values_list("pk", flat=True)[:50]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = page.explain().lower()
    assert "request_o" in plan
    assert "sort" not in plan
    assert "temp b-tree" not in plan


@pytest.mark.parametrize("departments", [1, 3])
@pytest.mark.parametrize("query", [{"shown": "history"}, {"shown": "history", "status": "refused"}, {"whose": "mine"}])
def test_other_lists_of_an_agent_are_read_from_an_index_in_order_too(departments, query):
    agent = make_agent(make_department())
    for _ in range(departments - 1):
        DepartmentMember.objects.create(user=agent, department=make_department())
    form = FilterForm(query, user=agent)
    page = form.narrowed().order_by(*form.order.names()).values_list("pk", flat=True)[:50]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = page.explain().lower()
    assert "request_" in plan
    assert "sort" not in plan
    assert "temp b-tree" not in plan


@pytest.mark.parametrize("departments", [1, 3])
def test_agent_sees_the_requests_of_each_of_their_departments_and_no_other(request_, departments):
    agent = make_agent(make_department())
    for _ in range(departments - 1):
        DepartmentMember.objects.create(user=agent, department=make_department())
    assert not ServiceRequest.objects.visible_to(agent).exists()
    DepartmentMember.objects.create(user=agent, department=request_.department)
    assert list(ServiceRequest.objects.visible_to(agent)) == [request_]


def test_what_is_near_and_what_is_the_persons_is_read_from_indexes(request_):
    if connection.vendor == "postgresql":
        pytest.skip("with a single row, its planner chooses among all indexes by chance")
    with CaptureQueriesContext(connection) as asked:
        reread(request_, make_agent(request_.department))
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked[-1]["sql"])
        plan = str(cursor.fetchall())
    for index in ("request_position", "request_of_person", "request_of_phone"):
        assert index in plan
