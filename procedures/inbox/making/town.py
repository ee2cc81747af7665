"""What a town must have for requests to be made up: procedures, and desks with people and teams."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from cms.accounts.models import User
from cms.accounts.roles import AGENTS, role
from directory.models import Department, DepartmentMember, District
from procedures.definition.models import Procedure, ProcedureVersion
from procedures.inbox.making import words
from procedures.inbox.models import Team
from procedures.inbox.querysets import ANSWERING_ROLES

MAIL_DOMAIN = "demandes-fictives.example"


@dataclass(frozen=True)
class Desk:
    """A department, with who answers there."""

    id: int
    name: str
    agents: tuple[tuple[int, str], ...]
    """Id and name, as the log writes it."""
    teams: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Offer:
    """A published procedure and the delays it promises."""

    procedure_id: int
    version_id: int
    department_id: int
    silence_effect: str
    delay: int
    delay_unit: str
    announced_delay_days: int
    announced_delay_unit: str


@dataclass(frozen=True)
class Town:
    """Everything that requests refer to."""

    offers: tuple[Offer, ...]
    desks: dict[int, Desk]
    districts: tuple[int, ...]


def town(agents: int, teams: int) -> Town:
    """Read the town, after giving each department that answers requests so many agents and teams.

    Made-up agents have no password and an address that no mail reaches; they are made once.
    """
    procedures = Procedure.objects.exclude(current=None).select_related("current").order_by("pk")
    offers = tuple(_offer(procedure.current) for procedure in procedures if procedure.current)
    answering = {offer.department_id for offer in offers}
    departments = {pk: name for pk, name in Department.objects.source().values_list("pk", "name") if pk in answering}
    desks = {pk: _desk(pk, name, agents, teams) for pk, name in sorted(departments.items())}
    return Town(offers, desks, tuple(District.objects.order_by("pk").values_list("pk", flat=True)))


def _offer(version: ProcedureVersion) -> Offer:
    rules = version.rules
    return Offer(
        procedure_id=version.procedure_id,
        version_id=version.pk,
        department_id=rules.department_id,
        silence_effect=str(rules.silence_effect),
        delay=rules.delay,
        delay_unit=str(rules.delay_unit),
        announced_delay_days=rules.announced_delay_days,
        announced_delay_unit=str(rules.announced_delay_unit),
    )


def _desk(pk: int, name: str, agents: int, teams: int) -> Desk:
    members = DepartmentMember.objects.filter(department_id=pk, role__in=ANSWERING_ROLES, user__is_active=True)
    for number in range(members.count(), agents):
        _hire(pk, number)
    for number in range(Team.objects.filter(department_id=pk).count(), teams):
        Team.objects.get_or_create(department_id=pk, name=f"Équipe {number + 1}")
    people = [member.user for member in members.select_related("user").order_by("pk")]
    own_teams = list(Team.objects.filter(department_id=pk).order_by("pk"))
    for place, person in enumerate(people):
        if own_teams and person.email.endswith(MAIL_DOMAIN):
            own_teams[place % len(own_teams)].members.add(person)
    unique = dict.fromkeys((person.pk, str(person)) for person in people)
    return Desk(pk, name, tuple(unique), tuple((team.pk, team.name) for team in own_teams))


def _hire(department_id: int, number: int) -> None:
    email = f"agent-{department_id}-{number}@{MAIL_DOMAIN}"
    first, last = words.FIRST_NAMES[number % 40], words.LAST_NAMES[(department_id * 7 + number) % 150]
    fields = {"first_name": first, "last_name": last, "is_staff": True, "password": make_password(None)}
    user, _made = User.objects.get_or_create(email=email, defaults=fields)
    user.groups.add(role(AGENTS))
    DepartmentMember.objects.get_or_create(user=user, department_id=department_id, role=DepartmentMember.Role.AGENT)
