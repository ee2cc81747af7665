"""Duplicates: one request carries on, and nobody who asked is forgotten; nor is anyone's name told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from directory.models import DepartmentMember
from procedures.inbox import errors
from procedures.inbox.duplicates import box_around, metres_between
from procedures.inbox.letters import write_letter
from procedures.inbox.models import ServiceRequest
from procedures.inbox.received import Requester
from procedures.inbox.services.completion import ask_for_completion
from procedures.inbox.services.conversation import write_as_resident, write_to_resident
from procedures.inbox.services.decision import accept, close
from procedures.inbox.services.handling import forward
from procedures.inbox.services.merging import link, merge, unlink
from procedures.inbox.services.reopening import reopen
from tests.factories.inbox import make_agent, make_answer, make_procedure, make_request, neighbours_of
from tests.factories.procedures import make_department

pytestmark = pytest.mark.django_db

WHEN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PLACE = (47.4701, -0.5501)


def report(procedure, name="Ali Durand", at=PLACE, **fields) -> ServiceRequest:
    email = f"{name.split()[0].lower()}@exemple.fr"
    answer = make_answer("Où", "rue Basse", value={"lat": at[0], "lon": at[1]})
    return make_request(procedure, requester=Requester(name, email), answers=(answer,), **fields)


@pytest.fixture
def procedure(db):
    return make_procedure(silence_effect="none", announced_delay_days=14)


@pytest.fixture
def first(procedure) -> ServiceRequest:
    return report(procedure)


@pytest.fixture
def second(procedure, first) -> ServiceRequest:
    return report(procedure, "Zoé Martin", language="en")


@pytest.fixture
def clerk(first):
    return make_agent(first.department)


# Kinds that begin with an s go to staff, or ask about satisfaction.
def mails(request) -> list[str]:
    return list(request.outbox.exclude(kind__startswith="s").order_by("id").values_list("kind", flat=True))


def last_text(request) -> str:
    message = request.outbox.exclude(kind__startswith="s").order_by("-id").first()
    return write_letter({"kind": message.kind, "request_id": request.pk, **message.payload}).text


def test_merging_closes_one_and_both_logs_say_so(first, second, clerk):
    merge(second, into=first, agent=clerk, at=WHEN)
    assert (second.status, second.merged_into, second.closed_at) == ("closed", first, WHEN)
    assert first.status == "registered"
    assert second.events.last().kind == "merged"
    assert first.events.last().kind == "duplicate_joined"
    assert mails(second) == ["receipt", "merged"]
    assert mails(first) == ["receipt"]
    assert first.number not in last_text(second)


def test_the_answer_to_a_report_reaches_everyone_who_made_it_in_their_language(first, second, clerk):
    merge(second, into=first, agent=clerk, at=WHEN)
    close(first, reason="La lampe est réparée.", agent=clerk, at=WHEN)
    text = last_text(second)
    assert mails(second)[-1] == "merged_news"
    assert "The request that yours was joined to is closed." in text
    assert "La lampe est réparée." in text
    assert "Durand" not in text
    assert first.number not in text


def test_where_law_gives_each_their_answer_two_people_are_not_joined(clerk):
    binding = make_procedure(silence_effect="acceptance", department=clerk.memberships.get().department)
    mine, theirs = report(binding), report(binding, "Zoé Martin")
    with pytest.raises(errors.NotADuplicate):
        merge(theirs, into=mine, agent=clerk)
    again = report(binding, "ALI DURAND")
    merge(again, into=mine, agent=clerk)
    assert again.merged_into == mine


def test_words_written_to_one_person_are_not_read_by_a_namesake(clerk):
    binding = make_procedure(silence_effect="acceptance", department=clerk.memberships.get().department)
    mine, namesake = report(binding), report(binding)
    ServiceRequest.objects.filter(pk=namesake.pk).update(requester_email="autre@exemple.fr")
    merge(namesake, into=mine, agent=clerk)
    accept(mine, reason="Votre quotient familial est de 412 €.", agent=clerk)
    assert "412" not in namesake.messages.last().text
    assert "412" not in last_text(namesake)
    assert mails(namesake)[-1] == "merged_news"


def test_one_person_who_asked_twice_gets_one_email_and_both_pages(first, clerk, procedure):
    twice = report(procedure)
    merge(twice, into=first, agent=clerk, at=WHEN)
    close(first, reason="Réparé.", agent=clerk, at=WHEN)
    assert mails(twice) == ["receipt", "merged"]
    assert "Réparé." in twice.messages.last().text


def test_followers_hear_of_messages_waits_and_departments(first, second, clerk):
    merge(second, into=first, agent=clerk, at=WHEN)
    write_to_resident(first, text="Un électricien passe jeudi.", agent=clerk)
    assert "Un électricien passe jeudi." in last_text(second)
    write_to_resident(first, text="Votre porte, M. Durand ?", agent=clerk, only_to_requester=True)
    assert "porte" not in last_text(second)
    ask_for_completion(first, missing=["Le bulletin de paie"], by=date(2099, 1, 1), agent=clerk)
    assert "waits for something" in last_text(second)
    assert "paie" not in last_text(second)
    other = make_department("Voirie")
    forward(first, department=other, reason="Pour vous.", agent=clerk)
    second.refresh_from_db()
    assert second.department == other
    assert mails(second)[-1] == "forwarded"


def test_words_that_name_who_made_a_report_reach_nobody_else(first, second, clerk):
    merge(second, into=first, agent=clerk, at=WHEN)
    write_to_resident(first, text=f"Demande {first.number} : un électricien passe jeudi.", agent=clerk)
    assert second.messages.last().text == f"Demande {second.number} : un électricien passe jeudi."
    for text in ("Bonjour M. DURAND, nous passons jeudi.", "Écrit à ali@exemple.fr, sans réponse."):
        write_to_resident(first, text=text, agent=clerk)
    assert second.messages.count() == 1
    close(first, reason="Bonjour Ali Durand,\n\nla lampe est réparée.", agent=clerk)
    assert second.messages.last().text == "The request that yours was joined to is closed."
    assert "Ali Durand" in first.messages.last().text


def test_who_joined_from_another_department_is_not_shown_to_those_who_may_not_see_them(clerk, procedure, first):
    elsewhere = report(make_procedure(silence_effect="none"), "Zoé Martin")
    both = make_agent(first.department)
    DepartmentMember.objects.create(department=elsewhere.department, user=both, role="agent")
    merge(elsewhere, into=first, agent=both)
    for agent, shown in ((clerk, []), (both, [elsewhere])):
        assert neighbours_of(first, agent).followers() == shown


def test_what_a_follower_writes_is_seen_on_the_request_that_carries_on(first, second, clerk):
    merge(second, into=first, agent=clerk, at=WHEN)
    write_as_resident(second, text="C’est pire depuis hier.")
    first.refresh_from_db()
    assert first.resident_wrote_at is not None
    write_to_resident(first, text="Merci.", agent=clerk)
    for each in (first, second):
        each.refresh_from_db()
        assert each.resident_wrote_at is None


def test_duplicates_of_a_duplicate_follow_the_one_that_carries_on(first, second, clerk, procedure):
    third = report(procedure, "Luc Petit")
    merge(third, into=second, agent=clerk)
    merge(second, into=first, agent=clerk)
    close(first, reason="Réparé.", agent=clerk)
    third.refresh_from_db()
    assert third.merged_into == first
    assert mails(third)[-1] == "merged_news"


def test_a_request_reopened_stands_alone_again(first, second, clerk):
    merge(second, into=first, agent=clerk, at=WHEN)
    reopen(second, reason="Ce n’est pas la même lampe.", at=WHEN)
    assert (second.status, second.merged_into) == ("in_progress", None)
    close(first, reason="Réparé.", agent=clerk)
    assert mails(second)[-1] == "reopened"


def test_what_cannot_be_merged_is_refused(first, second, clerk):
    with pytest.raises(errors.SameRequest):
        merge(first, into=first, agent=clerk)
    with pytest.raises(errors.NotYours):
        merge(first, into=report(make_procedure(silence_effect="none")), agent=clerk)
    close(first, reason="Fait.", agent=clerk)
    with pytest.raises(errors.AlreadyDecided):
        merge(second, into=first, agent=clerk)
    second.refresh_from_db()
    assert second.log_length == 1


def test_linking_is_said_once_on_both_and_taken_back(first, second, clerk):
    link(first, to=second, agent=clerk)
    assert link(second, to=first, agent=clerk) is None
    assert [each.events.last().kind for each in (first, second)] == ["linked", "linked"]
    unlink(second, to=first, agent=clerk)
    assert unlink(first, to=second, agent=clerk) is None
    with pytest.raises(errors.NotYours):
        link(first, to=report(make_procedure()), agent=clerk)
    assert not first.events.filter(visible_to_resident=True, kind__in=["linked", "unlinked"]).exists()


def test_metres_are_metres():
    assert metres_between(PLACE, PLACE) == 0
    # Notre-Dame to the tower of Montparnasse.
    assert round(metres_between((48.85296, 2.34994), (48.84212, 2.32195))) == 2376


@pytest.mark.parametrize(
    ("metres_north", "metres_east", "is_likely"), [(49, 0, True), (0, 49, True), (51, 0, False), (36, 36, False)]
)
def test_reports_within_fifty_metres_are_suggested_nearest_first(
    first, clerk, procedure, metres_north, metres_east, is_likely
):
    degree = 111_195.0
    point = (PLACE[0] + metres_north / degree, PLACE[1] + metres_east / (degree * 0.67606))
    other = report(procedure, "Zoé Martin", at=point)
    found = [each.request for each in neighbours_of(first, clerk).likely()]
    assert found == ([other] if is_likely else [])
    in_the_box = ServiceRequest.objects.filter(box_around(*PLACE)).exclude(pk=first.pk).exists()
    assert in_the_box == (max(metres_north, metres_east) < 50)


def test_only_open_visible_requests_of_the_procedure_are_suggested(first, second, clerk, procedure):
    report(make_procedure(silence_effect="none", department=first.department), "Luc Petit")
    assert [each.request for each in neighbours_of(first, clerk).likely()] == [second]
    assert neighbours_of(first, make_agent(make_department("Voirie"))).likely() == []
    close(second, reason="Fait.", agent=clerk)
    assert neighbours_of(first, clerk).likely() == []


def test_the_same_address_is_suggested_wherever_it_is(first, procedure, clerk):
    twice = report(procedure, at=(48.0, 2.0))
    assert [(each.request, each.metres) for each in neighbours_of(first, clerk).likely()] == [(twice, None)]


def test_the_same_phone_is_suggested_whatever_the_address(procedure):
    callers = [Requester("Nadia Martin", "", "+33612345678"), Requester("N. Martin", "n@example.org", "+33612345678")]
    twice = [make_request(procedure, requester=caller, answers=()) for caller in callers]
    make_request(procedure, requester=Requester("Luc", "", ""), answers=())  # no phone is nobody's phone
    agent = make_agent(procedure.department)
    assert [each.request for each in neighbours_of(twice[0], agent).likely()] == [twice[1]]
