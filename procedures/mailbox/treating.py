"""What becomes of an e-mail: a request, a message of one, a failure noted, or nothing. Once, whatever breaks."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import override

from procedures.inbox.errors import InboxError
from procedures.inbox.models import OutboxMessage, ServiceRequest
from procedures.inbox.services.bounces import note_bounce
from procedures.inbox.services.completion import answer_completion
from procedures.inbox.services.conversation import keep_from_stranger, write_as_resident
from procedures.inbox.services.filing import register_request
from procedures.inbox.services.posting import post
from procedures.inbox.transitions import Status
from procedures.mailbox.authenticity import is_forged
from procedures.mailbox.automatic import failures_in, why_automatic
from procedures.mailbox.files import Kept, kept_files
from procedures.mailbox.models import IncomingMail
from procedures.mailbox.parsing import Mail, parse
from procedures.mailbox.plain import without_quotes
from procedures.mailbox.requesting import as_request, language_of
from procedures.mailbox.sorting import bears_their_address, is_from_resident, procedure_of, request_of

logger = logging.getLogger(__name__)
State = IncomingMail.State
CLAIM = timedelta(minutes=10)
MOST_ATTEMPTS = 8
HOUR = timedelta(hours=1)


class TooMany(Exception):
    """The sender has made enough requests for now."""


def treat(pk: int) -> bool:
    """Treat the e-mail ``pk`` if it is due; tell whether it is done with."""
    now = timezone.now()
    row = _claim(pk, now)
    if row is None:
        return False
    try:
        with storages["private"].open(row.storage_name) as file:
            mail = parse(file.read())
        _treat(row, mail)
    except TooMany:
        IncomingMail.objects.filter(pk=pk).update(next_attempt_at=now + HOUR, attempts=F("attempts") - 1)
        return False
    except Exception as problem:
        # Whatever an e-mail does to the code, the others must be treated, and somebody must see this one.
        logger.exception("E-mail %s was not treated (attempt %s)", pk, row.attempts)
        _try_again(row, problem, now)
        return False
    return True


def _claim(pk: int, now: datetime) -> IncomingMail | None:
    """Take an e-mail for this process alone, for a few minutes; None where it is not due."""
    won = IncomingMail.objects.due(now).filter(pk=pk).order_by()
    taken = won.update(next_attempt_at=now + CLAIM, attempts=F("attempts") + 1)
    return IncomingMail.objects.get(pk=pk) if taken else None


def _try_again(row: IncomingMail, problem: Exception, now: datetime) -> None:
    row.reason = f"{type(problem).__name__}: {problem}".replace("\x00", "")[:200]
    row.next_attempt_at = now + timedelta(minutes=2**row.attempts)
    if row.attempts >= MOST_ATTEMPTS:
        row.state = State.FAILED
    row.save(update_fields=["reason", "next_attempt_at", "state"])


def _treat(row: IncomingMail, mail: Mail) -> None:
    if failures := failures_in(mail):
        for failure in failures:
            letter = OutboxMessage.objects.select_related("request").filter(key=failure.key).first()
            if letter is not None:
                note_bounce(letter, failure.problem)
                row.request = letter.request
        _done(row, State.BOUNCE, "")
    elif why := why_automatic(mail):
        _done(row, State.IGNORED, why)
    elif (request := request_of(mail)) is not None:
        _join(row, mail, request)
    else:
        _file(row, mail)


def _join(row: IncomingMail, mail: Mail, request: ServiceRequest) -> None:
    """Add it to the conversation; where nothing shows that the resident wrote it, for agents alone."""
    text = _with_size(row, without_quotes(mail.text, _marks()), request.language)
    with kept_files(mail, request.language) as kept, transaction.atomic():
        row.request = request
        if not is_from_resident(mail, request):
            with suppress(InboxError):  # it says nothing
                keep_from_stranger(request, sender=mail.sender, text=text, files=kept.files, key=_key(row))
            why = "dmarc" if is_forged(mail) else "unverified" if bears_their_address(mail, request) else ""
            _done(row, State.STRANGER, why)
            return
        with suppress(InboxError):
            _hand_in(request, text, kept, _key(row))
        _tell_refused(request, kept)
        _done(row, State.JOINED, "")


def _hand_in(request: ServiceRequest, text: str, kept: Kept, key: UUID) -> None:
    """What was asked for, if something is awaited and files came; else a message."""
    request.refresh_from_db(fields=["status"])
    service = answer_completion if request.status == Status.WAITING and kept.files else write_as_resident
    service(request, text=text, files=kept.files, key=key, by_email=True)


def _file(row: IncomingMail, mail: Mail) -> None:
    """Make a request of it; the receipt is the only answer, and it goes to the address it came from."""
    recent = IncomingMail.objects.requests_of(mail.sender, timezone.now() - HOUR).count()
    if recent >= settings.MAILBOX_PER_SENDER:
        raise TooMany
    procedure = procedure_of(mail)
    if procedure is None or procedure.current is None:
        raise LookupError("No procedure for this e-mail: set MAILBOX_PROCEDURE, or a route")
    language = language_of(mail, procedure.current)
    whole = replace(mail, text=_with_size(row, mail.text, language))
    with kept_files(mail, language) as kept, transaction.atomic():
        new = as_request(whole, procedure.current, language, tuple(kept.files), key=_key(row))
        row.request = register_request(new)
        _tell_refused(row.request, kept)
        _done(row, State.FILED, "")


def _tell_refused(request: ServiceRequest, kept: Kept) -> None:
    if kept.refused:
        post(request, "files_refused", refused=kept.refused[:20])


def _with_size(row: IncomingMail, text: str, language: str) -> str:
    """The text; of an e-mail too large to be fetched, what the agent has to know instead."""
    if not row.is_cut:
        return text
    with override(language):
        megabytes = {"size": row.size_bytes // (1024 * 1024), "folder": settings.MAILBOX_DONE_FOLDER}
        return _now(
            "[An e-mail of %(size)s MB, too large to be read here: it is in the mailbox, folder %(folder)s.]"
        ) % (megabytes)


def _done(row: IncomingMail, state: State, reason: str) -> None:
    """Note it in the transaction that did it: a crash before leaves the e-mail to be treated again."""
    row.state, row.reason, row.treated_at = state, reason, timezone.now()
    row.save(update_fields=["state", "reason", "treated_at", "request"])


def _key(row: IncomingMail) -> UUID:
    """The same however often the e-mail is treated."""
    return uuid5(NAMESPACE_URL, f"parvis-mail-{row.fingerprint}")


def _marks() -> tuple[str, ...]:
    """The line of our letters above which one answers, in every language."""
    marks = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            marks.append(_now("Write your answer above this line"))
    return tuple(marks)
