"""Filing a complaint from the page of the request it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from procedures.definition.models import ProcedureVersion
from procedures.inbox.complaints import complaint_version, complaints_from_page_of, may_be_complained_about
from procedures.inbox.errors import AlreadyComplained, NothingToSay, NotPossibleNow
from procedures.inbox.models import ServiceRequest
from procedures.inbox.received import Answer, NewRequest, ReceivedFile, Requester
from procedures.inbox.services.complaint_links import FROM_THE_PAGE, tie_complaint
from procedures.inbox.services.filing import register_request
from procedures.inbox.services.writing import lock
from procedures.inbox.transitions import Channel


@transaction.atomic
def file_complaint(
    target: ServiceRequest,
    *,
    wrong: str,
    wanted: str,
    key: UUID,
    may_show: bool = False,
    files: Sequence[ReceivedFile] = (),
    at: datetime | None = None,
) -> ServiceRequest:
    """Make the complaint: a request of its own, with its number, receipt and clock, in the mediator's hands.

    Args:
        key: the same key gives the same complaint, sent once or twice.
        may_show: whether the department may read these words.

    Raises:
        NotPossibleNow: the city takes no complaints, or the service had no chance to answer yet.
        AlreadyComplained: one from the same page is open; one that merely names its number hinders nobody.
        NothingToSay: what is wrong is not said.
    """
    lock(target)
    sent = ServiceRequest.objects.filter(idempotency_key=key).first()
    if sent:
        return sent
    new = NewRequest(
        version=_form_for(target),
        language=target.language,
        channel=Channel.PORTAL,
        requester=Requester(target.requester_name, target.requester_email, target.requester_phone),
        idempotency_key=key,
        answers=_answers(target, wrong.strip(), wanted.strip(), may_show),
        files=tuple(files),
        received_at=at,
    )
    if not wrong.strip():
        raise NothingToSay
    complaint = register_request(new)
    tie_complaint(complaint, target, at=complaint.received_at)
    return complaint


def _form_for(target: ServiceRequest) -> ProcedureVersion:
    """The form that complaints are filed by, if one may be filed about ``target``."""
    version = complaint_version()
    if version is None or not may_be_complained_about(target):
        raise NotPossibleNow
    if complaints_from_page_of(target).open().exists():
        raise AlreadyComplained
    return version


def _answers(target: ServiceRequest, wrong: str, wanted: str, may_show: bool) -> tuple[Answer, ...]:
    return (
        _answer(target, FROM_THE_PAGE, "short_text", _("Request that the complaint is about"), target.number),
        _answer(target, "complaint-wrong", "long_text", _("What went wrong"), wrong),
        _answer(target, "complaint-wanted", "long_text", _("What would settle it"), wanted),
        _answer(
            target,
            "complaint-shown",
            "yes_no",
            _("The department may read these words"),
            _("Yes") if may_show else _("No"),
            value=may_show,
        ),
    )


def _answer(
    target: ServiceRequest, id: str, type: str, label: Promise, shown: str | Promise, value: str | bool | None = None
) -> Answer:
    """An answer in the resident's words and in the city's."""
    with override(target.language):
        seen = (str(label), str(shown))
    with override(settings.LANGUAGE_CODE):
        by_agents = (str(label), str(shown))
    return Answer(id, type, str(shown) if value is None else value, *seen, *by_agents)
