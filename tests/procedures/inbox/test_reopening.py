"""Opening again what was closed badly; and who opened what."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from procedures.inbox import errors
from procedures.inbox.letters import write_letter
from procedures.inbox.models import Reading, ServiceRequest
from procedures.inbox.services.decision import close
from procedures.inbox.services.readings import note_reading
from procedures.inbox.services.reopening import may_be_reopened_by_resident, reopen
from procedures.inbox.staff_letters import write_staff_letter

pytestmark = pytest.mark.django_db

CLOSED_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def closed(request_, agent) -> ServiceRequest:
    close(request_, reason="Réparé.", agent=agent, at=CLOSED_AT)
    return request_


def test_a_resident_has_a_request_opened_again(closed, agent):
    event = reopen(closed, reason="La lampe est toujours éteinte.", at=CLOSED_AT + timedelta(days=3))
    assert (closed.status, closed.closed_at, closed.agent) == ("in_progress", None, agent)
    assert closed.reopened_on == date(2026, 11, 23)
    assert closed.resident_wrote_at is not None
    assert (event.actor_kind, event.data["was"]) == ("resident", "closed")
    assert closed.messages.last().text == "La lampe est toujours éteinte."
    told = list(closed.outbox.order_by("-id").values_list("kind", "recipient")[:2])
    assert told == [("staff_reopened", agent.email), ("reopened", closed.requester_email)]


def test_both_are_told_in_words_that_fit(closed, agent):
    reopen(closed, reason="Toujours en panne.", at=CLOSED_AT)
    to_agent, to_resident = closed.outbox.order_by("-id")[:2]
    content = {"request_id": closed.pk, **to_resident.payload, "kind": "reopened"}
    assert "Toujours en panne." not in write_letter(content).text
    assert closed.number in write_staff_letter({**content, **to_agent.payload, "kind": "staff_reopened"}).text
    close(closed, reason="Réparé.", agent=agent)
    reopen(closed, reason="Nous nous sommes trompés.", agent=agent)
    payload = closed.outbox.order_by("-id").first().payload
    assert "Nous nous sommes trompés." in write_letter(content | payload).text


def test_the_form_sent_twice_opens_once(closed):
    key = uuid4()
    first = reopen(closed, reason="Non.", key=key, at=CLOSED_AT)
    assert reopen(closed, reason="Non.", key=key, at=CLOSED_AT) == first
    with pytest.raises(errors.NotPossibleNow):
        reopen(closed, reason="Non.", key=uuid4(), at=CLOSED_AT)


def test_a_resident_has_thirty_days_and_an_agent_has_no_limit(closed, agent):
    last, after = CLOSED_AT + timedelta(days=30), CLOSED_AT + timedelta(days=30, seconds=1)
    assert may_be_reopened_by_resident(closed, at=last)
    with pytest.raises(errors.TooLate):
        reopen(closed, reason="Trop tard ?", at=after)
    reopen(closed, reason="Erreur de notre part.", agent=agent, at=after)
    assert closed.status == "in_progress"


def test_nothing_is_reopened_without_reason_by_a_stranger_or_once_purged(closed, agent, stranger):
    with pytest.raises(errors.NothingToSay):
        reopen(closed, reason=" ", at=CLOSED_AT)
    with pytest.raises(errors.NotYours):
        reopen(closed, reason="x", agent=stranger, at=CLOSED_AT)
    ServiceRequest.objects.filter(pk=closed.pk).update(purged_at=CLOSED_AT)
    with pytest.raises(errors.NothingLeft):
        reopen(closed, reason="x", agent=agent, at=CLOSED_AT)


def test_a_reading_is_kept_once_a_quarter_of_an_hour_for_each_person_and_way(request_, agent, stranger):
    def read(minutes, user=agent, way=Reading.Way.PAGE, **more):
        return note_reading(request_, user, way, at=CLOSED_AT + timedelta(minutes=minutes), **more)

    kept = [read(0), read(14), read(16), read(16, way=Reading.Way.PDF), read(16, stranger)]
    assert [row is not None for row in kept] == [True, False, True, True, True]
    assert read(17, None, Reading.Way.EXPERT, name="a@x.example") is not None
    assert read(18, None, Reading.Way.EXPERT, name="b@x.example") is not None
    assert read(19, None, Reading.Way.EXPERT, name="a@x.example") is None
    request_.refresh_from_db()
    assert request_.log_length == 1
