"""The editor's form: departments one writes for, and questions that conditions still use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from directory.models import Department
from procedures.definition.blocks.steps import nested_error
from procedures.definition.checking import Finding, find_blocking
from procedures.definition.outcome_checks import find_outcome_problems, misplaced_agents
from procedures.definition.permissions import is_bound, writable_departments
from procedures.definition.uses import lost_questions, uses, words_of_questions


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
        self.asked_before = words_of_questions(self.instance.steps) if self.instance.pk else {}

    def clean_alternative(self) -> str:
        """An empty paragraph is no way without internet."""
        text: str = self.cleaned_data["alternative"]
        field = self.fields["alternative"]
        if field.required and not strip_tags(text).replace("\xa0", " ").strip():
            raise ValidationError(field.error_messages["required"], code="required")
        return text

    def clean(self) -> dict[str, Any]:
        """Refuse to lose a question that something still uses, and say what."""
        cleaned: dict[str, Any] = super().clean()
        if "steps" in self.fields:
            steps, routes, fees = (self._typed(name) for name in ("steps", "routes", "fees"))
            for message in lost_questions(self.asked_before, words_of_questions(steps), uses(steps, routes, fees)):
                self.add_error(None, message)
            self._check_outcomes(cleaned)
        return cleaned

    def _typed(self, name: str) -> Any:
        """What the post says of a StreamField, right or wrong."""
        if name not in self.fields:
            return ()
        bound = self[name]
        return bound.field.widget.value_from_datadict(self.data, self.files, bound.html_name)

    def _check_outcomes(self, cleaned: dict[str, Any]) -> None:
        """Routes and fees look at the steps, so they are checked once all three are read."""
        if self.is_deferred_validation or not {"steps", "routes", "fees"} <= cleaned.keys():
            return
        department = cleaned.get("department")
        problems = find_outcome_problems(cleaned["steps"], cleaned["routes"], cleaned["fees"])
        problems["routes"] += misplaced_agents(cleaned["routes"], department.pk if department else None)
        for name, found in problems.items():
            if found:
                self.add_error(name, nested_error([(problem.path, problem.message) for problem in found]))

    def _post_clean(self) -> None:
        """Once the page holds what was typed: what would stop its publication, each beside its field."""
        super()._post_clean()
        if not self.is_deferred_validation and "steps" in self.cleaned_data:
            self._tell(find_blocking(self.instance))

    def _tell(self, findings: Sequence[Finding]) -> None:
        """Put what was found beside the blocks and fields it is about; a field's own error is enough."""
        in_steps = [(finding.path, finding.message) for finding in findings if isinstance((*finding.path, "")[0], int)]
        for finding in findings:
            name = finding.path[0] if finding.path else None
            if not isinstance(name, int) and name not in self.errors:
                self.add_error(name if name in self.fields else None, finding.message)
        if in_steps and "steps" not in self.errors:
            self.add_error("steps", nested_error(in_steps))
