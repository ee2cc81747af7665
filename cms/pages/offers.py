"""What other rooms may offer to pages: blocks and sections of the home page.

``cms`` knows no other room; a room adds its line to a settings list and is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from wagtail import blocks

from cms.registry import Plugin, Registry


class PageBlock(Plugin):
    """A block that editors may put on a page; ``slug`` is stored with each of them."""

    def block(self) -> blocks.Block:
        """Make the block; called once per process."""
        raise NotImplementedError


@dataclass(frozen=True)
class Visit:
    """For whom a section of the home page is made."""

    language: str
    """Language code: fr, en, ar."""


class HomeSection(Plugin):
    """A section of the home page, shown with its own template."""

    template: ClassVar[str]

    def context(self, visit: Visit) -> dict[str, Any] | None:
        """What the template needs; None leaves the section out."""
        raise NotImplementedError


page_blocks = Registry(PageBlock, "PAGE_BLOCKS")
aside_blocks = Registry(PageBlock, "ASIDE_BLOCKS")
home_sections = Registry(HomeSection, "HOME_SECTIONS")
