"""A StreamField whose blocks stay out of migrations."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.fields import StreamField

from cms.pages.offers import PageBlock
from cms.registry import Registry


class OpenStreamField(StreamField):
    """A StreamField filled from a settings list: adding a plugin makes no migration.

    ``block_lookup`` is emptied, not removed: without the key, ``makemigrations`` finds a
    change for ever.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Describe the field to migrations without its blocks."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs["block_lookup"] = {}
        return name, path, [[]], kwargs


def offered_blocks(registry: Registry[PageBlock]) -> list[tuple[str, blocks.Block]]:
    """The blocks of a settings list, under the slug that is stored with each of them."""
    return [(plugin.slug, plugin.block()) for plugin in registry]
