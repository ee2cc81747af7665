"""Many requests in one transaction: the same services run, what they write is kept and written at once.

A service runs in its own transaction, row by row. Within a ``Batch`` the very same code leaves its rows
in memory, sealed and with their ids; ``write`` adds them with one statement a table. So a bulk action
and the same action done one by one cannot differ: there is one place for each rule.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.db import models, transaction

from cms.accounts.models import User
from procedures.inbox.models import Event, OutboxMessage, ServiceRequest
from procedures.inbox.querysets import departments_answered_by
from procedures.inbox.services import rows

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row", bound=models.Model)

CHANGING_FIELDS = (
    "status",
    "agent",
    "team",
    "department",
    "merged_into",
    "competent_on",
    "due_on",
    "announced_on",
    "due_key",
    "closed_at",
    "resident_wrote_at",
    "reopened_on",
    "mail_failed_at",
    "log_length",
    "log_head",
)
LAST_TABLES = (Event, OutboxMessage)
"""Written after the messages and notes that they name."""


class Batch:
    """Requests whose rows the caller has locked, and what services wrote about them so far.

    ``on_trial``: nothing will be written, ids are made up.
    """

    def __init__(self, requests: Iterable[ServiceRequest], *, on_trial: bool = False) -> None:
        self._requests = {request.pk: request for request in requests}
        self._on_trial = on_trial
        self._rows: list[models.Model] = []
        self._changed: dict[int, ServiceRequest] = {}
        self._ids: dict[type[models.Model], deque[int]] = {}
        self._last_ids: dict[type[models.Model], int] = {}
        self._known: dict[tuple[Any, ...], Any] = {}

    @contextmanager
    def open(self) -> Iterator[Batch]:
        """Let the services called within leave their rows here."""
        token = _current.set(self)
        try:
            yield self
        finally:
            _current.reset(token)

    def holds(self, request: ServiceRequest) -> bool:
        """Whether the row is locked and as fresh as the batch."""
        return self._requests.get(request.pk) is request

    def adopt(self, request: ServiceRequest) -> ServiceRequest:
        """Hold one more request, which changes with one of the batch; its row is locked from now on."""
        if request.pk not in self._requests:
            fresh = ServiceRequest.objects.all() if self._on_trial else ServiceRequest.objects.select_for_update()
            request.refresh_from_db(from_queryset=fresh)
            self._requests[request.pk] = request
        return self._requests[request.pk]

    def attempt(self, request: ServiceRequest, act: Callable[[], Any]) -> list[models.Model]:
        """Run a service; return the rows it left, or forget them all if it raises."""
        before, changed = len(self._rows), len(self._changed)
        try:
            act()
        except Exception:
            del self._rows[before:]
            # What an earlier one of the batch changed, on this request too, is still to be saved.
            for pk in list(self._changed)[changed:]:
                del self._changed[pk]
            raise
        return self._rows[before:]

    def put(self, row: models.Model) -> None:
        """Keep a new row, with the id that it will have."""
        row.pk = self._next_id(type(row))
        self._rows.append(row)

    def found(self, model: type[Row], pk: int) -> Row | None:
        """A row that is kept here, the latest first."""
        return next((row for row in reversed(self._rows) if isinstance(row, model) and row.pk == pk), None)

    def keep(self, request: ServiceRequest) -> None:
        """Remember that ``CHANGING_FIELDS`` of the request are to be saved."""
        self._changed[request.pk] = request

    def once(self, question: tuple[Any, ...], ask: Callable[[], R]) -> R:
        """What ``ask`` says, asked once."""
        if question not in self._known:
            self._known[question] = ask()
        return cast("R", self._known[question])

    def write(self) -> None:
        """Write everything, in the caller's transaction."""
        by_model: dict[type[models.Model], list[models.Model]] = {}
        for row in self._rows:
            by_model.setdefault(type(row), []).append(row)
        for model in sorted(by_model, key=lambda model: model in LAST_TABLES):
            rows.insert(by_model[model])
        if self._changed:
            rows.update(list(self._changed.values()), CHANGING_FIELDS)
        self._rows, self._changed = [], {}

    def _next_id(self, model: type[models.Model]) -> int:
        ids = self._ids.setdefault(model, deque())
        if not ids:
            size, given = max(len(self._requests), 1), self._last_ids.get(model, 0)
            ids.extend(range(given + 1, given + 1 + size) if self._on_trial else rows.reserve(model, size, given))
            self._last_ids[model] = ids[-1]
        return ids.popleft()


_current: ContextVar[Batch | None] = ContextVar("batch", default=None)


def one_transaction(service: Callable[P, R]) -> Callable[P, R]:
    """Run a service in a transaction of its own, or in that of the batch that is open."""
    alone = transaction.atomic(service)

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        return service(*args, **kwargs) if _current.get() else alone(*args, **kwargs)

    return run


def open_batch() -> Batch | None:
    """The batch that is open, whatever it holds."""
    return _current.get()


def batch_of(request: ServiceRequest) -> Batch | None:
    """The batch that is open, if it holds the request."""
    batch = _current.get()
    return batch if batch is not None and batch.holds(request) else None


def put(request: ServiceRequest, row: Row) -> Row:
    """Add a row about ``request``; it has its id, and is in the database once the transaction ends."""
    batch = batch_of(request)
    if batch is None:
        row.save(force_insert=True)
    else:
        batch.put(row)
    return row


def written(request: ServiceRequest, model: type[Row], pk: int | None) -> Row | None:
    """A row about ``request`` that is in the database, or will be."""
    if not pk:
        return None
    batch = batch_of(request)
    row = batch.found(model, pk) if batch is not None else None
    return row or model._default_manager.filter(pk=pk).first()


def keep(request: ServiceRequest) -> None:
    """Save what services change on a request, whose row is locked."""
    batch = batch_of(request)
    if batch is None:
        request.save(update_fields=CHANGING_FIELDS)
    else:
        batch.keep(request)


def once(question: tuple[Any, ...], ask: Callable[[], R]) -> R:
    """What the database says that is the same for many requests: asked once in a batch.

    Args:
        question: names it, with the ids that it is about.
    """
    batch = _current.get()
    return ask() if batch is None else batch.once(question, ask)


def answers_for(user: User, request: ServiceRequest) -> bool:
    """Whether ``user`` answers for the department that has the request."""
    return request.department_id in once(("departments", user.pk), lambda: frozenset(departments_answered_by(user)))
