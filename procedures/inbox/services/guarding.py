"""Two agents on one request: the second is told what the first did, before anything is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import OperationalError, transaction

from procedures.inbox.errors import Busy, ChangedMeanwhile
from procedures.inbox.models import ServiceRequest
from procedures.inbox.services.merging import lock_in_order

T = TypeVar("T")


def unless_changed(request: ServiceRequest, seen: int | None, service: Callable[..., T], **arguments: Any) -> T:
    """Call ``service`` if nothing happened to the request since its log was ``seen`` events long.

    The rows of all requests among the arguments are locked first, in one order, so that
    nothing comes between the look and the act.

    Args:
        seen: None calls the service whatever happened.

    Raises:
        ChangedMeanwhile: somebody was quicker.
        Busy: two transactions waited for each other; nothing was written.
    """
    others = [value for value in arguments.values() if isinstance(value, ServiceRequest) and value.pk != request.pk]
    try:
        with transaction.atomic():
            lock_in_order(request, *others)
            if seen is not None and request.log_length > seen:
                raise ChangedMeanwhile(seen)
            return service(request, **arguments)
    except OperationalError as problem:
        raise Busy from problem
