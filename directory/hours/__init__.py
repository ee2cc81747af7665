"""The opening-hours engine: pure Python, no Django.

``schedule`` says when somebody receives people, ``state`` says what that means at a moment,
``week`` makes the table, ``stored`` is the JSON kept in the database and ``dila`` reads the
State's directory. The rule everywhere: *unknown* is better than wrong.
"""

from directory.hours.schedule import Closure, HolidayRule, OpeningRange, Schedule
from directory.hours.state import Kind, State, state_at

__all__ = ["Closure", "HolidayRule", "Kind", "OpeningRange", "Schedule", "State", "state_at"]
