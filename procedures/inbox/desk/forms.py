"""What an agent fills in to act on a request; each form names the action it belongs to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from directory.models import Department
from procedures.inbox.clock import Lack
from procedures.inbox.desk import names
from procedures.inbox.models import CompletionRequest, ServiceRequest
from procedures.inbox.querysets import city_today

DAYS_TO_ANSWER = 14
LONGEST_TEXT = 10_000


def words(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A text of a few lines."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ActionForm(forms.Form):
    """A form about one request."""

    def __init__(self, data: Any = None, *, about: ServiceRequest, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"{type(self).__name__.lower()}-%s", **kwargs)
        self.about = about


class AssignForm(ActionForm):
    """Hand the request to a colleague."""

    to = forms.ModelChoiceField(User.objects.none(), label=_("Colleague"))

    def __init__(self, data: Any = None, *, about: ServiceRequest, **kwargs: Any) -> None:
        super().__init__(data, about=about, **kwargs)
        people = names.colleagues(about.department_id)
        field = cast("forms.ModelChoiceField", self.fields["to"])
        field.queryset = User.objects.filter(pk__in=[person.pk for person in people])
        field.choices = [("", "—"), *((person.pk, str(person)) for person in people)]


class ForwardForm(ActionForm):
    """Pass the request on to the department that can answer."""

    department: forms.ModelChoiceField = forms.ModelChoiceField(Department.objects.none(), label=_("Department"))
    reason = words(_("Reason, for your colleagues"))

    def __init__(self, data: Any = None, *, about: ServiceRequest, **kwargs: Any) -> None:
        super().__init__(data, about=about, **kwargs)
        others = {pk: name for pk, name in names.departments().items() if pk != about.department_id}
        field = cast("forms.ModelChoiceField", self.fields["department"])
        field.queryset = Department.objects.filter(pk__in=others)
        field.choices = [("", "—"), *sorted(others.items(), key=lambda item: item[1].casefold())]


class CompletionForm(ActionForm):
    """Ask the resident for what is missing."""

    missing = forms.CharField(
        label=_("What is missing"),
        help_text=_("One document or answer per line, in the resident's words."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.ChoiceField(label=_("Why"), choices=CompletionRequest.Reason.choices)
    explanation = words(_("Explanation"), required=False)
    by = forms.DateField(label=_("To be sent by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data: Any = None, *, about: ServiceRequest, **kwargs: Any) -> None:
        super().__init__(data, about=about, **kwargs)
        self.fields["by"].initial = city_today() + timedelta(days=DAYS_TO_ANSWER)

    def clean_missing(self) -> list[str]:
        """One entry per line that says something."""
        return [line.strip() for line in self.cleaned_data["missing"].splitlines() if line.strip()]

    def clean_reason(self) -> Lack:
        """As the clock wants it."""
        return Lack(self.cleaned_data["reason"])


class ReachedForm(ActionForm):
    """E-mails came back; somebody phoned or wrote."""

    how = words(_("How, and what was said"), help_text=_("For instance: phoned, read them the decision."))


class NoteForm(ActionForm):
    """A note for colleagues."""

    text = words(_("Note"), help_text=_("The resident does not see it on the site, but may ask to read the file."))


class MessageForm(ActionForm):
    """A message to the resident."""

    text = words(_("Message"), help_text=_("Sent by e-mail if there is an address, and shown on the tracking page."))


class AcceptForm(ActionForm):
    """Grant the request."""

    reason = words(_("What happens next"), required=False)


class RefuseForm(ActionForm):
    """Refuse the request."""

    reason = words(_("Reasons"), help_text=_("A refusal must give its reasons (CRPA L211-2)."))


class CloseForm(ActionForm):
    """Close without decision."""

    reason = words(_("Reason"))


class ReopenForm(ActionForm):
    """Open a decided request again."""

    reason = words(_("Reason"), help_text=_("The resident reads it, and that the request is open again."))
