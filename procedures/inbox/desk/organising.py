"""“Desk settings”: teams, reply templates, checklists, wordings, reminders, closing days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSetGroup

from cms.accounts.models import User
from directory.models import DepartmentMember
from procedures.inbox.desk.scopes import ScopedForm, ScopedViewSet, administers, headed_by
from procedures.inbox.models import ChecklistItem, ClosingDay, DeskSettings, ReplyTemplate, StatusWording, Team
from procedures.inbox.querysets import ANSWERING_ROLES
from procedures.inbox.reply_fields import FIELDS

MOST_REMINDERS, FARTHEST_DAYS = 5, 60


def yes_or_no(name: str, label: Any) -> Column:
    """A column in words of the reader's language: Wagtail's own reads “False” aloud in English."""
    return Column(
        name, label=capfirst(label), accessor=lambda row: gettext("Yes") if getattr(row, name) else gettext("No")
    )


class TeamForm(ScopedForm):
    """Members are colleagues of the department."""

    class Meta:
        model = Team
        fields = ["department", "name", "members"]
        widgets = {"members": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answering = DepartmentMember.objects.filter(department__in=headed_by(self.for_user), role__in=ANSWERING_ROLES)
        self.fields["members"].queryset = User.objects.filter(is_active=True, pk__in=answering.values("user")).order_by(
            "last_name", "first_name"
        )

    def clean(self) -> dict[str, Any]:
        """Refuse whoever does not answer for the department."""
        cleaned = super().clean() or self.cleaned_data
        department, members = cleaned.get("department"), cleaned.get("members")
        if department and members:
            theirs = DepartmentMember.objects.filter(department=department, role__in=ANSWERING_ROLES)
            strangers = members.exclude(pk__in=theirs.values("user"))
            if strangers:
                names = ", ".join(str(user) for user in strangers)
                self.add_error("members", _("They do not answer for this department: %(names)s.") % {"names": names})
        return cleaned


class TeamViewSet(ScopedViewSet):
    """Colleagues who share requests."""

    model, form, icon = Team, TeamForm, "group"
    name = "desk-teams"
    list_display = ["name", "department"]


class ReplyTemplateForm(ScopedForm):
    """Fields that exist are named below the text."""

    class Meta:
        model = ReplyTemplate
        fields = ["title", "department", "procedure", "language", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = " · ".join("{{ " + name + " }} " + str(label) for name, label in FIELDS.items())
        self.fields["text"].help_text = _("Filled in for each request: %(fields)s") % {"fields": known}


class ReplyTemplateViewSet(ScopedViewSet):
    """Texts that agents start from."""

    model, form, icon = ReplyTemplate, ReplyTemplateForm, "doc-full"
    name = "desk-templates"
    list_display = ["title", "department", "procedure", "language"]


class ChecklistItemForm(ScopedForm):
    """Retired rather than deleted: what was verified stays verified."""

    class Meta:
        model = ChecklistItem
        fields = ["procedure", "label", "position", "retired"]


class ChecklistViewSet(ScopedViewSet):
    """What is verified on each request of a procedure."""

    model, form, icon = ChecklistItem, ChecklistItemForm, "check"
    name = "desk-checklists"
    path = "procedure__department"
    may_delete = False
    menu_label = _("Checklists")
    list_display = ["label", "procedure", "position", yes_or_no("retired", _("no longer asked"))]


class StatusWordingForm(ScopedForm):
    """The words of one status of one procedure in one language."""

    class Meta:
        model = StatusWording
        fields = ["procedure", "status", "language", "headline", "explanation"]


class StatusWordingViewSet(ScopedViewSet):
    """What residents read."""

    model, form, icon = StatusWording, StatusWordingForm, "comment"
    name = "desk-wordings"
    path = "procedure__department"
    list_display = ["headline", "procedure", "status", "language"]


class DeskSettingsForm(ScopedForm):
    """Days as people write them; which desk is the mediator's, and sees across departments, administrators say."""

    alert_days = forms.CharField(
        label=capfirst(_("days before a date on which to remind")),
        required=False,
        help_text=_("Numbers apart by commas, for instance 7, 2. Left empty: no reminder."),
    )

    class Meta:
        model = DeskSettings
        fields = ["department", "alert_days", "escalation_days", "anonymous_letters", "is_mediator"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["alert_days"] = ", ".join(str(day) for day in self.instance.alert_days)
        if not administers(self.for_user):
            del self.fields["is_mediator"]

    def clean_alert_days(self) -> list[int]:
        """The longest first, each once."""
        parts = self.cleaned_data["alert_days"].replace(";", ",").split(",")
        typed = [part.strip() for part in parts if part.strip()]
        if not all(part.isdecimal() and int(part) <= FARTHEST_DAYS for part in typed) or len(typed) > MOST_REMINDERS:
            raise ValidationError(
                _("Up to %(count)s numbers of days, none above %(days)s."),
                params={"count": MOST_REMINDERS, "days": FARTHEST_DAYS},
            )
        return sorted({int(part) for part in typed}, reverse=True)


class DeskSettingsViewSet(ScopedViewSet):
    """Reminders, letters."""

    model, form, icon = DeskSettings, DeskSettingsForm, "cog"
    name = "desk-reminders"
    menu_label = _("Reminders and letters")
    list_display = [
        "department",
        "escalation_days",
        yes_or_no("anonymous_letters", _("letters do not name the agent")),
    ]


class ClosingDayForm(ScopedForm):
    """Days of the whole town."""

    class Meta:
        model = ClosingDay
        fields = ["first_day", "last_day", "reason"]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("first_day", "last_day")
        }


class ClosingDayViewSet(ScopedViewSet):
    """Days that are no working days, for administrators."""

    model, form, icon = ClosingDay, ClosingDayForm, "date"
    name = "desk-closing-days"
    path = ""
    list_display = ["first_day", "last_day", "reason"]


class DeskGroup(ModelViewSetGroup):
    """The menu “Desk settings”."""

    items = (
        TeamViewSet,
        ReplyTemplateViewSet,
        ChecklistViewSet,
        StatusWordingViewSet,
        DeskSettingsViewSet,
        ClosingDayViewSet,
    )
    menu_label = _("Desk settings")
    menu_icon = "cogs"
    menu_name = "desk-settings"
    menu_order = 70
