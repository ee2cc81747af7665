"""A database that went away: noticed before it is asked, told kindly when it was being asked.

Connections are kept between requests. After a restart of the database each of them is dead,
and would turn one request into an error. Asking the database « are you there? » before every request costs a
round trip; its goodbye lies in the socket already, and looking there costs a microsecond.
"""

from __future__ import annotations

import logging
import select
from typing import Any

from celery.signals import task_prerun
from django.core.signals import request_started
from django.db import connections

logger = logging.getLogger(__name__)
OUTAGES = {"OperationalError", "InterfaceError"}
"""What Django, and the drivers below it, raise when the database is not there, is starting, or hangs up (PEP 249)."""
RETRY_SECONDS = 30


def is_outage(error: BaseException | None) -> bool:
    """Whether ``error``, or what it stems from, says that the database is away."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if OUTAGES & {kind.__name__ for kind in type(error).__mro__}:
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def drop_dead_connections(**_: Any) -> None:
    """Close the idle connections whose server has hung up; the next query opens a new one."""
    for wrapper in connections.all(initialized_only=True):
        if wrapper.vendor != "postgresql" or wrapper.connection is None or wrapper.in_atomic_block:
            continue
        if _has_hung_up(wrapper.connection):
            logger.info("The database hung up; connecting again")
            wrapper.close()


def _has_hung_up(connection: Any) -> bool:
    """Whether something waits to be read on an idle connection: a goodbye (it is asked for nothing else)."""
    try:
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
        return bool(poll.poll(0))
    except Exception:  # psycopg knows already that it is closed
        return True


def connect() -> None:
    """Look before each request and each task."""
    request_started.connect(drop_dead_connections, dispatch_uid="cms.outages")
    task_prerun.connect(drop_dead_connections, dispatch_uid="cms.outages")
