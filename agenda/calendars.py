"""iCalendar (RFC 5545, 7986): an event or a filtered agenda, for anybody's own calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from urllib.parse import urljoin
from uuid import uuid5

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vDuration, vUri

from agenda.clock import TOWN_TIME
from agenda.happenings import Happening
from agenda.terms import Audience, EventStatus
from agenda.timezones import timezone_component

MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESH_AFTER = timedelta(hours=6)
STATUS = {EventStatus.CANCELLED: "CANCELLED", EventStatus.POSTPONED: "TENTATIVE"}
"""Anything else is confirmed."""


def calendar_of(happenings: Iterable[Happening], *, name: str, address: str, site: str, language: str) -> bytes:
    """A calendar of these dates, one VEVENT each, with the VTIMEZONE of the town.

    Args:
        address: where the calendar is fetched again, absolute.
        site: the site's address, absolute; the events' own are below it.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Parvis//Agenda//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name, parameters={"language": language})
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", TOWN_TIME.key)
    calendar.add("source", vUri(address), parameters={"value": "URI"})
    calendar.add("refresh-interval", vDuration(REFRESH_AFTER), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH_AFTER))
    rows = list(happenings)
    if rows:
        years = [moment.astimezone(TOWN_TIME).year for row in rows for moment in (row.begin, row.end)]
        calendar.add_component(timezone_component(TOWN_TIME, min(years), max(years)))
    for happening in rows:
        calendar.add_component(_event(happening, site, language))
    return calendar.to_ical()


def title_in_words(happening: Happening) -> str:
    """The title; calendars rarely show a status, so it comes first where it matters."""
    if happening.status == EventStatus.SCHEDULED:
        return happening.title
    label = EventStatus(happening.status).label
    return _("%(status)s: %(title)s") % {"status": label, "title": happening.title}


def _event(happening: Happening, site: str, language: str) -> Event:
    event = Event()
    # The same event in another language is the same entry; a copied page is another event.
    event.add("uid", str(uuid5(happening.translation_key, happening.key.hex)))
    changed = happening.last_published_at or happening.begin
    event.add("dtstamp", changed.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", changed.astimezone(UTC).replace(microsecond=0))
    if happening.first_published_at:
        event.add("created", happening.first_published_at.astimezone(UTC).replace(microsecond=0))
    event.add("summary", title_in_words(happening), parameters={"language": language})
    _add_dates(event, happening)
    event.add("status", STATUS.get(EventStatus(happening.status), "CONFIRMED"))
    event.add("transp", "TRANSPARENT")  # the town proposes: nobody is busy because of it
    event.add("description", _description(happening))
    event.add("url", urljoin(site, happening.url))
    event.add("categories", [str(Audience(happening.audience).label)])
    _add_place(event, happening)
    return event


def _add_dates(event: Event, happening: Happening) -> None:
    if happening.start_time is None:
        event.add("dtstart", happening.day)
        event.add("dtend", (happening.last_day or happening.day) + timedelta(days=1))
        return
    event.add("dtstart", happening.begin.astimezone(TOWN_TIME))
    # Without an end it is a point in time; an end equal to the start is not allowed.
    known_end = happening.end_time is not None or happening.last_day is not None
    if known_end and happening.end > happening.begin:
        event.add("dtend", happening.end.astimezone(TOWN_TIME))


def _add_place(event: Event, happening: Happening) -> None:
    if happening.status == EventStatus.MOVED_ONLINE:
        event.add("location", happening.online_url)
    else:
        address = happening.place.address if happening.place else ""
        location = ", ".join(part for part in (happening.where, address) if part)
        if location:
            event.add("location", location)
        place = happening.place
        if place is not None and place.latitude is not None and place.longitude is not None:
            event.add("geo", (place.latitude, place.longitude))
    if happening.online_url:
        event.add("conference", vUri(happening.online_url), parameters={"value": "URI"})


def _description(happening: Happening) -> str:
    access = ", ".join([*happening.access_labels, happening.access_note]).strip(", ")
    lines = [
        happening.summary,
        str(_("Free")) if happening.is_free else "",
        happening.price,
        _("Accessible: %(who)s") % {"who": access} if access else "",
        _("Organised by %(name)s") % {"name": happening.organiser} if happening.organiser else "",
    ]
    return "\n".join(line for line in lines if line)
