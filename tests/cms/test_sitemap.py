"""What engines and feed readers find: sitemap, robots, RSS of news."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import Locale, PageViewRestriction

from tests.factories.pages import GuidePageFactory, NewsIndexPageFactory, NewsPageFactory, build_city

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def home():
    page = build_city()
    page.save_revision().publish()
    return page


def sitemap(client: Client) -> dict[str, ElementTree.Element]:
    response = client.get("/sitemap.xml")
    assert response["Content-Type"].startswith("application/xml")
    rows = ElementTree.fromstring(response.content).findall("s:url", NAMES)
    return {row.findtext("s:loc", namespaces=NAMES): row for row in rows}


def test_every_public_page_is_there_and_answers(home, client: Client):
    GuidePageFactory(parent=home, title="Été & hiver", slug="été")
    GuidePageFactory(parent=home, title="Brouillon", slug="brouillon", live=False)
    closed = GuidePageFactory(parent=home, title="Privé", slug="prive")
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="x")
    found = sitemap(client)
    assert set(found) == {"http://testserver/", "http://testserver/%C3%A9t%C3%A9/"}
    for url in found:
        assert client.get(urlsplit(url).path).status_code == 200


def test_languages_point_at_each_other(home, client: Client):
    english = home.copy_for_translation(Locale.objects.get(language_code="en"))
    english.save_revision().publish()
    found = sitemap(client)
    assert set(found) == {"http://testserver/", "http://testserver/en/"}
    for row in found.values():
        others = {link.get("hreflang"): link.get("href") for link in row.findall("x:link", NAMES)}
        assert others == {
            "fr": "http://testserver/",
            "en": "http://testserver/en/",
            "x-default": "http://testserver/",
        }
        assert row.findtext("s:lastmod", namespaces=NAMES)


def test_the_sitemap_takes_few_queries_whatever_the_size(home, client: Client, django_assert_max_num_queries):
    for number in range(20):
        GuidePageFactory(parent=home, slug=f"guide-{number}")
    client.get("/")
    with django_assert_max_num_queries(6):
        assert len(sitemap(client)) == 21


def test_robots_may_read_pages_and_not_what_is_made_for_one_visitor(home, client: Client):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    rules = RobotFileParser()
    rules.parse(response.text.splitlines())
    assert rules.site_maps() == ["http://testserver/sitemap.xml"]
    for path in ("/", "/guides/", "/en/guides/"):
        assert rules.can_fetch("*", f"http://testserver{path}")
    for path in ("/admin/", "/suivi/x/", "/en/suivi/x/", "/recherche/?q=x"):
        assert not rules.can_fetch("*", f"http://testserver{path}")


def test_the_feed_has_the_latest_news_first(home, client: Client):
    index = NewsIndexPageFactory(parent=home, slug="actualites")
    NewsPageFactory(parent=index, title="Ancienne", published_on=date(2026, 10, 1), slug="ancienne")
    NewsPageFactory(parent=index, title="Marché & foire", published_on=date(2026, 11, 1), slug="marche")
    NewsPageFactory(parent=index, title="Brouillon", live=False)
    response = client.get("/rss/")
    assert response["Content-Type"].startswith("application/rss+xml")
    items = ElementTree.fromstring(response.content).findall("channel/item")
    assert [item.findtext("title") for item in items] == ["Marché & foire", "Ancienne"]
    assert items[0].findtext("link") == "http://testserver/actualites/marche/"
    assert 'href="/rss/"' in client.get("/actualites/").text


def test_a_language_without_news_has_no_feed(home, client: Client):
    assert client.get("/en/rss/").status_code == 404
