"""Tables with a caption and header cells that screen readers announce."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from cms.pages.offers import PageBlock


class Table(PageBlock):
    """Rows and columns of text."""

    slug = "table"
    label = _("Table")

    def block(self) -> blocks.Block:
        """A table; the first cell of each row is its header."""
        return TypedTableBlock(
            [("text", blocks.CharBlock(label=_("Text")))],
            label=self.label,
            icon="table",
            group=_("Media"),
            template="components/blocks/table.html",
        )
