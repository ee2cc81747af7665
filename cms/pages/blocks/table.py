"""Tables with a caption and header cells that screen readers announce."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue

from cms.pages.offers import PageBlock


class TextTableBlock(TypedTableBlock):
    """A table of text whose caption, headings and cells are offered to translators."""

    def get_translatable_segments(self, value: TypedTable) -> list[StringSegmentValue]:
        """Every text that is not empty, under its place in the table."""
        return [StringSegmentValue(path, text) for path, text in _texts(value) if text]

    def restore_translated_segments(self, value: TypedTable, segments: list[StringSegmentValue]) -> TypedTable:
        """Lay the translated texts over the source's."""
        translated = {segment.path: segment.render_text() for segment in segments}
        texts = {path: translated.get(path, text) for path, text in _texts(value)}
        columns = [{**column, "heading": texts[f"heading-{rank}"]} for rank, column in enumerate(value.columns)]
        rows = [
            {**row, "values": [texts[f"cell-{rank}-{place}"] for place in range(len(columns))]}
            for rank, row in enumerate(value.row_data)
        ]
        return TypedTable(columns=columns, row_data=rows, caption=texts["caption"])


def _texts(table: TypedTable) -> Iterator[tuple[str, str]]:
    yield "caption", table.caption or ""
    for rank, column in enumerate(table.columns):
        yield f"heading-{rank}", column["heading"] or ""
    for rank, row in enumerate(table.row_data):
        for place, text in enumerate(row["values"]):
            yield f"cell-{rank}-{place}", text or ""


class Table(PageBlock):
    """Rows and columns of text."""

    slug = "table"
    label = _("Table")

    def block(self) -> blocks.Block:
        """A table; the first cell of each row is its header."""
        return TextTableBlock(
            [("text", blocks.CharBlock(label=_("Text")))],
            label=self.label,
            icon="table",
            group=_("Media"),
            template="components/blocks/table.html",
        )
