"""The three forms of the tracking pages."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from procedures.inbox import tracking_number
from procedures.inbox.models import Satisfaction
from procedures.uploads.several import SeveralFilesField


class FindForm(forms.Form):
    """Number and e-mail; a number that cannot be ours is not told from one that is unknown."""

    number = forms.CharField(
        label=_("Tracking number"),
        max_length=40,
        help_text=_("It is on your acknowledgement of receipt, for instance VAL-7F3K-92QD-MXC."),
        error_messages={"required": _("Write your tracking number")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The address you gave with your request."),
        error_messages={"required": _("Write your e-mail address")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def read_number(self) -> str | None:
        """The number as stored, or None; call it once the form is valid."""
        return tracking_number.read(self.cleaned_data["number"])


class WriteForm(forms.Form):
    """A message to the department, with or without files."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = forms.CharField(
        label=_("Your message"),
        max_length=10_000,
        error_messages={"required": _("Write a few words to the department")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    documents = SeveralFilesField(label=_("Files"), required=False)

    def said(self) -> dict[str, Any]:
        """What the service is told beside the files; call it once the form is valid."""
        return {name: value for name, value in self.cleaned_data.items() if name != "documents"}


class CompleteForm(WriteForm):
    """The answer to a completion request: the files asked for, or words where there is no file to send."""

    field_order = ["key", "documents", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["documents"].label = _("Documents to send")
        self.fields["documents"].required = True  # as shown; words alone are let through
        self.fields["text"].label = _("A word with it")
        self.fields["text"].required = False

    def clean(self) -> dict[str, Any]:
        """Refuse a form that holds nothing."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["text"].strip() and not cleaned["documents"]:
            self.add_error("documents", _("Choose the file to send, or write why you cannot"))
        return cleaned


class ReopenForm(WriteForm):
    """What is not settled, to have a closed request opened again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("What is not settled?")
        self.fields["text"].error_messages["required"] = _("Write what is not settled: the department needs to know")


class ComplainForm(WriteForm):
    """What is wrong and what would settle it, for the mediator."""

    field_order = ["key", "wrong", "wanted", "documents", "may_show"]
    text = None  # type: ignore[assignment]  # Django's way to leave out a field that is inherited
    wrong = forms.CharField(
        label=_("What went wrong?"),
        help_text=_("In order, with dates if you have them. The mediator reads your request and what was answered."),
        max_length=10_000,
        error_messages={"required": _("Write what went wrong: the mediator needs to know")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    wanted = forms.CharField(
        label=_("What would settle it?"),
        help_text=_("An explanation, an apology, a refund, another decision…"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    may_show = forms.BooleanField(label=_("The mediator may show these words to the department"), required=False)


class RateForm(forms.Form):
    """What the resident thinks of the service, in five steps and, if they like, in words."""

    step = forms.TypedChoiceField(
        label=_("Are you satisfied with how we dealt with your request?"),
        choices=Satisfaction.Step.choices[::-1],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five answers")},
    )
    words = forms.CharField(
        label=_("In a few words, why?"),
        help_text=_("The department alone reads them. They are never published."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
