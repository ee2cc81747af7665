"""The editor's form: departments one writes for, and questions that conditions still use."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue, StructValue

from directory.models import Department
from procedures.definition.outline import placed, rules_in
from procedures.definition.permissions import is_bound, writable_departments


class ProcedurePageForm(WagtailAdminPageForm):
    """Checks what only makes sense with the whole page in view."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "department" in self.fields:
            bound = self.for_user is not None and is_bound(self.for_user)
            self.fields["department"].queryset = (
                writable_departments(self.for_user) if bound else Department.objects.source()
            )
            self.fields["department"].error_messages["required"] = gettext_lazy(
                "Say which department is in charge: requests go to its inbox."
            )
        if "alternative" in self.fields:
            self.fields["alternative"].error_messages["required"] = gettext_lazy(
                "Say how to do this without internet: by phone, at a desk or on paper. Every procedure has a way."
            )
        self.asked_before = dict(_labels(self.instance.steps)) if self.instance.pk else {}

    def clean_alternative(self) -> str:
        """An empty paragraph is no way without internet."""
        text: str = self.cleaned_data["alternative"]
        field = self.fields["alternative"]
        if field.required and not strip_tags(text).replace("\xa0", " ").strip():
            raise ValidationError(field.error_messages["required"], code="required")
        return text

    def clean(self) -> dict[str, Any]:
        """Refuse to lose a question that a condition looks at, and say which."""
        cleaned: dict[str, Any] = super().clean()
        if "steps" in self.fields:
            bound = self["steps"]
            typed = bound.field.widget.value_from_datadict(self.data, self.files, bound.html_name)
            for message in lost_questions(self.asked_before, typed):
                self.add_error(None, message)
        return cleaned


def lost_questions(before: dict[str, str], steps: StreamValue) -> list[str]:
    """One message per question that was there, is gone, and is still used in a condition."""
    left = dict(_labels(steps))
    users: dict[str, list[str]] = {}
    for label, condition in _conditions(steps):
        for _path, rule in rules_in(condition):
            asked = rule["question"]
            if asked in before and asked not in left:
                users.setdefault(asked, []).append(label)
    return [
        _("“%(question)s” cannot be deleted: it is used in the condition of %(users)s. Change that condition first.")
        % {"question": before[asked], "users": ", ".join(f"“{label}”" for label in dict.fromkeys(labels))}
        for asked, labels in users.items()
    ]


def _labels(steps: StreamValue) -> list[tuple[str, str]]:
    return [(block.child.id, block.child.value["label"]) for block in placed(steps) if block.is_question]


def _conditions(steps: StreamValue) -> list[tuple[str, StructValue]]:
    """Each block's words and its condition."""
    return [
        (block.child.value["label" if block.is_question else "title"], block.child.value["condition"])
        for block in placed(steps)
    ]
