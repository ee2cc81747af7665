"""Search over live pages of one language, in three queries at most."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import reduce
from typing import cast

from django.apps import apps
from django.db.models import F, QuerySet
from django.utils.text import capfirst
from wagtail.models import Locale, Page
from wagtail.search.query import Or, PlainText, SearchQuery

from cms.pages import site
from cms.pages.base import SitePage
from cms.pages.tree import PageRef
from cms.search import words as spelling

MAX_FOUND = 500
SUMMARY_FIELDS = ("summary", "introduction")


@dataclass(frozen=True)
class Kind:
    """A type of page among what was found."""

    slug: str
    """Model name, as the address has it: ``guidepage``."""
    singular: str
    plural: str
    count: int


@dataclass(frozen=True)
class Found:
    """Pages in order of relevance. ``every_word`` is false when no page has all of them."""

    refs: tuple[PageRef, ...]
    every_word: bool

    def kinds(self) -> list[Kind]:
        """The types among them, the most frequent first."""
        counts = Counter(ref.model for ref in self.refs)
        return [_kind(model, count) for model, count in counts.most_common()]

    def of_kind(self, slug: str) -> tuple[PageRef, ...]:
        """Those of one type; all of them if ``slug`` is empty."""
        return tuple(ref for ref in self.refs if not slug or ref.model.endswith(f".{slug}"))


def _kind(model: str, count: int) -> Kind:
    names = apps.get_model(model)._meta
    singular, plural = str(names.verbose_name), str(names.verbose_name_plural)
    return Kind(model.partition(".")[2], capfirst(singular), capfirst(plural), count)


def search_pages(words: list[str], language: str) -> Found:
    """Find pages that have every word, else pages that have one; one query, or two."""
    refs = _run(_query(words, language, "and"), language)
    if refs or len(words) < 2:
        return Found(refs, every_word=True)
    return Found(_run(_query(words, language, "or"), language), every_word=False)


def _query(words: list[str], language: str, operator: str) -> SearchQuery:
    """The words as typed, or as the site's titles write them: not every engine ignores accents."""
    spellings = dict.fromkeys((" ".join(words), " ".join(spelling.as_the_city_writes(words, language))))
    queries = [PlainText(text, operator=operator) for text in spellings]
    return cast("SearchQuery", queries[0] if len(queries) == 1 else Or(queries))


def _run(query: SearchQuery, language: str) -> tuple[PageRef, ...]:
    locale = site.shared("locales", _locales).get(language)
    pages = site.current().pages
    found = Page.objects.filter(live=True, locale_id=locale).only("pk").search(query)[:MAX_FOUND]
    refs = (pages.get(page.pk) for page in found)
    return tuple(ref for ref in refs if ref is not None and not ref.restricted)


def _locales() -> dict[str, int]:
    return {code: pk for pk, code in Locale.objects.values_list("pk", "language_code")}


def summaries(refs: list[PageRef]) -> dict[int, str]:
    """What the lists say of these pages, in one query."""
    wanted: dict[str, list[int]] = {}
    for ref in refs:
        wanted.setdefault(ref.model, []).append(ref.id)
    parts = [part for model, ids in wanted.items() if (part := _summaries_of(model, ids)) is not None]
    if not parts:
        return {}
    rows = reduce(lambda first, second: first.union(second, all=True), parts)
    return {pk: own or general for pk, own, general in rows}


def _summaries_of(label: str, ids: list[int]) -> QuerySet[Page, tuple[int, str, str]] | None:
    model = apps.get_model(label)
    if not issubclass(model, SitePage):
        return None
    names = {field.name for field in model._meta.get_fields()}
    own = next((name for name in SUMMARY_FIELDS if name in names), "search_description")
    rows = model._default_manager.filter(pk__in=ids).order_by()
    return rows.annotate(said=F(own)).values_list("pk", "said", "search_description")
