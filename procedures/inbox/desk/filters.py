"""What an agent may narrow the list by."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from procedures.inbox.desk import names
from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import ServiceRequestQuerySet, city_today, departments_answered_by
from procedures.inbox.transitions import DECIDED, Channel, Status


class Whose(models.TextChoices):
    """In whose hands."""

    MINE = "mine", _("Mine")
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


def optional(label: Any, choices: Any) -> forms.ChoiceField:
    """A choice that may be left open."""
    return forms.ChoiceField(label=label, required=False, choices=[("", _("All")), *choices])


class FilterForm(forms.Form):
    """The filters of the list; a value that means nothing is passed over, never an error."""

    q = forms.CharField(label=_("Number or name"), required=False, max_length=200)
    whose = optional(_("In whose hands"), Whose.choices)
    due = optional(_("Due"), Due.choices)
    status = optional(_("Status"), Status.choices)
    department = optional(_("Department"), [])
    procedure = optional(_("Procedure"), [])
    channel = optional(_("Channel"), Channel.choices)
    age = optional(_("Age"), Age.choices)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.user = user
        self.department_ids = departments_answered_by(user)
        mine = {pk: name for pk, name in names.departments().items() if pk in self.department_ids}
        for field, options in (("department", mine), ("procedure", names.procedures())):
            choice = cast("forms.ChoiceField", self.fields[field])
            choice.choices = [("", _("All")), *sorted(options.items(), key=lambda item: item[1].casefold())]
        self.full_clean()

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in force, for links that keep them."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}

    @property
    def wants_decided(self) -> bool:
        """Whether answered requests are asked for: by their status, or by their number."""
        return self.cleaned_data.get("status") in DECIDED

    def visible(self) -> ServiceRequestQuerySet:
        """All the requests the agent may see."""
        return cast("ServiceRequestQuerySet", ServiceRequest.objects.filter(department_id__in=self.department_ids))

    def queryset(self) -> ServiceRequestQuerySet:
        """The requests asked for, in no order yet."""
        data = self.cleaned_data
        found = self.visible()
        if data.get("q"):
            return self._narrowed(found.search(data["q"]))
        return self._narrowed(found.decided() if self.wants_decided else found.open())

    def _narrowed(self, found: ServiceRequestQuerySet) -> ServiceRequestQuerySet:
        data, today = self.cleaned_data, city_today()
        conditions: dict[str, dict[str, Any]] = {
            "whose": {Whose.MINE: {"agent": self.user}, Whose.NOBODY: {"agent__isnull": True}},
            "due": {
                Due.OVERDUE: {"due_key__lt": today},
                Due.WEEK: {"due_key__range": (today, today + timedelta(days=7))},
            },
        }
        for name, by_value in conditions.items():
            if data.get(name):
                found = found.filter(**by_value[data[name]])
        for name, column in (
            ("status", "status"),
            ("channel", "channel"),
            ("department", "department_id"),
            ("procedure", "procedure_id"),
        ):
            if data.get(name):
                found = found.filter(**{column: data[name]})
        if data.get("age"):
            found = found.filter(received_at__lt=timezone.now() - timedelta(days=int(data["age"])))
        return found
