"""Headings, paragraphs, quotations."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.pages.offers import PageBlock

# No heading inside rich text: the structure of a page is made of Heading blocks, in order.
RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "superscript"]


class HeadingBlock(blocks.StructBlock):
    """A heading of level 2 or 3, with an anchor made of its words."""

    text = blocks.CharBlock(label=_("Heading"), max_length=150)
    level = blocks.ChoiceBlock(
        [("2", _("Heading")), ("3", _("Subheading"))], default="2", label=_("Level"), required=True
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the anchor: the words, and the beginning of the block's id, for two headings may say the same."""
        context = super().get_context(value, parent_context)
        words, block_id = slugify(value["text"]) or "titre", (parent_context or {}).get("block_id") or ""
        context["anchor"] = f"{words}-{block_id[:4]}" if block_id else words
        return context

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "components/blocks/heading.html"
        group = _("Text")


class Heading(PageBlock):
    """Cuts a page into parts."""

    slug = "heading"
    label = _("Heading")

    def block(self) -> blocks.Block:
        """A heading."""
        return HeadingBlock()


class Paragraph(PageBlock):
    """Running text."""

    slug = "paragraph"
    label = _("Text")

    def block(self) -> blocks.Block:
        """Rich text without headings or pictures: those are blocks."""
        return blocks.RichTextBlock(
            features=RICH_TEXT_FEATURES,
            icon="pilcrow",
            label=self.label,
            group=_("Text"),
            template="components/blocks/paragraph.html",
        )


class QuotationBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Quotation"))
    author = blocks.CharBlock(label=_("Who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "components/blocks/quotation.html"
        group = _("Text")


class Quotation(PageBlock):
    """Somebody's words."""

    slug = "quotation"
    label = _("Quotation")

    def block(self) -> blocks.Block:
        """A quotation."""
        return QuotationBlock()
