"""The shared snapshot is read once per change, and never after a change it missed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone
from redis.exceptions import ConnectionError as NoCache

from cms.pages import site
from cms.pages.facts import dialled, translated_path
from cms.pages.models import Alert, CitySettings
from tests.factories.pages import SectionPageFactory, build_city

pytestmark = pytest.mark.django_db


def test_shared_data_is_built_once_until_something_changes():
    home = build_city()
    built = []
    for _ in range(3):
        site.shared("probe", lambda: built.append(1))
    assert len(built) == 1
    SectionPageFactory(parent=home)
    site.shared("probe", lambda: built.append(1))
    assert len(built) == 2


def test_another_process_changing_the_version_is_seen():
    build_city()
    before = site.current()
    cache.set(site.VERSION_KEY, "changed-elsewhere", timeout=None)
    assert site.current() is not before


def test_a_silent_cache_does_not_take_the_site_down(monkeypatch):
    build_city()
    before = site.current()

    def silent(*_, **__):
        raise NoCache("nobody answers")

    monkeypatch.setattr(cache, "get", silent)
    assert site.current() is before
    site.forget()
    assert site.current().home("fr") is not None


def test_an_alert_is_shown_between_its_dates(client):
    build_city()
    now = timezone.now()
    Alert.objects.create(title="Crue de la Vaure", begins_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    Alert.objects.create(title="Hier", begins_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))
    text = client.get("/").text
    assert "Crue de la Vaure" in text
    assert "Hier" not in text


def test_an_alert_that_ends_before_it_begins_is_refused():
    now = timezone.now()
    alert = Alert(title="Jamais", begins_at=now, ends_at=now - timedelta(hours=1))
    with pytest.raises(ValidationError, match="end must come after"):
        alert.clean()


def test_a_colour_too_pale_to_read_is_refused():
    with pytest.raises(ValidationError) as refused:
        CitySettings(city_colour="#8fd0de").clean()
    assert set(refused.value.message_dict) == {"city_colour"}
    CitySettings().clean()


@pytest.mark.parametrize(
    ("typed", "called"), [("02 00 00 00 00", "tel:+33200000000"), ("3939", "tel:3939"), ("+33 2 00", "tel:+33200")]
)
def test_a_phone_number_is_dialled_in_the_international_form(typed, called):
    assert dialled(typed) == called


@pytest.mark.parametrize(
    ("path", "language", "wanted", "expected"),
    [("/suivi/", "fr", "ar", "/ar/suivi/"), ("/en/suivi/", "en", "fr", "/suivi/"), ("/ar/", "ar", "en", "/en/")],
)
def test_a_view_has_the_same_address_in_each_language(path, language, wanted, expected):
    assert translated_path(path, language, wanted) == expected
