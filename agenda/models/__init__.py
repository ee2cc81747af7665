"""Tables of the agenda: the pages of events, their timings, the agenda itself."""

from agenda.models.event import Audience, EventPage, EventStatus
from agenda.models.index import EventIndexPage
from agenda.models.timing import EventTiming

__all__ = ["Audience", "EventIndexPage", "EventPage", "EventStatus", "EventTiming"]
