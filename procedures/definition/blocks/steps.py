"""The steps of a procedure, and what must be true of them together."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from procedures.definition.blocks.identity import IdentifiedStreamBlock
from procedures.definition.blocks.questions import CONDITION, QuestionsBlock
from procedures.definition.problems import find_problems

INTRODUCTION_FEATURES = ["bold", "italic", "link", "ol", "ul"]


class StepBlock(blocks.StructBlock):
    """One screen: a title, a few words, questions."""

    title = blocks.CharBlock(max_length=120, label=_("Title of the step"), form_classname="step-title")
    introduction = blocks.RichTextBlock(
        required=False, features=INTRODUCTION_FEATURES, label=_("Before the questions"), search_index=False
    )
    condition = CONDITION
    questions = QuestionsBlock(min_num=1, label=_("Questions"))

    class Meta:
        icon = "list-ol"
        label = _("Step")
        label_format = "{title}"


class StepsBlock(IdentifiedStreamBlock):
    """All steps; conditions are checked across them."""

    step = StepBlock()

    def clean(self, value: StreamValue) -> StreamValue:
        """Refuse, once everything is filled in, what no resident could get through."""
        cleaned = super().clean(value)
        problems = [] if self.is_deferred_validation else find_problems(cleaned)
        if problems:
            raise nested_error([(problem.path, problem.message) for problem in problems])
        return cleaned


Located = tuple[tuple[int | str, ...], str]
"""Where, from here down, and what to say there."""


def nested_error(problems: Iterable[Located], under: str = "steps") -> ValidationError:
    """Build the error that Wagtail shows beside each field; ``under`` names the block around."""
    below: dict[int | str, list[Located]] = {}
    here: list[ValidationError] = []
    for path, message in problems:
        if path:
            below.setdefault(path[0], []).append((path[1:], message))
        else:
            here.append(ValidationError(message))
    if not below:
        return here[0]
    errors = {key: nested_error(rest, key if isinstance(key, str) else under) for key, rest in below.items()}
    if any(isinstance(key, str) for key in errors):
        return StructBlockValidationError(block_errors=errors, non_block_errors=here)
    if under in ("steps", "questions", "checks"):
        return StreamBlockValidationError(block_errors=errors, non_block_errors=here)
    return ListBlockValidationError(block_errors=errors, non_block_errors=here)
