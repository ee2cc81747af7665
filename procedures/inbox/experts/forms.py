"""What an expert writes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procedures.uploads import media_types
from procedures.uploads.several import MAX_FILES, SeveralFilesField


class OpinionForm(forms.Form):
    """The opinion, with or without files."""

    text = forms.CharField(
        label=_("Your opinion"),
        max_length=20_000,
        error_messages={"required": _("Write your opinion")},
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    documents = SeveralFilesField(label=_("Files"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["documents"].help_text = _("%(max)s files at most: %(kinds)s.") % {
            "max": MAX_FILES,
            "kinds": media_types.labels(media_types.ACCEPTED),
        }
