"""iCalendar and RSS: what other programs read of the agenda."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from agenda.terms import EventStatus
from agenda.timezones import timezone_component
from tests.factories.agenda import at, make_event
from tests.factories.directory import PlaceFactory

PARIS = ZoneInfo("Europe/Paris")
SATURDAY = date(2026, 11, 21)


def calendar(client: Client, address: str) -> Calendar:
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    return Calendar.from_ical(response.content)


def test_each_date_of_an_event_is_read_back_as_it_was(agenda, client: Client):
    place = PlaceFactory(name="Théâtre", street="1 rue des Halles", latitude=47.25, longitude=0.5)
    event = make_event(
        agenda,
        at(SATURDAY, time(20, 30), time(22)),
        at(date(2027, 7, 14), time(22, 30)),
        at(date(2026, 12, 5), last_day=date(2026, 12, 6)),
        title="Orchestre, « À la vallée »; " + "très long " * 12,
        place=place,
        organiser="L’orchestre",
    )
    read = calendar(client, f"/agenda/{event.slug}/ics/")
    assert read["VERSION"] == "2.0"
    assert read["METHOD"] == "PUBLISH"
    concert, weekend, summer = read.walk("VEVENT")
    assert concert["SUMMARY"] == event.title
    assert concert.decoded("DTSTART") == datetime(2026, 11, 21, 20, 30, tzinfo=PARIS)
    assert concert["DTSTART"].params["TZID"] == "Europe/Paris"
    assert concert.decoded("DTEND") == datetime(2026, 11, 21, 22, tzinfo=PARIS)
    assert (weekend.decoded("DTSTART"), weekend.decoded("DTEND")) == (date(2026, 12, 5), date(2026, 12, 7))
    assert summer.decoded("DTSTART").astimezone(UTC) == datetime(2027, 7, 14, 20, 30, tzinfo=UTC)
    assert "DTEND" not in summer
    assert concert["STATUS"] == "CONFIRMED"
    assert concert["URL"] == f"http://testserver/agenda/{event.slug}/"
    assert (concert["GEO"].latitude, concert["GEO"].longitude) == (47.25, 0.5)
    assert "rue des Halles" in concert["LOCATION"]
    assert concert.decoded("LAST-MODIFIED") == concert.decoded("DTSTAMP")
    assert "L’orchestre" in concert["DESCRIPTION"]


def test_an_entry_keeps_its_identifier_and_a_copied_event_gets_another(agenda, client: Client):
    event = make_event(agenda, at(SATURDAY, time(20, 30)), TODAY := date(2026, 11, 18))
    first = [row["UID"] for row in calendar(client, f"/agenda/{event.slug}/ics/").walk("VEVENT")]
    timing = event.timings.get(day=SATURDAY)
    timing.start_time = time(21)
    event.timings.add(timing)
    event.save_revision().publish()
    second = [row["UID"] for row in calendar(client, f"/agenda/{event.slug}/ics/").walk("VEVENT")]
    assert first == second
    assert len(set(first)) == 2
    copy = event.copy(update_attrs={"slug": "copie", "title": "Copie"})
    copied = [row["UID"] for row in calendar(client, f"/agenda/{copy.slug}/ics/").walk("VEVENT")]
    assert not set(copied) & set(first)
    assert TODAY < SATURDAY


@pytest.mark.parametrize(
    ("status", "said", "word"),
    [
        (EventStatus.CANCELLED, "CANCELLED", "Annul|Cancel"),
        (EventStatus.POSTPONED, "TENTATIVE", "Report|Postpone"),
        (EventStatus.FULL, "CONFIRMED", "Complet|Full"),
        (EventStatus.MOVED_ONLINE, "CONFIRMED", "ligne|online"),
    ],
)
def test_what_changed_is_said_to_calendars(agenda, client: Client, status, said: str, word: str):
    make_event(agenda, at(SATURDAY, time(20)), status=status, online_url="https://valmarie.example/direct")
    row = calendar(client, "/agenda/ics/").walk("VEVENT")[0]
    assert row["STATUS"] == said
    assert re.search(word, row["SUMMARY"])
    assert row["CONFERENCE"] == "https://valmarie.example/direct"


def test_the_calendar_of_the_agenda_holds_what_its_filters_keep(agenda, client: Client):
    make_event(agenda, SATURDAY, title="Contes", audience="children")
    make_event(agenda, SATURDAY, title="Vin nouveau", audience="adults")
    make_event(agenda, date(2026, 11, 10), title="Passé", audience="children")
    make_event(agenda, date(2026, 9, 1), title="Rentrée", audience="children")
    names = [row["SUMMARY"] for row in calendar(client, "/agenda/ics/?audience=children").walk("VEVENT")]
    assert names == ["Passé", "Contes"]
    assert [
        row["SUMMARY"] for row in calendar(client, "/agenda/ics/?audience=children&period=week").walk("VEVENT")
    ] == ["Contes"]
    assert "Contes" not in [row["SUMMARY"] for row in calendar(client, "/agenda/ics/?audience=adults").walk("VEVENT")]


def test_an_empty_calendar_is_a_calendar(agenda, client: Client):
    assert calendar(client, "/agenda/ics/").walk("VEVENT") == []


@given(
    st.sampled_from(["Europe/Paris", "Indian/Reunion", "America/Martinique", "Pacific/Noumea", "Europe/London"]),
    st.integers(1975, 2060),
)
def test_a_vtimezone_gives_the_offsets_of_the_zone(name: str, year: int):
    zone = ZoneInfo(name)
    component = timezone_component(zone, year, year)
    changes = sorted(
        (part["DTSTART"].dt - part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td) for part in component.subcomponents
    )
    moment = datetime(year, 1, 1)
    while moment.year == year:
        offset = [to for start, to in changes if start <= moment][-1]
        assert offset == moment.replace(tzinfo=UTC).astimezone(zone).utcoffset(), moment
        moment += timedelta(hours=13)


def test_the_feed_lists_the_dates(agenda, client: Client):
    event = make_event(agenda, at(SATURDAY, time(20, 30)), title="Orchestre & chœur", summary="<b>Fort</b>")
    response = client.get("/agenda/rss/?free=1")
    assert response["Content-Type"].startswith("application/rss+xml")
    item = ElementTree.fromstring(response.content).find("channel/item")
    assert item.findtext("title") == "Orchestre & chœur"
    assert item.findtext("link") == f"http://testserver/agenda/{event.slug}/"


def test_the_event_says_itself_to_engines_in_data_that_closes_nothing(agenda, client: Client):
    place = PlaceFactory(name="</script><script>alert(1)</script>")
    event = make_event(agenda, at(SATURDAY, time(20, 30), time(22)), place=place, title="Orchestre & <b>chœur</b>")
    html = client.get(f"/agenda/{event.slug}/").text
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S).group(1)
    (data,) = json.loads(block)
    assert data["name"] == event.title
    assert data["startDate"] == "2026-11-21T20:30:00+01:00"
    assert data["endDate"] == "2026-11-21T22:00:00+01:00"
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["location"][0]["name"] == place.name
