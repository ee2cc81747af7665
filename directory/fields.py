"""Weekly opening hours as a model field."""

from __future__ import annotations

from typing import Any

from django.db import models


class WeeklyHoursField(models.JSONField):
    """Weekly hours as JSON; see ``directory.hours.stored`` for the shape. ``{}``: not known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
