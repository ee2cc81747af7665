"""Protection against cross-site request forgery that asks nothing of the resident.

Public forms carry no token and set no cookie: a page can be cached, a form left open
overnight still sends, and nothing typed is lost to an expired token. Browsers say where a
request comes from (``Sec-Fetch-Site``, ``Origin``, ``Referer``); what comes from another
site is refused. Wagtail's admin and every view not marked keep Django's token as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import get_callable

View = Callable[..., HttpResponseBase]
MARK = "checked_by_origin"


def checked_by_origin(view: View) -> View:
    """Mark a public view: its POST is checked by origin, without token or cookie."""
    setattr(view, MARK, True)
    return view


def is_same_origin(request: HttpRequest) -> bool:
    """Tell whether a browser sent ``request`` from a page of this very host.

    A request without any of the three headers comes from no browser of the last ten years,
    hence from no victim of a forgery: it is let through.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if source is None:
        return True
    return urlsplit(source).netloc == request.get_host()


class OriginCsrfMiddleware(CsrfViewMiddleware):
    """Django's protection, or the check of origin for the views marked for it."""

    def process_view(
        self,
        request: HttpRequest,
        callback: View | None,
        callback_args: tuple[Any, ...],
        callback_kwargs: dict[str, Any],
    ) -> HttpResponseForbidden | None:
        """Refuse a forged POST; None lets the view run."""
        if not getattr(callback, MARK, False):
            return super().process_view(request, callback, callback_args, callback_kwargs)  # type: ignore[arg-type]  # None for a route without view
        if request.method in {"GET", "HEAD", "OPTIONS"} or is_same_origin(request):
            return None
        return get_callable(settings.CSRF_FAILURE_VIEW)(request, reason="Sent from another site")
