"""The agenda by date, and its filters."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
import time_machine
from django.test import Client
from wagtail.models import PageViewRestriction

from agenda.models import EventTiming
from agenda.terms import EventStatus
from tests.factories.agenda import EventPageFactory, at, make_event
from tests.factories.directory import PlaceFactory

TODAY = date(2026, 11, 18)


def shown(response) -> list[tuple[date, str]]:
    return [(day.day, card.title) for day in response.context["days"] for card in day.cards]


def titles(response) -> list[str]:
    return [title for _day, title in shown(response)]


def test_events_stand_under_their_days_the_earliest_first(agenda, client: Client):
    make_event(agenda, at(TODAY + timedelta(3), time(20, 30)), title="Orchestre")
    make_event(agenda, at(TODAY, time(18)), TODAY + timedelta(4), title="Contes")
    response = client.get("/agenda/")
    assert shown(response) == [
        (TODAY, "Contes"),
        (TODAY + timedelta(3), "Orchestre"),
        (TODAY + timedelta(4), "Contes"),
    ]
    assert "Samedi 21\xa0novembre" in response.text or "Saturday 21\xa0November" in response.text


def test_what_is_over_is_left_out_and_what_runs_is_listed_under_today(agenda, client: Client):
    make_event(agenda, at(TODAY, time(8), time(9)), title="Fini")
    make_event(agenda, at(TODAY, time(8), time(11)), title="En cours")
    make_event(agenda, at(TODAY - timedelta(30), last_day=TODAY + timedelta(30)), title="Exposition")
    assert shown(client.get("/agenda/")) == [(TODAY, "Exposition"), (TODAY, "En cours")]
    assert titles(client.get("/agenda/?period=today")) == ["Exposition", "En cours"]


def test_the_day_is_that_of_the_town(agenda, client: Client):
    make_event(agenda, at(date(2026, 11, 19), time(0, 30), time(2)), title="Minuit et demi")
    with time_machine.travel("2026-11-18T23:15:00Z", tick=False):
        assert shown(client.get("/agenda/?period=today")) == [(date(2026, 11, 19), "Minuit et demi")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("period=today", ["mercredi"]),
        ("period=weekend", ["samedi", "dimanche"]),
        ("period=week", ["mercredi", "samedi", "dimanche"]),
        ("period=month", ["mercredi", "samedi", "dimanche", "mercredi en 8"]),
        ("from=2026-11-22&to=2026-11-25", ["dimanche", "mercredi en 8"]),
        ("from=25/11/2026", ["mercredi en 8", "noel"]),
        ("to=2026-11-21", ["mercredi", "samedi"]),
        ("period=nonsense", ["mercredi", "samedi", "dimanche", "mercredi en 8", "noel"]),
    ],
)
def test_periods_keep_what_they_say(agenda, client: Client, query: str, found: list[str]):
    for title, day in {"mercredi": 18, "samedi": 21, "dimanche": 22, "mercredi en 8": 25}.items():
        make_event(agenda, date(2026, 11, day), title=title)
    make_event(agenda, date(2026, 12, 24), title="noel")
    assert titles(client.get(f"/agenda/?{query}")) == found


def test_audience_price_and_words_filter(agenda, client: Client):
    make_event(agenda, TODAY, title="Élagage au parc", audience="families", is_free=False)
    make_event(agenda, TODAY, title="Contes", audience="children", organiser="Médiathèque du Lavoir")
    assert titles(client.get("/agenda/?audience=children")) == ["Contes"]
    assert titles(client.get("/agenda/?free=1")) == ["Contes"]
    assert titles(client.get("/agenda/?q=elagage")) == ["Élagage au parc"]
    assert titles(client.get("/agenda/?q=MEDIATHEQUE+lavoir")) == ["Contes"]
    assert titles(client.get("/agenda/?q=lavoir+parc")) == []


def test_the_list_comes_in_pages_that_keep_the_filters(agenda, client: Client):
    event = make_event(agenda, *(at(TODAY + timedelta(n), time(18)) for n in range(25)), title="Yoga")
    first = client.get("/agenda/?free=1&q=yoga")
    assert len(titles(first)) == 20
    assert "?free=1&amp;q=yoga&amp;page=2" in first.text
    second = client.get("/agenda/?free=1&q=yoga&page=2")
    assert len(titles(second)) == 5
    assert first.context["dates"].paginator.count == EventTiming.objects.filter(event=event).count()


def test_the_subscription_keeps_the_filters(agenda, client: Client):
    response = client.get("/agenda/?audience=children&free=1&q=conte&period=weekend&page=3&unknown=1")
    asked = "period=weekend&audience=children&free=1&q=conte"
    assert response.context["calendar_url"] == f"/agenda/ics/?{asked}"
    assert response.context["subscribe_url"] == f"webcal://testserver/agenda/ics/?{asked}"
    assert response.context["feed_url"] == f"/agenda/rss/?{asked}"


def test_drafts_and_private_events_are_not_listed(agenda, client: Client):
    make_event(agenda, TODAY, title="Public")
    draft = EventPageFactory(parent=agenda, title="Brouillon", live=False, timings=[EventTiming(day=TODAY)])
    closed = make_event(agenda, TODAY, title="Entre nous")
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="x")
    assert not draft.live
    assert titles(client.get("/agenda/")) == ["Public"]


def test_a_change_is_said_and_the_place_is_named(agenda, client: Client):
    place = PlaceFactory(name="Théâtre des Halles")
    make_event(agenda, at(TODAY, time(20, 30)), place=place, place_text="Salle 2", status=EventStatus.CANCELLED)
    card = client.get("/agenda/").context["days"][0].cards[0]
    assert card.place == "Théâtre des Halles, Salle 2"
    assert card.off
    assert card.status


def test_the_agenda_takes_four_queries_at_most(agenda, client: Client, django_assert_max_num_queries):
    place = PlaceFactory()
    for number in range(30):
        make_event(agenda, at(TODAY + timedelta(number), time(18)), place=place)
    client.get("/agenda/")
    with django_assert_max_num_queries(4):
        client.get("/agenda/?page=2&free=1&q=concert")


def test_an_event_takes_three_queries_at_most(agenda, client: Client, django_assert_max_num_queries):
    event = make_event(agenda, at(TODAY, time(18)), TODAY + timedelta(1), place=PlaceFactory())
    address = f"/agenda/{event.slug}/"
    assert client.get(address).status_code == 200
    with django_assert_max_num_queries(3):
        client.get(address)


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "x" * 10_000, "from=%00&to=x", "page=%00", "page=99999999999", "audience=%00"]
)
def test_odd_addresses_get_an_answer(agenda, client: Client, query: str):
    for below in ("", "ics/", "rss/"):
        assert client.get(f"/agenda/{below}?{query}").status_code == 200


def test_no_cookie_is_set(agenda, client: Client):
    assert not client.get("/agenda/").cookies
    assert not client.get("/agenda/ics/").cookies
