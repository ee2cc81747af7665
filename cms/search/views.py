"""The search page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.pages import site
from cms.pages.tree import PageRef
from cms.search.pages import Found, Kind, search_pages, summaries
from cms.search.words import clean, suggestion, words_of

RESULTS_PER_PAGE = 10


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, most relevant first; whatever is typed gets an answer."""
    language = get_language() or settings.LANGUAGE_CODE
    typed = clean(request.GET.get("q", ""))
    words = words_of(typed)
    found = search_pages(words, language) if words else Found((), every_word=True)
    kind = request.GET.get("type", "")
    kinds = found.kinds()
    if kind not in {known.slug for known in kinds}:
        kind = ""
    page: Page[Any] = Paginator(found.of_kind(kind), RESULTS_PER_PAGE).get_page(request.GET.get("page"))
    refs = list(page.object_list)
    said = summaries(refs)
    labels = {known.slug: known.singular for known in kinds}
    page.object_list = [_result(ref, labels, said) for ref in refs]
    context = {
        "query": typed,
        "asked": bool(words),
        "results": page,
        "partial": not found.every_word,
        "facets": _facets(typed, kind, kinds, len(found.refs)) if len(kinds) > 1 else [],
        "page_query": urlencode({"q": typed, **({"type": kind} if kind else {})}) + "&",
        "suggestion": _suggested(words, language, found),
        "elsewhere": _in_main_language(typed, language) if words and not found.refs else "",
        "crumbs": _crumbs(language),
    }
    return render(request, "pages/search.html", context)


def _result(ref: PageRef, labels: dict[str, str], said: dict[int, str]) -> dict[str, str]:
    kind = labels[ref.model.partition(".")[2]]
    return {"title": ref.title, "url": ref.url, "kind": kind, "text": said.get(ref.id, "")}


def _facets(typed: str, kind: str, kinds: list[Kind], total: int) -> list[dict[str, object]]:
    asked = urlencode({"q": typed})
    everything: dict[str, object] = {"label": _("Everything"), "url": f"?{asked}", "count": total, "current": not kind}
    return [everything] + [
        {
            "label": known.plural,
            "url": f"?{asked}&type={known.slug}",
            "count": known.count,
            "current": known.slug == kind,
        }
        for known in kinds
    ]


def _suggested(words: list[str], language: str, found: Found) -> dict[str, str] | None:
    """Another spelling, when the one typed finds no page with every word."""
    if found.refs and found.every_word:
        return None
    text = suggestion(words, language)
    return {"text": text, "url": "?" + urlencode({"q": text})} if text else None


def _in_main_language(typed: str, language: str) -> str:
    """The same search in the language that says most; empty if it is this one."""
    if language == settings.LANGUAGE_CODE:
        return ""
    with override(settings.LANGUAGE_CODE):
        return f"{reverse('search')}?{urlencode({'q': typed})}"


def _crumbs(language: str) -> list[tuple[str, str | None]]:
    home = site.current().home(language)
    here: list[tuple[str, str | None]] = [(_("Search"), None)]
    return [(home.title, home.url), *here] if home else here
