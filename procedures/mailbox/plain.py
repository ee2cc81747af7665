"""The words that somebody wrote, without markup and without what they quote."""

from __future__ import annotations

import re
from html.parser import HTMLParser

SILENT = {"script", "style", "head", "title", "template", "svg", "object"}
BREAKING = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "hr", "pre"}
QUOTING = re.compile(r"\b(gmail_quote|gmail_attr|moz-cite-prefix|yahoo_quoted|protonmail_quote)\b")
VOID = {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"}
LONGEST = 100_000
"""Of what is kept as a message; the whole e-mail is kept beside for a while."""


class _Words(HTMLParser):
    """Text of HTML; what is hidden, run or quoted is left out, unclosed or not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.parts.append("\n" if tag in BREAKING else "")
            return
        said = dict(attrs)
        quotes = tag == "blockquote" or QUOTING.search(said.get("class") or "") or said.get("id") == "divRplyFwdMsg"
        if self.skipped or tag in SILENT or quotes:
            self.skipped.append(tag)
        elif tag in BREAKING:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.skipped:
            while self.skipped.pop() != tag:
                pass
        elif tag in BREAKING and not self.skipped:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.parts.append(re.sub(r"\s+", " ", data))


def words_of_html(html: str) -> str:
    """The words of an HTML e-mail, one paragraph a line."""
    reader = _Words()
    reader.feed(html[: LONGEST * 10])
    reader.close()
    return tidy("".join(reader.parts))


UNKEEPABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
"""No database takes them all."""


def tidy(text: str) -> str:
    """Without what no database takes, one blank line at most between paragraphs, and not without end."""
    text = UNKEEPABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line.rstrip() for line in text.replace("\u00ad", "").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:LONGEST]


BEGINS_QUOTE = re.compile(
    r"^(?:"
    r"-{2,}\s*(?:Message d.origine|Original Message|Message transféré|Forwarded message|Ursprüngliche Nachricht)\b.*"
    r"|_{20,}"
    r"|(?:Le|On|Am|El|Il)\s.{6,200}(?:a écrit|wrote|schrieb|escribió|ha scritto)\s*:"
    r"|.{0,200}(?:كتب|كتبت).{0,80}:"
    r")\s*$",
    re.IGNORECASE,
)
HEAD_OF_QUOTE = re.compile(r"^\*?(?:De|From|Von|من)\s?\*?:\*?\s", re.IGNORECASE)
NEXT_IN_HEAD = re.compile(r"^\*?(?:Envoyé|Sent|Date|À|To|Objet|Subject|Gesendet|إلى|تاريخ)[^:]{0,12}:", re.IGNORECASE)


def without_quotes(text: str, marks: tuple[str, ...] = ()) -> str:
    """What was written above the e-mail that is answered; all of it where nothing stands above.

    Args:
        marks: lines of ours that say « write above »; whatever follows one is ours.
    """
    lines = text.split("\n")
    kept = lines[: _end_of_reply(lines, marks)]
    reply = "\n".join(line for line in kept if not line.lstrip().startswith(">")).strip()
    signature = re.split(r"(?m)^-- $|^--$", reply)[0].strip()
    return signature or reply or text.strip()


def _end_of_reply(lines: list[str], marks: tuple[str, ...]) -> int:
    for number, line in enumerate(lines):
        bare = line.strip(" >*\u200e\u200f\u202b\u202c")
        if any(mark in bare for mark in marks) or BEGINS_QUOTE.match(bare):
            return number
        # « Le … a écrit : » that a client has broken in two.
        if number + 1 < len(lines) and bare and BEGINS_QUOTE.match(f"{bare} {lines[number + 1].strip(' >')}"):
            return number
        if HEAD_OF_QUOTE.match(bare) and any(NEXT_IN_HEAD.match(next.strip(" >")) for next in lines[number + 1 :][:3]):
            return number
    return len(lines)
