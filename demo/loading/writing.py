"""From the plain writing of the data files to rich text.

A blank line ends a paragraph, lines that begin with ``- `` make a list, ``**bold**``,
``*italic*`` and ``[words](kind:key)`` are marked; the kinds are those of ``Link``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

Link = Callable[[str], str]
"""Gives the opening tag of a link to ``page:key``, ``procedure:key``, ``mailto:…`` or ``tel:…``."""

BOLD = re.compile(r"\*\*(.+?)\*\*")
ITALIC = re.compile(r"\*(.+?)\*")
LINK = re.compile(r"\[(.+?)\]\((.+?)\)")


def rich_text(text: str, link: Link) -> str:
    """HTML as Wagtail stores it."""
    return "".join(_block(block.strip(), link) for block in re.split(r"\n\s*\n", text.strip()) if block.strip())


def _block(block: str, link: Link) -> str:
    lines = block.splitlines()
    if all(line.startswith("- ") for line in lines):
        return f"<ul>{''.join(f'<li>{_inline(line[2:], link)}</li>' for line in lines)}</ul>"
    return f"<p>{_inline(' '.join(lines), link)}</p>"


def _inline(text: str, link: Link) -> str:
    marked = escape(text, quote=False)
    marked = LINK.sub(lambda found: f"{link(found[2])}{found[1]}</a>", marked)
    return ITALIC.sub(r"<i>\1</i>", BOLD.sub(r"<b>\1</b>", marked))
