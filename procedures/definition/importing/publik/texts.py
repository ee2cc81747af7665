"""The texts of a form: HTML of anybody's making brought down to a few plain tags, values worked out in them."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from procedures.definition.importing.publik.expressions import ExpressionError, Literal
from procedures.definition.importing.publik.folding import Scope, fold
from procedures.definition.importing.publik.templates import Branches, Part, is_constant, parse_template

GAP = "…"
"""Stands where a value is not known beforehand."""
KEPT = {"b": "b", "strong": "b", "i": "i", "em": "i", "ul": "ul", "ol": "ol", "li": "li"}
BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote", "section", "article", "hr", "table"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
DROPPED = {"script", "style", "title", "template", "iframe", "object"}
ADDRESS = re.compile(r"(?:https?://[^\s\"'<>]+|mailto:[^\s\"'<>]+|tel:[+\d .-]+)$")


def worded(text: str, scope: Scope) -> tuple[str, bool]:
    """The text with its values worked out, and whether nothing was left open."""
    if is_constant(text):
        return text, True
    try:
        return _written(parse_template(text), scope)
    except ExpressionError:
        return re.sub(r"\{[{%#].*?[}%#]\}", GAP, text, flags=re.DOTALL), False


def _written(parts: tuple[Part, ...], scope: Scope) -> tuple[str, bool]:
    texts, whole = [], True
    for part in parts:
        text, known = part, True
        if isinstance(part, Branches):
            text, known = _branch(part, scope)
        elif not isinstance(part, str):
            value = fold(part, scope)
            known = isinstance(value, Literal) and not value.missing
            text = _said(value.value) if isinstance(value, Literal) and known else GAP
        texts.append(str(text))
        whole = whole and known
    return "".join(texts), whole


def _branch(part: Branches, scope: Scope) -> tuple[str, bool]:
    """The branch that applies; all of what may apply, where that is not known."""
    texts, whole = [], True
    for condition, inner in part.branches:
        test = fold(condition, scope)
        if isinstance(test, Literal) and not test.value:
            whole = whole and not test.missing
            continue
        text, known = _written(inner, scope)
        texts.append(text)
        whole = whole and known and isinstance(test, Literal)
        if isinstance(test, Literal):
            break
    return " ".join(texts), whole


def _said(value: object) -> str:
    return "" if value is None else str(value)


def plain(text: str) -> str:
    """Words alone, on one line."""
    reader = _Reader(rich=False)
    reader.feed(text)
    reader.close()
    return " ".join(html.unescape("".join(reader.out)).split())


def rich(text: str) -> str:
    """Paragraphs, lists, bold, italic and links: what our editor of texts has."""
    if "<" not in text:
        text = "".join(f"<p>{line}</p>" for line in re.split(r"\n\s*\n", text) if line.strip())
    reader = _Reader(rich=True)
    reader.feed(text)
    reader.close()
    reader.end_paragraph()
    return re.sub(r"<p>\s*</p>|<b>\s*</b>|<i>\s*</i>", "", "".join(reader.out))


class _Reader(HTMLParser):
    """Writes again what is allowed, well nested, and drops the rest."""

    def __init__(self, *, rich: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.rich, self.out = rich, list[str]()
        self.open: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in DROPPED:
            self.hidden += 1
        elif not self.rich:
            self.out.append(" " if tag in BLOCKS or tag in ("br", "li") else "")
        elif tag == "br":
            self.out.append(" ")
        elif tag in BLOCKS:
            self.end_paragraph()
            if tag in HEADINGS:
                self._begin("p")
                self._begin("b")
        elif tag == "a":
            address = (dict(attrs).get("href") or "").strip()
            if ADDRESS.match(address):
                self._in_paragraph()
                self.out.append(f'<a href="{html.escape(address)}">')
                self.open.append("a")
        elif tag in KEPT:
            self._listed(tag) if tag in ("ul", "ol", "li") else self._inline(KEPT[tag])

    def handle_endtag(self, tag: str) -> None:
        if tag in DROPPED:
            self.hidden = max(0, self.hidden - 1)
        elif self.rich and tag in BLOCKS:
            self.end_paragraph()
        elif self.rich and KEPT.get(tag, tag) in self.open:
            self._end(KEPT.get(tag, tag))

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        if not self.rich:
            self.out.append(data)
        elif data.strip():
            self._in_paragraph()
            self.out.append(html.escape(re.sub(r"\s+", " ", data), quote=False))
        elif self.open:
            self.out.append(" ")

    def end_paragraph(self) -> None:
        """Close everything that is open, but for the lists that are around."""
        if "li" not in self.open:
            while self.open:
                self.out.append(f"</{self.open.pop()}>")

    def _inline(self, tag: str) -> None:
        if tag not in self.open:
            self._in_paragraph()
            self._begin(tag)

    def _listed(self, tag: str) -> None:
        if tag != "li":
            if not any(each in ("ul", "ol") for each in self.open):
                self.end_paragraph()
                self._begin(tag)
        elif "ul" in self.open or "ol" in self.open:
            if "li" in self.open:
                self._end("li")
            self._begin("li")

    def _in_paragraph(self) -> None:
        if not any(each in ("p", "li") for each in self.open):
            self._begin("li" if self.open and self.open[-1] in ("ul", "ol") else "p")

    def _begin(self, tag: str) -> None:
        self.out.append(f"<{tag}>")
        self.open.append(tag)

    def _end(self, tag: str) -> None:
        while self.open:
            ended = self.open.pop()
            self.out.append(f"</{ended}>")
            if ended == tag:
                return
