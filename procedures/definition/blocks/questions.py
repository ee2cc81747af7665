"""A question, as its type of field lets a department write it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin import telepath
from wagtail.blocks import StructBlockValidationError, StructValue
from wagtail.blocks.stream_block import StreamBlockAdapter

from cms.registry import Registry
from procedures.definition.blocks.absent import read_as_absent, written_as_before
from procedures.definition.blocks.conditions import ConditionBlock
from procedures.definition.outline import CHECKS, PREFILL, QUESTIONS, SECTION
from procedures.plugins import FieldType, field_types, prefill_sources, validators

PALETTES = {
    "identity": _("Identity"),
    "choices": _("Choices"),
    "numbers": _("Numbers"),
    "dates": _("Dates and times"),
    "text": _("Text"),
    "documents": _("Documents"),
    "place": _("Place"),
    "structure": _("Layout and commitments"),
}
"""The headings under which editors find the types of question."""


class PrefillBlock(blocks.StructBlock):
    """Where the answer may come from, so that the resident only has to check it."""

    source = blocks.ChoiceBlock(choices=lambda: choices_of(prefill_sources), required=False, label=_("Source"))
    key = blocks.CharBlock(required=False, max_length=200, label=_("Which piece of it"))
    locked = blocks.BooleanBlock(required=False, label=_("Residents cannot change it"))

    class Meta:
        icon = "download"
        label = _("Fill in beforehand")
        collapsed = True
        form_classname = "question-prefill"

    def get_translatable_segments(self, value: StructValue) -> list[Any]:
        """A source is the same in every language."""
        return []


CONDITION = ConditionBlock(required=False)
Leaves = list[tuple[str, blocks.Block]]


def choices_of(registry: Registry[Any]) -> list[tuple[str, Any]]:
    """The plugins on offer, then those that may only stay where they are."""
    gone = _("no longer offered")
    retired = [(plugin.slug, f"{plugin.label} ({gone})") for plugin in registry if plugin.retired]
    return [*((plugin.slug, plugin.label) for plugin in registry.offered()), *retired]


class ChecksBlock(blocks.StreamBlock):
    """What else an answer must fulfil: one block per validator that knows the type of question."""

    def __init__(self, field_type: FieldType, **kwargs: Any) -> None:
        kinds = [kind for kind in validators if field_type.slug in kind.applies_to]
        made = [
            (kind.slug, blocks.StructBlock(list(kind.option_blocks().items()), label=kind.label, icon="check"))
            for kind in kinds
        ]
        super().__init__(made, required=False, label=_("Checks on the answer"), collapsed=True, **kwargs)

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """Checks are the same in every language."""
        return []


class QuestionBlock(blocks.StructBlock):
    """Label, help, obligation, then what the type offers, then the condition."""

    def __init__(self, field_type: FieldType, leaves: Leaves | None = None, **kwargs: Any) -> None:
        self.field_type = field_type
        words = _("Question") if field_type.asks else _("Title")
        own: Leaves = [("label", blocks.CharBlock(max_length=200, label=words, form_classname="question-label"))]
        own += [*(_what_is_asked() if field_type.asks else ()), *field_type.option_blocks().items()]
        if leaves is not None:
            own.append((QUESTIONS, QuestionsBlock(leaves, min_num=1, label=_("Questions of each row"))))
        if any(field_type.slug in kind.applies_to for kind in validators):
            own.append((CHECKS, ChecksBlock(field_type)))
        if field_type.tokens and len(prefill_sources):
            own.append((PREFILL, PrefillBlock(required=False)))
        super().__init__(
            [*own, ("condition", CONDITION)],
            label=field_type.label,
            icon=field_type.icon,
            group=PALETTES[field_type.palette],
            help_text=field_type.doc,
            label_format="{label}",
            **kwargs,
        )

    def bulk_to_python(self, values: list[Any]) -> list[StructValue]:
        """Read what is stored; « of the requester », yes or no, has become one of several persons."""
        for value in values:
            if value.pop("of_requester", True) is False:
                value.setdefault("whose", "other")
            # A text that its type did not ask for yet is empty: translations stumble over nothing at all.
            value |= {name: "" for name in self.field_type.words if value.get(name) is None}
        return super().bulk_to_python(values)

    def clean(self, value: StructValue) -> StructValue:
        """Let the type check its options, once each of them is right by itself."""
        cleaned = super().clean(value)
        errors = {} if self.is_deferred_validation else self.field_type.option_errors(cleaned)
        if PREFILL in cleaned and (misfit := _misfit(self.field_type, cleaned[PREFILL])):
            errors[PREFILL] = misfit
        if errors:
            raise StructBlockValidationError({name: ValidationError(text) for name, text in errors.items()})
        return cleaned


def _what_is_asked() -> Leaves:
    """What only makes sense where somebody answers."""
    help_text = blocks.TextBlock(
        required=False,
        max_length=600,
        rows=2,
        label=_("Help"),
        help_text=_("Why it is asked, where to find the answer, an example."),
    )
    required = blocks.BooleanBlock(required=False, default=True, label=_("An answer is needed"))
    return [("help_text", help_text), ("required", required)]


def _misfit(field_type: FieldType, prefill: StructValue) -> str:
    """What is wrong with a claim that says something else than the question asks; any other key is the source's."""
    claims = {token for kind in field_types for token in kind.tokens}
    if not prefill["source"] or prefill["key"] not in claims - set(field_type.tokens):
        return ""
    known = ", ".join(field_type.tokens)
    return _now("“%(key)s” does not answer this type of question; this does: %(known)s.") % {
        "key": prefill["key"],
        "known": known,
    }


