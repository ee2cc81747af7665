"""sitemap.xml and robots.txt: what engines may read, in every language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.pages import site
from cms.pages.tree import PageRef, language_prefix
from cms.registry import Plugin, Registry

MAX_ADDRESSES = 50_000  # of the protocol, for one file


@dataclass(frozen=True)
class Address:
    """One thing to read: its path in each language, ready for an ``href``."""

    by_language: dict[str, str]
    changed: dict[str, datetime]
    """When each was last changed, for those that know."""


class SitemapSource(Plugin):
    """Addresses that a room wants to be found."""

    def addresses(self) -> Iterable[Address]:
        """Every public address of the room, each once."""
        raise NotImplementedError


sitemap_sources = Registry(SitemapSource, "SITEMAP_SOURCES")


class Pages(SitemapSource):
    """Live pages that everybody may read."""

    slug = "pages"
    label = _("Pages")

    def addresses(self) -> Iterable[Address]:
        """One address per family of translations; one query."""
        published = dict(Page.objects.filter(live=True).values_list("pk", "last_published_at"))
        families: dict[object, list[PageRef]] = {}
        for ref in site.current().pages.values():
            if not ref.restricted:
                families.setdefault(ref.translation_key, []).append(ref)
        for refs in families.values():
            dates = {ref.language: published.get(ref.id) for ref in refs}
            yield Address(
                by_language={ref.language: ref.url for ref in refs},
                changed={language: date for language, date in dates.items() if date is not None},
            )


@require_safe
@cache_control(max_age=3600, public=True)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every address with its other languages (hreflang)."""
    here = request.build_absolute_uri("/").rstrip("/")
    entries = []
    for address in chain.from_iterable(source.addresses() for source in sitemap_sources):
        absolute = {language: f"{here}{path}" for language, path in address.by_language.items()}
        others = {**absolute, "x-default": absolute.get(settings.LANGUAGE_CODE, "")} if len(absolute) > 1 else {}
        alternates = [(language, url) for language, url in others.items() if url]
        entries += [(url, address.changed.get(language), alternates) for language, url in absolute.items()]
    context = {"entries": entries[:MAX_ADDRESSES]}
    return render(request, "sitemap.xml", context, content_type="application/xml; charset=utf-8")


@require_safe
@cache_control(max_age=3600, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything but staff's and residents' own addresses, and pages made for one visitor."""
    prefixes = [language_prefix(code).rstrip("/") for code, _name in settings.LANGUAGES]
    hidden = [f"Disallow: {prefix}{path}" for path in settings.HIDDEN_FROM_ENGINES for prefix in prefixes]
    lines = ["User-agent: *", *hidden, "", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
