"""What an expert writes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from procedures.uploads.several import SeveralFilesField


class OpinionForm(forms.Form):
    """The opinion, with or without files."""

    text = forms.CharField(
        label=_("Your opinion"),
        max_length=20_000,
        error_messages={"required": _("Write your opinion")},
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    documents = SeveralFilesField(label=_("Files"), required=False)
