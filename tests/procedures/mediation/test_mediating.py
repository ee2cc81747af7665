"""What the mediator can do about a complaint, and only about a complaint."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from procedures.inbox.desk.actions import offered
from procedures.inbox.errors import NothingToSay, NotPossibleNow, NotYours
from procedures.inbox.models import RequestLink
from procedures.inbox.wording import words_of
from procedures.mediation.models import Outcome
from procedures.mediation.services import end_mediation, propose, recommend
from tests.factories.inbox import make_agent

pytestmark = pytest.mark.django_db
MINE = {"recommend", "propose", "end-mediation"}


def slugs(request):
    return {entry["slug"] for entry in offered(request)}


def test_recommendation_reaches_the_department_and_not_the_resident(complaint, refused, mediator):
    recommend(complaint, text="Rouvrez l’inscription.", agent=mediator)
    note = refused.notes.get()
    assert "Rouvrez l’inscription." in note.text
    assert complaint.number in note.text
    refused.refresh_from_db()
    assert not refused.events.last().visible_to_resident
    assert refused.outbox.filter(kind="staff_mentioned", recipient=refused.agent.email).exists()
    assert complaint.recommendations.count() == 1


def test_proposal_is_read_by_both_sides(complaint, refused, mediator):
    propose(complaint, text="Une place en janvier ?", agent=mediator)
    assert complaint.messages.get().text == "Une place en janvier ?"
    assert "Une place en janvier ?" in refused.notes.get().text


def test_end_tells_the_resident_that_the_time_limit_starts_anew(complaint, mediator):
    end_mediation(complaint, outcome=Outcome.AGREEMENT, text="Une place est trouvée.", agent=mediator)
    complaint.refresh_from_db()
    assert complaint.status == "closed"
    assert complaint.mediation_ending.outcome == Outcome.AGREEMENT
    said = complaint.messages.get().text
    assert said.startswith("Une place est trouvée.\n\n")
    assert len(said) > len("Une place est trouvée.") + 60


def test_nobody_else_mediates_and_nothing_is_half_done(complaint, refused, mediator):
    stranger = make_agent(refused.department)
    for act in (recommend, propose):
        with pytest.raises(NotYours):
            act(complaint, text="Moi aussi", agent=stranger)
    with pytest.raises(NothingToSay):
        end_mediation(complaint, outcome=Outcome.WITHDRAWN, text=" ", agent=mediator)
    RequestLink.objects.all().delete()
    with pytest.raises(NotPossibleNow):
        recommend(complaint, text="À qui ?", agent=mediator)
    assert not complaint.notes.exists()
    assert not hasattr(complaint, "mediation_ending")


def test_actions_are_offered_on_complaints_alone(complaint, refused):
    assert slugs(complaint) >= MINE
    assert not slugs(refused) & MINE
    RequestLink.objects.all().delete()
    assert slugs(complaint) & MINE == {"propose", "end-mediation"}


def test_page_of_a_complaint_says_that_the_mediator_reads_it_and_no_department(complaint, refused, client):
    page = client.get(f"/suivi/{complaint.access_token}/").content.decode()
    assert "The mediator reads it next." in page
    assert "Write to the mediator" in page
    assert "to the department" not in page
    with override("en"):
        assert "department" not in words_of(complaint).explanation
        complaint.department = refused.department  # sent on to another desk
        assert "The department reads it next." in words_of(complaint).explanation
