"""What must not be missed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.pages.blocks.text import RICH_TEXT_FEATURES
from cms.pages.offers import PageBlock


class CalloutBlock(blocks.StructBlock):
    """A few framed words: good to know, or beware."""

    kind = blocks.ChoiceBlock([("info", _("Good to know")), ("warning", _("Beware"))], default="info", label=_("Kind"))
    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "components/blocks/callout.html"
        group = _("Text")


class Callout(PageBlock):
    """A few framed words."""

    slug = "callout"
    label = _("Callout")

    def block(self) -> blocks.Block:
        """A callout."""
        return CalloutBlock()
