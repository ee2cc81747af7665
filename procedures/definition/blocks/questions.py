"""A question, as its type of field lets a department write it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin import telepath
from wagtail.blocks import StructBlockValidationError, StructValue
from wagtail.blocks.stream_block import StreamBlockAdapter

from procedures.definition.blocks.conditions import ConditionBlock
from procedures.plugins import FieldType, field_types


class QuestionBlock(blocks.StructBlock):
    """Label, help, obligation, then what the type offers, then the condition."""

    def __init__(self, field_type: FieldType, **kwargs: Any) -> None:
        self.field_type = field_type
        own = [
            ("label", blocks.CharBlock(max_length=200, label=_("Question"), form_classname="question-label")),
            (
                "help_text",
                blocks.TextBlock(
                    required=False,
                    max_length=600,
                    rows=2,
                    label=_("Help"),
                    help_text=_("Why it is asked, where to find the answer, an example."),
                ),
            ),
            ("required", blocks.BooleanBlock(required=False, default=True, label=_("An answer is needed"))),
        ]
        super().__init__(
            [*own, *field_type.option_blocks().items(), ("condition", ConditionBlock(required=False))],
            label=field_type.label,
            icon=field_type.icon,
            help_text=field_type.doc,
            label_format="{label}",
            **kwargs,
        )

    def clean(self, value: StructValue) -> StructValue:
        """Let the type check its options, once each of them is right by itself."""
        cleaned = super().clean(value)
        errors = {} if self.is_deferred_validation else self.field_type.option_errors(cleaned)
        if errors:
            raise StructBlockValidationError({name: ValidationError(text) for name, text in errors.items()})
        return cleaned


class QuestionsBlock(blocks.StreamBlock):
    """The questions of a step: one block per type of field in the settings."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__([(field_type.slug, QuestionBlock(field_type)) for field_type in field_types], **kwargs)


class QuestionsAdapter(StreamBlockAdapter):
    """Retired types stay readable and editable; the editor offers no new one."""

    def js_args(self, block: QuestionsBlock) -> list[Any]:
        """Tell the editor's script that retired types have reached their number."""
        args = super().js_args(block)
        args[-1]["blockCounts"] = {kind.slug: {"max_num": 0} for kind in field_types if kind.retired}
        return args


telepath.register(QuestionsAdapter(), QuestionsBlock)
