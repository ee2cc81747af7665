"""Tables to fill in, as repeated groups: a row of the table is a row of the group."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from procedures.definition.importing.publik.asking import Made
from procedures.definition.importing.publik.assembling import (
    ALWAYS_SHOWN,
    LONGEST_HELP,
    LONGEST_LABEL,
    Block,
    block_id,
    cut,
    distinct,
    key,
)
from procedures.definition.importing.publik.comparing import OTHER, Asked
from procedures.definition.importing.publik.context import Context
from procedures.definition.importing.publik.formdef import Field
from procedures.definition.importing.publik.texts import plain

TABLES = ("table", "table-select", "tablerows")
LONGEST_ROW_NAME, MOST_ROWS = 40, 50


def ask_table(source: Field, context: Context) -> Made:
    """A group with a question per column; the rows of a fixed table are named in the help."""
    own = block_id(context.form.slug, source.id)
    columns = _texts(source, "columns") or [plain(source.label) or _("Value")]
    rows = _texts(source, "rows")
    taken: set[str] = set()
    inside: list[Block] = []
    for place, column in enumerate(columns):
        label = distinct(cut(column, LONGEST_LABEL), taken)
        taken.add(key(label))
        inside.append(_cell(own, place, label, source, required=source.required and not rows))
    if rows:
        name = block_id(own, "row")
        items = [{"type": "item", "id": block_id(name, row), "value": cut(row, LONGEST_LABEL)} for row in rows]
        which = {"label": distinct(_("Row"), taken), "help_text": "", "required": True, "condition": ALWAYS_SHOWN}
        kind, extra = ("one_choice", {"choices": items}) if len(rows) > 1 else ("short_text", {})
        inside.insert(0, {"type": kind, "id": name, "value": {**which, **extra}})
    value: dict[str, Any] = {
        "label": cut(plain(source.label) or source.type, LONGEST_LABEL),
        "help_text": cut(plain(source.hint), LONGEST_HELP),
        "required": source.required,
        "row_name": cut(_("Row"), LONGEST_ROW_NAME),
        "min_rows": int(source.required),
        "max_rows": min(len(rows), MOST_ROWS) if rows else MOST_ROWS,
        "questions": inside,
    }
    differs = (_("the rows of the table are added one by one, each naming its row"),) if rows else ()
    asked = Asked(own, source.varname, OTHER, answered=source.required)
    return Made({"type": "group", "id": own, "value": value}, asked, differs)


def _cell(own: str, place: int, label: str, source: Field, *, required: bool) -> Block:
    """The question of a column: a text, or one of the choices of the table."""
    id = block_id(own, "column", str(place))
    value: dict[str, Any] = {"label": label, "help_text": "", "required": required, "condition": ALWAYS_SHOWN}
    offered = {key(text): cut(text, LONGEST_LABEL) for text in source.items}
    if source.type == "table-select" and len(offered) > 1:
        items = [{"type": "item", "id": block_id(id, text), "value": text} for text in offered.values()]
        return {"type": "one_choice", "id": id, "value": {**value, "choices": items}}
    return {"type": "short_text", "id": id, "value": value}


def _texts(source: Field, name: str) -> list[str]:
    found = [plain(" ".join(row)) for row in source.lists.get(name, ())]
    return list({key(text): text for text in found if text}.values())
