"""From the bodies of the data files to the blocks of pages.

Every block, at every level, gets an id made of its place in the data: translations keep it,
and loading elsewhere gives the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from demo.loading.city import City
from demo.loading.data import Record, identity

Value = Any


def stream(blocks: Iterable[tuple[str, Value]], *where: object) -> str:
    """The JSON of a StreamField; the id of each block is made of ``where`` and its rank."""
    return json.dumps(
        [{"type": kind, "value": value, "id": identity(*where, rank)} for rank, (kind, value) in enumerate(blocks)]
    )


def items(values: Sequence[Value], *where: object) -> list[Record]:
    """The items of a list block."""
    return [{"type": "item", "value": value, "id": identity(*where, rank)} for rank, value in enumerate(values)]


class Body:
    """Turns a ``body`` of the data files into blocks."""

    def __init__(self, city: City, *where: object) -> None:
        self.city, self.where = city, where
        self.makers: dict[str, Callable[[Any, int], tuple[str, Value]]] = {
            "text": lambda text, _: ("paragraph", city.rich_text(text)),
            "heading": lambda text, _: ("heading", {"text": text, "level": "2"}),
            "callout": self.callout,
            "steps": self.steps,
            "faq": self.questions,
            "links": self.links,
            "table": self.table,
            "procedure": self.button,
            "picture": self.picture,
            "contact": lambda key, _: ("opening_hours", {"department": city.departments[key].pk}),
        }

    def stream(self, body: Sequence[Record]) -> str:
        """The JSON of the whole body."""
        blocks = [self.makers[kind](value, rank) for rank, record in enumerate(body) for kind, value in record.items()]
        return stream(blocks, *self.where)

    def callout(self, value: Record, rank: int) -> tuple[str, Value]:
        """A few framed words."""
        text = self.city.rich_text(value["text"])
        return "callout", {"kind": value.get("kind", "info"), "title": value["title"], "text": text}

    def steps(self, value: Sequence[Record], rank: int) -> tuple[str, Value]:
        """Things to do, in order."""
        steps = [{"title": step["title"], "text": self.city.rich_text(step["text"])} for step in value]
        return "steps", items(steps, *self.where, rank)

    def questions(self, value: Sequence[Record], rank: int) -> tuple[str, Value]:
        """Questions and answers."""
        pairs = [{"question": pair["question"], "answer": self.city.rich_text(pair["answer"])} for pair in value]
        return "questions", items(pairs, *self.where, rank)

    def links(self, value: Sequence[Record], rank: int) -> tuple[str, Value]:
        """Links to pages of the city."""
        links = [self.link(link["label"], link.get("page") or link["procedure"]) for link in value]
        return "links", {"title": "", "links": items(links, *self.where, rank)}

    def table(self, value: Record, rank: int) -> tuple[str, Value]:
        """A table of words."""
        columns = [{"type": "text", "heading": heading} for heading in value["header"]]
        rows = [{"values": row} for row in value["rows"]]
        return "table", {"columns": columns, "rows": rows, "caption": value["caption"]}

    def button(self, key: str, rank: int) -> tuple[str, Value]:
        """The way into a procedure, in the words of its title."""
        return "button", self.link("", key)

    def picture(self, key: str, rank: int) -> tuple[str, Value]:
        """A picture with its description."""
        image = self.city.pictures[key]
        return "picture", {
            "image": {"image": image.pk, "alt_text": image.description, "decorative": False},
            "caption": "",
        }

    def link(self, label: str, key: str) -> Record:
        """A link to a page of the city."""
        return {"text": label, "page": self.city.pages[key].pk, "address": ""}
