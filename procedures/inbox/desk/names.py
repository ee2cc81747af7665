"""Names that the list shows on every line, read once and not joined."""

from __future__ import annotations

from collections.abc import Collection

from cms.accounts.models import User
from cms.pages import site
from directory.models import Department, DepartmentMember, District
from procedures.definition.models import Procedure
from procedures.inbox.models import ServiceRequest, Team


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
    return list(Team.objects.filter(department_id=department_id))


def colleagues(department_id: int) -> list[User]:
    """Who may be handed a request of the department."""
    members = DepartmentMember.objects.filter(department_id=department_id).exclude(role=DepartmentMember.Role.EDITOR)
    return list(
        User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("last_name", "first_name", "email")
    )


def colleagues_on(request: ServiceRequest) -> list[User]:
    """Who may be handed or told of the request; asked once for each time it is read."""
    if "desk_colleagues" not in request.__dict__:  # as cached properties do
        request.__dict__["desk_colleagues"] = colleagues(request.department_id)
    found: list[User] = request.__dict__["desk_colleagues"]
    return found
