"""schema.org ``Event`` as JSON-LD: a block of data in the page, which runs nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from django.utils.safestring import SafeString, mark_safe

from agenda.clock import TOWN_TIME
from agenda.happenings import Happening
from agenda.terms import EventStatus

SCHEMA = "https://schema.org"
STATUS = {
    EventStatus.POSTPONED: f"{SCHEMA}/EventPostponed",
    EventStatus.CANCELLED: f"{SCHEMA}/EventCancelled",
    EventStatus.MOVED_ONLINE: f"{SCHEMA}/EventMovedOnline",
}
MAX_DATES = 20


def events_as_json(happenings: Iterable[Happening], *, site: str, language: str, booking_url: str = "") -> SafeString:
    """The dates of an event as a JSON array, safe inside a ``<script>`` element."""
    entries = [_entry(row, site, language, booking_url) for row in list(happenings)[:MAX_DATES]]
    text = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308 - nothing can close the element


def _entry(happening: Happening, site: str, language: str, booking_url: str) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "Event",
        "name": happening.title,
        "description": happening.summary,
        "url": urljoin(site, happening.url),
        "inLanguage": language,
        **_dates(happening),
        "eventStatus": STATUS.get(EventStatus(happening.status), f"{SCHEMA}/EventScheduled"),
        "isAccessibleForFree": happening.is_free,
        "location": _locations(happening),
    }
    if happening.organiser:
        entry["organizer"] = {"@type": "Organization", "name": happening.organiser}
    if booking_url:
        availability = "SoldOut" if happening.status == EventStatus.FULL else "InStock"
        entry["offers"] = {"@type": "Offer", "url": booking_url, "availability": f"{SCHEMA}/{availability}"}
        if happening.is_free:
            entry["offers"] |= {"price": "0", "priceCurrency": "EUR"}
    return {name: value for name, value in entry.items() if value not in ("", [], None)}


def _dates(happening: Happening) -> dict[str, str]:
    if happening.start_time is None:
        return {"startDate": happening.day.isoformat(), "endDate": (happening.last_day or happening.day).isoformat()}
    start = {"startDate": _local(happening.begin)}
    if happening.end_time is None and happening.last_day is None:
        return start
    # An end at midnight that nobody typed is the last day's end.
    end = happening.end if happening.end_time is not None else happening.end - timedelta(seconds=1)
    return start | {"endDate": _local(end)}


def _local(instant: datetime) -> str:
    return instant.astimezone(TOWN_TIME).isoformat()


def _locations(happening: Happening) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    place = happening.place
    if happening.where and happening.status != EventStatus.MOVED_ONLINE:
        spot: dict[str, Any] = {"@type": "Place", "name": happening.where}
        if place is not None:
            spot["address"] = {
                "@type": "PostalAddress",
                "streetAddress": place.street,
                "postalCode": place.postcode,
                "addressLocality": place.town,
                "addressCountry": "FR",
            }
            if place.latitude is not None and place.longitude is not None:
                spot["geo"] = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
        found.append(spot)
    if happening.online_url:
        found.append({"@type": "VirtualLocation", "url": happening.online_url})
    return found
