"""The directory's public pages: one page in the tree, its lists and entries below it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from cms.pages.base import Crumb, SitePage
from directory.cards import Card
from directory.listing import listing
from directory.models.organisations import Organisation
from directory.models.places import Place
from directory.opening import exception_words, week_words
from directory.shared import SECTIONS, cards, departments, divisions, with_closures
from directory.structured import json_ld


class DirectoryPage(RoutablePageMixin, SitePage):
    """Departments, places, associations and shops; the list is the page."""

    introduction = models.TextField(gettext_lazy("introduction"), blank=True, max_length=600)

    template = "pages/directory.html"
    max_count_per_parent = 1
    subpage_types: list[str] = []
    content_panels = [*SitePage.content_panels, FieldPanel("introduction")]
    search_fields = [*SitePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = gettext_lazy("directory")
        verbose_name_plural = gettext_lazy("directories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the departments by division; they are in memory."""
        context = super().get_context(request, *args, **kwargs)
        context["divisions"] = divisions(self.language)
        return context

    @path("services/")
    def all_departments(self, request: HttpRequest) -> HttpResponse:
        """The departments are listed on the first page."""
        return HttpResponsePermanentRedirect(self.public_url or "../")

    @path("services/<slug:slug>/")
    def department(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One department."""
        card = next((card for card in departments(self.language).values() if card.entry.slug == slug), None)
        if card is None:
            raise Http404
        return self._entry(request, card, "pages/department.html", "GovernmentOffice")

    @path("lieux/")
    def places(self, request: HttpRequest) -> HttpResponse:
        """Places by kind and words."""
        return self._list(request, Place, ("kind",), _("Places"))

    @path("lieux/<slug:slug>/")
    def place(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One place."""
        return self._entry(request, self._card(Place, slug), "pages/place.html", "CivicStructure")

    @path("associations-et-commerces/")
    def organisations(self, request: HttpRequest) -> HttpResponse:
        """Associations and shops by kind, theme and words."""
        return self._list(request, Organisation, ("kind", "theme"), _("Associations and shops"))

    @path("associations-et-commerces/<slug:slug>/")
    def organisation(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One association or shop."""
        card = self._card(Organisation, slug)
        kind = "Store" if card.entry.kind == Organisation.Kind.SHOP else "Organization"
        return self._entry(request, card, "pages/organisation.html", kind)

    @property
    def language(self) -> str:
        """The language of the visit, which is that of the page's address."""
        return get_language() or "fr"

    def _card(self, model: Any, slug: str) -> Card:
        """The card of a source row.

        Raises:
            Http404: there is none.
        """
        found = cards(with_closures(model.objects.source().filter(slug=slug)), self.language)
        if not found:
            raise Http404
        return found[0]

    def _entry(self, request: HttpRequest, card: Card, template: str, kind: str) -> HttpResponse:
        crumbs = self._crumbs_below((card.name.text, None), model=type(card.entry))
        context = {
            "card": card,
            "crumbs": crumbs,
            "json_ld": json_ld(card, kind, request.build_absolute_uri(card.url)),
        }
        if hasattr(card.entry, "weekly_hours"):
            today = timezone.localdate()
            context["week"] = week_words(card.schedule, today)
            context["exceptions"] = exception_words(card.schedule, today)
            context["state"] = card.state_shown()
        return self.render(request, template=template, context_overrides=context)

    def _list(self, request: HttpRequest, model: Any, names: tuple[str, ...], title: str) -> HttpResponse:
        shown = listing(model, names, request.GET, self.language)
        chosen = dict(shown.filters.choices)
        selects = [
            {
                "name": name,
                "label": model._meta.get_field(name).verbose_name,
                "choices": model._meta.get_field(name).choices,
                "chosen": chosen.get(name, ""),
            }
            for name in names
        ]
        context = {"title": title, "listing": shown, "selects": selects}
        context["crumbs"] = self._crumbs_below((title, None))
        return self.render(request, template="pages/directory_list.html", context_overrides=context)

    def _crumbs_below(self, *crumbs: Crumb, model: Any = None) -> list[Crumb]:
        """The breadcrumb of what is below the page."""
        titles = {Place: _("Places"), Organisation: _("Associations and shops")}
        above: list[Crumb] = [*self.crumbs[:-1], (self.title, self.public_url)]
        if model in titles:
            above.append((titles[model], f"{self.public_url}{SECTIONS[model]}/"))
        return [*above, *crumbs]
