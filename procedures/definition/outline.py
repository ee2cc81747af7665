"""From the blocks of the editor to questions and conditions."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue, StructValue

from procedures.plugins import Choice, Condition, Question, Rule, operators

CHOICES = "choices"


def question_of(child: StreamValue.StreamChild) -> Question:
    """The question a block holds, without its condition, as its own page words it."""
    value = child.value
    items = value[CHOICES].bound_blocks if CHOICES in value else []
    return Question(
        id=child.id,
        type=child.block_type,
        label=value["label"],
        help=value["help_text"],
        required=value["required"],
        choices=tuple(Choice(item.id, item.value) for item in items),
        options=child.block.field_type.compile_options(value),
    )


def rule_of(value: StructValue, earlier: Mapping[str, Question]) -> Rule:
    """The rule a block holds.

    Args:
        earlier: the questions asked before, by id: a condition looks back only.

    Raises:
        ValidationError: with a message under the name of the field at fault.
    """
    question = earlier.get(value["question"])
    if question is None:
        raise ValidationError(
            {"question": _("Choose a question that is asked before this one; the one chosen here is not, or is gone.")}
        )
    operator = operators.by_slug.get(value["operator"])
    if operator is None or operator.slug not in question.field_type.operators:
        raise ValidationError({"operator": _("This comparison does not go with this question.")})
    if not operator.needs_value:
        return Rule(question.id, operator.slug)
    try:
        compared = question.field_type.compared(value["value"], question)
    except ValidationError as error:
        raise ValidationError({"value": error.messages}) from error
    if compared is None:
        raise ValidationError({"value": _("Choose or type the answer to compare with.")})
    return Rule(question.id, operator.slug, compared)


def condition_of(value: StructValue, earlier: Mapping[str, Question]) -> Condition | None:
    """The condition a block holds; None when it has no rule. Raises ValidationError as ``rule_of``."""
    rules = tuple(rule_of(rule, earlier) for rule in value["rules"])
    return Condition(value["match"] == "all", rules) if rules else None
