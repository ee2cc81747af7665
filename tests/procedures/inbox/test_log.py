"""The log: added to, never changed, and it shows."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import ProtectedError

from procedures.inbox.models import Event
from procedures.inbox.services.conversation import write_note
from procedures.inbox.services.handling import take

pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(request_, agent):
    take(request_, agent=agent)
    write_note(request_, text="Vu", agent=agent)
    return request_


def verify() -> str:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_log", stdout=out, stderr=err)
    except CommandError as error:
        return f"{err.getvalue()}{error}"
    return out.getvalue()


def tamper(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_untouched_log_is_whole(logged):
    assert verify() == "3 events of 1 requests: every chain is whole\n"


def test_events_follow_each_other(logged):
    events = list(logged.events.all())
    assert [event.seq for event in events] == [1, 2, 3]
    assert events[0].previous_hash == ""
    assert [event.previous_hash for event in events[1:]] == [event.hash for event in events[:-1]]


@pytest.mark.parametrize(
    ("column", "value"),
    [("actor_name", "Quelqu’un"), ("kind", "accepted"), ("data", '{"a": 1}'), ("at", "2020-01-01 00:00:00+00:00")],
)
def test_changed_event_is_noticed(logged, column, value):
    tamper(f"UPDATE inbox_event SET {column} = %s WHERE seq = 2", value)
    assert f"{logged.number} event 2: changed since it was written" in verify()


def test_rewritten_seal_breaks_the_next_link(logged):
    event = logged.events.get(seq=2)
    event.actor_name = "Quelqu’un"
    tamper("UPDATE inbox_event SET actor_name = %s, hash = %s WHERE seq = 2", event.actor_name, event.seal())
    assert "event 3: does not follow" in verify()


def test_removed_event_is_noticed(logged):
    tamper("DELETE FROM inbox_event WHERE seq = 2")
    assert "event 2: event missing" in verify()


def test_events_cut_off_the_end_are_noticed(logged):
    tamper("DELETE FROM inbox_event WHERE seq = 3")
    assert "end of the log missing" in verify()


def test_chain_holds_when_an_agents_account_is_removed(logged, agent):
    agent.delete()
    assert "whole" in verify()
    assert logged.events.get(seq=2).actor_name


def test_event_is_neither_changed_nor_removed_through_models(logged):
    event = logged.events.get(seq=2)
    for attempt in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(kind="closed")):
        with pytest.raises(TypeError, match="append-only"):
            attempt()
    with pytest.raises(ProtectedError):
        logged.delete()
