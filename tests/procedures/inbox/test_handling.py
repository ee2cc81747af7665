"""Teams, other departments, other bodies, checklists, notes that call a colleague."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import OperationalError

from procedures.inbox import errors
from procedures.inbox.letters import write_letter
from procedures.inbox.models import ChecklistItem, Mention, Team
from procedures.inbox.services.checklists import tick
from procedures.inbox.services.conversation import see_mentions, write_note, write_to_resident
from procedures.inbox.services.decision import transfer
from procedures.inbox.services.guarding import unless_changed
from procedures.inbox.services.handling import assign, forward, take
from procedures.inbox.services.merging import merge
from procedures.inbox.staff_letters import write_staff_letter
from tests.factories.inbox import make_agent, make_procedure, make_request, received_file
from tests.factories.procedures import make_department

pytestmark = pytest.mark.django_db

WHEN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def team(request_, agent) -> Team:
    team = Team.objects.create(department=request_.department, name="Crèches")
    team.members.add(agent)
    return team


def last_payload(request) -> dict:
    message = request.outbox.exclude(kind="satisfaction").order_by("-id").first()
    return {"kind": message.kind, "request_id": request.pk, **message.payload}


def test_a_team_has_a_request_until_one_of_them_takes_it(request_, agent, team):
    take(request_, agent=agent)
    event = assign(request_, to=team, agent=agent)
    assert (request_.team, request_.agent, event.data["to"]) == (team, None, "Crèches")
    assert assign(request_, to=team, agent=agent) is None
    take(request_, agent=agent)
    assert (request_.team, request_.agent) == (team, agent)


def test_a_team_lets_go_of_what_somebody_else_has(request_, agent, team):
    assign(request_, to=team, agent=agent)
    colleague = make_agent(request_.department)
    assign(request_, to=colleague, agent=agent)
    assert (request_.team, request_.agent) == (None, colleague)


def test_another_departments_team_gets_nothing(request_, agent):
    theirs = Team.objects.create(department=make_department("Voirie"), name="Nuit")
    with pytest.raises(errors.NotYours):
        assign(request_, to=theirs, agent=agent)


def test_a_request_forwarded_leaves_team_and_agent_behind_and_keeps_its_dates(request_, agent, team):
    assign(request_, to=team, agent=agent)
    before = (request_.due_on, request_.announced_on)
    forward(request_, department=make_department("Voirie"), reason="Pour vous.", agent=agent, at=WHEN)
    assert (request_.team, request_.agent, request_.competent_on) == (None, None, None)
    assert (request_.due_on, request_.announced_on) == before
    assert "Your dates stay the same." in write_letter(last_payload(request_)).text


def test_where_silence_accepts_the_delay_starts_with_the_competent_department(request_, agent):
    forward(request_, department=make_department("Voirie"), reason="?", agent=agent, not_competent=True, at=WHEN)
    assert request_.competent_on == date(2026, 11, 20)
    assert request_.due_on == date(2027, 1, 21)
    assert "it now ends on 21\u00a0January 2027" in write_letter(last_payload(request_)).text


def test_a_request_is_passed_on_to_another_body_which_the_resident_learns(request_, agent):
    for body, reason in (("Préfecture", " "), (" ", "Titres de séjour.")):
        with pytest.raises(errors.NothingToSay):
            transfer(request_, body=body, reason=reason, agent=agent)
    event = transfer(request_, body="Préfecture de Maine-et-Loire", reason="Titres de séjour.", agent=agent, at=WHEN)
    assert (request_.status, request_.closed_at) == ("transferred", WHEN)
    assert event.data["to"] == "Préfecture de Maine-et-Loire"
    text = write_letter(last_payload(request_)).text
    assert "Préfecture de Maine-et-Loire" in text
    assert "Titres de séjour." in text


def test_ticks_are_kept_with_whoever_made_them_and_logged_once(request_, agent):
    items = [ChecklistItem.objects.create(procedure=request_.procedure, label=label) for label in ("Âge", "Adresse")]
    foreign = ChecklistItem.objects.create(procedure=make_procedure(), label="Autre")
    event = tick(request_, items=[items[0], foreign], agent=agent)
    assert (event.data, event.visible_to_resident) == ({"ticked": [items[0].pk], "unticked": []}, False)
    colleague = make_agent(request_.department)
    assert tick(request_, items=[items[0]], agent=colleague) is None
    tick(request_, items=items, agent=colleague)
    assert dict(request_.ticks.values_list("item__label", "by")) == {"Âge": agent.pk, "Adresse": colleague.pk}
    tick(request_, items=[items[1]], agent=agent)
    assert request_.events.last().data == {"ticked": [], "unticked": [items[0].pk]}


def test_a_note_calls_colleagues_who_may_see_the_request_and_nobody_else(request_, agent, stranger):
    colleague = make_agent(request_.department)
    write_note(request_, text="@Nadia, un avis ?", agent=agent, mentions=[colleague, stranger, agent])
    called = set(Mention.objects.values_list("user", flat=True))
    assert called == {colleague.pk, agent.pk}
    message = request_.outbox.order_by("-id").first()
    assert (message.kind, message.recipient) == ("staff_mentioned", colleague.email)
    text = write_staff_letter({**last_payload(request_), "kind": "staff_mentioned"}).text
    assert str(agent) in text
    assert "un avis" not in text
    assert see_mentions(request_, colleague) == 1
    assert see_mentions(request_, colleague) == 0


def test_files_leave_with_a_message_and_the_email_says_where_they_are(request_, agent):
    key = uuid4()
    for _ in range(2):
        write_to_resident(request_, text="Le plan est joint.", agent=agent, files=[received_file("plan.pdf")], key=key)
    message = request_.messages.get()
    assert [file.original_name for file in message.attachments.all()] == ["plan.pdf"]
    assert "A file is joined to this message" in write_letter(last_payload(request_)).text


def test_the_second_of_two_agents_is_told_before_anything_is_written(request_, agent):
    seen = request_.log_length
    colleague = make_agent(request_.department)
    take(request_, agent=colleague)
    with pytest.raises(errors.ChangedMeanwhile) as told:
        unless_changed(request_, seen, transfer, body="Préfecture", reason="x", agent=agent)
    assert told.value.since == seen
    request_.refresh_from_db()
    assert request_.status == "in_progress"
    assert request_.messages.count() == 0
    unless_changed(request_, None, transfer, body="Préfecture", reason="x", agent=agent)
    assert request_.status == "transferred"


def test_whoever_saw_everything_is_not_held_up(request_, agent):
    other = make_request(request_.procedure)
    event = unless_changed(request_, request_.log_length, merge, into=other, agent=agent)
    assert event.kind == "merged"


def test_two_who_wait_for_each_other_are_told_to_try_again(request_, agent):
    def gives_up(request, **_):
        raise OperationalError("deadlock detected")

    with pytest.raises(errors.Busy):
        unless_changed(request_, None, gives_up, agent=agent)
