"""Names that the list shows on every line, read once and not joined."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from typing import Any

from cms.accounts.models import User
from cms.pages import site
from directory.models import Department, DepartmentMember, District
from procedures.definition.models import Procedure
from procedures.inbox.models import ChecklistItem, ReplyTemplate, Team


def departments() -> dict[int, str]:
    """Names of departments by id."""
    return site.shared("desk-departments", lambda: dict(Department.objects.source().values_list("pk", "name")))


def procedures() -> dict[int, str]:
    """Titles of procedures by id."""
    return site.shared("desk-procedures", lambda: dict(Procedure.objects.values_list("pk", "title")))


def districts() -> dict[int, str]:
    """Names of districts by id."""
    return site.shared("desk-districts", lambda: dict(District.objects.values_list("pk", "name")))


def team_names() -> dict[int, str]:
    """Names of teams by id."""
    return site.shared("desk-teams", lambda: dict(Team.objects.values_list("pk", "name")))


def teams_of(departments: Collection[int]) -> dict[int, str]:
    """Names of the teams of these departments by id."""
    owners = site.shared("desk-team-owners", lambda: dict(Team.objects.values_list("pk", "department_id")))
    return {pk: name for pk, name in team_names().items() if owners.get(pk) in departments}


def teams(department_id: int) -> list[Team]:
    """The teams of the department."""
    found = site.shared("desk-team-rows", lambda: list(Team.objects.all()))
    return [team for team in found if team.department_id == department_id]


def reply_templates() -> list[ReplyTemplate]:
    """All reply templates, in order."""
    return site.shared("desk-templates", lambda: list(ReplyTemplate.objects.all()))


def checklist(procedure_id: int) -> list[ChecklistItem]:
    """What is verified on the requests of the procedure, retired items too."""
    found = site.shared("desk-checklists", lambda: list(ChecklistItem.objects.order_by("position", "pk")))
    return [item for item in found if item.procedure_id == procedure_id]


def colleagues(department_id: int) -> list[User]:
    """Who may be handed a request of the department: copies, so that what one screen learns of them stays there."""
    found = site.shared(f"desk-colleagues-{department_id}", lambda: _colleagues(department_id))
    return [copy(user) for user in found]


def staff_changed(update_fields: Collection[str] | None = None, **_: Any) -> None:
    """Have colleagues read again when an account changes; that somebody logs in changes nothing here."""
    if update_fields is None or not set(update_fields) <= {"last_login", "password"}:
        site.bump()


def _colleagues(department_id: int) -> list[User]:
    members = DepartmentMember.objects.filter(department_id=department_id).exclude(role=DepartmentMember.Role.EDITOR)
    return list(
        User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("last_name", "first_name", "email")
    )
