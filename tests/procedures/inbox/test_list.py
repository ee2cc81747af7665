"""The list: every request once whatever the filters, first, middle and last page alike, in ten queries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.accounts.roles import AGENTS, role
from procedures.inbox.desk import listing
from procedures.inbox.desk.filters import FilterForm
from procedures.inbox.desk.listing import DUE, LAST, Order
from procedures.inbox.models import ServiceRequest, Team
from procedures.inbox.querysets import city_today
from procedures.inbox.services.decision import accept
from tests.factories.inbox import make_agent, make_request
from tests.factories.procedures import make_department, make_procedure

pytestmark = pytest.mark.django_db

ORDERS = [DUE, Order("received_at"), Order("received_at", descending=True)]


@pytest.fixture
def procedure(db):
    return make_procedure(silence_effect="acceptance")


@pytest.fixture
def agent(procedure):
    user = make_agent(procedure.department)
    user.groups.add(role(AGENTS))
    return user


@pytest.fixture
def desk(agent) -> Client:
    client = Client()
    client.force_login(agent)
    return client


def shown(desk: Client, **query: object) -> list[int]:
    return [line.id for line in desk.get(reverse("inbox:list"), query).context["page"].lines]


def place(request: ServiceRequest, **fields: object) -> ServiceRequest:
    ServiceRequest.objects.filter(pk=request.pk).update(**fields)
    return request


@pytest.fixture
def dozen(procedure) -> list[int]:
    """Twelve requests, some due the same day, some received at the same moment."""
    first, moment = date(2026, 11, 1), timezone.now().replace(microsecond=123)
    made = []
    for number in range(12):
        request = make_request(procedure, answers=())
        fields = {"due_key": first + timedelta(days=number // 3), "received_at": moment - timedelta(hours=number // 4)}
        made.append(place(request, channel=("portal", "phone")[number % 2], **fields).pk)
    return made


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.integers(1, 13),
    order=st.sampled_from(ORDERS),
    channel=st.sampled_from(["", "phone"]),
    from_the_end=st.booleans(),
)
def test_pages_show_each_request_once_in_order_from_either_end(dozen, agent, lines, order, channel, from_the_end):
    listing.LINES, whole = lines, listing.LINES
    try:
        found = FilterForm({"channel": channel}, user=agent).narrowed()
        expected = list(found.order_by(*order.names()).values_list("pk", flat=True))
        page = listing.page_of(found, order, before=LAST if from_the_end else "")
        seen = [line.id for line in page.lines]
        while key := page.previous if from_the_end else page.next:
            page = listing.page_of(found, order, **{"before" if from_the_end else "after": key})
            ids = [line.id for line in page.lines]
            seen = ids + seen if from_the_end else seen + ids
    finally:
        listing.LINES = whole
    assert seen == expected


@pytest.mark.parametrize("order", ORDERS)
def test_a_day_is_gone_to_whatever_the_order(dozen, agent, order):
    found = FilterForm({}, user=agent).narrowed()
    row = ServiceRequest.objects.filter(pk=dozen[6]).values("due_key", "received_at").get()
    day = row["due_key"] if order.is_date else timezone.localtime(row["received_at"]).date()
    lines = listing.page_of(found, order, after=order.key_at(day)).lines
    assert dozen[6] in [line.id for line in lines]


def test_a_screen_takes_ten_queries_at_most_the_frame_included(desk, dozen, procedure, agent):
    Team.objects.create(department=procedure.department, name="Accueil").members.add(agent)
    addresses = ["", "?channel=phone&status=received", "?before=last", "?after=20261103-1", "?shown=history"]
    addresses += ["?q=lefevre", "?q=lefvere", "?signal=mentioned", "?whose=teams", "?q=06"]
    for address in addresses:
        desk.get(reverse("inbox:list") + address)
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(reverse("inbox:list") + address).status_code == 200
        assert len(captured) <= 10, (address, [query["sql"][:90] for query in captured])


def test_the_answered_ones_come_in_their_tab_the_latest_first_for_twelve_months(desk, procedure, agent):
    first, second, old, still_open = (make_request(procedure, answers=()) for _ in range(4))
    for request in (old, first, second):
        accept(request, agent=agent)
    place(old, closed_at=timezone.now() - timedelta(days=400))
    assert shown(desk, shown="history") == [second.pk, first.pk]
    assert shown(desk, shown="history", sort="oldest") == [first.pk, second.pk]
    day = city_today() - timedelta(days=401)
    assert shown(desk, closed_from=day.isoformat(), closed_to=(day + timedelta(days=3)).isoformat()) == [old.pk]
    assert shown(desk) == [still_open.pk]


def test_each_filter_keeps_what_it_names(desk, procedure, agent):
    team = Team.objects.create(department=procedure.department, name="Accueil")
    team.members.add(agent)
    one, other = (make_request(procedure, answers=()) for _ in range(2))
    place(one, team=team, resident_wrote_at=timezone.now(), received_at=timezone.now() - timedelta(days=40))
    place(other, mail_failed_at=timezone.now(), silence_effect="none", received_at=timezone.now())
    one.notes.create(author=agent, text="?").mentions.create(user=agent)
    today = city_today()
    for query in (
        {"team": team.pk},
        {"whose": "teams"},
        {"signal": "wrote"},
        {"signal": "mentioned"},
        {"silence": "acceptance"},
        {"age": "30"},
        {"received_to": (today - timedelta(days=30)).isoformat()},
    ):
        assert shown(desk, **query) == [one.pk], query
    assert shown(desk, signal="mail") == shown(desk, received_from=today.isoformat()) == [other.pk]


def test_counts_stop_at_the_cap_and_say_so(desk, procedure, monkeypatch):
    monkeypatch.setattr("procedures.inbox.desk.tabs.COUNT_CAP", 2)
    monkeypatch.setattr(listing, "COUNT_CAP", 2)
    monkeypatch.setattr(listing, "LINES", 2)
    for _ in range(4):
        make_request(procedure, answers=())
    response = desk.get(reverse("inbox:list"))
    assert response.context["matches"] == 3
    assert "More than 2 requests" in response.text


def test_an_agent_is_offered_no_team_of_another_department_and_sees_none_of_its_requests(desk, agent):
    other = make_procedure(department=make_department())
    team = Team.objects.create(department=other.department, name="Ailleurs")
    place(make_request(other, answers=()), team=team)
    team.members.add(agent)
    page = desk.get(reverse("inbox:list"), {"whose": "teams"})
    assert page.context["page"].lines == []
    assert "Ailleurs" not in page.text
    assert shown(desk, team=team.pk) == []


def test_what_comes_close_is_told_apart_from_what_is_spelled_so(desk, procedure):
    make_request(procedure, answers=())
    assert "these come close" in desk.get(reverse("inbox:list"), {"q": "lefvere"}).text
    assert "these come close" not in desk.get(reverse("inbox:list"), {"q": "lefevre"}).text
    assert "Nothing is called so" in desk.get(reverse("inbox:list"), {"q": "zzzzzz"}).text


@pytest.mark.parametrize("query", ["at=2026-02-31", "at=x", "sort=x", "closed_from=x", "team=9999999", "before=x"])
def test_nonsense_in_the_address_is_passed_over(desk, dozen, query):
    assert desk.get(f"{reverse('inbox:list')}?{query}").status_code == 200
