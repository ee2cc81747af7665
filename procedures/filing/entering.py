"""What an agent enters for somebody: who that is, what came on paper, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.accounts.models import User
from procedures.definition.models import Procedure
from procedures.definition.rows import own_id
from procedures.fields.persons import REQUESTER, whose
from procedures.filing.attachments import FOLDER
from procedures.filing.holding import current_version
from procedures.filing.journey import Journey
from procedures.filing.models import PERSON, SCAN, Draft, DraftUpload
from procedures.filing.sending import requester
from procedures.inbox.duplicates import is_same_person
from procedures.inbox.models import Note, ServiceRequest
from procedures.inbox.places import position_in
from procedures.inbox.querysets import CITY_ZONE, city_today
from procedures.inbox.received import ReceivedFile, Requester
from procedures.inbox.services.conversation import keep_from_stranger, write_note
from procedures.inbox.services.filing import attach
from procedures.uploads.keeping import keep

RECEIVED_ON = "received_on"
"""In a draft's data: the day that a letter came (ISO)."""
KNOWN = ("name", "given-name", "family-name", "email", "tel", "street-address", "postal-code", "address-level2")
"""Claims that are taken over from an earlier request: who somebody is and how to reach them."""


def begin_entry(
    agent: User,
    procedure: Procedure,
    channel: str,
    language: str,
    *,
    person: ServiceRequest | None = None,
    received_on: date | None = None,
    scans: Iterable[UploadedFile] = (),
) -> Draft:
    """Make the draft that ``agent`` fills in for somebody.

    Args:
        person: an earlier request of theirs, which the agent may see.
        received_on: the day that a letter came, where that is not today.
        scans: the letter, checked; kept with the draft, then with the request.

    Raises:
        ValidationError: a scan holds a virus.
    """
    kept = [keep(scan, FOLDER) for scan in scans]
    data: dict[str, object] = {}
    if person is not None:
        data[PERSON] = claims_of(person)
    if received_on is not None and received_on < city_today():
        data[RECEIVED_ON] = received_on.isoformat()
    with transaction.atomic():
        draft = Draft.objects.create(
            procedure=procedure,
            version=current_version(procedure),
            language=language,
            channel=channel,
            entered_by=agent,
            data=data,
        )
        for file in kept:
            DraftUpload.objects.create(draft=draft, question_id=SCAN, **vars(file))
    return draft


def claims_of(request: ServiceRequest) -> dict[str, str]:
    """What an earlier request says of who made it, under ``autocomplete`` tokens."""
    known = {"name": request.requester_name, "email": request.requester_email, "tel": request.requester_phone}
    questions = request.version.in_language(request.language).question_by_id
    for answer in request.answers:
        question = questions.get(own_id(answer["question_id"]))
        if question is not None and whose(question) == REQUESTER and answer["value"]:
            known = {**question.field_type.claims(answer["value"], question), **known}
    return {token: known[token] for token in KNOWN if known.get(token)}


def received_at(draft: Draft) -> datetime | None:
    """When what the agent enters came; None is now."""
    day = draft.data.get(RECEIVED_ON)
    return datetime.combine(date.fromisoformat(day), time(12), tzinfo=CITY_ZONE) if day else None


def foretold(draft: Draft, journey: Journey, requester: Requester) -> ServiceRequest:
    """The request that the draft would make, not saved: enough to find one like it."""
    where = position_in(journey.path.answers.values())
    return ServiceRequest(
        procedure=draft.procedure,
        requester_name=requester.name,
        requester_email=requester.email,
        requester_phone=requester.phone,
        latitude=where.latitude,
        longitude=where.longitude,
        received_at=timezone.now(),
    )


@transaction.atomic
def join_to(key: UUID, request: ServiceRequest, *, agent: User) -> Note | None:
    """Put what was typed in a note of a request that is there already, and end the draft; nothing new is filed.

    The letter of somebody else, a neighbour who reports the same, is for agents: the resident's page does not show it.
    None where the draft is gone: the button was pressed twice.

    Raises:
        NotYours: ``agent`` does not work for the request's department.
    """
    draft = Draft.objects.select_for_update().filter(key=key, entered_by=agent).first()
    if draft is None:
        return None
    journey = Journey(draft.version.in_language(draft.language), draft.data.get("answers", {}))
    lines = [
        f"{question.label}: {shown}"
        for step in journey.path.steps
        for question in journey.questions(step)
        if (shown := question.field_type.display(journey.path.answers.get(question.id), question))
    ]
    head = _("Asked again (%(channel)s):") % {"channel": draft.get_channel_display()}
    note = write_note(request, text="\n".join([head, *lines]), agent=agent)
    files, who = tuple(_received(file) for file in draft.uploads.all()), requester(journey)
    if not files or is_same_person(foretold(draft, journey, who), request):
        attach(request, files, timezone.now())
    else:
        sender = who.name or who.email or who.phone or draft.get_channel_display()
        keep_from_stranger(request, sender=sender, text="", files=files, by_email=False)
    draft.delete()
    return note


def _received(file: DraftUpload) -> ReceivedFile:
    return ReceivedFile(
        storage_name=file.storage_name,
        original_name=file.original_name,
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        sha256=file.sha256,
        question_id=SCAN,
        scan=file.scan,
    )
