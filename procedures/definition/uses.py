"""Everything that refers to a question: nothing may lose what it stands on without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import StreamValue

from procedures.definition.outline import placed, references_in, rules_in


class Use(NamedTuple):
    """A place that names a question."""

    question_id: str
    user: str
    """The words of what uses it, ready to show."""
    message: Any
    """Why the question cannot be deleted, with room for ``question`` and ``users``."""


IN_CONDITION = gettext_lazy(
    "“%(question)s” cannot be deleted: it is used in the condition of %(users)s. Change that condition first."
)
IN_OPTION = gettext_lazy("“%(question)s” cannot be deleted: it is used in %(users)s. Choose another one there first.")
IN_OUTCOME = gettext_lazy(
    "“%(question)s” cannot be deleted: it is used in %(users)s, under “Routes and fees”. Change that first."
)


def uses(
    steps: StreamValue, routes: Iterable[StreamValue.StreamChild] = (), fees: Iterable[StreamValue.StreamChild] = ()
) -> Iterator[Use]:
    """Every place of a procedure that names a question: conditions, computed values, routes, amounts."""
    for block in placed(steps):
        words = f"“{block.child.value['label' if block.is_question else 'title']}”"
        for _path, rule in rules_in(block.child.value["condition"]):
            yield Use(rule["question"], words, IN_CONDITION)
        for _path, asked in references_in(block):
            yield Use(asked, words, IN_OPTION)
    for place, route in enumerate(routes, start=1):
        words = _("route %(number)d") % {"number": place}
        for _path, rule in rules_in(route.value["condition"]):
            yield Use(rule["question"], words, IN_OUTCOME)
    for fee in fees:
        named = [rule["question"] for _path, rule in rules_in(fee.value["condition"])]
        for asked in filter(None, (*named, fee.value["times"])):
            yield Use(asked, f"“{fee.value['label']}”", IN_OUTCOME)


def words_of_questions(steps: StreamValue) -> dict[str, str]:
    """The questions there are, in words, by id."""
    return {block.child.id: block.child.value["label"] for block in placed(steps) if block.is_question}


def lost_questions(before: Mapping[str, str], left: Iterable[str], used: Iterable[Use]) -> list[str]:
    """One message per question that was there, is gone, and is still used.

    Args:
        before: words of the questions that were there, by id.
        left: ids of those that still are.
        used: as ``uses`` finds it.
    """
    gone = before.keys() - set(left)
    users: dict[tuple[str, Any], dict[str, None]] = {}
    for use in used:
        if use.question_id in gone:
            users.setdefault((use.question_id, use.message), {})[use.user] = None
    return [
        str(message) % {"question": before[asked], "users": ", ".join(words)}
        for (asked, message), words in users.items()
    ]
