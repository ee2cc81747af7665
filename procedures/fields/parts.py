"""Answers typed in several parts: a name, a birth, a period. Each part is a field with its own label and errors."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorList
from django.utils.translation import get_language

LONGEST = 250
"""Characters of one part."""


class PartError(ValidationError):
    """What is wrong with one part; the page says it beside that part."""

    def __init__(self, part: str, message: Any) -> None:
        super().__init__(message)
        self.part = part


class PartsWidget(forms.Widget):
    """Reads the parts of a post, under ``<name>_<part>``; a bare text under ``<name>`` is taken too."""

    use_fieldset = True

    def __init__(self, parts: Mapping[str, forms.Field]) -> None:
        super().__init__()
        self.parts = parts

    @property
    def media(self) -> forms.Media:
        """The scripts of the parts' own widgets."""
        return sum((field.widget.media for field in self.parts.values()), forms.Media())

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was typed in each part."""
        typed = {
            part: field.widget.value_from_datadict(data, files, f"{name}_{part}") for part, field in self.parts.items()
        }
        return data[name] if name in data and not any(typed.values()) else typed

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the post bears no part at all."""
        return name not in data and not any(f"{name}_{part}" in data for part in self.parts)

    def id_for_label(self, id_: str) -> str:
        """None: the question has a legend, each part its label."""
        return ""


class BoundPart(BoundField):
    """A part in a form: a field like any other, whose errors and initial value its question holds."""

    def __init__(self, whole: BoundParts, part: str, field: forms.Field) -> None:
        self.whole, self.part = whole, part
        super().__init__(whole.form, field, f"{whole.name}_{part}")

    @property
    def errors(self) -> ErrorList:
        """The messages about this part."""
        found = [error for error in self.whole.found if getattr(error, "part", "") == self.part]
        return self.form.error_class(found, renderer=self.form.renderer)

    @property
    def aria_describedby(self) -> str | None:
        """Its help and its errors; for the first part, the words above all of them too."""
        own = super().aria_describedby
        whole = cast("PartsField", self.whole.field)
        if not whole.statement or self.part != next(iter(whole.parts)):
            return own
        return f"{self.whole.auto_id}_statement {own or ''}".strip()

    @cached_property
    def initial(self) -> Any:
        """This part of what the question starts with."""
        return self.whole.split().get(self.part)

    @property
    def data(self) -> Any:
        """What was typed in this part."""
        return self.whole.split().get(self.part)


class BoundParts(BoundField):
    """The question in a form; templates walk through ``parts``."""

    @cached_property
    def parts(self) -> list[BoundPart]:
        """One bound field per part."""
        own = cast("PartsField", self.field)
        if getattr(own, "lang", ""):  # the question is in another language; the words of its parts are the page's
            for field in own.parts.values():
                field.lang = ""  # type: ignore[attr-defined]  # read by the template of fields
        return [BoundPart(self, part, field) for part, field in own.parts.items()]

    @property
    def found(self) -> list[ValidationError]:
        """Every error of the question, those of its parts too."""
        listed = self.form.errors.get(self.name)
        return list(listed.as_data()) if listed else []

    @property
    def own_errors(self) -> list[str]:
        """What is wrong with the parts together."""
        return [message for error in self.found if not getattr(error, "part", "") for message in error.messages]

    def split(self) -> Mapping[str, Any]:
        """What was typed, or what there is to start with, by part."""
        return cast("PartsField", self.field).split(self.value())

    @property
    def first_id(self) -> str:
        """The first input: where links to the question lead."""
        first = self.parts[0]
        return f"{first.auto_id}_0" if first.use_fieldset else first.auto_id


class PartsField(forms.Field):
    """Cleans to a dict of the parts that are filled in; None when nothing is.

    A part's ``required`` counts as soon as the question is required or any part is filled in.
    """

    bound_field_class = BoundParts

    def __init__(self, parts: Mapping[str, forms.Field], *, statement: str = "", **kwargs: Any) -> None:
        self.parts = dict(parts)
        super().__init__(widget=PartsWidget(self.parts), template_name="django/forms/parts.html", **kwargs)
        self.statement = statement
        """Words shown above the parts."""
        self.statement_lang = ""

    def split(self, value: Any) -> Mapping[str, Any]:
        """The parts of a value; a text (of a source of answers) fills none, unless a type knows how to cut it."""
        return value if isinstance(value, Mapping) else {}

    def clean(self, value: Any) -> dict[str, Any] | None:
        """Every part, then all together. Raises ValidationError with a ``PartError`` per part at fault."""
        typed = self.split(value)
        if value and isinstance(value, str) and not typed:
            raise ValidationError(self.error_messages["required"])
        is_blank = not any(str(typed.get(part) or "").strip() for part in self.parts)
        if is_blank and not self.required:
            return None
        cleaned: dict[str, Any] = {}
        errors: list[ValidationError] = []
        for part, field in self.parts.items():
            try:
                made = field.clean(typed.get(part))
            except ValidationError as error:
                errors += [PartError(part, message) for message in error.messages]
            else:
                cleaned |= {} if made in (None, "") else {part: made}
        if errors:
            raise ValidationError(errors)
        return self.together(cleaned)

    def together(self, cleaned: dict[str, Any]) -> dict[str, Any] | None:
        """What the parts say together. Raises ValidationError; a ``PartError`` to point at one of them."""
        return cleaned


def line(label: Any, *, missing: Any, required: bool = True, help_text: Any = "", **attributes: Any) -> forms.CharField:
    """A part that is one line of text; ``attributes`` are those of its input, underscores for hyphens."""
    attrs = {"autocomplete": "off"} | {name.replace("_", "-"): value for name, value in attributes.items()}
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        error_messages={"required": missing},
        widget=forms.TextInput(attrs=attrs),
    )


class NeededLine(forms.CharField):
    """A part that is not called optional, though it may be empty: something else can stand for it."""

    def validate(self, value: Any) -> None:
        """Whoever puts the parts together says when it is missing."""


def foreign(lang: str) -> str:
    """``lang`` where it is not the language of the page."""
    return "" if lang == get_language() else lang
