"""The filters of Publik's expressions, applied to values that are known beforehand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.text import slugify

SAME = {"unlazy_filter", "safe", "json_dumps", "string", "force_escape", "escape", "linebreaks", "stringformat"}
"""Filters that change how a value is written, not what it says."""


def apply(name: str, value: Any, argument: Any) -> Any:
    """The filtered value. Raises LookupError for a filter that is not known, ValueError or TypeError where it fails."""
    if name in SAME:
        return value
    return FILTERS[name](value, argument)


def number(value: Any) -> float | int:
    """A number, as templates read it: a comma is a point, nothing is zero."""
    if value in (None, "", False):
        return 0
    if isinstance(value, (int, float)):
        return value
    read = float(str(value).replace(",", ".").replace(" ", ""))
    return int(read) if read.is_integer() else read


def _add(value: Any, argument: Any) -> Any:
    try:
        return number(value) + number(argument)
    except ValueError:
        return f"{value or ''}{argument or ''}"


def _words(value: Any, separator: Any) -> list[str]:
    return str(value or "").split(separator if separator not in (None, "") else None)


FILTERS: dict[str, Callable[[Any, Any], Any]] = {
    "lower": lambda value, _: str(value).lower(),
    "upper": lambda value, _: str(value).upper(),
    "strip": lambda value, _: str(value or "").strip(),
    "length": lambda value, _: len(value) if isinstance(value, (str, list)) else 0,
    "default": lambda value, argument: value or argument,
    "default_if_none": lambda value, argument: argument if value is None else value,
    "split": _words,
    "first": lambda value, _: value[0] if value else "",
    "last": lambda value, _: value[-1] if value else "",
    "slugify": lambda value, _: slugify(str(value or "")),
    "integer": lambda value, _: int(number(value)),
    "decimal": lambda value, _: number(value),
    "floatformat": lambda value, _: number(value),
    "add": _add,
    "subtract": lambda value, argument: number(value) - number(argument),
    "multiply": lambda value, argument: number(value) * number(argument),
    "divide": lambda value, argument: number(value) / (number(argument) or 1),
}
