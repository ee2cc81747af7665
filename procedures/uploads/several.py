"""A form field that takes several files at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from procedures.uploads import media_types
from procedures.uploads.keeping import check

MAX_FILES = 5


def _how_many_and_which() -> str:
    kinds = media_types.labels(media_types.ACCEPTED)
    return _("%(max)s files at most: %(kinds)s.") % {"max": MAX_FILES, "kinds": kinds}


class SeveralFilesInput(forms.ClearableFileInput):
    """A file chooser for several files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Up to ``MAX_FILES`` files, each told by its content; its help says how many, and which."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", lazy(_how_many_and_which, str)())
        widget = SeveralFilesInput(attrs={"accept": media_types.accept_attribute(media_types.ACCEPTED)})
        super().__init__(widget=widget, **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Check every file; all that is wrong is said at once."""
        uploads = data if isinstance(data, list) else [data] if data else []
        errors = []
        if len(uploads) > MAX_FILES:
            errors.append(ValidationError(_("Send %(max)s files at most at a time."), params={"max": MAX_FILES}))
        for upload in uploads[:MAX_FILES]:
            try:
                check(upload)
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return uploads
