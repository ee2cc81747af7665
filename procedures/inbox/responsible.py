"""Who is told about a request: whoever has it in hands, else the team, else the heads."""

from __future__ import annotations

from functools import cached_property

from cms.accounts.models import User
from directory.models import DepartmentMember
from procedures.inbox.models import ServiceRequest, Team

ANSWERING = (DepartmentMember.Role.AGENT, DepartmentMember.Role.HEAD)


class Staff:
    """The staff as it is when this is made: three queries, whatever the number of requests."""

    @cached_property
    def _people(self) -> dict[int, User]:
        return {user.pk: user for user in User.objects.filter(is_active=True, is_staff=True)}

    @cached_property
    def _members(self) -> dict[int, dict[int, str]]:
        """Roles of those who answer, by department and user."""
        members: dict[int, dict[int, str]] = {}
        rows = DepartmentMember.objects.filter(role__in=ANSWERING).order_by("role")  # head last: it wins
        for department_id, user_id, role in rows.values_list("department_id", "user_id", "role"):
            members.setdefault(department_id, {})[user_id] = role
        return members

    @cached_property
    def _teams(self) -> dict[int, list[int]]:
        teams: dict[int, list[int]] = {}
        for team_id, user_id in Team.members.through.objects.values_list("team_id", "user_id"):
            teams.setdefault(team_id, []).append(user_id)
        return teams

    def to_tell(self, request: ServiceRequest, *, heads: bool = False) -> list[User]:
        """Whom to tell, all of them of the request's department; where nobody leads it, whoever works there."""
        members = self._members.get(request.department_id, {})
        leading = [pk for pk, role in members.items() if role == DepartmentMember.Role.HEAD]
        if heads:
            choices = [leading, list(members)]
        else:
            agent = [request.agent_id] if request.agent_id else []
            team = self._teams.get(request.team_id, []) if request.team_id else []
            choices = [agent, team, leading, list(members)]
        for chosen in choices:
            here = [self._people[pk] for pk in chosen if pk in self._people and pk in members]
            if here:
                return here
        return []
