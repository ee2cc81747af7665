"""The satisfaction question: once, later, and never to whom it would annoy."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from procedures.inbox.delivery import deliver
from procedures.inbox.errors import NotPossibleNow
from procedures.inbox.models import Event, OutboxMessage
from procedures.inbox.services.decision import accept, close
from procedures.inbox.services.reopening import reopen
from procedures.inbox.services.satisfaction import rate, refuse_surveys
from procedures.inbox.tasks import sweep_outbox
from tests.factories.inbox import RECEIVED_AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_filing(time_machine):
    time_machine.move_to(RECEIVED_AT, tick=False)


@pytest.fixture
def later(time_machine):
    """Go on some days, then let the worker send what is due; the questions among it."""

    def go(days: int) -> list[str]:
        time_machine.move_to(timezone.now() + timedelta(days=days), tick=False)
        sent = len(mail.outbox)
        sweep_outbox()
        return [message.body for message in mail.outbox[sent:] if "#avis" in message.body]

    return go


def questions(request):
    return OutboxMessage.objects.filter(request=request, kind="satisfaction")


def test_question_leaves_two_days_after_the_answer_and_once(request_, agent, later):
    accept(request_, agent=agent)
    assert later(1) == []
    assert len(later(1)) == 1
    reopen(request_, reason="Pas reçu", agent=agent)
    accept(request_, agent=agent)
    assert later(3) == []


def test_question_of_what_is_open_again_waits_for_the_new_answer(request_, agent, later):
    accept(request_, agent=agent)
    reopen(request_, reason="Pas reçu")
    accept(request_, agent=agent, at=timezone.now() + timedelta(days=1))
    assert later(2) == []
    assert len(later(1)) == 1


@pytest.mark.parametrize("why", ["answered", "refused", "open again"])
def test_question_that_has_become_pointless_does_not_leave(request_, agent, later, why):
    close(request_, agent=agent, reason="Fait")
    if why == "answered":
        rate(request_, step=4)
    elif why == "refused":
        refuse_surveys(" Camille@exemple.fr")
    else:
        reopen(request_, reason="Pas reçu")
    assert later(2) == []
    assert not questions(request_).exists()


def test_question_does_not_leave_before_its_time_whatever_the_queue_says(request_, agent):
    accept(request_, agent=agent)
    assert deliver(questions(request_).get().pk) is False
    assert questions(request_).get().state == OutboxMessage.State.WAITING


def test_opinion_replaces_the_one_before_and_the_log_has_no_words_of_it(request_, agent):
    accept(request_, agent=agent)
    for step, words in ((2, "Trop long"), (2, "Trop long"), (2, "Bien trop long"), (4, "Finalement bien")):
        rate(request_, step=step, words=words)
    request_.refresh_from_db()
    assert (request_.satisfaction.step, request_.satisfaction.words) == (4, "Finalement bien")
    events = list(request_.events.filter(kind=Event.Kind.RATED))
    assert [event.data for event in events] == [{"step": 2}, {"step": 4}]


def test_opinion_is_heard_from_the_answer_on_for_thirty_days(request_, agent):
    with pytest.raises(NotPossibleNow):
        rate(request_, step=5)
    accept(request_, agent=agent)
    rate(request_, step=5, at=timezone.now() + timedelta(days=30))
    with pytest.raises(NotPossibleNow):
        rate(request_, step=1, at=timezone.now() + timedelta(days=31))


def test_letter_leads_to_the_question_and_to_the_end_of_questions(request_, agent, later):
    accept(request_, agent=agent)
    (body,) = later(2)
    assert f"/suivi/{request_.access_token}/#avis" in body
    assert f"/suivi/{request_.access_token}/avis/plus-jamais/" in body
