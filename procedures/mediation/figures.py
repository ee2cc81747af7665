"""The figures of a year of mediation."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any

from django.db.models import QuerySet

from procedures.inbox.clock import city_day
from procedures.inbox.complaints import complaint_procedure
from procedures.inbox.models import RequestLink, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE
from procedures.mediation.grouping import OTHERS, SMALLEST, Row, grouped, told
from procedures.mediation.models import EXAMINED, SETTLED, Ending

UNTIED, OTHERWISE = "-", "other"
"""Keys of rows: complaints tied to no request, mediations that ended by another way than an outcome."""


@dataclass(frozen=True)
class Figures:
    """A year as it may be published; None is "fewer than five", or too few to measure."""

    received: int | None
    ended: int | None
    median_days: int | None
    """From receipt to end, days of the calendar; half took less."""
    settled_percent: int | None
    """Agreements and recommendations followed, among complaints that the mediator could examine."""
    examined: int | None
    procedures: list[Row]
    departments: list[Row]
    outcomes: list[Row]

    @classmethod
    def kept(cls, figures: dict[str, Any]) -> Figures:
        """As they were kept with a report."""
        lists = {name: [tuple(row) for row in figures[name]] for name in ("procedures", "departments", "outcomes")}
        return cls(**figures | lists)

    def as_json(self) -> dict[str, Any]:
        """For the report's row."""
        return asdict(self)


def figures_of(year: int) -> Figures:
    """Count the complaints received, and the mediations ended, in ``year``, in the city's time zone."""
    received = list(_complaints(year, "received_at").values_list("pk", flat=True))
    ended = list(_complaints(year, "closed_at").values_list("pk", "received_at", "closed_at"))
    days = [(city_day(closed, CITY_ZONE) - city_day(came, CITY_ZONE)).days for _pk, came, closed in ended]
    outcomes = dict(Ending.objects.filter(complaint__in=[row[0] for row in ended]).values_list("complaint", "outcome"))
    examined = [outcome for outcome in outcomes.values() if outcome in EXAMINED]
    settled = sum(outcome in SETTLED for outcome in examined)
    procedures, departments = _subjects(received)
    return Figures(
        received=told(len(received)),
        ended=told(len(ended)),
        median_days=round(median(days)) if len(days) >= SMALLEST else None,
        settled_percent=round(100 * settled / len(examined)) if len(examined) >= SMALLEST else None,
        examined=told(len(examined)),
        procedures=grouped(procedures),
        departments=grouped(departments),
        outcomes=grouped(Counter(outcomes.get(pk, OTHERWISE) for pk, _came, _closed in ended)),
    )


def years() -> list[int]:
    """Every year in which a complaint came, the latest first."""
    dates = _all().datetimes("received_at", "year", tzinfo=CITY_ZONE)
    return sorted({at.year for at in dates}, reverse=True)


def _all() -> QuerySet[Any]:
    procedure = complaint_procedure()
    return ServiceRequest.objects.filter(procedure=procedure) if procedure else ServiceRequest.objects.none()


def _complaints(year: int, moment: str) -> QuerySet[Any]:
    first, after = (datetime(one, 1, 1, tzinfo=CITY_ZONE).astimezone(UTC) for one in (year, year + 1))
    return _all().filter(**{f"{moment}__gte": first, f"{moment}__lt": after})


def _subjects(complaints: list[int]) -> tuple[Counter[str], Counter[str]]:
    """What the complaints are about: counts by procedure and by department, under their names."""
    links = RequestLink.objects.filter(source__in=complaints, kind=RequestLink.Kind.COMPLAINT)
    named = links.values_list("source", "target__procedure__title", "target__department__name")
    about = {source: (procedure, department) for source, procedure, department in named}
    subjects = [about.get(pk, (UNTIED, UNTIED)) for pk in complaints]
    return Counter(procedure for procedure, _d in subjects), Counter(department for _p, department in subjects)


__all__ = ["OTHERS", "OTHERWISE", "UNTIED", "Figures", "figures_of", "years"]
