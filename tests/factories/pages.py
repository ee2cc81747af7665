"""Pages of a small city."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import factory
import wagtail_factories
from wagtail.models import Collection, Locale, Page, Site

from cms.accounts.roles import sync_roles
from cms.pages import site
from cms.pages.models import AccessibilityPage, GuidePage, HomePage, NewsIndexPage, NewsPage, SectionPage


class HomePageFactory(wagtail_factories.PageFactory):
    title = "Ville de Valmarie"
    slug = "home"
    question = "Que pouvons-nous faire pour vous ?"
    popular: list = []

    class Meta:
        model = HomePage


class SectionPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Rubrique {n}")

    class Meta:
        model = SectionPage


class GuidePageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Guide {n}")
    summary = "Ce qu’il faut savoir."
    body: list = factory.LazyFunction(lambda: [paragraph("Un seul dossier, une fois par an.")])

    class Meta:
        model = GuidePage


class NewsIndexPageFactory(wagtail_factories.PageFactory):
    title = "Actualités"

    class Meta:
        model = NewsIndexPage


class NewsPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Nouvelle {n}")
    published_on = date(2026, 11, 12)
    summary = "Le marché change de place."

    class Meta:
        model = NewsPage


class AccessibilityPageFactory(wagtail_factories.PageFactory):
    title = "Accessibilité"
    slug = "accessibilite"
    established_on = date(2026, 11, 2)
    contact = "<p>Écrivez-nous.</p>"

    class Meta:
        model = AccessibilityPage


def paragraph(text: str) -> dict[str, str]:
    """A paragraph block with an id, as raw StreamField data."""
    return {"type": "paragraph", "value": f"<p>{text}</p>", "id": str(uuid4())}


def _what_migrations_made() -> Page:
    """The roots and the roles, once more: a transactional test leaves an empty database behind."""
    root = Page.add_root(title="Root", slug="root")
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    sync_roles()
    return root


def build_city(**home: object) -> HomePage:
    """Languages, the default site and its French home page; one per test."""
    for code in ("fr", "en", "ar"):
        Locale.objects.get_or_create(language_code=code)
    root = Page.get_first_root_node() or _what_migrations_made()
    Page.objects.filter(depth=2).exclude(pk__in=HomePage.objects.values("pk")).delete()
    page = HomePageFactory(parent=Page.objects.get(pk=root.pk), **home)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": page, "site_name": "Valmarie"}
    )
    site.forget()
    return page
