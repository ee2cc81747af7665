"""The JSON in which procedures travel: checked, cleaned, and never trusted. See docs/format.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from procedures.definition.importing.references import arrived, is_reference
from procedures.definition.importing.report import LEFT, TEXT, Outcome
from procedures.definition.importing.richtext import safe_rich_text
from procedures.definition.importing.safety import UnusableFileError
from procedures.definition.models import ProcedurePage

FORMAT, VERSION = "parvis-procedure", 1
PLAIN = (str, int, float, bool)
OWN_COLUMNS = {"page_ptr", "department"}
"""Of a page, not of a procedure: they are given where it is imported."""


def settings_fields() -> dict[str, models.Field]:
    """The fields of a procedure beside its title, its address and its steps."""
    fields = [field for field in ProcedurePage._meta.local_concrete_fields if field.name not in OWN_COLUMNS]
    return {field.name: field for field in fields if field.name != "steps"}


def checked(content: Mapping[str, Any]) -> tuple[dict[str, Any], list[Outcome]]:
    """The content without what this installation does not know, and what was left out.

    Raises:
        UnusableFileError: it is no procedure at all.
    """
    if content.get("format") != FORMAT or content.get("version") != VERSION:
        raise UnusableFileError(_("The file is no procedure of Parvis in a version that is known here."))
    left: list[Outcome] = []
    found = {"language": _text(content, "language"), **_worded(content, left)}
    translations = content.get("translations") or {}
    if not isinstance(translations, dict):
        raise _malformed("translations")
    found["translations"] = {
        str(code): _worded(_mapping(words, "translations"), left) for code, words in translations.items()
    }
    return found, left


def _worded(content: Mapping[str, Any], left: list[Outcome]) -> dict[str, Any]:
    steps = content.get("steps")
    title = _text(content, "title")
    if not title or not isinstance(steps, list):
        raise _malformed("title" if not title else "steps")
    return {
        "title": title[:255],
        "slug": _text(content, "slug")[:200],
        "settings": _settings(_mapping(content.get("settings") or {}, "settings"), left),
        "steps": cleaned(ProcedurePage._meta.get_field("steps").stream_block, steps, left),
    }


def _settings(raw: Mapping[str, Any], left: list[Outcome]) -> dict[str, Any]:
    known = settings_fields()
    found: dict[str, Any] = {}
    for name, value in raw.items():
        field = known.get(name)
        if field is None:
            left.append(Outcome(TEXT, str(name)[:80], LEFT, _("procedures here have no setting of that name")))
        elif isinstance(field, StreamField):
            found[name] = cleaned(field.stream_block, value if isinstance(value, list) else [], left)
        elif isinstance(field, RichTextField):
            found[name] = safe_rich_text(str(value))
        elif value is None or isinstance(value, PLAIN):
            found[name] = value
        else:
            raise _malformed(f"settings.{name}")
    return found


def cleaned(block: blocks.Block, raw: Any, left: list[Outcome]) -> Any:
    """A raw value of ``block`` without what it does not know, its rich texts made harmless."""
    if isinstance(block, blocks.StreamBlock):
        return list(_children(block, raw, left))
    if isinstance(block, blocks.StructBlock):
        values = _mapping(raw, str(block.label or "value"))
        return {
            name: cleaned(block.child_blocks[name], value, left)
            for name, value in values.items()
            if name in block.child_blocks
        }
    if isinstance(block, blocks.ListBlock):
        return [_item(block, item, left) for item in _list(raw)]
    if is_reference(block):
        found = arrived(block, raw)
        if raw and found is None:
            left.append(Outcome(TEXT, str(block.label or block.name), LEFT, _("there is no “%s” here") % str(raw)[:80]))
        return found
    if isinstance(block, blocks.RichTextBlock):
        return safe_rich_text(str(raw or ""))
    if not all(each is None or isinstance(each, PLAIN) for each in (raw if isinstance(raw, list) else [raw])):
        raise _malformed(str(block.label or block.name))
    return raw


def _children(block: blocks.StreamBlock, raw: Any, left: list[Outcome]) -> Iterator[dict[str, Any]]:
    for child in _list(raw):
        kind = _mapping(child, "steps").get("type")
        if kind not in block.child_blocks:
            value = child.get("value")
            name = str(value.get("label") or value.get("title") or kind) if isinstance(value, dict) else str(kind)
            why = _("“%(type)s” is not known here") % {"type": str(kind)[:40]}
            left.append(Outcome(TEXT, name[:120], LEFT, why))
            continue
        yield {**_identity(child), "type": kind, "value": cleaned(block.child_blocks[kind], child.get("value"), left)}


def _item(block: blocks.ListBlock, raw: Any, left: list[Outcome]) -> dict[str, Any]:
    item = _mapping(raw, "item")
    return {**_identity(item), "type": "item", "value": cleaned(block.child_block, item.get("value"), left)}


def _identity(child: Mapping[str, Any]) -> dict[str, str]:
    id = child.get("id")
    return {"id": id} if isinstance(id, str) and 0 < len(id) <= 100 else {}


def _list(raw: Any) -> list[Any]:
    if not isinstance(raw, list):
        raise _malformed("steps")
    return raw


def _mapping(raw: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise _malformed(name)
    return raw


def _text(content: Mapping[str, Any], name: str) -> str:
    value = content.get(name, "")
    if not isinstance(value, str):
        raise _malformed(name)
    return value.strip()


def _malformed(name: str) -> UnusableFileError:
    return UnusableFileError(_("The file is malformed: look at “%(name)s”.") % {"name": name[:80]})
