"""Blocks of fields: repeated groups where their definition is at hand, the nearest thing where it is not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from procedures.definition.importing.publik.asking import Made, ask
from procedures.definition.importing.publik.assembling import (
    ALWAYS_SHOWN,
    CONTENT,
    LONGEST_LABEL,
    Block,
    block_id,
    cut,
    distinct,
    key,
)
from procedures.definition.importing.publik.comparing import OTHER, Asked, InconvertibleError
from procedures.definition.importing.publik.conditions import convert
from procedures.definition.importing.publik.context import Context, name_of
from procedures.definition.importing.publik.formdef import Field
from procedures.definition.importing.publik.targets import has
from procedures.definition.importing.publik.texts import plain, rich, worded
from procedures.fields.file import MOST_FILES
from procedures.plugins import field_types

ONE_FILE = re.compile(r"(?:\w+_)?ajouter_(?:un|des)_fichiers?(?:_\w+)?|add_(?:a_)?files?")
"""Blocks of one file each, by the names that they have everywhere."""
OF_FILES = re.compile(r"fichier|document|photo|image|annexe|preuve|piece|pièce|justificatif|file|upload", re.IGNORECASE)
INNER = re.compile(r"\bblock_var_")
MOST_ROWS, LONGEST_ROW_NAME = 50, 40
NOT_ASKED = ("title", "subtitle", "comment", "page", "computed")


def ask_block(source: Field, context: Context) -> Made:
    """The question, or the repeated group of questions, that a block of fields becomes."""
    known = context.blocks.get(source.block_slug)
    if known is not None and [inner.type for inner in known.fields] == ["file"]:
        return _files(source, context)
    if known is not None and has("group"):
        return _group(source, context, known.fields)
    return _unknown(source, context)


def _group(source: Field, context: Context, fields: tuple[Field, ...]) -> Made:
    own = block_id(context.form.slug, source.id)
    inside, differs = [], list[str]()
    taken: set[str] = set()
    for inner in fields:
        if inner.type in NOT_ASKED:
            inside += _said(inner, source, context)
            continue
        named = replace(inner, varname=f"{source.varname or source.id}__{inner.varname}")
        made = ask(named, context, place=source.id)
        made.block["value"]["condition"], why = _condition(inner, source, context)
        made.block["value"]["label"] = distinct(made.block["value"]["label"], taken)
        taken.add(key(made.block["value"]["label"]))
        differs += [f"{name_of(inner)}: {each}" for each in (*made.differs, *why)]
        inside.append(made.block)
        context.remember(replace(made.asked, row=own))
        context.scope.questions = {*context.scope.questions, named.varname}
    if not any(field_types[block["type"]].asks for block in inside):
        return _unknown(source, context)
    value = _group_value(source, context) | {"questions": inside}
    asked = Asked(own, source.varname, OTHER, answered=source.required)
    return Made({"type": "group", "id": own, "value": value}, asked, tuple(differs))


def _said(inner: Field, source: Field, context: Context) -> list[Block]:
    """A text of the block, among the questions of the row; a computed value says nothing."""
    text = rich(worded(inner.label, context.scope)[0])
    words = plain(text)
    if inner.type in ("page", "computed") or not words or not has(CONTENT):
        return []
    condition, _why = _condition(inner, source, context)
    value: dict[str, Any] = {
        "label": cut(words, LONGEST_LABEL),
        "help_text": "",
        "required": False,
        "tone": "explanation",
        "shows_title": inner.type != "comment",
        "text": text if inner.type == "comment" else "",
        "condition": condition,
    }
    return [{"type": CONTENT, "id": block_id(context.form.slug, source.id, "text", inner.id), "value": value}]


def _condition(inner: Field, source: Field, context: Context) -> tuple[dict[str, Any], list[str]]:
    """The condition of a field of the block: it looks at the same row."""
    if inner.condition is None:
        return ALWAYS_SHOWN, []
    text = INNER.sub(f"form_var_{source.varname or source.id}__", inner.condition.text)
    try:
        return convert(text, context.scope, context.questions).stored or ALWAYS_SHOWN, []
    except InconvertibleError as error:
        return ALWAYS_SHOWN, [_("its condition was left: %(why)s") % {"why": error}]


def _most_rows(source: Field) -> int:
    most = source.settings.get("max_items", "")
    return min(int(most), MOST_ROWS) if most.isdecimal() and int(most) else MOST_ROWS


def _group_value(source: Field, context: Context) -> dict[str, Any]:
    rows = _most_rows(source)
    least = source.settings.get("default_items_count", "")
    first = min(int(least), rows) if least.isdecimal() and source.required else int(source.required)
    return {
        "label": cut(plain(source.label) or source.block_slug, 200),
        "help_text": cut(plain(source.hint), 600),
        "required": source.required,
        "row_name": cut(plain(source.label) or source.block_slug, LONGEST_ROW_NAME),
        "min_rows": first,
        "max_rows": rows,
    }


def _files(source: Field, context: Context) -> Made:
    """A block of one file, repeated: a question that takes several files."""
    made = ask(replace(source, type="file"), context)
    made.block["value"]["max_files"] = min(_most_rows(source), MOST_FILES)
    return made


def _unknown(source: Field, context: Context) -> Made:
    """A block whose fields are not in the file: files where its name says so, else words, once per row."""
    slug = source.block_slug or source.type
    if ONE_FILE.fullmatch(slug.replace("-", "_")):
        return _files(source, context)
    if OF_FILES.search(f"{slug} {plain(source.label)}"):
        made = _files(source, context)
        why = _("the fields of the block “%(block)s” are not in the file; from its name, files are asked for")
        return replace(made, differs=(*made.differs, why % {"block": slug}))
    why = _("the fields of the block “%(block)s” are not in the file; a text is asked instead")
    differs = (why % {"block": slug},)
    own = block_id(context.form.slug, source.id)
    text: Block = {
        "type": "long_text",
        "id": block_id(own, "text"),
        "value": {
            "label": cut(plain(source.label) or slug, 200),
            "help_text": "",
            "required": source.required,
            "condition": ALWAYS_SHOWN,
        },
    }
    asked = Asked(own, source.varname, OTHER, answered=source.required)
    if not has("group"):
        return Made({**text, "id": own}, asked, differs)
    value = _group_value(source, context) | {"questions": [text]}
    return Made({"type": "group", "id": own, "value": value}, asked, differs)
