"""From an address to a page: one look in the snapshot, one query for the page itself."""

from __future__ import annotations

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import Resolver404
from wagtail import hooks
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, Site
from wagtail.views import serve as wagtail_serve

from cms.pages import site
from cms.pages.context import remember_page
from cms.pages.tree import PageRef


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at the request's address.

    Whatever is out of the ordinary (another site's host, a page under restriction) goes
    Wagtail's own way.

    Raises:
        Http404: no live page is there; what has moved is looked up then.
    """
    snapshot = site.current()
    if request.get_host().partition(":")[0] in site.shared("other-hosts", _other_hosts):
        return wagtail_serve(request, path)
    ref = snapshot.by_path.get(request.path)
    if ref is not None:
        return wagtail_serve(request, path) if ref.restricted else _serve_page(request, ref)
    answer = _serve_below(request, snapshot, path)
    if answer is None:
        raise Http404
    return answer


def load(ref: PageRef) -> Page:
    """Read the page as its own type.

    Raises:
        Http404: deleted since the snapshot was read.
    """
    model = apps.get_model(ref.model)
    queryset = model.serving_queryset() if hasattr(model, "serving_queryset") else model._default_manager.all()
    page = queryset.filter(pk=ref.id, live=True).first()
    if page is None:
        raise Http404
    return page


def _serve_page(request: HttpRequest, ref: PageRef) -> HttpResponse:
    remember_page(request, ref)
    page = load(ref)
    for hook in hooks.get_hooks("before_serve_page"):
        answer = hook(page, request, [], {})
        if isinstance(answer, HttpResponse):
            return answer
    return page.serve(request)


def _serve_below(request: HttpRequest, snapshot: site.Snapshot, path: str) -> HttpResponse | None:
    """Serve a sub-address of a page that answers for what is below it."""
    base, rest = request.path.rstrip("/"), ""
    while base:
        base, _, last = base.rpartition("/")
        rest = f"{last}/{rest}"
        ref = snapshot.by_path.get(f"{base}/")
        if ref is None:
            continue
        if not issubclass(apps.get_model(ref.model), RoutablePageMixin):
            return None
        if ref.restricted:
            return wagtail_serve(request, path)
        page = load(ref)
        try:
            view, args, kwargs = page.resolve_subpage(f"/{rest}")
        except Resolver404:
            return None
        remember_page(request, ref)
        return page.serve(request, view, args, kwargs)
    return None


def moved(request: HttpRequest) -> HttpResponse | None:
    """Redirect an old address to its new one; no query where nothing has moved."""
    old_path = Redirect.normalise_path(request.get_full_path())
    known = site.shared("redirects", _known_redirects)
    for candidate in (old_path, old_path.partition("?")[0]):
        if candidate in known:
            found = get_redirect(request, candidate)
            if found is not None and found.link is not None:
                kind = HttpResponsePermanentRedirect if found.is_permanent else HttpResponseRedirect
                return kind(found.link)
    return None


def _known_redirects() -> set[str]:
    return set(Redirect.objects.values_list("old_path", flat=True))


def _other_hosts() -> set[str]:
    return set(Site.objects.filter(is_default_site=False).values_list("hostname", flat=True))