class SectionBlock(blocks.StructBlock):
    """Questions that belong together under a title, and are shown or hidden together."""

    def __init__(self, inside: Leaves, **kwargs: Any) -> None:
        own: Leaves = [
            ("title", blocks.CharBlock(max_length=120, label=_("Title of the section"), form_classname="step-title")),
            ("introduction", blocks.TextBlock(required=False, max_length=600, rows=2, label=_("A few words"))),
            ("condition", CONDITION),
            (QUESTIONS, QuestionsBlock(inside, min_num=1, label=_("Questions"))),
        ]
        super().__init__(
            own,
            icon="folder-open-1",
            label=_("Section"),
            label_format="{title}",
            group=PALETTES["structure"],
            **kwargs,
        )


class QuestionsBlock(blocks.StreamBlock):
    """Questions of a step, a section or a row: one block per type of field in the settings."""

    def __init__(self, kinds: Leaves | None = None, **kwargs: Any) -> None:
        super().__init__(every_kind() if kinds is None else kinds, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read what is stored; see ``blocks/absent.py`` for types that are gone."""
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value = read_as_absent(value, self.child_blocks)
        return super().to_python(value)

    def bulk_to_python(self, values: list[Any]) -> list[Any]:
        """Read many lists at once."""
        return super().bulk_to_python([read_as_absent(value, self.child_blocks) for value in values])

    def get_prep_value(self, value: Any) -> list[Any]:
        """What is stored."""
        return written_as_before(super().get_prep_value(value))


def every_kind() -> Leaves:
    """What a step may hold: sections, in which groups, in which plain questions.

    The same block serves at each depth, so that the editor's page describes it once.
    """
    leaves: Leaves = [(kind.slug, QuestionBlock(kind)) for kind in field_types if not kind.nests]
    groups: Leaves = [(kind.slug, QuestionBlock(kind, leaves)) for kind in field_types if kind.nests]
    return [*leaves, *groups, (SECTION, SectionBlock([*leaves, *groups]))]


class OffersAdapter(StreamBlockAdapter):
    """Retired plugins stay readable and editable; the editor offers no new one."""

    js_constructor = "parvis.Offers"

    def __init__(self, registry: Registry[Any]) -> None:
        super().__init__()
        self.registry = registry

    def js_args(self, block: blocks.StreamBlock) -> list[Any]:
        """Tell the editor's script which blocks its menu leaves out."""
        args = super().js_args(block)
        args[-1]["retired"] = [kind.slug for kind in self.registry if kind.retired]
        return args

    @cached_property
    def media(self) -> forms.Media:
        """Wagtail's own script first."""
        return super().media + forms.Media(js=[static("admin/offers.js")])


telepath.register(OffersAdapter(field_types), QuestionsBlock)
telepath.register(OffersAdapter(validators), ChecksBlock)
