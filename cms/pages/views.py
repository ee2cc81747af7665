"""Views of the site that are no page: colours, errors."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control

from cms.outages import RETRY_SECONDS, is_outage
from cms.pages import serving, site
from cms.pages.models import CitySettings


@cache_control(max_age=300, public=True)
def city_colours(request: HttpRequest) -> HttpResponse:
    """The city's colours as a style sheet; the strict policy allows no inline style."""
    return HttpResponse(site.shared("colours", _colours), content_type="text/css; charset=utf-8")


def _colours() -> str:
    city = CitySettings.objects.first() or CitySettings()
    # Dark mode keeps the shades drawn for it: the city's would not be legible on dark paper.
    return (
        "@layer tokens{@media (prefers-color-scheme:light){:root{"
        f"--city:{city.city_colour};--city-strong:{city.strong_colour};--accent:{city.accent_colour}"
        "}}}"
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Redirect what has moved, else the city's 404, in the language of the address."""
    return serving.moved(request) or render(request, "pages/404.html", status=404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The city's 403."""
    return render(request, "pages/403.html", status=403)


def refused_origin(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The city's 403 for a form sent from elsewhere."""
    return render(request, "pages/403.html", {"from_elsewhere": True}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """The city's 500, or 503 where the database is away: from templates that ask nothing of it."""
    # Without the request: no context processor runs, nothing more can fail.
    if is_outage(sys.exc_info()[1]):  # Django calls this while it handles the exception
        response = HttpResponse(render_to_string("pages/503.html"), status=503)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response
    return HttpResponse(render_to_string("pages/500.html"), status=500)
