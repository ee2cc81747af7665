"""What follows from a list goes by what the list shows: its order, its search, and what only comes close."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.roles import AGENTS, role
from procedures.inbox.jobs.models import Job
from procedures.inbox.models import ServiceRequest
from procedures.inbox.received import Requester
from tests.factories.inbox import make_agent, make_procedure, make_request
from tests.factories.procedures import make_department

pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure():
    return make_procedure(silence_effect="none", announced_delay_days=14)


@pytest.fixture
def agent(procedure):
    user = make_agent(procedure.department)
    user.groups.add(role(AGENTS))
    return user


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


@pytest.fixture
def three(procedure) -> list[int]:
    """Received one after another, the first due last."""
    now, made = timezone.now(), []
    for number in range(3):
        request = make_request(procedure, requester=Requester(f"Élise Rousseau {number}"), answers=())
        received, due = now - timedelta(days=9 - number), timezone.localdate() + timedelta(days=9 - number)
        ServiceRequest.objects.filter(pk=request.pk).update(received_at=received, due_key=due)
        made.append(request.pk)
    return made


def walked(desk: Client, first: int, query: str) -> list[int]:
    """The requests met by pressing « Next request » until the list is over."""
    met, address = [first], reverse("inbox:request", args=[first]) + f"?{query}"
    while True:
        page = desk.get(address, follow=True)
        following = desk.get(page.context["next_address"])["Location"]
        if following.startswith(reverse("inbox:list") + "?"):
            return met
        address = following
        met.append(int(following.split("/")[3]))


def test_next_follows_the_order_and_the_search_of_the_list(desk, three):
    first, second, third = three
    assert walked(desk, third, "shown=") == [third, second, first]  # what is due first
    assert walked(desk, first, "sort=oldest") == [first, second, third]
    assert walked(desk, third, "sort=newest") == [third, second, first]
    assert walked(desk, third, "q=rousseau") == [third, second, first]
    listed = [line.id for line in desk.get(reverse("inbox:list"), {"q": "rouseau"}).context["page"].lines]
    assert walked(desk, listed[0], "q=rouseau") == listed


@pytest.mark.parametrize("query", ["sort=newest", "q=rousseau", "whose=nobody&sort=newest"])
def test_next_goes_on_where_the_agent_was_after_the_request_has_left_the_list(desk, three, query):
    _first, second, third = three
    elsewhere = make_department("Voirie")
    data = {"department": elsewhere.pk, "reason": "Pour vous"}
    gone = desk.post(reverse("inbox:action", args=[third, "forward"]) + f"?{query}", data, follow=True)
    button = next(str(message) for message in gone.context["messages"])
    assert f"/suivante/?{query.split('&')[0]}" in button
    following = button.split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert desk.get(following)["Location"].startswith(reverse("inbox:request", args=[second]))


def test_all_that_come_close_are_those_the_list_shows(desk, three, procedure):
    make_request(procedure, requester=Requester("Paul Petit"), answers=())
    page = desk.get(reverse("inbox:list"), {"q": "rouseau"})
    assert "All that come close" in page.text
    desk.post(reverse("inbox_jobs:prepare"), {"action": "take", "which": "all", "filters": "q=rouseau"})
    assert Job.objects.get().request_ids == three
    export = desk.get(reverse("inbox_jobs:export"), {"q": "rouseau"})
    assert export.context["count"] == 3
    assert "these come close" in export.text
    written = desk.post(reverse("inbox_jobs:export") + "?q=rouseau", {"format": "csv", "key": "0" * 32})
    assert len(b"".join(written).splitlines()) == 4


def test_close_search_of_another_department_leads_nowhere(client, three):
    stranger = make_agent(make_department("Voirie"))
    stranger.groups.add(role(AGENTS))
    client.force_login(stranger)
    assert client.get(reverse("inbox:next") + "?q=rouseau")["Location"].startswith(reverse("inbox:list"))
    client.post(reverse("inbox_jobs:prepare"), {"action": "take", "which": "all", "filters": "q=rouseau"})
    assert not Job.objects.exists()
