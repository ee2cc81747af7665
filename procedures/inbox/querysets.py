"""Named reads of the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, models
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from cms.accounts.models import User
from directory.models import departments_of
from procedures.inbox import finding, tracking_number
from procedures.inbox.clock import city_day

CITY_ZONE = ZoneInfo(settings.TIME_ZONE)
ANSWERING_ROLES = ("agent", "head")


def city_today() -> date:
    """The day it is in the city."""
    return city_day(timezone.now(), CITY_ZONE)


def departments_answered_by(user: User | AnonymousUser) -> list[int]:
    """Ids of the departments whose requests ``user`` may read: editors answer none."""
    return list(departments_of(user, roles=ANSWERING_ROLES).values_list("pk", flat=True))


class ServiceRequestQuerySet(models.QuerySet[Any]):
    """Requests; ``visible_to`` is the only door for agents."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What ``user`` may see: the requests of the departments they answer for.

        The ids are written into the query (no join), so that the inbox's indexes serve it.
        """
        return self.of_departments(departments_answered_by(user))

    def of_departments(self, ids: Sequence[int], *, by_index: bool = True) -> Self:
        """Those that are in the hands of these departments.

        Args:
            by_index: whether their own index is the way to them; False where something else is rarer.
        """
        if connection.vendor == "sqlite" and (len(ids) > 1 or not by_index):
            # Seeing an indexed column, SQLite would gather these departments one by one and
            # sort all their requests; an expression lets it read the open ones in order.
            return self.alias(of_department=F("department_id") + 0).filter(of_department__in=ids)
        return self.filter(department_id__in=ids)

    def readable_by(self, user: User | AnonymousUser) -> Self:
        """What ``user`` may read and not touch: what they see, and for a mediator what complaints in hand are about.

        For the page of one request, its files and its documents; lists, counts and actions go through
        ``visible_to``. A complaint that left the mediator's desk opens nothing any more. One query, rights
        included; each row tells whether the user sees it as their own (``is_theirs``).
        """
        theirs, told = self._rights_of(user)
        return self.annotate(is_theirs=theirs).filter(models.Q(theirs) | models.Q(told))

    def with_rights_of(self, user: User | AnonymousUser) -> Self:
        """Each row with whether ``user`` sees it (``is_theirs``) and may read it (``is_readable``); for a few ids."""
        theirs, told = self._rights_of(user)
        return self.annotate(is_theirs=theirs, is_readable=models.Q(theirs) | models.Q(told))

    def _rights_of(self, user: User | AnonymousUser) -> tuple[Exists, Exists]:
        answered = departments_of(user, roles=ANSWERING_ROLES)
        desks = answered.filter(desk_settings__is_mediator=True)
        complaints = self.model.objects.filter(department__in=desks.values("pk"), links_from__kind="complaint")
        return (
            Exists(answered.filter(pk=OuterRef("department_id"))),
            Exists(complaints.filter(links_from__target=OuterRef("pk"))),
        )

    def open(self) -> Self:
        """Without an answer yet."""
        return self.filter(closed_at__isnull=True)

    def decided(self) -> Self:
        """With their answer."""
        return self.filter(closed_at__isnull=False)

    def overdue(self, today: date | None = None) -> Self:
        """Open, and the first date to keep has gone by."""
        return self.open().filter(due_key__lt=today or city_today())

    def unassigned(self) -> Self:
        """Open and nobody's."""
        return self.open().filter(agent__isnull=True)

    def assigned_to(self, user: User) -> Self:
        """Open and in ``user``'s hands."""
        return self.open().filter(agent=user)

    def of_teams_of(self, user: User) -> Self:
        """Open and in the hands of a team of ``user``'s."""
        teams = user._meta.get_field("teams").related_model._default_manager.filter(members=user)
        # Said twice, so that PostgreSQL knows that the index of what teams have serves.
        return self.open().filter(team__isnull=False, team__in=teams)

    def due_first(self) -> Self:
        """What is due first comes first; ``id`` settles ties."""
        return self.order_by("due_key", "id")

    def search(self, typed: str) -> Self:
        """Find by tracking number, or by words of names, addresses, phones and answers."""
        number = tracking_number.read(typed)
        if number is not None:
            return self.filter(tracking_number=number)
        return finding.spelled_so(self, typed)


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are added and never changed."""

    def update(self, **_: Any) -> int:
        """Refuse: a log is not rewritten."""
        raise TypeError("The log is append-only")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: a log is not shortened."""
        raise TypeError("The log is append-only")
