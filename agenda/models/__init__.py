"""Tables of the agenda: the pages of events, their timings, the agenda itself."""

from agenda.models.event import EventPage
from agenda.models.index import EventIndexPage
from agenda.models.timing import EventTiming
from agenda.terms import Audience, EventStatus

__all__ = ["Audience", "EventIndexPage", "EventPage", "EventStatus", "EventTiming"]
