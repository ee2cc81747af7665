"""« Shown if »: the condition of a step or a question, chosen in lists.

Ids of questions and choices are stored. They are no words, so none of these blocks is
offered to translators. The lists are filled in the editor by ``condition-editor.js``, from
the questions typed on the same page.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructValue

from procedures.fields.references import Reference
from procedures.plugins import operators


def operator_choices() -> list[tuple[str, Any]]:
    """The operators on offer."""
    return [(operator.slug, operator.label) for operator in operators.offered()]


class RuleBlock(blocks.StructBlock):
    """One comparison."""

    question = Reference("question", label=_("Question"))
    operator = blocks.ChoiceBlock(choices=operator_choices, default="is", label=_("Comparison"))
    value = Reference("value", required=False, label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Comparison")
        label_format = "{operator}"  # the question is an id: nobody reads those
        form_classname = "condition-rule"


MATCHES = [("all", _("All of these are true")), ("any", _("At least one of these is true"))]
NEVER = ("never", _("Never: switched off for now"))


class RuleGroupBlock(blocks.StructBlock):
    """Comparisons taken together: one brick of a larger condition."""

    match = blocks.ChoiceBlock(choices=MATCHES, default="any", label=_("In this group"))
    rules = blocks.ListBlock(RuleBlock(), default=[], label=_("Comparisons"))

    class Meta:
        icon = "list-ul"
        label = _("Group of comparisons")
        form_classname = "condition-group"


class ConditionBlock(blocks.StructBlock):
    """Shown if all, or any, of the comparisons and groups hold; without any, always shown."""

    match = blocks.ChoiceBlock(choices=[*MATCHES, NEVER], default="all", label=_("Shown if"))
    rules = blocks.ListBlock(RuleBlock(), default=[], label=_("Comparisons"))
    groups = blocks.ListBlock(RuleGroupBlock(), default=[], label=_("Groups of comparisons"))

    class Meta:
        icon = "view"
        label = _("Condition")
        label_format = _("when this is shown")  # else Wagtail shows the first value, rules or not
        form_classname = "condition"
        collapsed = True

    def get_translatable_segments(self, value: StructValue) -> list[Any]:
        """Conditions are the same in every language."""
        return []
