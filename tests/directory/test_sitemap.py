"""Entries of the directory in the sitemap."""

from __future__ import annotations

import pytest
import wagtail_factories

from directory.models import DirectoryPage
from directory.sitemap import Entries
from tests.factories.directory import DepartmentFactory, OrganisationFactory, PlaceFactory
from tests.factories.pages import build_city

pytestmark = pytest.mark.django_db


class DirectoryPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = DirectoryPage


def test_every_entry_is_listed_once_and_answers(client):
    DirectoryPageFactory(parent=build_city(), title="Annuaire", slug="annuaire")
    for make in (DepartmentFactory, PlaceFactory, OrganisationFactory):
        make()
    found = [path for address in Entries().addresses() for path in address.by_language.values()]
    assert len(found) == len(set(found)) == 3
    for path in found:
        assert client.get(path).status_code == 200
        assert f"http://testserver{path}" in client.get("/sitemap.xml").text


def test_nothing_is_listed_while_the_directory_has_no_page():
    build_city()
    DepartmentFactory()
    assert list(Entries().addresses()) == []
