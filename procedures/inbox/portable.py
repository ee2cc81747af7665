"""What the city keeps of a request, to hand to whoever it is about: JSON that machines read, PDF that people do.

GDPR, articles 15 and 20; CRPA L311-1 for what agents noted.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation

from cms.formats.pdf import is_available
from procedures.inbox.models import ServiceRequest
from procedures.inbox.papers import request_pdf

logger = logging.getLogger(__name__)
IN_MEMORY_BYTES = 5 * 1024 * 1024
"""A larger archive goes through a file."""
FORMAT = 1
"""Of the JSON: raised when a name changes its meaning."""


def data_of(request: ServiceRequest, *, whole: bool) -> dict[str, Any]:
    """Everything personal that is kept of ``request``.

    Args:
        whole: also what agents noted, opinions from outside, and when it was opened: read over before it leaves.
    """
    data: dict[str, Any] = {
        "number": request.number,
        "procedure": request.version.in_language(request.language).title,
        "department": str(request.department),
        "channel": request.channel,
        "language": request.language,
        "status": request.status,
        "received_at": request.received_at,
        "closed_at": request.closed_at,
        "legal_date": request.due_on,
        "announced_date": request.announced_on,
        "requester": {
            "name": request.requester_name,
            "email": request.requester_email,
            "phone": request.requester_phone,
        },
        "people": request.people,
        "place": {"latitude": request.latitude, "longitude": request.longitude},
        "fee_cents": request.fee_cents,
        "answers": [{"question": a["label"], "answer": a["shown"], "value": a["value"]} for a in request.answers],
        "messages": list(_messages(request, from_strangers=False)),
        "asked_for": list(request.completion_requests.values("asked_at", "by", "missing", "explanation")),
        "letters": list(request.letters.values("made_at", "subject", "text")),
        "satisfaction": list(type(request).objects.filter(pk=request.pk).values(*SATISFACTION)),
        "files": list(
            request.attachments.of_the_resident().values("original_name", "media_type", "size_bytes", "received_at")
        ),
        "history": list(
            request.events.filter(visible_to_resident=True).values("at", "kind", "actor_kind", "actor_name")
        ),
    }
    return data | (_behind(request) if whole else {})


SATISFACTION = ("satisfaction__step", "satisfaction__words", "satisfaction__at")


def _messages(request: ServiceRequest, *, from_strangers: bool) -> Any:
    """The conversation, or what came about it from unknown addresses: that is for agents to read first."""
    asked = request.messages.exclude if from_strangers else request.messages.filter
    return asked(unknown_sender="").values("sent_at", "from_resident", "kind", "text")


def _behind(request: ServiceRequest) -> dict[str, Any]:
    """What the resident's page does not show; who opened it is told by way and time, not by name.

    Of the e-mails, those to the resident: addresses of colleagues and experts are theirs.
    """
    theirs = request.outbox.filter(recipient=request.requester_email)
    return {
        "from_unknown_addresses": list(_messages(request, from_strangers=True)),
        "notes": list(request.notes.values("written_at", "text")),
        "opinions": list(request.opinions.values("asked_at", "question", "answer", "answered_at")),
        "opened": list(request.readings.values("at", "way")),
        "messages_sent": list(theirs.values("created_at", "kind", "recipient", "state", "sent_at")),
    }


def archive(requests: Iterable[ServiceRequest], *, whole: bool, more: dict[str, Any] | None = None) -> Any:
    """A ZIP archive: for each request its data as JSON, as PDF, and its files; what cannot be drawn is left out.

    Args:
        more: files to add as JSON, by name.

    Returns:
        An open temporary file, at its beginning; the caller closes it.
    """
    spool: Any = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - the response closes it
    with ZipFile(spool, "w", ZIP_DEFLATED) as bundle:
        for request in requests:
            for name, content in _contents(request, whole):
                bundle.writestr(f"{request.number}/{name}", content)
        for name, value in (more or {}).items():
            bundle.writestr(name, _as_json(value))
    spool.seek(0)
    return spool


def _contents(request: ServiceRequest, whole: bool) -> Iterator[tuple[str, str | bytes]]:
    number = request.number
    yield f"{number}.json", _as_json({"format": FORMAT, **data_of(request, whole=whole)})
    if is_available() and request.purged_at is None:
        try:
            with translation.override(request.language):
                yield f"{number}.pdf", request_pdf(request)
        except Exception:
            logger.exception("The copy of %s could not be drawn; its data leaves without it", number)
    taken: set[str] = set()
    for file in request.attachments.of_the_resident():
        if not file.may_be_opened:
            continue
        try:
            with file.open() as stream:
                yield f"files/{_free_name(file.original_name, taken)}", stream.read()
        except FileNotFoundError:
            logger.warning("File %s of %s is not in the storage", file.pk, number)


def _free_name(name: str, taken: set[str]) -> str:
    """``name`` without folders, told from another of the same name by a number."""
    path = PurePosixPath(PurePosixPath(name).name or "file")
    free, number = str(path), 2
    while free.casefold() in taken:
        free, number = f"{path.stem}-{number}{path.suffix}", number + 1
    taken.add(free.casefold())
    return free


def _as_json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
