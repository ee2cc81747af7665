"""What the mediator does: recommend, propose a way out, end the mediation, publish the report of a year."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.accounts.models import User
from procedures.inbox.complaints import subject_of
from procedures.inbox.errors import NothingToSay, NotPossibleNow
from procedures.inbox.models import Event, Message, Note, ServiceRequest
from procedures.inbox.services import decision
from procedures.inbox.services.conversation import write_note, write_to_resident
from procedures.inbox.services.posting import post_to_staff
from procedures.inbox.services.writing import begin, by_agent, lock, moment, record
from procedures.inbox.transitions import Action
from procedures.mediation.figures import figures_of
from procedures.mediation.models import Ending, MediatorReport, Outcome, Recommendation


@transaction.atomic
def recommend(complaint: ServiceRequest, *, text: str, agent: User, at: datetime | None = None) -> Recommendation:
    """Recommend something to the department that a complaint is about: a note on its request, and on the complaint.

    Raises:
        NotYours: ``agent`` does not have the complaint in hands.
        NotPossibleNow: the complaint is tied to no request.
        NothingToSay: ``text`` is empty.
    """
    write_note(complaint, text=text, agent=agent, at=at)
    note = _tell_department(complaint, text, agent, moment(at))
    return Recommendation.objects.create(complaint=complaint, note=note, made_at=note.written_at)


@transaction.atomic
def propose(complaint: ServiceRequest, *, text: str, agent: User, at: datetime | None = None) -> Message:
    """Propose a way out to both sides: a message to the resident, a note for the department where it is known.

    Raises:
        NotYours, NothingToSay: nothing was written.
    """
    message = write_to_resident(complaint, text=text, agent=agent, at=at)
    if subject_of(complaint) is not None:
        _tell_department(complaint, text, agent, message.sent_at)
    return message


@transaction.atomic
def end_mediation(
    complaint: ServiceRequest, *, outcome: str, text: str, agent: User, at: datetime | None = None
) -> Ending:
    """End a mediation, and tell the resident that the time limit of an appeal starts anew (L213-6 CJA).

    Args:
        outcome: one of ``Outcome``.
        text: for the resident, why it ends so.

    Raises:
        NotYours, AlreadyDecided: as for any decision.
        NothingToSay: ``text`` is empty.
    """
    begin(complaint, Action.CLOSE, agent=agent)
    if not text.strip():
        raise NothingToSay
    when = moment(at)
    told = {"outcome": Outcome(outcome), "ended_at": when}
    ending, _made = Ending.objects.update_or_create(complaint=complaint, defaults=told)
    with override(complaint.language):
        anew = _(
            "The mediation ends today. The time limit for going to the administrative court, which your complaint had"
            " interrupted, starts anew today, in full."
        )
    decision.close(complaint, agent=agent, reason=f"{text.strip()}\n\n{anew}", at=when)
    return ending


def _tell_department(complaint: ServiceRequest, text: str, agent: User, when: datetime) -> Note:
    """Leave the mediator's words on the request that the complaint is about; the agent who has it is told."""
    subject = subject_of(complaint)
    if subject is None:
        raise NotPossibleNow
    lock(subject)
    words = _("Complaint %(number)s, the mediator writes:") % {"number": complaint.number}
    note = Note.objects.create(request=subject, author=agent, text=f"{words}\n\n{text.strip()}", written_at=when)
    record(subject, Event.Kind.NOTED, by_agent(agent), when, visible=False, note_id=note.pk, complaint_id=complaint.pk)
    if subject.agent is not None:
        post_to_staff(subject, subject.agent, "staff_mentioned", by=str(agent))
    return note


@transaction.atomic
def publish_report(report: MediatorReport, *, by: User, at: datetime | None = None) -> None:
    """Publish the report of a year with its figures as they are now; published again, they are counted again."""
    report.figures = figures_of(report.year).as_json()
    report.published_at, report.published_by = moment(at), by
    report.save()


@transaction.atomic
def withdraw_report(report: MediatorReport) -> None:
    """Take a report from the site; its words stay for its author."""
    report.published_at, report.published_by = None, None
    report.save(update_fields=["published_at", "published_by"])
