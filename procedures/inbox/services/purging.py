"""The end of what a request says of somebody: announced, then documents, then everything personal.

The row, its dates, its channel, its department and its log stay, so that figures stay exact and the chain of
the log still verifies; nothing that is left points at a person. Each step is one transaction that asks for
the row again and does nothing twice; files go once it is committed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from procedures.inbox import access_link
from procedures.inbox.models import (
    Event,
    ExpertOpinion,
    Letter,
    Message,
    OutboxMessage,
    Reading,
    RequestText,
    Satisfaction,
    ServiceRequest,
)
from procedures.inbox.services.posting import post
from procedures.inbox.services.writing import SYSTEM, Author, lock, moment, record
from procedures.plugins import field_types
from procedures.uploads.keeping import forget


@transaction.atomic
def announce_purge(
    request: ServiceRequest, *, files_on: date, answers_on: date, at: datetime | None = None
) -> Event | None:
    """Tell the resident, by e-mail or by letter, when what will be deleted, and how to have a copy.

    None where it was announced since the last answer, or the request is open again.
    """
    lock(request)
    if request.closed_at is None or is_since(request.purge_announced_at, request.closed_at) or request.purged_at:
        return None
    request.purge_announced_at = moment(at)
    request.save(update_fields=["purge_announced_at"])
    days: dict[str, Any] = {"files_on": files_on, "answers_on": answers_on}
    event = record(request, Event.Kind.PURGE_ANNOUNCED, SYSTEM, request.purge_announced_at, **days)
    post(request, "purge_announced", **days)
    return event


@transaction.atomic
def purge_files(request: ServiceRequest, *, author: Author = SYSTEM, at: datetime | None = None) -> Event | None:
    """Delete all files of an answered request, and their names from its answers.

    None where that was done since the last answer, or the request is open again.
    """
    lock(request)
    if request.closed_at is None or is_since(request.files_purged_at, request.closed_at) or request.purged_at:
        return None
    number = _delete_files(request)
    _forget_file_names(request)
    request.files_purged_at = moment(at)
    request.save(update_fields=["files_purged_at", "answers"])
    return record(request, Event.Kind.FILES_PURGED, author, request.files_purged_at, files=number)


@transaction.atomic
def purge_answers(
    request: ServiceRequest, *, author: Author = SYSTEM, asked_for: bool = False, at: datetime | None = None
) -> Event | None:
    """Delete everything that points at a person: the request then is a figure with a log.

    None where it was done, or the request is open again.

    Args:
        asked_for: the resident wanted it (GDPR, article 17), before the end of keeping.
    """
    lock(request)
    if request.closed_at is None or request.purged_at:
        return None
    when = moment(at)
    number = _delete_files(request)
    for forgetter in forgetters():
        forgetter(request)
    _forget_words(request)
    _forget_others(request)
    request.requester_name = request.requester_email = request.requester_phone = ""
    request.people, request.answers, request.latitude, request.longitude = [], [], None, None
    request.resident_wrote_at = request.mail_failed_at = None
    request.purged_at = when
    request.files_purged_at = request.files_purged_at or when
    request.save(
        update_fields=[
            "requester_name",
            "requester_email",
            "requester_phone",
            "people",
            "answers",
            "latitude",
            "longitude",
            "purged_at",
            "files_purged_at",
        ]
    )
    return record(request, Event.Kind.ANSWERS_PURGED, author, when, files=number, asked_for=asked_for)


def is_since(done: datetime | None, closed: datetime) -> bool:
    """Whether something was done for the answer given at ``closed``, not for one before a reopening."""
    return done is not None and done >= closed


@cache
def forgetters() -> tuple[Callable[[ServiceRequest], object], ...]:
    """What other rooms do with what they keep of a request whose data is deleted."""
    return tuple(import_string(path) for path in settings.FORGETTERS)


def _delete_files(request: ServiceRequest) -> int:
    names = list(request.attachments.values_list("storage_name", flat=True))
    request.attachments.all().delete()
    for name in names:
        # A crash before it is done leaves a file that nobody can open; the nightly sweep of orphans takes it.
        transaction.on_commit(partial(forget, name))
    return len(names)


def _forget_file_names(request: ServiceRequest) -> None:
    """Say in the answers that the files are gone, in place of their names."""
    with_files = {kind.slug for kind in field_types if kind.takes_files}
    for answer in request.answers:
        if answer["type"] in with_files and answer["value"]:
            answer["value"], answer["searchable"] = None, ""
            for language, name in ((request.language, "shown"), (settings.LANGUAGE_CODE, "agent_shown")):
                with translation.override(language):
                    answer[name] = _("Deleted at the end of its keeping")


def _forget_words(request: ServiceRequest) -> None:
    """Empty what was written; the rows stay, for figures count them."""
    RequestText.objects.filter(request=request).update(folded="")
    Message.objects.filter(request=request).update(text="", unknown_sender="")
    request.notes.update(text="")
    request.completion_requests.update(missing=[], explanation="")
    Letter.objects.filter(request=request).update(subject="", text="", to_print=False)
    Satisfaction.objects.filter(request=request).update(words="")


def _forget_others(request: ServiceRequest) -> None:
    """Empty what says who was written to, asked outside, or read it without an account."""
    OutboxMessage.objects.filter(request=request).delete()
    ExpertOpinion.objects.filter(request=request).update(
        name="", email="", question="", answer="", shown={}, nonce=access_link.new_nonce()
    )
    Reading.objects.filter(request=request, user=None).update(name="")
