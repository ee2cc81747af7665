"""Search: by names, numbers, phones, e-mails or parts of them; by what comes close; never beyond one's departments."""

from __future__ import annotations

import pytest
from django.db import connection

from procedures.inbox import finding, spelling
from procedures.inbox.models import RequestText, ServiceRequest
from procedures.inbox.received import Requester
from procedures.inbox.services.handling import forward
from tests.factories.inbox import make_agent, make_request
from tests.factories.procedures import make_department, make_procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure(db):
    return make_procedure()


@pytest.fixture
def people(procedure):
    names = {
        "camille": Requester("Camille Lefèvre", "camille@exemple.fr", "+33612345678"),
        "thomas": Requester("Thomas Dupont", "t.dupont@mairie.example", "+33198765432"),
        "ngoc": Requester("Ngoc Nguyen", "", ""),
    }
    return {name: make_request(procedure, requester=requester, answers=()) for name, requester in names.items()}


def found(typed: str, department_id: int) -> finding.Found:
    return finding.find(ServiceRequest.objects.filter(department_id=department_id), typed, [department_id])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("LEFEVRE", "camille"),
        ("lefè", "camille"),
        ("dup", "thomas"),
        ("Dupont Thomas", "thomas"),
        ("06 12 34 56 78", "camille"),
        ("0612", "camille"),
        ("+33 6 12 34", "camille"),
        ("56.78", "camille"),
        ("t.dupont@mairie", "thomas"),
        ("ngo", "ngoc"),
    ],
)
def test_a_request_is_found_by_any_part_of_what_it_is_called(people, procedure, typed, name):
    assert found(typed, procedure.department_id) == finding.Found([people[name].pk])


def test_a_part_of_the_number_finds_with_or_without_prefix_and_dashes(people, procedure):
    request = people["ngoc"]
    first, second = request.number.split("-")[1:3]
    for typed in (request.number, request.number.lower(), f"VAL-{first}-{second}", f"{first}{second}", f"val-{first}"):
        assert request.pk in found(typed, procedure.department_id).ids, typed


@pytest.mark.parametrize("typed", ["lefevrre", "lefvere", "lefevr e", "lefeyre", "thomas dupnot", "ngyuen"])
def test_a_slip_of_the_finger_finds_what_comes_close_and_it_is_said(people, procedure, typed):
    one = found(typed, procedure.department_id)
    assert one.ids
    assert one.comes_close or typed == "lefevr e"


@pytest.mark.parametrize(
    "typed", ["", "du", "qqqqqqq", '"', "* OR du", 'dupont" OR "lef', "%", "a' --", "\x00\x00\x00"]
)
def test_what_means_nothing_finds_nothing_and_breaks_nothing(people, procedure, typed):
    assert found(typed, procedure.department_id).ids == []


def test_what_is_spelled_as_typed_keeps_away_what_only_resembles_it(people, procedure):
    near = make_request(procedure, requester=Requester("Thomas Dupond"), answers=())
    assert near.pk not in found("dupont", procedure.department_id).ids


def test_another_department_finds_nothing_exact_or_close(people):
    elsewhere = make_department()
    for typed in (people["camille"].number, "lefevre", "lefvere", "0612345678"):
        assert found(typed, elsewhere.pk).ids == []


def test_a_forwarded_request_is_found_where_it_went_and_no_longer_where_it_was(people, procedure):
    agent, elsewhere = make_agent(procedure.department), make_department()
    forward(people["thomas"], department=elsewhere, reason="Pour vous.", agent=agent)
    assert found("dupont", procedure.department_id).ids == []
    assert found("dupont", elsewhere.pk).ids == [people["thomas"].pk]


def test_text_that_is_changed_or_gone_is_found_no_more(people, procedure):
    RequestText.objects.filter(request=people["thomas"]).update(folded="")
    RequestText.objects.filter(request=people["ngoc"]).delete()
    assert found("dupont", procedure.department_id).ids == []
    assert found("nguyen", procedure.department_id).ids == []
    assert found("lefevre", procedure.department_id).ids == [people["camille"].pk]


def test_the_newest_come_first_and_a_cap_keeps_common_names_cheap(procedure, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 2)
    made = [make_request(procedure, answers=()).pk for _ in range(4)]
    assert found("lefevre", procedure.department_id).ids == made[:0:-1]


def test_the_query_set_of_exports_finds_the_same(people, procedure):
    requests = ServiceRequest.objects.filter(department=procedure.department)
    assert list(requests.search("dupont")) == [people["thomas"]]
    assert list(requests.search("du")) == []


def test_the_index_of_this_database_answers(people):
    if connection.vendor == "sqlite":
        plan = ServiceRequest.objects.all().search("dupont").explain()
        assert "inbox_requestwords VIRTUAL TABLE INDEX" in plan
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        plan = RequestText.objects.filter(folded__contains="lefevre").explain()
        assert "request_text" in plan


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("martin", "martin", 0), ("martni", "martin", 1), ("dupnt", "dupont", 1), ("a", "bc", 2)],
)
def test_slips_are_counted_as_people_make_them(one, other, slips):
    assert spelling.distance(one, other) == slips
