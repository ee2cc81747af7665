"""What an agent fills in to act on a request; each form names the action it belongs to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from directory.models import Department
from procedures.inbox.clock import Lack, SilenceEffect
from procedures.inbox.desk import names
from procedures.inbox.mentions import called_in
from procedures.inbox.models import CompletionRequest, ServiceRequest, Team
from procedures.inbox.querysets import city_today
from procedures.uploads.several import SeveralFilesField

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
    """A form about one request, for the agent ``user``."""

    reply_field = ""
    """The text that a reply template fills in; "" where there is none."""

    def __init__(self, data: Any = None, *, about: ServiceRequest, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="desk-%s", **kwargs)
        self.about, self.user = about, user

    def begin_at_mistake(self) -> None:
        """Let the page that comes back begin at the first field that is wrong: a screen reader says it, and why."""
        wrong = next((field for field in self.visible_fields() if field.errors), None)
        if wrong is not None:
            wrong.field.widget.attrs["autofocus"] = True


class AssignForm(ActionForm):
    """Hand the request to a team or to a colleague."""

    to = forms.ChoiceField(label=_("Team or colleague"))

    def __init__(self, data: Any = None, *, about: ServiceRequest, **kwargs: Any) -> None:
        super().__init__(data, about=about, **kwargs)
        self.takers: dict[str, User | Team] = {}
        groups: list[Any] = [("", "—")]
        for title, kind, members in (
            (_("Teams"), "team", names.teams(about.department_id)),
            (_("Colleagues"), "user", names.colleagues(about.department_id)),
        ):
            found = {f"{kind}-{each.pk}": each for each in members}
            self.takers |= found
            if found:
                groups.append((title, [(key, str(each)) for key, each in found.items()]))
        cast("forms.ChoiceField", self.fields["to"]).choices = groups

    def clean_to(self) -> User | Team:
        """Whom it goes to."""
        return self.takers[self.cleaned_data["to"]]


class ForwardForm(ActionForm):
    """Pass the request on to the department that can answer."""

    department: forms.ModelChoiceField = forms.ModelChoiceField(Department.objects.none(), label=_("Department"))
    reason = words(_("Reason, for your colleagues"))
    not_competent = forms.BooleanField(
        label=_("This department was not competent to decide"),
        required=False,
        help_text=_("Where silence accepts, the legal delay then starts today, with the competent one (CRPA L114-3)."),
    )

    def __init__(self, data: Any = None, *, about: ServiceRequest, **kwargs: Any) -> None:
        super().__init__(data, about=about, **kwargs)
        others = {pk: name for pk, name in names.departments().items() if pk != about.department_id}
        field = cast("forms.ModelChoiceField", self.fields["department"])
        field.queryset = Department.objects.filter(pk__in=others)
        field.choices = [("", "—"), *sorted(others.items(), key=lambda item: item[1].casefold())]


class CompletionForm(ActionForm):
    """Ask the resident for what is missing."""

    reply_field = "explanation"

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
        if about.silence_effect == SilenceEffect.REFUSAL:
            self.fields["by"].help_text = _("The legal delay stands still until that day at the latest.")

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
    """A note for colleagues, who may be called."""

    text = words(_("Note"), help_text=_("The resident does not see it on the site, but may ask to read the file."))
    mentions = forms.MultipleChoiceField(
        label=_("Call a colleague"),
        required=False,
        help_text=_("They get an e-mail. Or write @ and their name in the note."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, about: ServiceRequest, **kwargs: Any) -> None:
        super().__init__(data, about=about, **kwargs)
        self.colleagues = names.colleagues(about.department_id)
        others = [(str(each.pk), str(each)) for each in self.colleagues if each != self.user]
        if others:
            cast("forms.MultipleChoiceField", self.fields["mentions"]).choices = others
        else:
            del self.fields["mentions"]

    def clean(self) -> dict[str, Any]:
        """Ticked or named, each once."""
        cleaned = super().clean() or self.cleaned_data
        called = {user.pk for user in called_in(cleaned.get("text", ""), self.colleagues)}
        called |= {int(pk) for pk in cleaned.get("mentions", [])}
        cleaned["mentions"] = [user for user in self.colleagues if user.pk in called]
        return cleaned


class MessageForm(ActionForm):
    """A message to the resident, with files."""

    reply_field = "text"
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = words(_("Message"), help_text=_("Sent by e-mail if there is an address, and shown on the tracking page."))
    documents = SeveralFilesField(label=_("Files"), required=False)
    only_to_requester = forms.BooleanField(
        label=_("Only to this resident"),
        required=False,
        help_text=_("Otherwise the residents whose reports were joined read the same words: name nobody."),
    )

    def __init__(self, data: Any = None, *, about: ServiceRequest, **kwargs: Any) -> None:
        super().__init__(data, about=about, **kwargs)
        self.fields["key"].initial = uuid4()
        if not about.duplicates.all():
            del self.fields["only_to_requester"]


class DecisionForm(ActionForm):
    """An answer, by e-mail or on paper."""

    reply_field = "reason"
    field_order = ["reason", "letter"]

    letter = forms.BooleanField(
        label=_("Sign a letter too"),
        required=False,
        help_text=_("It waits among the letters to print. Without an e-mail address it is the only answer there is."),
    )

    def __init__(self, data: Any = None, *, about: ServiceRequest, **kwargs: Any) -> None:
        super().__init__(data, about=about, **kwargs)
        self.fields["letter"].initial = not about.requester_email


class AcceptForm(DecisionForm):
    """Grant the request."""

    reason = words(_("What happens next"), required=False)


class RefuseForm(DecisionForm):
    """Refuse the request."""

    reason = words(_("Reasons"), help_text=_("A refusal must give its reasons (CRPA L211-2)."))


class CloseForm(DecisionForm):
    """Close without decision."""

    reason = words(_("Reason"))


class TransferForm(ActionForm):
    """Pass the request on to a body that is not the town."""

    reply_field = "reason"
    body = forms.CharField(
        label=_("Body"), max_length=200, help_text=_("Its name and how to reach it: the resident reads both.")
    )
    reason = words(_("Reason"), help_text=_("Why the town cannot decide; the resident reads it."))


class ReopenForm(ActionForm):
    """Open a decided request again."""

    reason = words(_("Reason"), help_text=_("The resident reads it, and that the request is open again."))
