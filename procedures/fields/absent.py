"""What stands in for a question whose type is no longer installed: nothing is asked, nothing breaks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from procedures.fields.asking import NothingAsked
from procedures.plugins import FieldType, Question


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

    def form_field(self, question: Question) -> forms.Field:
        """None is ever shown: nobody can answer."""
        return NothingAsked(label=question.label)
