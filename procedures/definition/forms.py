"""The editor's form: departments one writes for, and questions that conditions still use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue

from directory.models import Department
from procedures.definition.blocks.steps import nested_error
from procedures.definition.outcome_checks import find_outcome_problems, lost_in_outcomes, misplaced_agents
from procedures.definition.outline import placed, references_in, rules_in
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
            self._check_outcomes(cleaned, typed)
        return cleaned

    def _check_outcomes(self, cleaned: dict[str, Any], steps: StreamValue) -> None:
        """Routes and fees look at the steps, so they are checked once all three are read."""
        if not {"steps", "routes", "fees"} <= cleaned.keys():
            return
        for message in lost_in_outcomes(self.asked_before, dict(_labels(steps)), cleaned["routes"], cleaned["fees"]):
            self.add_error(None, message)
        if not self.is_deferred_validation:
            department = cleaned.get("department")
            problems = find_outcome_problems(cleaned["steps"], cleaned["routes"], cleaned["fees"])
            problems["routes"] += misplaced_agents(cleaned["routes"], department.pk if department else None)
            for name, found in problems.items():
                if found:
                    self.add_error(name, nested_error([(problem.path, problem.message) for problem in found]))


def lost_questions(before: dict[str, str], steps: StreamValue) -> list[str]:
    """One message per question that was there, is gone, and is still used."""
    left = dict(_labels(steps))
    messages = []
    for using, text in ((_in_conditions, USED_IN_CONDITION), (_in_options, USED_IN_OPTION)):
        users: dict[str, list[str]] = {}
        for label, asked in using(steps):
            if asked in before and asked not in left:
                users.setdefault(asked, []).append(label)
        for asked, labels in users.items():
            by = ", ".join(f"“{label}”" for label in dict.fromkeys(labels))
            messages.append(text % {"question": before[asked], "users": by})
    return messages


USED_IN_CONDITION = gettext_lazy(
    "“%(question)s” cannot be deleted: it is used in the condition of %(users)s. Change that condition first."
)
USED_IN_OPTION = gettext_lazy(
    "“%(question)s” cannot be deleted: it is used in %(users)s. Choose another one there first."
)


def _labels(steps: StreamValue) -> list[tuple[str, str]]:
    return [(block.child.id, block.child.value["label"]) for block in placed(steps) if block.is_question]


def _in_conditions(steps: StreamValue) -> Iterator[tuple[str, str]]:
    """The words of each block, and the questions its condition looks at."""
    for block in placed(steps):
        label = block.child.value["label" if block.is_question else "title"]
        for _path, rule in rules_in(block.child.value["condition"]):
            yield label, rule["question"]


def _in_options(steps: StreamValue) -> Iterator[tuple[str, str]]:
    """The words of each question, and the questions it works with."""
    for block in placed(steps):
        for _path, asked in references_in(block):
            yield block.child.value["label"], asked
