"""Blocks that the editor builds when they are opened: a form of two hundred questions would keep one waiting.

Until then ``static/admin/unopened-blocks.js`` posts what they hold from hidden inputs. It can for
plain fields only; whatever holds another kind, such as a rich text, is built at once.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin import telepath
from wagtail.admin.staticfiles import versioned_static
from wagtail.blocks.stream_block import StreamBlockAdapter
from wagtail.blocks.struct_block import StructBlockAdapter

from procedures.definition.blocks.conditions import ConditionBlock
from procedures.definition.blocks.questions import PrefillBlock, QuestionBlock
from procedures.definition.blocks.steps import StepsBlock

LISTS = (forms.Select, forms.SelectMultiple, forms.CheckboxSelectMultiple)
PLAIN = (forms.TextInput, forms.NumberInput, forms.Textarea, forms.CheckboxInput, forms.DateInput, *LISTS)
"""Widgets that post their state as it is; rich texts and choosers derive from none of them, or hold more."""


def is_plain(block: blocks.Block) -> bool:
    """Whether hidden inputs can say all that ``block`` holds."""
    if isinstance(block, blocks.BaseStructBlock | blocks.BaseStreamBlock):
        return all(is_plain(child) for child in block.child_blocks.values())
    if isinstance(block, blocks.ListBlock):
        return is_plain(block.child_block)
    if isinstance(block, blocks.RichTextBlock | blocks.ChooserBlock) or not isinstance(block, blocks.FieldBlock):
        return False
    return isinstance(block.field.widget, PLAIN)


class OpenedLaterAdapter(StructBlockAdapter):
    """A struct that is a heading until it is opened."""

    js_constructor = "parvis.OpenedLater"

    def js_args(self, block: blocks.StructBlock) -> list[Any]:
        """Tell the script besides whether it can wait, and what its heading says when it is filled in."""
        args: list[Any] = super().js_args(block)
        args[-1] |= {"plain": is_plain(block), "filledLabel": _("filled in")}
        return args

    @cached_property
    def media(self) -> forms.Media:
        """The script, after Wagtail's own."""
        return script_after(super().media)


class StepsAdapter(StreamBlockAdapter):
    """The steps, which know whether there are many questions."""

    js_constructor = "parvis.Steps"

    @cached_property
    def media(self) -> forms.Media:
        """The script, after Wagtail's own."""
        return script_after(super().media)


def script_after(media: forms.Media) -> forms.Media:
    """What a block needs, then our script."""
    return media + forms.Media(js=[versioned_static("wagtailadmin/js/telepath/blocks.js"), "admin/unopened-blocks.js"])


for opened_later in (ConditionBlock, PrefillBlock, QuestionBlock):
    telepath.register(OpenedLaterAdapter(), opened_later)
telepath.register(StepsAdapter(), StepsBlock)
