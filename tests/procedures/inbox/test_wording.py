"""What a procedure's own words for a status change, and for whom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from procedures.inbox.letters import write_letter
from procedures.inbox.models import StatusWording
from procedures.inbox.services.decision import accept
from procedures.inbox.services.handling import take
from procedures.inbox.wording import words_of
from tests.factories.inbox import RECEIVED_AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_of_filing(time_machine):
    time_machine.move_to(RECEIVED_AT)


@pytest.fixture
def own(request_):
    wordings = (
        ("in_progress", "Votre carte est en fabrication", ""),
        ("accepted", "Votre carte vous attend", "Au guichet 3."),
    )
    for status, headline, explanation in wordings:
        StatusWording.objects.create(
            procedure=request_.procedure, status=status, language="fr", headline=headline, explanation=explanation
        )


def test_own_words_are_shown_to_those_who_read_them_and_general_ones_to_others(request_, agent, own):
    take(request_, agent=agent)
    with override("fr"):
        assert words_of(request_).headline == "Votre carte est en fabrication"
    with override("en"):
        words = words_of(request_)
        assert words.headline == "Your request is moving forward"
        assert "28\u00a0November 2026" in words.explanation


def test_late_request_says_so_whatever_its_words(request_, agent, own, time_machine):
    take(request_, agent=agent)
    time_machine.move_to(datetime(2026, 12, 2, tzinfo=UTC))
    with override("en"):
        words = words_of(request_)
    assert words.headline == "Your request is late"
    assert "28\u00a0November 2026" in words.explanation


def test_letter_begins_with_the_words_of_the_procedure(request_, agent, own):
    accept(request_, agent=agent, reason="À lundi")
    content = {"kind": "accepted", "request_id": request_.pk, "department_id": request_.department_id}
    with override("fr"):
        text = write_letter(content | {"message_id": request_.messages.get().pk}).text
    assert text.index("Votre carte vous attend\nAu guichet 3.") < text.index("À lundi")
