"""Steps, sections and questions put together as the editor of procedures stores them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from procedures.plugins import field_types

Block = dict[str, Any]
LONGEST_TITLE, LONGEST_LABEL, LONGEST_HELP = 120, 200, 600
ALWAYS_SHOWN: dict[str, Any] = {"match": "all", "rules": [], "groups": []}
CONTENT, SECTION = "content", "section"


def block_id(*names: str) -> str:
    """An id that is the same whenever the same thing of the same form is read."""
    return str(uuid5(NAMESPACE_URL, "publik:" + "/".join(names)))


def cut(text: str, longest: int) -> str:
    """The text, or its beginning where it is too long."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def key(text: str) -> str:
    """A text as two of them are compared."""
    return " ".join(text.split()).casefold().strip(" :")


class Steps:
    """The steps of a procedure under construction."""

    def __init__(self, form: str, title: str) -> None:
        self.form, self.title = form, title
        self.done: list[Block] = []
        self.section: Block | None = None
        self.before: list[Block] = []
        """What stands before the first page."""

    def begin(self, id: str, title: str, condition: dict[str, Any] | None) -> None:
        """Begin a step. What came before the first page joins it, unless that asks something."""
        self.section = None
        if self.before and any(_asks(block) for block in self.before):
            self._open("start", self.title, None)
        self._open(id, title, condition)

    def _open(self, id: str, title: str, condition: dict[str, Any] | None) -> None:
        value = {
            "title": cut(title or self.title, LONGEST_TITLE),
            "introduction": "",
            "condition": condition or ALWAYS_SHOWN,
            "questions": self.before,
        }
        self.done.append({"type": "step", "id": block_id(self.form, "page", id), "value": value})
        self.before = []

    @property
    def around(self) -> list[Block]:
        """Where the next block goes."""
        if self.section is not None:
            return self.section["value"]["questions"]
        return self.done[-1]["value"]["questions"] if self.done else self.before

    def head(self, id: str, title: str) -> None:
        """Begin a section. A title that only repeats the step's is left out; two in a row make one."""
        if self.section is not None and not self.section["value"]["questions"]:
            self.section["value"]["title"] = cut(f"{self.section['value']['title']} – {title}", LONGEST_TITLE)
            return
        self.section = None
        if self.done and not self.around and key(title) == key(self.done[-1]["value"]["title"]):
            return
        value = {
            "title": cut(title, LONGEST_TITLE),
            "introduction": "",
            "condition": ALWAYS_SHOWN,
            "questions": [],
        }
        section = {"type": SECTION, "id": block_id(self.form, "section", id), "value": value}
        self.around.append(section)
        self.section = section

    def leave_section(self) -> None:
        """What follows stands outside of the section."""
        self.section = None

    def add(self, block: Block) -> None:
        """Add a question, worded so that it differs from its neighbours."""
        if "label" in block["value"]:
            taken = {key(other["value"]["label"]) for other in self.around if "label" in other["value"]}
            block["value"]["label"] = distinct(block["value"]["label"], taken)
        self.around.append(block)

    def finished(self) -> list[Block]:
        """The steps that hold something, each under a title of its own."""
        if self.before:
            self._open("start", self.title, None)
        for step in self.done:
            step["value"]["questions"] = list(_without_empty_sections(step["value"]["questions"]))
        steps = [step for step in self.done if step["value"]["questions"]]
        taken: set[str] = set()
        for step in steps:
            step["value"]["title"] = distinct(step["value"]["title"], taken, LONGEST_TITLE)
            taken.add(key(step["value"]["title"]))
        return steps


def distinct(label: str, taken: set[str], longest: int = LONGEST_LABEL) -> str:
    """The label, with a number where another has the same words."""
    number, wanted = 1, cut(label, longest)
    while key(wanted) in taken:
        number += 1
        wanted = f"{cut(label, longest - 6)} ({number})"
    return wanted


def _without_empty_sections(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        if block["type"] != SECTION or block["value"]["questions"]:
            yield block


def _asks(block: Block) -> bool:
    if block["type"] == SECTION:
        return any(_asks(inner) for inner in block["value"]["questions"])
    return field_types[block["type"]].asks
