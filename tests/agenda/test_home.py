"""The agenda on the home page and beside guides."""

from __future__ import annotations

from datetime import date, time, timedelta

import time_machine
from django.utils import translation

from agenda.offers import EventsBlock, NextEvents
from agenda.terms import EventStatus
from cms.pages.offers import Visit
from tests.factories.agenda import at, make_event

TODAY = date(2026, 11, 18)


def titles() -> list[str]:
    found = NextEvents().context(Visit("fr"))
    return [card.title for card in found["events"]] if found else []


def test_the_next_three_events_are_shown_each_once(agenda):
    make_event(agenda, *(TODAY + timedelta(n) for n in range(5)), title="Exposition")
    make_event(agenda, at(TODAY + timedelta(1), time(18)), title="Annulé", status=EventStatus.CANCELLED)
    for number in range(3):
        make_event(agenda, at(TODAY + timedelta(2 + number), time(18)), title=f"Concert {number}")
    assert titles() == ["Exposition", "Concert 0", "Concert 1"]
    assert NextEvents().context(Visit("fr"))["all_url"] == "/agenda/"


def test_no_query_until_an_event_ends_or_a_page_changes(agenda, django_assert_num_queries):
    make_event(agenda, at(TODAY, time(10, 30), time(11)), title="Matin")
    make_event(agenda, at(TODAY, time(18)), title="Soir")
    assert titles() == ["Matin", "Soir"]
    with django_assert_num_queries(0):
        titles()
    with time_machine.travel("2026-11-18T10:00:00Z", tick=False):
        assert titles() == ["Soir"]
    with time_machine.travel("2026-11-19T10:00:00Z", tick=False):
        assert titles() == []


def test_without_an_agenda_in_the_language_there_is_no_section(agenda):
    make_event(agenda, TODAY)
    assert NextEvents().context(Visit("ar")) is None


def test_a_guide_shows_the_next_events_for_its_readers(agenda):
    make_event(agenda, TODAY, title="Goûter", audience="children")
    make_event(agenda, TODAY, title="Thé dansant", audience="seniors")
    block = EventsBlock()
    with translation.override("fr"):
        html = block.render(block.to_python({"heading": "Pour les petits", "audience": "children"}))
        nothing = block.render(block.to_python({"heading": "", "audience": "young"}))
    assert "Goûter" in html
    assert "Thé dansant" not in html
    assert 'href="/agenda/?audience=children"' in html
    assert nothing.strip() == ""
