"""Forms of Publik, written for tests."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape


def field(
    type: str, label: str = "", *, inside: str = "", condition: str = "", required: bool = True, **texts: str
) -> str:
    """A field; ``inside`` is XML, ``texts`` are elements with a text."""
    texts = {"type": type, "label": label, "required": "required" if required else "optional", **texts}
    texts.setdefault("id", texts.get("varname") or label or type)
    elements = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in texts.items())
    shown = f"<condition><type>django</type><value>{escape(condition)}</value></condition>" if condition else ""
    return f"<field>{elements}{shown}{inside}</field>"


def page(label: str, **more: str) -> str:
    """The beginning of a page."""
    return field("page", label, **more)


def items(*labels: str) -> str:
    """Choices written in the form."""
    return "<items>" + "".join(f"<item>{escape(label)}</item>" for label in labels) + "</items>"


def table(rows: Sequence[str] = (), columns: Sequence[str] = ()) -> str:
    """The rows and the columns of a table."""
    written = {
        name: "".join(f"<{name}>{escape(text)}</{name}>" for text in texts)
        for name, texts in (("row", rows), ("column", columns))
    }
    return "".join(f"<{name}s>{inside}</{name}s>" for name, inside in written.items() if inside)


def source(kind: str, value: str = "") -> str:
    """Choices taken from elsewhere."""
    return f"<data_source><type>{escape(kind)}</type><value>{escape(value)}</value></data_source>"


def form(*fields: str, name: str = "Un formulaire", options: str = "", kind: str = "formdef") -> bytes:
    """A whole export."""
    head = f"<name>{escape(name)}</name><url_name>un-formulaire</url_name><slug>un_bloc</slug>"
    written = f"<{kind}>{head}<fields>{''.join(fields)}</fields><options>{options}</options></{kind}>"
    return f'<?xml version="1.0"?>{written}'.encode()
