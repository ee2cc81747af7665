"""The towns of a postcode, for the script of addresses."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from directory.territory.towns import towns_at


@require_safe
def towns(request: HttpRequest) -> JsonResponse:
    """``?code=49000`` → ``{"towns": [{"name": "Angers", "insee": "49007"}]}``; nothing about anybody."""
    found = towns_at(request.GET.get("code", "")[:10])
    response = JsonResponse({"towns": [{"name": town.name, "insee": town.insee} for town in found]})
    patch_cache_control(response, public=True, max_age=86_400)
    return response
