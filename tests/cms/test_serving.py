"""Addresses lead to pages, without a query too many and without a cookie."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, PageViewRestriction

from cms.pages import site
from tests.factories.pages import GuidePageFactory, SectionPageFactory, build_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return build_city()


@pytest.fixture
def guide(home):
    section = SectionPageFactory(parent=home, title="Guides", slug="guides")
    return GuidePageFactory(parent=section, title="Familles", slug="familles")


def test_a_live_page_answers_at_its_address(client: Client, guide):
    response = client.get("/guides/familles/")
    assert response.status_code == 200
    assert "Familles" in response.text


def test_a_draft_is_not_found(client: Client, guide):
    guide.unpublish()
    assert client.get("/guides/familles/").status_code == 404


def test_nothing_answers_below_a_section_that_is_no_longer_live(client: Client, guide):
    guide.get_parent().specific.unpublish()
    assert client.get("/guides/familles/").status_code == 404


def test_a_renamed_address_is_followed_in_the_next_request(client: Client, guide):
    assert client.get("/guides/familles/").status_code == 200
    guide.slug = "parents"
    guide.save_revision().publish()
    assert client.get("/guides/parents/").status_code == 200


def test_a_redirect_leads_from_the_old_address(client: Client, guide):
    Redirect.objects.create(old_path="/crèche", redirect_page=guide)
    response = client.get("/crèche/")
    assert response.status_code in {301, 302}
    assert response["Location"].endswith("/guides/familles/")


def test_an_unknown_address_costs_no_query_and_keeps_its_language(client: Client, home, django_assert_num_queries):
    client.get("/nulle-part/")
    with django_assert_num_queries(0):
        response = client.get("/nulle-part/")
    assert response.status_code == 404
    assert 'lang="en"' in client.get("/en/nowhere/").text


def test_a_guide_costs_one_query_once_the_site_is_known(client: Client, guide, django_assert_max_num_queries):
    client.get("/guides/familles/")
    with django_assert_max_num_queries(2):
        client.get("/guides/familles/")


def test_public_pages_set_no_cookie(client: Client, guide):
    for address in ("/", "/guides/", "/guides/familles/", "/nulle-part/"):
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


def test_a_page_behind_a_password_asks_for_it(client: Client, guide):
    PageViewRestriction.objects.create(page=guide, restriction_type="password", password="sesame")
    response = client.get("/guides/familles/")
    assert response.status_code == 200
    assert 'type="password"' in response.text
    assert guide.summary not in response.text


def test_the_english_home_page_answers_under_its_prefix(client: Client, home):
    english = home.copy_for_translation(Locale.objects.get(language_code="en"))
    english.question = "What can we do for you?"
    english.save_revision().publish()
    response = client.get("/en/")
    assert response.status_code == 200
    assert "What can we do for you?" in response.text
    assert site.current().url(english.pk) == "/en/"


@pytest.mark.parametrize("address", ["/%00/", "/guides/%00/", "/a" * 3000 + "/", "/index.php?id=3", "/%ff/"])
def test_odd_addresses_are_not_found_and_never_an_error(client: Client, home, address):
    assert client.get(address).status_code in {301, 302, 400, 404}
