"""Who has a request in hands."""

from __future__ import annotations

from datetime import datetime

from cms.accounts.models import User
from directory.models import Department
from procedures.inbox.errors import NothingToSay, NotYours, SameDepartment
from procedures.inbox.models import Event, Note, ServiceRequest
from procedures.inbox.services.batches import answers_for, one_transaction, put
from procedures.inbox.services.posting import post
from procedures.inbox.services.writing import begin, by_agent, moment, record
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
    return record(request, Event.Kind.TAKEN, by_agent(agent), moment(at))


@one_transaction
def assign(request: ServiceRequest, *, to: User, agent: User, at: datetime | None = None) -> Event | None:
    """Hand a request to a colleague of the department; None where ``to`` had it already.

    Raises:
        AlreadyDecided: the request has its answer.
        NotYours: ``agent`` or ``to`` does not work for the request's department.
    """
    status = begin(request, Action.ASSIGN, agent=agent)
    if not answers_for(to, request):
        raise NotYours
    if request.agent_id == to.pk:
        return None
    request.agent, request.status = to, status
    return record(request, Event.Kind.ASSIGNED, by_agent(agent), moment(at), to=str(to))


@one_transaction
def forward(
    request: ServiceRequest, *, department: Department, reason: str, agent: User, at: datetime | None = None
) -> Event:
    """Pass a request on to the department that can answer, and tell the resident (CRPA L114-2).

    ``agent`` may see it no longer afterwards. ``reason`` is for colleagues.

    Raises:
        AlreadyDecided, NotYours: as ever.
        SameDepartment: ``department`` has the request.
        NothingToSay: ``reason`` is empty.
    """
    status = begin(request, Action.FORWARD, agent=agent)
    if request.department_id == department.pk:
        raise SameDepartment
    if not reason.strip():
        raise NothingToSay
    left = request.department
    request.department, request.agent, request.status = department, None, status
    put(request, Note(request=request, author=agent, text=reason.strip(), written_at=moment(at)))
    event = record(
        request,
        Event.Kind.FORWARDED,
        by_agent(agent),
        moment(at),
        left=left.name,
        to=department.name,
        to_id=department.pk,
    )
    post(request, "forwarded", left=left.name, still_waiting=status == Status.WAITING)
    return event
