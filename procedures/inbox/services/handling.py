"""Who has a request in hands: an agent, a team, another department."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cms.accounts.models import User
from directory.models import Department
from procedures.inbox.clock import city_day
from procedures.inbox.errors import NothingToSay, NotYours, SameDepartment
from procedures.inbox.models import AnnouncedUnit, Event, Note, ServiceRequest, Team
from procedures.inbox.querysets import CITY_ZONE
from procedures.inbox.services.batches import answers_for, once, one_transaction, put
from procedures.inbox.services.following import followers_of
from procedures.inbox.services.posting import post
from procedures.inbox.services.writing import Author, begin, by_agent, dates_of, moment, move_clock, record
from procedures.inbox.transitions import Action, Status


@one_transaction
def take(request: ServiceRequest, *, agent: User, at: datetime | None = None) -> Event | None:
    """Take a request in hands; None where ``agent`` had it already.

    Raises:
        AlreadyDecided: the request has its answer.
        NotYours: ``agent`` does not work for the request's department.
    """
    status = begin(request, Action.TAKE, agent=agent)
    if request.agent_id == agent.pk and request.status == status:
        return None
    request.agent, request.status = agent, status
    request.team = _team_with(request.team, agent)
    return record(request, Event.Kind.TAKEN, by_agent(agent), moment(at))


@one_transaction
def assign(request: ServiceRequest, *, to: User | Team, agent: User, at: datetime | None = None) -> Event | None:
    """Hand a request to a colleague or to a team of the department; None where they had it already.

    A team's request is nobody's until one of the team takes it.

    Raises:
        AlreadyDecided: the request has its answer.
        NotYours: ``agent`` or ``to`` does not work for the request's department.
    """
    status = begin(request, Action.ASSIGN, agent=agent)
    if isinstance(to, Team):
        if to.department_id != request.department_id:
            raise NotYours
        if (request.team_id, request.agent_id) == (to.pk, None):
            return None
        request.team, request.agent = to, None
    else:
        if not answers_for(to, request):
            raise NotYours
        if request.agent_id == to.pk:
            return None
        request.team, request.agent = _team_with(request.team, to), to
    request.status = status
    return record(request, Event.Kind.ASSIGNED, by_agent(agent), moment(at), to=str(to))


def _team_with(team: Team | None, agent: User) -> Team | None:
    """The team goes on with the request as long as whoever has it is one of them."""
    if team is None:
        return None
    is_theirs = once(("in team", team.pk, agent.pk), lambda: team.members.filter(pk=agent.pk).exists())
    return team if is_theirs else None


@one_transaction
def forward(
    request: ServiceRequest,
    *,
    department: Department,
    reason: str,
    agent: User,
    not_competent: bool = False,
    at: datetime | None = None,
) -> Event:
    """Pass a request on to the department that can answer, and tell the resident (CRPA L114-2).

    ``agent`` may see it no longer afterwards. ``reason`` is for colleagues. Requests that were
    joined to it go with it. A promise in working days counts those of the new department.

    Args:
        not_competent: this one could not decide; where silence accepts, the delay starts today (CRPA L114-3).

    Raises:
        AlreadyDecided, NotYours, SameDepartment, NothingToSay: as they say.
    """
    status, when = begin(request, Action.FORWARD, agent=agent), moment(at)
    if request.department_id == department.pk:
        raise SameDepartment
    if not reason.strip():
        raise NothingToSay
    put(request, Note(request=request, author=agent, text=reason.strip(), written_at=when))
    facts: dict[str, Any] = {"left": request.department.name, "to": department.name, "to_id": department.pk}
    before, today = dates_of(request), city_day(when, CITY_ZONE)
    request.department, request.agent, request.team, request.status = department, None, None, status
    request.competent_on = today if not_competent else request.competent_on
    if not_competent or request.announced_delay_unit == AnnouncedUnit.WORKING_DAYS:  # of its new department
        move_clock(request, today)
    moved = {name: day for name, day in dates_of(request).items() if day != before[name]}
    dates = {"due_before": before["due_on"], **dates_of(request)} if not_competent or moved else {}
    told = facts | ({"not_competent": True} if not_competent else {}) | dates
    event = record(request, Event.Kind.FORWARDED, by_agent(agent), when, **told)
    waits, days = status == Status.WAITING, {"moved_to": moved.get("due_on"), "announced_to": moved.get("announced_on")}
    post(request, "forwarded", left=facts["left"], still_waiting=waits, **days)
    _take_along(request, department, by_agent(agent), when, facts)
    return event


def _take_along(
    request: ServiceRequest, department: Department, author: Author, when: datetime, facts: dict[str, Any]
) -> None:
    """What was joined to a request goes with it."""
    for follower in followers_of(request):
        follower.department, follower.agent, follower.team = department, None, None
        record(follower, Event.Kind.FORWARDED, author, when, **facts)
        post(follower, "forwarded", left=facts["left"], still_waiting=False)
