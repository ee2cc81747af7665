"""What the inbox's screens ask of the database, as JSON: ``python -m tests.bench.inbox``.

Each screen is opened as an agent of the largest department and as an administrator; its statements are then
sent again, rows and all, and the middle of several times is kept.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
django.setup()

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from cms.accounts.models import User
from directory.models import DepartmentMember
from procedures.inbox.desk.filters import FilterForm
from procedures.inbox.desk.listing import Order
from procedures.inbox.models import ServiceRequest
from tests.bench.servers import cpu_seconds

TIMES = 7


def people() -> dict[str, User]:
    """The agent of the department with the most requests, and an administrator."""
    departments = ServiceRequest.objects.values("department").annotate(count=Count("pk")).order_by("-count")
    members = DepartmentMember.objects.filter(department_id=departments[0]["department"], role="agent")
    return {"agent": members.first().user, "admin": User.objects.filter(is_superuser=True).first()}


def middle(user: User, query: dict[str, str], order: Order) -> dict[str, str]:
    """The address of the page in the middle of a list."""
    found = FilterForm(query, user=user).narrowed().order_by(*order.names())
    count = found.count()
    row = found.values("id", order.column)[count // 2 : count // 2 + 1]
    return query | ({"after": order.write_key(row[0])} if row else {})


def screens(user: User) -> Iterator[tuple[str, dict[str, str]]]:
    """Names and addresses of what is measured."""
    district = ServiceRequest.objects.exclude(district=None).values_list("district", flat=True).first() or 0
    procedure = ServiceRequest.objects.order_by("-pk").values_list("procedure", flat=True).first() or 0
    history = {"shown": "history"}
    yield "first page", {}
    yield "middle page", middle(user, {}, Order("due_key"))
    yield "last page", {"before": "last"}
    yield "latest first", {"sort": "newest"}
    yield "answered, first page", history
    yield "answered, middle page", middle(user, history, Order("closed_at", descending=True))
    yield "answered, last page", history | {"before": "last"}
    single = {
        "status": "waiting",
        "channel": "open311",
        "procedure": str(procedure),
        "district": str(district),
        "silence": "refusal",
        "age": "90",
        "due": "overdue",
        "whose": "mine",
        "signal": "wrote",
        "received_from": "2026-01-01",
    }
    for name, value in single.items():
        yield f"filter: {name}", {name: value}
    yield "seven filters together", {name: single[name] for name in list(single)[:7]}
    yield "teams", {"whose": "teams"}
    yield "e-mail came back", {"signal": "mail"}
    yield "answered: refused by post", history | {"status": "refused", "channel": "post"}
    yield "answered: five filters", history | {n: single[n] for n in ("channel", "procedure", "district", "silence")}
    for typed in ("mar", "martin", "marie", "lefevre", "marie durand", "montfortier", "061234", "camille.martin1"):
        yield f"exact: {typed}", {"q": typed}
    for typed in ("martni", "lefevrre", "dupotn", "montfrotier", "camlile durand", "mertin", "lefvre"):
        yield f"typo: {typed}", {"q": typed}


def measure(client: Client, query: dict[str, str]) -> dict[str, Any]:
    """Milliseconds of the database and of the whole page, and how many queries."""
    address = f"{reverse('inbox:list')}?{urlencode(query)}"
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    client.get(address)
    with connection.execute_wrapper(note):
        response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return {
        "queries": len(asked),
        "ms": round(statistics.median(replay(asked) for _ in range(TIMES)), 2),
        "page": round(statistics.median(whole(client, address) for _ in range(TIMES)), 1),
        "lines": response.text.count('<tr class="inbox-line'),
    }


def processor_ms() -> float:
    """Processor time of the database so far: of this connection's server; of this process, where SQLite is."""
    if connection.vendor == "sqlite":
        return time.process_time() * 1000
    return cpu_seconds([connection.connection.info.backend_pid]) * 1000


def whole(client: Client, address: str) -> float:
    """Milliseconds of processor time of the whole page, in the site and in the database."""
    here, there = time.process_time(), processor_ms()
    client.get(address)
    spent = (time.process_time() - here) * 1000
    return spent if connection.vendor == "sqlite" else spent + processor_ms() - there


def replay(asked: list[tuple[str, Any]]) -> float:
    """Send the statements again and read their rows; milliseconds of processor time."""
    started = processor_ms()
    for sql, params in asked:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            cursor.fetchall()
    return processor_ms() - started


def main() -> None:
    """Measure every screen for both."""
    found = {}
    for role, user in people().items():
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(user)
        for name, query in screens(user):
            found[f"{role} · {name}"] = measure(client, query)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
