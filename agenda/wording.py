"""Dates and times of events in words, in the language of the page and the time of the town."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from agenda.clock import TOWN_TIME
from agenda.happenings import Happening
from directory.opening import clock_words


def today(now: datetime) -> date:
    """The day in town at an instant."""
    return now.astimezone(TOWN_TIME).date()


def day_in_words(day: date, now: datetime) -> str:
    """“Saturday 21 November”, with the year if it is another."""
    words = "l " + get_format("MONTH_DAY_FORMAT")
    return date_format(day, words if day.year == today(now).year else words + "\u00a0Y")


def hours_in_words(timing: Happening) -> str:
    """“20:30 – 22:00”, “from 20:30”; empty without a time."""
    if timing.start_time is None:
        return ""
    start = clock_words(timing.start_time)
    if timing.end_time is None:
        return _("from %(time)s") % {"time": start}
    return f"{start}\u00a0– {clock_words(timing.end_time)}"


def hours_on_list(timing: Happening, listed_on: date, now: datetime) -> str:
    """What the agenda shows beside a title, under the heading of a day."""
    if timing.last_day is None or timing.last_day == timing.day:
        return hours_in_words(timing)
    if listed_on >= timing.last_day:
        if timing.end_time is None:
            return _("last day")
        return _("last day, until %(time)s") % {"time": clock_words(timing.end_time)}
    until = _("until %(day)s") % {"day": day_in_words(timing.last_day, now)}
    if listed_on > timing.day or timing.start_time is None:
        return until
    return f"{clock_words(timing.start_time)}, {until}"


def timing_in_words(timing: Happening, now: datetime) -> str:
    """The whole timing: “Saturday 21 November, 20:30 – 22:00”."""
    first = day_in_words(timing.day, now)
    if timing.last_day is None or timing.last_day == timing.day:
        hours = hours_in_words(timing)
        return f"{first}, {hours}" if hours else first
    last = day_in_words(timing.last_day, now)
    if timing.start_time is not None:
        first = f"{first}, {clock_words(timing.start_time)}"
    if timing.end_time is not None:
        last = f"{last}, {clock_words(timing.end_time)}"
    return _("from %(first)s to %(last)s") % {"first": first, "last": last}
