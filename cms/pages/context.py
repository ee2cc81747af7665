"""What every template gets."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cms.pages.facts import City
from cms.pages.tree import PageRef

ATTRIBUTE = "page_ref"


def remember_page(request: HttpRequest, ref: PageRef) -> None:
    """Say which page answers ``request``: the header links its other languages."""
    setattr(request, ATTRIBUTE, ref)


def city(request: HttpRequest) -> dict[str, Any]:
    """``city``: the site as the header and the footer show it, built if a template asks."""
    return {"city": SimpleLazyObject(lambda: City(request.path, getattr(request, ATTRIBUTE, None)))}
