"""Conditions said in words, in the active language: « if “Is it urgent?” is “Yes” »."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from procedures.plugins import Condition, Kept, Question, Rule, is_empty, operators

Questions = Mapping[str, Question]
"""The questions a condition may name, under their ids."""


def condition_in_words(condition: Condition | None, questions: Questions) -> str:
    """When something is shown; an empty text for what is always shown."""
    if condition is None:
        return ""
    if not condition.rules:
        return _("always") if condition.match_all else _("never: switched off for now")
    return _("if %(comparisons)s") % {"comparisons": _comparisons(condition, questions)}


def rule_in_words(rule: Rule, questions: Questions) -> str:
    """One comparison: « “Is it urgent?” is “Yes” »."""
    question = questions.get(rule.question_id)
    operator = operators.by_slug.get(rule.operator)
    asked = question.label if question else _("a question that is gone")
    compares = str(operator.label) if operator else rule.operator
    if operator is not None and not operator.needs_value:
        return _("“%(question)s” %(comparison)s") % {"question": asked, "comparison": compares}
    words = {"question": asked, "comparison": compares, "answer": value_in_words(rule.value, question)}
    return _("“%(question)s” %(comparison)s “%(answer)s”") % words


def value_in_words(value: Kept, question: Question | None) -> str:
    """What an answer is compared with, as residents read it."""
    if is_empty(value):
        return ""
    if isinstance(value, list):
        return _("” or “").join(value_in_words(item, question) for item in value)
    if question is None:
        return str(value)
    chosen = next((choice.label for choice in question.choices if choice.id == value), "")
    if chosen:
        return chosen
    try:
        return question.field_type.display(value, question) or str(value)
    except (KeyError, TypeError, ValueError, ValidationError):  # compared with something else than an answer
        return str(value)


def _comparisons(condition: Condition, questions: Questions, *, is_inside: bool = False) -> str:
    said = [
        _comparisons(rule, questions, is_inside=True) if isinstance(rule, Condition) else rule_in_words(rule, questions)
        for rule in condition.rules
    ]
    joined = (_(" and ") if condition.match_all else _(" or ")).join(said)
    return f"({joined})" if is_inside and len(said) > 1 else joined
