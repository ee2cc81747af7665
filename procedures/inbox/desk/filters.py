"""What an agent may narrow the list by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.accounts.models import User
from procedures.inbox.clock import SilenceEffect
from procedures.inbox.desk import names
from procedures.inbox.desk.choices import day, offer, optional
from procedures.inbox.desk.listing import DUE, Order
from procedures.inbox.models import Mention, ServiceRequest
from procedures.inbox.querysets import CITY_ZONE, ServiceRequestQuerySet, city_today, departments_answered_by
from procedures.inbox.transitions import DECIDED, Channel, Status

HISTORY_DAYS = 365


class Whose(models.TextChoices):
    """In whose hands."""

    MINE = "mine", _("Mine")
    TEAMS = "teams", _("My teams'")
    NOBODY = "nobody", _("Nobody's yet")


class Due(models.TextChoices):
    """How the first date to keep stands."""

    OVERDUE = "overdue", _("Overdue")
    WEEK = "week", _("Within 7 days")


class Age(models.TextChoices):
    """For how long the request has been there."""

    WEEK = "7", _("More than a week")
    MONTH = "30", _("More than a month")
    QUARTER = "90", _("More than 3 months")


class Signal(models.TextChoices):
    """What calls for a look."""

    WROTE = "wrote", _("The resident wrote")
    MENTIONED = "mentioned", _("A note calls me")
    MAIL_FAILED = "mail", _("An e-mail came back")


class Silence(models.TextChoices):
    """What silence is worth."""

    ACCEPTANCE = SilenceEffect.ACCEPTANCE.value, pgettext_lazy("silence", "Acceptance")
    REFUSAL = SilenceEffect.REFUSAL.value, pgettext_lazy("silence", "Refusal")
    NONE = SilenceEffect.NONE.value, pgettext_lazy("silence", "Nothing")


class Shown(models.TextChoices):
    """Which half of the inbox, if not what is open."""

    HISTORY = "history", _("Answered")
    ALL = "all", _("All")


class Sort(models.TextChoices):
    """In which order."""

    NEWEST = "newest", _("Latest first")
    OLDEST = "oldest", _("Oldest first")


class FilterForm(forms.Form):
    """The filters of the list; a value that means nothing is passed over, never an error."""

    first = ("q", "status", "department", "procedure")
    """Those in sight; the rest unfolds."""

    q = forms.CharField(label=_("Number, name, phone…"), required=False, max_length=200)
    status = optional(_("Status"), Status.choices)
    department = optional(_("Department"))
    procedure = optional(_("Procedure"))
    whose = optional(_("In whose hands"), Whose.choices)
    team = optional(_("Team"))
    due = optional(_("Due"), Due.choices)
    signal = optional(_("To look at"), Signal.choices)
    channel = optional(_("Channel"), Channel.choices)
    district = optional(_("District"))
    silence = optional(_("Silence is worth"), Silence.choices)
    age = optional(_("Age"), Age.choices)
    received_from = day(_("Received from"))
    received_to = day(_("Received until"))
    closed_from = day(_("Answered from"))
    closed_to = day(_("Answered until"))
    sort = optional(_("Order"), Sort.choices, _("First due first"))
    shown = forms.ChoiceField(required=False, choices=[("", ""), *Shown.choices], widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.user = user
        self.department_ids = departments_answered_by(user)
        mine = {pk: name for pk, name in names.departments().items() if pk in self.department_ids}
        teams = names.teams_of(self.department_ids)
        towns = {"procedure": names.procedures(), "district": names.districts()}
        offer(self, {"department": mine, "team": teams, **towns})
        self.full_clean()

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in force, for links that keep them."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}

    @property
    def is_unfolded(self) -> bool:
        """Whether one of the filters that are not in sight is in force."""
        return bool(set(self.chosen) - {*self.first, "shown"})

    @property
    def is_search(self) -> bool:
        """Whether something is looked for by what it is called."""
        return bool(self.cleaned_data.get("q"))

    @property
    def wants_decided(self) -> bool:
        """Whether answered requests are asked for: by the tab, their status, or when they were answered."""
        data = self.cleaned_data
        by_status = data.get("status") in DECIDED
        return bool(by_status or data.get("shown") == Shown.HISTORY or data.get("closed_from") or data.get("closed_to"))

    @property
    def wants_both(self) -> bool:
        """Whether open and answered requests are asked for together, as a figure counts them."""
        return self.cleaned_data.get("shown") == Shown.ALL and not self.wants_decided

    @property
    def is_last_year_only(self) -> bool:
        """Whether the list goes back twelve months because nothing else was asked for."""
        data = self.cleaned_data
        return self.wants_decided and not (self.is_search or data.get("closed_from") or data.get("closed_to"))

    @property
    def order(self) -> Order:
        """In which order the lines come: what is due first, or what was answered last."""
        sort = self.cleaned_data.get("sort")
        if self.wants_decided or self.wants_both:
            return Order("closed_at" if self.wants_decided else "received_at", descending=sort != Sort.OLDEST)
        return Order("received_at", descending=sort == Sort.NEWEST) if sort else DUE

    def visible(self) -> ServiceRequestQuerySet:
        """All the requests the agent may see; as ``visible_to``, without asking for the departments again."""
        return self._of_departments(by_index=True)

    def _of_departments(self, *, by_index: bool) -> ServiceRequestQuerySet:
        found = ServiceRequest.objects.of_departments(self.department_ids, by_index=by_index)
        return cast("ServiceRequestQuerySet", found)

    def narrowed(self) -> ServiceRequestQuerySet:
        """What the filters let through, whatever was typed; a search looks among open and answered ones."""
        rare = self.wants_decided and any(self.cleaned_data.get(name) for name in ("status", "channel"))
        found = self._of_departments(by_index=not rare)
        if not (self.is_search or self.wants_both):
            found = found.decided() if self.wants_decided else found.open()
        if self.is_last_year_only:
            found = found.filter(closed_at__gte=timezone.now() - timedelta(days=HISTORY_DAYS))
        for name, narrow in NARROWS.items():
            if value := self.cleaned_data.get(name):
                found = narrow(found, value, self.user)
        return found


Narrow = Callable[[Any, Any, User], Any]


def _by(column: str) -> Narrow:
    return lambda found, value, _user: found.filter(**{column: value})


def _since(column: str) -> Narrow:
    return lambda found, value, _user: found.filter(**{f"{column}__gte": datetime.combine(value, time(), CITY_ZONE)})


def _until(column: str) -> Narrow:
    def narrow(found: Any, value: date, _user: User) -> Any:
        return found.filter(**{f"{column}__lt": datetime.combine(value + timedelta(days=1), time(), CITY_ZONE)})

    return narrow


def _whose(found: Any, value: str, user: User) -> Any:
    if value == Whose.TEAMS:
        return found.of_teams_of(user)
    return found.filter(agent=user) if value == Whose.MINE else found.filter(agent__isnull=True)


def _due(found: Any, value: str, _user: User) -> Any:
    today = city_today()
    if value == Due.OVERDUE:
        return found.filter(due_key__lt=today)
    return found.filter(due_key__range=(today, today + timedelta(days=7)))


def _signal(found: Any, value: str, user: User) -> Any:
    if value == Signal.MENTIONED:
        return found.filter(pk__in=Mention.objects.filter(user=user, seen_at=None).values("note__request"))
    return found.filter(**{f"{'resident_wrote_at' if value == Signal.WROTE else 'mail_failed_at'}__isnull": False})


def _age(found: Any, value: str, _user: User) -> Any:
    return found.filter(received_at__lt=timezone.now() - timedelta(days=int(value)))


NARROWS: Mapping[str, Narrow] = {
    "status": _by("status"),
    "department": _by("department_id"),
    "procedure": _by("procedure_id"),
    "team": _by("team_id"),
    "channel": _by("channel"),
    "district": _by("district_id"),
    "silence": _by("silence_effect"),
    "whose": _whose,
    "due": _due,
    "signal": _signal,
    "age": _age,
    "received_from": _since("received_at"),
    "received_to": _until("received_at"),
    "closed_from": _since("closed_at"),
    "closed_to": _until("closed_at"),
}
