"""Least and greatest: what several validators have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Bound = int | float | None


def bounds(options: Mapping[str, Any]) -> tuple[Bound, Bound]:
    """``at_least`` and ``at_most``; None where the department set none."""
    return options.get("at_least"), options.get("at_most")


def demand(number: float, least: Bound, most: Bound, shown: tuple[str, str]) -> None:
    """Refuse a number outside. ``shown``: both bounds in words. Raises ValidationError."""
    if least is not None and number < least:
        raise ValidationError(_("Write %(bound)s or more.") % {"bound": shown[0]})
    if most is not None and number > most:
        raise ValidationError(_("Write %(bound)s or less.") % {"bound": shown[1]})
