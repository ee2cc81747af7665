"""Made-up requests are whole: what the services would have written, sealed, and open to every action."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from procedures.inbox.models import Event, Message, RequestText, ServiceRequest
from procedures.inbox.sealing import all_breaks
from procedures.inbox.services.decision import accept
from procedures.inbox.transitions import OPEN
from tests.factories.inbox import make_request
from tests.factories.procedures import make_procedure

pytestmark = pytest.mark.django_db


def make(total: int, **options: object) -> None:
    call_command("make_requests", total, today="2026-11-14", verbosity=0, stdout=StringIO(), **options)


def facts() -> list[tuple]:
    columns = ("tracking_number", "requester_name", "status", "due_key", "received_at", "closed_at", "log_length")
    return list(ServiceRequest.objects.order_by("id").values_list(*columns))


@pytest.fixture
def procedures(db):
    return [make_procedure(silence_effect="acceptance", announced_delay_days=14), make_procedure()]


def test_every_chain_is_whole_and_every_request_has_its_text_and_its_number(procedures):
    real = make_request(procedures[0])
    make(150, open=30)
    assert list(all_breaks()) == []
    assert ServiceRequest.objects.count() == RequestText.objects.count() == 151
    assert Event.objects.exclude(request=real).count() > 300
    assert {"received", "in_progress", "waiting", "accepted", "refused"} <= set(
        ServiceRequest.objects.values_list("status", flat=True)
    )
    for one in ServiceRequest.objects.all():
        assert (one.closed_at is None) == (one.status in OPEN)
        assert one.access_token
    assert set(Event.objects.filter(data__has_key="message_id").values_list("data__message_id", flat=True)) == set(
        Message.objects.values_list("pk", flat=True)
    )


def test_an_agent_acts_on_a_made_up_request_as_on_any_other(procedures):
    make(20, open=100)
    request = ServiceRequest.objects.open().exclude(agent=None).first()
    accept(request, agent=request.agent)
    make_request(procedures[0])  # ids that the run drew are drawn no more
    assert list(all_breaks()) == []


def test_the_same_seed_makes_the_same_requests_and_a_second_run_makes_others(procedures):
    make(40, seed=7)
    first = facts()
    make(40, seed=7)
    assert ServiceRequest.objects.count() == 80
    Event.objects.all()._raw_delete("default")
    ServiceRequest.objects.all().delete()
    make(40, seed=7)
    assert facts() == first


def test_a_real_site_is_left_alone(procedures, settings):
    settings.SESSION_COOKIE_SECURE = True
    with pytest.raises(CommandError, match="real site"):
        make(5)
    assert not ServiceRequest.objects.exists()
