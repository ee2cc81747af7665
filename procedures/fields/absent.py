"""What stands in for a question whose type is no longer installed: nothing is asked, nothing breaks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from procedures.fields.asking import NothingAsked
from procedures.plugins import DraftProcedure, FieldType, Path, ProcedureCheck, Question

KEPT = "kept"
"""Option that holds the question as it was, as JSON."""


class Absent(FieldType):
    """Tells residents that they may go on without; old requests keep the words of their answers."""

    slug = "absent"
    label = _("Question whose type is not installed")
    icon = "warning"
    palette = "structure"
    doc = _("Stands in for a question until its type is installed again. Editors never choose it.")
    examples = [({}, None)]
    operators = ()
    retired = True
    asks = False
    template = "components/absent.html"

    def option_blocks(self) -> dict[str, blocks.Block]:
        """The question as it was, out of sight."""
        return {KEPT: KeptBlock()}

    def form_field(self, question: Question) -> forms.Field:
        """None is ever shown: nobody can answer."""
        return NothingAsked(label=question.label)


class KeptField(forms.CharField):
    """JSON of a question, or nothing."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> str:
        """Whoever tampers with it is refused."""
        kept: str = super().clean(value)
        try:
            question = json.loads(kept or '{"type": "", "value": {}}')
        except ValueError:
            question = None
        if not isinstance(question, dict) or question.keys() != {"type", "value"}:
            raise ValidationError(_now("This question cannot be read. Reload the page."))
        return kept


class KeptBlock(blocks.FieldBlock):
    """A hidden field of the editor."""

    def __init__(self, **kwargs: Any) -> None:
        self.field = KeptField(required=False)
        super().__init__(**kwargs)

    class Meta:
        label = ""
        default = ""


class Installed(ProcedureCheck):
    """A new version must not leave out what the department means to ask."""

    slug = "installed"
    label = _("Types that are not installed")
    blocking = True

    def find(self, draft: DraftProcedure) -> Iterator[tuple[Path, str]]:
        """Beside each such question."""
        for path, part in draft.parts:
            if part.type == Absent.slug:
                words = _now(
                    "The type of this question is no longer installed. Ask whoever runs the site to install it again,"
                    " or delete the question."
                )
                yield (*path, "label"), words
