"""Tables reach translators cell by cell, and come back with the shape of the source."""

from __future__ import annotations

import pytest
from django.utils.functional import cached_property
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail_localize.segments import StringSegmentValue

from cms.pages.blocks.table import Table, TextTableBlock


class Prices:
    """A table with an empty cell."""

    @cached_property
    def block(self) -> TextTableBlock:
        return Table().block()

    @cached_property
    def value(self) -> TypedTable:
        columns = [{"type": "text", "heading": "Quotient"}, {"type": "text", "heading": "Prix"}]
        rows = [{"values": ["jusqu’à 400 €", "0,70 €"]}, {"values": ["au-delà", ""]}]
        return self.block.to_python({"columns": columns, "rows": rows, "caption": "Prix d’un repas"})


@pytest.fixture
def prices() -> Prices:
    return Prices()


def test_every_text_of_a_table_is_offered_to_translators(prices):
    segments = prices.block.get_translatable_segments(prices.value)

    assert [segment.render_text() for segment in segments] == [
        "Prix d’un repas", "Quotient", "Prix", "jusqu’à 400 €", "0,70 €", "au-delà",
    ]  # fmt: skip
    assert len({segment.path for segment in segments}) == len(segments)


def test_a_translated_table_keeps_its_shape_and_what_nobody_translated(prices):
    english = {"Prix d’un repas": "Price of a meal", "jusqu’à 400 €": "up to €400"}
    segments = [
        StringSegmentValue(segment.path, english.get(segment.render_text(), segment.render_text()))
        for segment in prices.block.get_translatable_segments(prices.value)
        if segment.render_text() != "au-delà"
    ]

    translated = prices.block.restore_translated_segments(prices.value, segments)

    assert translated.caption == "Price of a meal"
    assert [column["heading"] for column in translated.columns] == ["Quotient", "Prix"]
    assert [row["values"] for row in translated.row_data] == [["up to €400", "0,70 €"], ["au-delà", ""]]
    assert prices.value.caption == "Prix d’un repas"
