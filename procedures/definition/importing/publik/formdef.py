"""What an exported form says, read from its XML into frozen data; nothing is interpreted yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from procedures.definition.importing.safety import UnusableFileError, parse_xml

ROOTS = {
    "formdef": "form",
    "block": "block of fields",
    "carddef": "card",
    "workflow": "workflow",
    "datasource": "data source",
}
"""What Publik exports, by the name of the root element."""
NOT_REQUIRED = {"", "false", "optional"}


@dataclass(frozen=True)
class Expression:
    """An expression and the language it is in: ``django`` or ``python``."""

    kind: str
    text: str


@dataclass(frozen=True)
class PostCondition:
    """What must hold to leave a page, and what is said otherwise."""

    condition: Expression
    message: str


@dataclass(frozen=True)
class Validation:
    """How an answer is checked."""

    kind: str
    value: str = ""
    message: str = ""


@dataclass(frozen=True)
class Prefilled:
    """Where an answer comes from before the resident types."""

    kind: str
    value: str
    locked: bool


@dataclass(frozen=True)
class Field:
    """One field of the form, in the order of the form."""

    id: str
    type: str
    label: str
    varname: str = ""
    hint: str = ""
    required: bool = False
    condition: Expression | None = None
    post_conditions: tuple[PostCondition, ...] = ()
    items: tuple[str, ...] = ()
    source: tuple[str, str] | None = None
    """Kind or name of the data source of the choices, and its value."""
    validation: Validation | None = None
    prefill: Prefilled | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    """Everything else that is a plain text, by the name of its element."""
    lists: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """Everything else that is a list, each entry a row of texts: rows and columns of a table…"""

    @property
    def block_slug(self) -> str:
        """The block of fields that it repeats, if any."""
        return self.type.partition(":")[2] or self.settings.get("block_slug", "")


@dataclass(frozen=True)
class Form:
    """A form, or a block of fields."""

    kind: str
    """Name of the root element: ``formdef``, ``block``."""
    title: str
    slug: str
    description: str
    fields: tuple[Field, ...]
    options: Mapping[str, Any]
    """Constants of this form, ``form_option_…`` in its expressions; None where left empty."""
    settings: Mapping[str, str]


def read_form(data: bytes, kind: str = "formdef") -> Form:
    """The form that a file holds. Raises UnusableFileError, also for another ``kind`` of export."""
    root = parse_xml(data)
    if root.tag != kind:
        held = ROOTS.get(root.tag)
        if held is None:
            raise UnusableFileError(_("The file is XML, but no export of Publik: it begins with <%s>.") % root.tag[:60])
        raise UnusableFileError(
            _("The file holds a %(held)s, where a %(wanted)s is expected.")
            % {"held": held, "wanted": ROOTS.get(kind, kind)}
        )
    title = _text(root, "name")
    if not title:
        raise UnusableFileError(_("The form has no name: the file is incomplete."))
    return Form(
        kind=root.tag,
        title=title,
        slug=_text(root, "slug" if kind == "block" else "url_name") or _text(root, "slug"),
        description=_text(root, "description"),
        fields=tuple(_fields(root)),
        options={option.get("varname", ""): _option(option) for option in root.iterfind("options/option")},
        settings=_leaves(root),
    )


def _fields(root: Element) -> Iterator[Field]:
    """The fields, each under an id of its own whatever the file says."""
    taken: set[str] = set()
    for place, element in enumerate(root.iterfind("fields/field")):
        read = _field(element, place)
        yield read if read.id not in taken else replace(read, id=f"{read.id}-{place}")
        taken.add(read.id)


def _field(element: Element, place: int) -> Field:
    return Field(
        id=_text(element, "id") or f"place-{place}",
        type=_text(element, "type"),
        label=_text(element, "label"),
        varname=_text(element, "varname"),
        hint=_text(element, "hint"),
        required=_text(element, "required").lower() not in NOT_REQUIRED,
        condition=_expression(element.find("condition")),
        post_conditions=_post_conditions(element),
        items=tuple(text for item in element.iterfind("items/item") if (text := (item.text or "").strip())),
        source=_source(element.find("data_source")),
        validation=_validation(element.find("validation")),
        prefill=_prefill(element.find("prefill")),
        settings=_leaves(element),
        lists=_lists(element),
    )


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _leaves(element: Element) -> dict[str, str]:
    return {child.tag: child.text.strip() for child in element if not len(child) and child.text and child.text.strip()}


def _lists(element: Element) -> dict[str, tuple[tuple[str, ...], ...]]:
    read_apart = {"condition", "post_conditions", "data_source", "validation", "prefill", "display_locations"}
    return {
        child.tag: tuple(tuple("".join(part.itertext()).strip() for part in row) or (row.text or "",) for row in child)
        for child in element
        if len(child) and child.tag not in read_apart
    }


def _expression(element: Element | None) -> Expression | None:
    """A condition; old exports have the bare text of a Python expression."""
    if element is None:
        return None
    if not len(element):
        text = (element.text or "").strip()
        return Expression("python", text) if text else None
    text = _text(element, "value")
    return Expression(_text(element, "type") or "django", text) if text else None


def _post_conditions(element: Element) -> tuple[PostCondition, ...]:
    found = []
    for child in element.iterfind("post_conditions/post_condition"):
        condition = _expression(child.find("condition"))
        if condition is not None:
            found.append(PostCondition(condition, _text(child, "error_message")))
    return tuple(found)


def _source(element: Element | None) -> tuple[str, str] | None:
    if element is None or not _text(element, "type"):
        return None
    return _text(element, "type"), _text(element, "value")


def _validation(element: Element | None) -> Validation | None:
    """How to check; old exports have the bare text of a regular expression."""
    if element is None:
        return None
    if not len(element):
        text = (element.text or "").strip()
        return Validation("regex", text) if text else None
    kind = _text(element, "type")
    return Validation(kind, _text(element, "value"), _text(element, "error_message")) if kind else None


def _prefill(element: Element | None) -> Prefilled | None:
    if element is None:
        return None
    kind, value = _text(element, "type"), _text(element, "value")
    if kind in ("", "none") or not value:
        return None
    return Prefilled(kind, value, _text(element, "locked") == "True")


def _option(element: Element) -> Any:
    """A constant: a text, a truth value, the parts of a choice, or a list of choices; None when empty."""
    if element.get("type") == "bool":
        return {"true": True, "false": False}.get((element.text or "").strip().lower())
    if not len(element):
        return (element.text or "").strip() or None
    if element.get("type") == "list":
        return [_leaves(child) or (child.text or "").strip() for child in element]
    return _leaves(element) or None
