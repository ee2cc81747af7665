"""One service on many requests: chunk by chunk, each request by the rules it would meet alone."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, ForeignKey, ManyToOneRel, Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from cms.pages import site
from procedures.inbox.errors import InboxError
from procedures.inbox.models import (
    Attachment,
    CompletionRequest,
    Event,
    Letter,
    Message,
    OutboxMessage,
    ServiceRequest,
)
from procedures.inbox.rows import AnyOf
from procedures.inbox.services.batches import Batch
from procedures.inbox.surveys import KIND

logger = logging.getLogger(__name__)

Act = Callable[[ServiceRequest], Any]

MOST_REQUESTS = 10_000
"""In one bulk action: what an agent can answer for, and what a preview can try."""


@dataclass(frozen=True)
class Result:
    """What became of one request."""

    pk: int
    refusal: str = ""
    """Why nothing was done, in words; "" where it was."""
    changed: bool = False
    """False as well where it was so already."""
    letters: int = 0
    """Messages that leave for it."""
    papers: int = 0
    """Letters that are owed on paper for it."""
    unreachable: bool = False
    """There is no e-mail address, and no letter is owed."""
    words: str = ""
    """What the resident reads."""
    is_gone: bool = False
    """There is no such request any more."""


LARGE = ("answers", "people", "fee_lines")
"""Columns that most services do not look at."""


SHARED = ("department", "agent", "team", "procedure", "version")
"""What services read that many requests have in common."""
OWN: dict[str, QuerySet[Any]] = {
    "completion_requests": CompletionRequest.objects.all(),
    "attachments": Attachment.objects.filter(sensitive=True),
    "outbox": OutboxMessage.objects.filter(kind=KIND),
    "duplicates": ServiceRequest.objects.all(),
}
"""What is a request's own: of its files those deleted with the answer, of its messages the question how it went."""


def chunk_size() -> int:
    """Requests in one transaction: SQLite has one writer, who should not keep others waiting."""
    return 1_000 if connection.vendor == "postgresql" else 100


def act_on(pks: Sequence[int], act: Act) -> list[Result]:
    """Do the same to a chunk of requests, within the caller's transaction.

    A refusal is a result, not an error. Should anything unforeseen break, the chunk is done one by
    one, and only what breaks is left out.

    Raises:
        OperationalError, InterfaceError: the database does not answer; nothing is written.
    """
    try:
        with transaction.atomic():
            return _together(pks, act)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("A chunk of %s requests is done one by one", len(pks))
        return [_alone(pk, act) for pk in pks]


def try_on(pks: Sequence[int], act: Act, *, for_seconds: float = 60) -> list[Result]:
    """Tell what ``act_on`` would do, by doing it in memory; nothing is written, no row is locked.

    Returns:
        The results of the first ones, as many as there was time for: somebody waits for the page.
    """
    size, until = chunk_size(), time.monotonic() + for_seconds
    results: list[Result] = []
    for start in range(0, len(pks), size):
        if results and time.monotonic() > until:
            break
        with transaction.atomic():
            results += _together(pks[start : start + size], act, on_trial=True)
            transaction.set_rollback(True)  # should a service have written by itself
    return results


def _together(pks: Sequence[int], act: Act, *, on_trial: bool = False) -> list[Result]:
    rows = ServiceRequest.objects.filter(AnyOf(F("pk"), pks)).defer(*LARGE).order_by("pk")
    locked = list(rows if on_trial else rows.select_for_update(of=("self",)))
    read_ties(locked)
    _read_what_letters_need([request for request in locked if not request.requester_email])
    batch, results = Batch(locked, on_trial=on_trial), {}
    with batch.open(), site.steady():
        for request in locked:
            try:
                left = batch.attempt(request, lambda: act(request))  # noqa: B023 - called at once
            except InboxError as refusal:
                results[request.pk] = Result(request.pk, str(refusal))
            else:
                results[request.pk] = Result(
                    request.pk,
                    changed=any(isinstance(row, Event) for row in left),
                    letters=sum(isinstance(row, OutboxMessage) for row in left),
                    papers=sum(isinstance(row, Letter) for row in left),
                    unreachable=not request.requester_email and not any(isinstance(row, Letter) for row in left),
                    words=next((row.text for row in left if isinstance(row, Message)), ""),
                )
    if not on_trial:
        batch.write()
    return [results.get(pk) or Result(pk, _("This request is no longer there."), is_gone=True) for pk in pks]


def read_ties(requests: list[ServiceRequest]) -> None:
    """Read all that services look at, in a few queries for all; of files and messages, only what concerns them.

    As ``prefetch_related`` does, which makes a query set for each request and tie, though most have no rows.
    """
    for name in SHARED:
        field = cast("ForeignKey[Any, Any]", ServiceRequest._meta.get_field(name))
        ids = {getattr(request, field.attname) for request in requests} - {None}
        found = field.related_model._base_manager.in_bulk(ids) if ids else {}
        for request in requests:
            if (row := found.get(getattr(request, field.attname))) is not None:
                field.set_cached_value(request, row)
    pks = [request.pk for request in requests]
    for name, rows in OWN.items():
        key = _key_of(name)
        found_for = set(rows.filter(AnyOf(F(key), pks)).order_by().values_list(key, flat=True))
        prefetch_related_objects([one for one in requests if one.pk in found_for], Prefetch(name, rows.all()))
        nothing = rows.none()
        len(nothing)  # evaluated once, for all
        for request in requests:
            if request.pk not in found_for:
                vars(request).setdefault("_prefetched_objects_cache", {})[name] = nothing


def _key_of(name: str) -> str:
    return cast("ManyToOneRel", ServiceRequest._meta.get_field(name)).field.attname


def _read_what_letters_need(requests: list[ServiceRequest]) -> None:
    """Whoever has no e-mail address is written to on paper, to the address among the answers: read them all at once."""
    by_pk = {request.pk: request for request in requests}
    for pk, *values in ServiceRequest.objects.filter(AnyOf(F("pk"), by_pk)).values_list("pk", *LARGE):
        vars(by_pk[pk]).update(zip(LARGE, values, strict=True))


def _alone(pk: int, act: Act) -> Result:
    try:
        with transaction.atomic():
            return _together([pk], act)[0]
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("Nothing could be done to request %s", pk)
        return Result(pk, _("Something went wrong with this request: tell those who run the site."))
