"""Rich text of strangers: what our editor could have written passes unchanged, anything else is dropped."""

from __future__ import annotations

import re
from html.parser import HTMLParser

TAGS = {"p", "b", "strong", "i", "em", "ul", "ol", "li", "br", "a", "h2", "h3", "h4"}
ATTRIBUTES = {
    "href": re.compile(r"(?:https?://|mailto:|tel:|/|#)[^\s\"'<>]*"),
    "linktype": re.compile(r"page|document"),
    "id": re.compile(r"[\w-]{1,60}"),
    "data-block-key": re.compile(r"[\w-]{1,20}"),
}
SILENT = {"script", "style", "template", "iframe", "object", "svg", "math"}


def safe_rich_text(text: str) -> str:
    """The text without tags, attributes and addresses that our editor does not write."""
    reader = _Whitelist()
    reader.feed(text)
    reader.close()
    return "".join(reader.out)


class _Whitelist(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag in TAGS and not self.silent:
            kept = [(name, value or "") for name, value in attrs if _allowed(name, value or "")]
            raw = self.get_starttag_text() or ""
            if len(kept) == len(attrs) and raw.count("<") == 1:
                self.out.append(raw)
            else:
                written = "".join(f' {name}="{value}"' for name, value in kept)
                self.out.append(f"<{tag}{written}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br" and not self.silent:
            self.out.append("<br/>")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in TAGS and tag != "br" and not self.silent:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(data.replace("<", "&lt;"))

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


def _allowed(name: str, value: str) -> bool:
    pattern = ATTRIBUTES.get(name)
    return pattern is not None and pattern.fullmatch(value) is not None and '"' not in value
