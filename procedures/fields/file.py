"""Supporting documents. The files themselves are received and kept by whoever shows the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail import blocks

from procedures.plugins import FieldType, Kept, Question, is_empty
from procedures.uploads.keeping import KeptFile
from procedures.uploads.media_types import ACCEPTED, IMAGES, PDF, MediaType, accept_attribute, labels

KINDS: dict[str, tuple[MediaType, ...]] = {"any": ACCEPTED, "scans": (PDF, *IMAGES), "pictures": IMAGES}
KIND_CHOICES = [
    ("any", _("Documents and pictures")),
    ("scans", _("PDF and pictures")),
    ("pictures", _("Pictures only")),
]
MOST_FILES, MOST_MEGABYTES = 10, 10
USUAL_FILES, USUAL_MEGABYTES = 3, 10
MEGABYTE = 1024 * 1024


class StoredFile(Protocol):
    """A file that the form's owner has received already."""

    original_name: str
    media_type: str
    size_bytes: int


class File(FieldType):
    """One or several files. Kept: their names, under which whoever stores them finds them."""

    slug = "file"
    label = _("File")
    icon = "upload"
    doc = _("Supporting documents: PDF, pictures, office documents. Ask for as few as you can.")
    examples = [
        ([KeptFile("sample", "passeport.pdf", "application/pdf", 120_000, "0" * 64)], ["passeport.pdf"]),
        ([], None),
    ]
    palette = "documents"
    operators = ("is_answered", "is_empty")
    takes_files = True

    def option_blocks(self) -> dict[str, blocks.Block]:
        """Which kinds, how many, how large."""
        return {
            "kinds": blocks.ChoiceBlock(choices=KIND_CHOICES, default="any", label=_("Accepted files")),
            "max_files": blocks.IntegerBlock(
                required=False, default=USUAL_FILES, min_value=1, max_value=MOST_FILES, label=_("Files at most")
            ),
            "max_megabytes": blocks.IntegerBlock(
                required=False,
                default=USUAL_MEGABYTES,
                min_value=1,
                max_value=MOST_MEGABYTES,
                label=_("Megabytes at most, per file"),
            ),
        }

    def compile_options(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """An empty option means the default."""
        return {
            "kinds": value["kinds"] or "any",
            "max_files": value["max_files"] or USUAL_FILES,
            "max_megabytes": value["max_megabytes"] or USUAL_MEGABYTES,
        }

    def form_field(self, question: Question) -> forms.Field:
        """A native file input; files received before answer the question too."""
        kinds = KINDS[question.options.get("kinds", "any")]
        most = question.options.get("max_files", USUAL_FILES)
        megabytes = question.options.get("max_megabytes", USUAL_MEGABYTES)
        limits = format_lazy(
            "{} {}",
            ngettext_lazy("%(count)d file at most:", "%(count)d files at most:", most) % {"count": most},
            _("%(kinds)s; %(megabytes)s MB each.") % {"kinds": labels(kinds), "megabytes": megabytes},
        )
        return StoredFilesField(
            label=question.label,
            help_text=format_lazy("{} {}", question.help, limits) if question.help else limits,
            required=question.required,
            kinds=kinds,
            most=most,
            megabytes=megabytes,
            widget=FilesInput(
                attrs={
                    "accept": accept_attribute(kinds),
                    "multiple": most > 1,
                    # The browser says so before it sends for minutes (static/js/uploads.js).
                    "data-max-bytes": megabytes * MEGABYTE,
                    "data-too-large": _("“%%s” is too large: choose a file of %(megabytes)s MB at most.")
                    % {"megabytes": megabytes},
                }
            ),
            error_messages={"required": _("Choose a file.")},
        )

    def keep(self, cleaned: Any) -> Kept:
        """The names, in the order they were received."""
        return [file.original_name for file in cleaned] or None if cleaned else None

    def restore(self, kept: Kept) -> Any:
        """Nothing: a browser never fills a file input in."""
        return None

    def display(self, kept: Kept, question: Question) -> str:
        """The names."""
        return "" if is_empty(kept) else ", ".join(cast("list[str]", kept))

    def searchable(self, kept: Kept) -> str:
        """The names."""
        return "" if is_empty(kept) else " ".join(cast("list[str]", kept))


class FilesInput(forms.FileInput):
    """Shows nothing of the files received before: the page lists them, with a way to remove each."""

    allow_multiple_selected = True

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: the answer may be there already."""
        return False


class StoredFilesField(forms.FileField):
    """Checks the files already received (``initial``) against what the question accepts."""

    def __init__(self, *, kinds: Sequence[MediaType], most: int, megabytes: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kinds, self.most, self.megabytes = tuple(kinds), most, megabytes
        self.pages: Sequence[str] = ()
        """Names of the pages that must have come, one file each."""

    def clean(self, data: Any, initial: Any = None) -> list[StoredFile]:
        """The files received. Raises ValidationError for too many, too large, of another kind."""
        files: list[StoredFile] = list(initial or ())
        if not files and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        errors = [message for file in files for message in self._wrong_with(file)]
        if len(files) > self.most:
            errors.append(_now("Keep %(most)s files at most, remove the others.") % {"most": self.most})
        if files and (missing := self.pages[len(files) :]):
            errors.append(_now("Still to send: %(pages)s.") % {"pages": ", ".join(missing)})
        if errors:
            raise ValidationError(errors)
        return files

    def _wrong_with(self, file: StoredFile) -> list[str]:
        found = []
        name = {"name": file.original_name, "kinds": labels(self.kinds), "megabytes": self.megabytes}
        if file.media_type not in {kind.name for kind in self.kinds}:
            found.append(_now("“%(name)s” is of another kind: remove it, and send one of %(kinds)s.") % name)
        if file.size_bytes > self.megabytes * MEGABYTE:
            found.append(_now("“%(name)s” is too large: remove it, and send %(megabytes)s MB at most.") % name)
        return found
