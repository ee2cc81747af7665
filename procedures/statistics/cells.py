"""What is counted of requests, day by day: the one place that says what each count means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeVar

from django.db.models import Count, Exists, OuterRef, Q

from procedures.inbox.clock import city_day
from procedures.inbox.models import Event, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE
from procedures.statistics.models import ANY, NOWHERE, Grain, Tally
from procedures.statistics.periods import Period, moments

K = TypeVar("K")
Kind = Event.Kind
CLOSING = (Kind.ACCEPTED, Kind.REFUSED, Kind.CLOSED, Kind.TRANSFERRED, Kind.MERGED)
SECOND_CONTACT = (Kind.COMPLETION_ASKED, Kind.WRITTEN_TO_RESIDENT, Kind.WRITTEN_BY_RESIDENT)
"""Before the decision, these make more than one contact of it."""
NUMBERS = (
    "received",
    "decided",
    "promised",
    "promise_kept",
    "bound",
    "bound_kept",
    "first_contact",
    "reopened",
    "waiting",
    "overdue",
)


class Cell(NamedTuple):
    """Where a request counts."""

    department_id: int
    procedure_id: int
    channel: str
    district_id: int | None

    def at(self, grain: Grain) -> Cell:
        """The same, with what ``grain`` does not tell apart added up; no district has a number too."""
        return Cell(
            self.department_id,
            self.procedure_id,
            self.channel if grain in (Grain.CHANNEL, Grain.FINE) else "",
            (self.district_id or NOWHERE) if grain in (Grain.DISTRICT, Grain.FINE) else ANY,
        )


PLACES = Cell._fields


@dataclass
class Sums:
    """Numbers that add up: ``numbers`` by name, ``days`` an answer took, ``steps`` of satisfaction."""

    numbers: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)
    steps: Counter[int] = field(default_factory=Counter)

    def add(self, other: Sums) -> None:
        """Add what another one counted."""
        merge(self.numbers, other.numbers)
        merge(self.days, other.days)
        merge(self.steps, other.steps)


def merge(into: dict[K, int], more: Mapping[K, int]) -> None:
    """Add numbers by name; it is done thousands of times for a screen, so without the luxury of ``Counter``."""
    if not into:
        into |= more
        return
    get = into.get
    for key, number in more.items():
        into[key] = get(key, 0) + number


class Book(dict[Cell, Sums]):
    """Counts by cell."""

    def __missing__(self, cell: Cell) -> Sums:
        self[cell] = Sums()
        return self[cell]

    def tallies(self, span: str, first_day: date) -> Iterator[Tally]:
        """The rows to write: one per cell and grain."""
        for grain in Grain:
            coarser = Book()
            for cell, count in self.items():
                coarser[cell.at(grain)].add(count)
            for cell, count in coarser.items():
                yield Tally(
                    span=span,
                    grain=grain,
                    first_day=first_day,
                    **cell._asdict(),
                    **count.numbers,
                    days=count.days,
                    steps=count.steps,
                )


def book_of_day(day: date) -> Book:
    """Count what happened on one day of the city."""
    book, within = Book(), moments(Period(day, day))
    for *place, number in _by_cell(ServiceRequest.objects.filter(received_at__range=within), Count("pk")):
        book[Cell(*place)].numbers["received"] += number
    for *place, number in _by_cell(ServiceRequest.objects.filter(reopened_on=day), Count("pk")):
        book[Cell(*place)].numbers["reopened"] += number
    for answer in _answers(within):
        _count_answer(book[Cell(*answer[:4])], day, *answer[4:])
    return book


def book_of_now(today: date) -> Book:
    """Count what waits for its answer, and what is late."""
    book = Book()
    overdue = Count("pk", filter=Q(due_key__lt=today))
    for *place, waiting, late in _by_cell(ServiceRequest.objects.open(), Count("pk"), overdue):
        book[Cell(*place)].numbers.update(waiting=waiting, overdue=late)
    return book


def book_of_tallies(tallies: Iterable[Tally]) -> Book:
    """Add up fine tallies, those of the days of a month."""
    book = Book()
    for tally in tallies:
        cell = Cell(tally.department_id, tally.procedure_id, tally.channel, tally.district_id)
        book[cell].add(
            Sums(
                Counter({name: getattr(tally, name) for name in NUMBERS}),
                Counter({int(days): number for days, number in tally.days.items()}),
                Counter({int(step): number for step, number in tally.steps.items()}),
            )
        )
    return book


def _by_cell(requests: Any, *counted: Any) -> Any:
    named = {f"counted_{number}": count for number, count in enumerate(counted)}
    return requests.order_by().values_list(*PLACES).annotate(**named)


def _answers(within: tuple[Any, Any]) -> Any:
    """Requests that have their answer; duplicates get it with the request that carries on for them."""
    contact = Event.objects.filter(request=OuterRef("pk"), kind__in=SECOND_CONTACT, at__lt=OuterRef("closed_at"))
    answered = ServiceRequest.objects.filter(closed_at__range=within, merged_into=None)
    return answered.annotate(contact=Exists(contact)).values_list(
        *PLACES, "received_at", "announced_on", "due_on", "reopened_on", "contact", "satisfaction__step"
    )


def _count_answer(
    count: Sums,
    day: date,
    received_at: Any,
    announced_on: date | None,
    due_on: date | None,
    reopened_on: date | None,
    contact: bool,
    step: int | None,
) -> None:
    """Count one answer, given on ``day``."""
    facts = {
        "decided": True,
        "promised": announced_on is not None,
        "promise_kept": announced_on is not None and day <= announced_on,
        "bound": due_on is not None,
        "bound_kept": due_on is not None and day <= due_on,
        "first_contact": not contact and reopened_on is None,
    }
    count.numbers.update(name for name, holds in facts.items() if holds)
    count.days[(day - city_day(received_at, CITY_ZONE)).days] += 1
    if step:
        count.steps[step] += 1
