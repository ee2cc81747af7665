"""An entry's schedule, and its state in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.hours import Closure, HolidayRule, Kind, OpeningRange, Schedule, State
from directory.hours.public_holidays import region_of
from directory.hours.stored import from_json
from directory.hours.week import coming_closures, coming_holidays, week_table

NEAR_DAYS = 6


def schedule_of(entry: Any, closures: Iterable[Any] | None = None) -> Schedule:
    """The schedule of a source row (a department or a place).

    Args:
        closures: its closures where they are read already.
    """
    rows = entry.closures.all() if closures is None else closures
    return Schedule(
        ranges=from_json(entry.weekly_hours),
        closures=tuple(Closure(row.first_day, row.last_day, row.reason) for row in rows),
        holidays=HolidayRule(entry.on_public_holidays),
        region=region_of(entry.postcode),
        zone=ZoneInfo(settings.TIME_ZONE),
    )


def clock_words(moment: time | datetime) -> str:
    """A time as it is said: « 12 h 30 », and « 14 h » on the hour."""
    if moment.minute:
        return time_format(moment, "TIME_FORMAT")
    # Translators: Django date format of a time on the hour; in French « 14 h » is G\\h with a no-break space.
    return time_format(moment, pgettext("format of a time on the hour", "H:i"))


def day_words(day: date) -> str:
    """A day without its year: « 28 novembre »."""
    return date_format(day, "MONTH_DAY_FORMAT")


def say(template: str, **names: Any) -> SafeString:
    """Fill in a translated sentence; what is filled in is escaped unless it is HTML already."""
    # The template is ours, each name is escaped just here.
    return mark_safe(template % {name: conditional_escape(value) for name, value in names.items()})  # noqa: S308


def state_words(state: State, now: datetime) -> SafeString:
    """The state in a few words, in the active language."""
    if state.kind is Kind.OPEN:
        return _open_words(state)
    if state.kind is Kind.UNKNOWN:
        return _unknown_words(state)
    if state.closed_through:
        return _closure_words(state, now)
    if state.opens is None:
        return say(_("Closed today: public holiday") if state.holiday else _("Closed"))
    if state.kind is Kind.SOON:
        return say(_("Opens at %(time)s"), time=clock_words(state.opens))
    template = _("Closed: public holiday. Opens %(when)s") if state.holiday else _("Opens %(when)s")
    return say(template, when=_when(state.opens, now))


def _open_words(state: State) -> SafeString:
    if state.until is None:
        return say(_("Open day and night"))
    return say(_("Open until %(time)s"), time=clock_words(state.until))


def _unknown_words(state: State) -> SafeString:
    if state.reason:
        return say(_("May be open: %(condition)s"), condition=state.reason)
    if state.holiday:
        return say(_("Public holiday: call before you come"))
    return say(_("Opening hours not known"))


def _closure_words(state: State, now: datetime) -> SafeString:
    """Why, and until when if it lasts."""
    last = state.closed_through
    lasts = last is not None and last > now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    names = {"reason": state.reason, "date": day_words(last) if last else ""}
    if state.reason:
        return say(_("Closed: %(reason)s, until %(date)s") if lasts else _("Closed today: %(reason)s"), **names)
    return say(_("Closed until %(date)s") if lasts else _("Closed today"), **names)


def _when(opens: datetime, now: datetime) -> str:
    """« lundi à 9 h », « demain à 9 h », « le 28 novembre à 9 h »."""
    days = (opens.date() - now.astimezone(opens.tzinfo).date()).days
    names = {"time": clock_words(opens), "day": date_format(opens, "l"), "date": day_words(opens.date())}
    if days == 1:
        return _("tomorrow at %(time)s") % names
    if days <= NEAR_DAYS:
        return _("%(day)s at %(time)s") % names
    return _("on %(date)s at %(time)s") % names


def hours_words(ranges: Iterable[OpeningRange]) -> SafeString:
    """« 9 h – 12 h 30, 14 h – 17 h », each with its condition."""
    said = ((f"{clock_words(r.opens)} – {clock_words(r.closes)}", r.note) for r in ranges)
    return format_html_join(", ", "{}", ((say("%(a)s (%(b)s)", a=a, b=b) if b else a,) for a, b in said))


def week_words(schedule: Schedule, today: date) -> list[dict[str, Any]]:
    """Rows of components/opening_hours_table.html; none when the hours are not known."""
    return [
        {
            "day": str(WEEKDAYS[row.day - 1]).capitalize(),
            "hours": hours_words(row.ranges) or _("Closed"),
            "today": row.day == today.isoweekday(),
        }
        for row in week_table(schedule)
    ]


def exception_words(schedule: Schedule, today: date) -> list[SafeString]:
    """What the coming weeks change: closures and public holidays, one sentence each."""
    said = []
    for closure in coming_closures(schedule, today):
        names = {"first": day_words(closure.first), "last": day_words(closure.last)}
        one_day = closure.first == closure.last
        words = say(_("Closed on %(first)s") if one_day else _("Closed from %(first)s to %(last)s"), **names)
        said.append(say("%(words)s (%(reason)s)", words=words, reason=closure.reason) if closure.reason else words)
    template = (
        _("Closed on %(date)s, public holiday")
        if schedule.holidays is HolidayRule.CLOSED
        else _("%(date)s is a public holiday: call before you come")
    )
    return said + [say(template, date=day_words(day)) for day in coming_holidays(schedule, today)]
