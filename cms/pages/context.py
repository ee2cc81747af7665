"""What every template gets."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cms.pages.facts import City


def city(request: HttpRequest) -> dict[str, Any]:
    """``city``: the site as the header and the footer show it, built if a template asks."""
    return {"city": SimpleLazyObject(lambda: City(request.path, getattr(request, "page_ref", None)))}
