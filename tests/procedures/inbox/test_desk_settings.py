"""Desk settings: a head arranges their own departments' desk, an administrator all, an agent none."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cms.accounts.roles import ADMINISTRATORS, AGENTS, role
from procedures.inbox.models import ChecklistItem, ClosingDay, DeskSettings, ReplyTemplate, StatusWording, Team
from tests.factories.inbox import UserFactory, make_agent, make_procedure

pytestmark = pytest.mark.django_db

KINDS = ("desk-teams", "desk-templates", "desk-checklists", "desk-wordings", "desk-reminders")
PAGES = [*KINDS, "desk-closing-days"]


def signed_in(user, group=AGENTS) -> Client:
    user.groups.add(role(group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def procedure(db):
    return make_procedure(title="Voirie")


@pytest.fixture
def theirs(db):
    return make_procedure(title="Cantine")


@pytest.fixture
def head(procedure) -> Client:
    return signed_in(make_agent(procedure.department, role="head"))


def rows(procedure) -> dict[str, object]:
    name, department = f"De {procedure.title}", procedure.department
    return {
        "desk-teams": Team.objects.create(department=department, name=name),
        "desk-templates": ReplyTemplate.objects.create(department=department, title=name, text="x"),
        "desk-checklists": ChecklistItem.objects.create(procedure=procedure, label=name),
        "desk-wordings": StatusWording.objects.create(procedure=procedure, status="received", headline=name),
        "desk-reminders": DeskSettings.objects.create(department=department),
    }


def test_a_head_sees_and_touches_the_rows_of_their_own_departments_alone(head, procedure, theirs):
    mine, others = rows(procedure), rows(theirs)
    for kind in KINDS:
        text = head.get(reverse(f"{kind}:index")).text
        assert "False" not in text, "said in words"
        edit = [reverse(f"{kind}:edit", args=[rows_[kind].pk]) for rows_ in (mine, others)]
        assert edit[0] in text
        assert edit[1] not in text
        assert head.get(edit[0]).status_code == 200
        delete = reverse(f"{kind}:delete", args=[others[kind].pk])
        for address in (edit[1], delete):
            for answer in (head.get(address), head.post(address)):
                assert answer.status_code == 302
                assert answer["Location"] == reverse("wagtailadmin_home")
        others[kind].refresh_from_db()


def test_a_head_may_put_a_row_into_no_other_department(head, procedure, theirs):
    page = head.get(reverse("desk-teams:add"))
    assert list(page.context["form"].fields["department"].queryset) == [procedure.department]
    head.post(reverse("desk-teams:add"), {"department": theirs.department.pk, "name": "Nuit"})
    head.post(reverse("desk-checklists:add"), {"procedure": theirs.pk, "label": "Âge", "position": 0})
    # Left empty, a template would be everybody's.
    head.post(reverse("desk-templates:add"), {"title": "Pour tous", "language": "fr", "text": "x"})
    assert not Team.objects.exists()
    assert not ChecklistItem.objects.exists()
    assert not ReplyTemplate.objects.exists()


def test_a_head_cannot_make_their_desk_the_mediators(head, procedure):
    head.post(
        reverse("desk-reminders:add"),
        {"department": procedure.department.pk, "alert_days": "2, 10,2", "escalation_days": -1, "is_mediator": "on"},
    )
    made = DeskSettings.objects.get()
    assert (made.alert_days, made.escalation_days, made.is_mediator) == ([10, 2], -1, False)


def test_reminders_that_are_no_days_are_refused(head, procedure):
    for typed in ("demain", "-3", "400", "1,2,3,4,5,6"):
        head.post(
            reverse("desk-reminders:add"),
            {"department": procedure.department.pk, "alert_days": typed, "escalation_days": 0},
        )
    assert not DeskSettings.objects.exists()


def test_an_agent_and_an_editor_arrange_nothing(procedure):
    for rank in ("agent", "editor"):
        client = signed_in(make_agent(procedure.department, role=rank))
        for page in PAGES:
            assert client.get(reverse(f"{page}:index")).status_code == 302
        assert "desk-teams" not in client.get(reverse("inbox:list")).text if rank == "agent" else True


def test_an_administrator_arranges_every_desk_and_the_town_closes(procedure, theirs):
    client = signed_in(UserFactory(), ADMINISTRATORS)
    everything = [rows(procedure), rows(theirs)]
    for kind in KINDS:
        for each in everything:
            assert client.get(reverse(f"{kind}:edit", args=[each[kind].pk])).status_code == 200
    days = {"first_day": "2026-12-24", "last_day": "2026-12-31", "reason": "Fêtes"}
    client.post(reverse("desk-closing-days:add"), days | {"last_day": "2026-12-01"})
    assert not ClosingDay.objects.exists()
    client.post(reverse("desk-closing-days:add"), days)
    assert ClosingDay.objects.get().reason == "Fêtes"


def test_the_town_closes_for_administrators_alone(head):
    assert head.get(reverse("desk-closing-days:index")).status_code == 302


def test_a_template_with_a_field_that_does_not_exist_is_refused_with_those_that_do(head, procedure):
    typed = {"title": "Suite", "department": procedure.department.pk, "language": "fr", "text": "À {{ nom }} {{name}}"}
    page = head.post(reverse("desk-templates:add"), typed)
    assert not ReplyTemplate.objects.exists()
    error = page.context["form"].errors["text"][0]
    assert "{{ nom }}" in error
    assert "{{ name }}" in error
    head.post(reverse("desk-templates:add"), typed | {"text": "À {{ name }}"})
    assert ReplyTemplate.objects.exists()


def test_a_team_is_made_of_colleagues_of_its_department(head, procedure, theirs):
    colleague, stranger = make_agent(procedure.department), make_agent(theirs.department)
    typed = {"department": procedure.department.pk, "name": "Nuit"}
    head.post(reverse("desk-teams:add"), typed | {"members": [stranger.pk]})
    assert not Team.objects.exists()
    head.post(reverse("desk-teams:add"), typed | {"members": [colleague.pk]})
    assert list(Team.objects.get().members.all()) == [colleague]


def test_what_was_verified_can_be_retired_and_not_deleted(head, procedure):
    item = rows(procedure)["desk-checklists"]
    head.post(reverse("desk-checklists:delete", args=[item.pk]))
    item.refresh_from_db()
    head.post(
        reverse("desk-checklists:edit", args=[item.pk]),
        {"procedure": procedure.pk, "label": item.label, "position": 0, "retired": "on"},
    )
    item.refresh_from_db()
    assert item.retired


def test_the_only_department_of_a_head_is_chosen_and_nothing_says_that_it_may_be_left_out(head, procedure, theirs):
    page = head.get(reverse("desk-templates:add"))
    field = page.context["form"]["department"]
    assert field.value() == procedure.department_id
    assert "for all departments" not in str(field.help_text)
    admin = signed_in(UserFactory(), ADMINISTRATORS)
    every = admin.get(reverse("desk-templates:add")).context["form"]["department"]
    assert every.value() is None
    assert every.help_text
