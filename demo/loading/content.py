"""Guides, news and events."""

from __future__ import annotations

from datetime import time
from typing import Any

from agenda.models import EventPage, EventTiming
from cms.pages.models import GuidePage, NewsPage
from demo.loading.bodies import Body, items, stream
from demo.loading.city import City
from demo.loading.data import Record, read, read_folder
from demo.loading.days import day, days
from demo.loading.tree import add

ACCESS = ("hi", "vi", "pi", "mi", "ii")


def load_guides(city: City) -> None:
    """Make the guides."""
    guides = sorted((record for _, record in read_folder("guides")), key=lambda record: record["rank"])
    for record in guides:
        key = record["key"]
        add(
            city,
            "guides",
            GuidePage,
            record,
            audience=record["audience"],
            summary=record["summary"],
            body=Body(city, "guides", key).stream(record["body"]),
            aside=_aside(city, key, record),
            verified_on=day(record["reviewed"], city.today),
            verified_by=city.departments[record["contact"]].name,
        )
    city.say(f"{len(guides)} guides")


def load_news(city: City) -> None:
    """Make the news, the oldest first."""
    news = sorted(read("news"), key=lambda record: int(record["at"]))
    for record in news:
        add(
            city,
            "actualites",
            NewsPage,
            record,
            published_on=day(record["at"], city.today),
            summary=record["summary"],
            body=Body(city, "news", record["key"]).stream(record["body"]),
            **city.picture(record.get("picture")),
        )
    city.say(f"{len(news)} news")


def load_events(city: City) -> None:
    """Make the events, each with its dates."""
    events = read("events")
    for record in events:
        body = Body(city, "events", record["key"])
        access = {f"access_{code}": code in record.get("access", []) for code in ACCESS}
        place = city.places[record["place"]] if "place" in record else None
        add(
            city,
            "agenda",
            EventPage,
            record,
            summary=record["summary"],
            body=body.stream([{"text": record["body"]}]),
            timings=[timing for when in record["when"] for timing in _timings(city, when)],
            place=place,
            place_text=record.get("place_text", ""),
            is_free=record.get("free", False),
            price=record.get("price", ""),
            audience=record["audience"],
            status=record.get("status", "scheduled"),
            status_note=record.get("status_note", ""),
            access_note=record.get("access_note", ""),
            organiser=record["organiser"],
            **access,
            **city.picture(record.get("picture")),
        )
    city.say(f"{len(events)} events")


def _aside(city: City, key: str, record: Record) -> str:
    related = [city.pages[procedure].pk for procedure in record["procedures"]]
    blocks: list[tuple[str, Any]] = [
        ("contact", {"department": city.departments[record["contact"]].pk}),
        ("related_procedures", {"heading": "", "procedures": items(related, "guides", key, "related")}),
    ]
    return stream(blocks, "guides", key, "aside")


def _timings(city: City, record: Record) -> list[EventTiming]:
    timings = []
    for on in days(record["day"], city.today):
        timing = EventTiming(
            day=on,
            start_time=_clock(record.get("from")),
            end_time=_clock(record.get("to")),
            last_day=day(record["last"], city.today) if "last" in record else None,
        )
        timing.clean()
        timings.append(timing)
    return timings


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
