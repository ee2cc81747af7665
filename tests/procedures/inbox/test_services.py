"""What agents and residents do to a request."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from procedures.inbox import errors
from procedures.inbox.clock import Lack
from procedures.inbox.models import ServiceRequest
from procedures.inbox.services.clocks import move_waiting_clocks
from procedures.inbox.services.completion import answer_completion, ask_for_completion
from procedures.inbox.services.conversation import write_as_resident, write_note, write_to_resident
from procedures.inbox.services.decision import accept, close, refuse
from procedures.inbox.services.handling import assign, forward, take
from tests.factories.inbox import make_agent, make_procedure, make_request, received_file
from tests.factories.procedures import make_department

pytestmark = pytest.mark.django_db

ASKED_AT = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
ANSWERED_AT = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
BY = date(2026, 12, 3)


def ask(request, agent, **fields):
    return ask_for_completion(
        request, **{"missing": ["Page des vaccins"], "by": BY, "agent": agent, "at": ASKED_AT} | fields
    )


def kinds(request):
    return list(request.events.values_list("kind", flat=True))


def letters(request):
    kinds = request.outbox.order_by("id").values_list("kind", flat=True)
    return [kind for kind in kinds if kind != "satisfaction"]


def test_agent_takes_a_request(request_, agent):
    event = take(request_, agent=agent)
    assert (request_.agent, request_.status) == (agent, "in_progress")
    assert event.actor_name == str(agent)


def test_taking_twice_is_taking_once(request_, agent):
    take(request_, agent=agent)
    assert take(request_, agent=agent) is None
    assert kinds(request_) == ["filed", "taken"]


def test_colleague_may_take_over(request_, agent):
    take(request_, agent=agent)
    colleague = make_agent(request_.department)
    take(request_, agent=colleague)
    assert request_.agent == colleague


def test_request_is_handed_to_a_colleague(request_, agent):
    colleague = make_agent(request_.department)
    assign(request_, to=colleague, agent=agent)
    assert (request_.agent, request_.status) == (colleague, "registered")


def test_request_cannot_be_handed_to_another_department(request_, agent, stranger):
    with pytest.raises(errors.NotYours):
        assign(request_, to=stranger, agent=agent)


def test_department_editor_answers_nothing(request_):
    editor = make_agent(request_.department, role="editor")
    with pytest.raises(errors.NotYours):
        take(request_, agent=editor)
    assert not ServiceRequest.objects.visible_to(editor).exists()


SERVICES = {
    "take": lambda r, a: take(r, agent=a),
    "assign": lambda r, a: assign(r, to=a, agent=a),
    "forward": lambda r, a: forward(r, department=make_department("Sports"), reason="Pas nous", agent=a),
    "ask": ask,
    "note": lambda r, a: write_note(r, text="…", agent=a),
    "write": lambda r, a: write_to_resident(r, text="…", agent=a),
    "accept": lambda r, a: accept(r, agent=a),
    "refuse": lambda r, a: refuse(r, agent=a, reason="…"),
    "close": lambda r, a: close(r, agent=a, reason="…"),
}


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_agent_of_another_department_can_do_nothing(request_, stranger, service):
    with pytest.raises(errors.NotYours):
        service(request_, stranger)
    assert kinds(request_) == ["filed"]


@pytest.mark.parametrize("name", ["take", "assign", "forward", "ask", "accept", "refuse", "close"])
def test_decided_request_stays_decided(request_, agent, name):
    accept(request_, agent=agent)
    with pytest.raises(errors.AlreadyDecided):
        SERVICES[name](ServiceRequest.objects.get(pk=request_.pk), agent)


def test_what_the_caller_holds_may_be_old(request_, agent):
    old = ServiceRequest.objects.get(pk=request_.pk)
    refuse(request_, agent=agent, reason="Hors délai")
    with pytest.raises(errors.AlreadyDecided):
        accept(old, agent=agent)
    assert old.status == "refused"


@pytest.mark.parametrize("decide", [refuse, close])
def test_refusing_and_closing_must_say_why(request_, agent, decide):
    with pytest.raises(errors.NothingToSay):
        decide(request_, agent=agent, reason="  ")


def test_decision_is_kept_and_sent(request_, agent):
    refuse(request_, agent=agent, reason="L’enfant n’est pas scolarisé ici.", at=ANSWERED_AT)
    assert (request_.status, request_.closed_at, request_.agent) == ("refused", ANSWERED_AT, agent)
    assert request_.messages.get().text == "L’enfant n’est pas scolarisé ici."
    assert letters(request_) == ["receipt", "refused"]


def test_forwarded_request_changes_hands_and_its_resident_knows(request_, agent):
    other = make_department("Éducation")
    forward(request_, department=other, reason="C’est pour vous.", agent=agent)
    assert (request_.department, request_.agent, request_.status) == (other, None, "forwarded")
    assert letters(request_)[-1] == "forwarded"
    assert request_.notes.get().text == "C’est pour vous."
    assert not ServiceRequest.objects.visible_to(agent).exists()
    take(request_, agent=make_agent(other))


def test_request_is_not_forwarded_where_it_is(request_, agent):
    with pytest.raises(errors.SameDepartment):
        forward(request_, department=request_.department, reason="?", agent=agent)


def test_missing_document_starts_the_legal_delay_anew_where_silence_accepts(request_, agent):
    ask(request_, agent)
    assert (request_.status, request_.agent) == ("waiting", agent)
    answer_completion(request_, files=(received_file(),), at=ANSWERED_AT)
    assert request_.status == "in_progress"
    assert (request_.due_on, request_.announced_on) == (date(2027, 1, 25), date(2026, 12, 3))
    event = request_.events.last()
    assert (event.data["due_before"], event.data["due_on"]) == ("2027-01-20", "2027-01-25")


def test_missing_document_stops_the_legal_delay_where_silence_refuses(db):
    request = make_request(make_procedure(silence_effect="refusal", announced_delay_days=14))
    agent = make_agent(request.department)
    ask(request, agent)
    answer_completion(request, text="Le voici", at=ANSWERED_AT)
    assert request.due_on == date(2027, 1, 21)


def test_stop_of_a_refusal_ends_by_itself_and_a_late_answer_moves_nothing(db, time_machine):
    request = make_request(make_procedure(silence_effect="refusal", announced_delay_days=200))
    ask(request, make_agent(request.department), by=date(2026, 12, 3))
    request.refresh_from_db()
    assert request.due_key == date(2027, 1, 30)  # the 15th, and fifteen days
    time_machine.move_to(datetime(2027, 1, 31, 9, tzinfo=UTC))  # nobody and nothing has touched it since
    assert list(ServiceRequest.objects.overdue()) == [request]
    answer_completion(request, text="Enfin")
    assert request.due_key == date(2027, 1, 30)


def test_only_one_completion_is_awaited_at_a_time(request_, agent):
    ask(request_, agent)
    with pytest.raises(errors.NotPossibleNow):
        ask(request_, agent)


def test_completion_must_name_something_and_leave_time(request_, agent):
    with pytest.raises(errors.NothingToSay):
        ask(request_, agent, missing=[" "])
    with pytest.raises(errors.DateInThePast):
        ask(request_, agent, by=date(2026, 11, 18))
    assert kinds(request_) == ["filed"]


def test_completion_of_something_incorrect_only_stops_the_clock(request_, agent):
    ask(request_, agent, reason=Lack.INCORRECT)
    answer_completion(request_, text="Corrigé", at=ANSWERED_AT)
    assert request_.due_on == date(2027, 1, 21)


def test_nothing_is_answered_when_nothing_is_awaited(request_):
    with pytest.raises(errors.NotPossibleNow):
        answer_completion(request_, text="Voici")


def test_empty_answer_is_no_answer(request_, agent):
    ask(request_, agent)
    with pytest.raises(errors.NothingToSay):
        answer_completion(request_, text=" ")
    assert request_.completion_requests.get().answered_at is None


def test_answer_sent_twice_is_one_answer(request_, agent):
    ask(request_, agent)
    key = uuid4()
    first = answer_completion(request_, text="Voici", key=key)
    assert answer_completion(request_, text="Voici", key=key) == first
    assert kinds(request_) == ["filed", "completion_asked", "completion_answered"]


def test_dates_of_waiting_requests_move_each_night(request_, agent, time_machine):
    ask(request_, agent)
    time_machine.move_to(datetime(2026, 11, 30, 23, 30, tzinfo=UTC))  # 1 December in the city
    assert move_waiting_clocks() == 1
    request_.refresh_from_db()
    assert (request_.due_on, request_.announced_on) == (date(2027, 2, 2), date(2026, 12, 10))
    assert not request_.is_overdue(date(2026, 12, 1))


def test_note_is_for_agents_alone(request_, agent):
    write_note(request_, text="Appeler avant midi", agent=agent)
    assert not request_.events.last().visible_to_resident
    assert letters(request_) == ["receipt"]


def test_agents_answer_settles_what_the_resident_wrote(request_, agent):
    write_as_resident(request_, text="Où en êtes-vous ?", at=ASKED_AT)
    assert request_.resident_wrote_at == ASKED_AT
    write_to_resident(request_, text="Demain.", agent=agent)
    assert request_.resident_wrote_at is None
    assert letters(request_)[-1] == "message"


def test_resident_may_write_once_the_answer_is_given(request_, agent):
    accept(request_, agent=agent)
    write_as_resident(request_, text="Merci !")
    assert (request_.status, request_.messages.count()) == ("accepted", 2)


def test_message_sent_twice_is_one_message(request_):
    key = uuid4()
    files = (received_file(),)
    assert write_as_resident(request_, text="?", files=files, key=key) == write_as_resident(
        request_, text="?", files=files, key=key
    )
    assert request_.attachments.count() == 1


def test_reads_sort_requests(request_, agent):
    late = make_request(request_.procedure, received_at=datetime(2026, 1, 5, tzinfo=UTC))
    done = make_request(request_.procedure)
    accept(done, agent=agent)
    take(late, agent=agent)
    today = date(2026, 11, 21)
    visible = ServiceRequest.objects.visible_to(agent)
    assert list(visible.open().due_first()) == [late, request_]
    assert list(visible.overdue(today)) == [late]
    assert list(visible.assigned_to(agent)) == [late]
    assert list(visible.unassigned()) == [request_]
    assert list(visible.decided()) == [done]
