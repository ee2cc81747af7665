"""The city's settings, its alert banner, its links at the foot of every page."""

from __future__ import annotations

from wagtail.models import Locale

from cms.pages.models import Alert, CitySettings, CityWords, FooterLink
from cms.pages.models.city import Conformity
from demo.loading.city import City
from demo.loading.data import read
from demo.loading.days import moment


def load(city: City) -> None:
    """Fill in the settings in the three languages, and show the alert."""
    words = read("city")
    settings = CitySettings.load()
    settings.phone, settings.email = words["phone"], words["email"]
    settings.street, settings.postcode, settings.town = words["address"], words["postcode"], words["town"]
    settings.city_colour, settings.accent_colour = words["colours"]["city"], words["colours"]["accent"]
    settings.accessibility = Conformity.PARTIAL
    settings.words = [
        CityWords(language=Locale.objects.get(language_code=code), **texts) for code, texts in words["words"].items()
    ]
    settings.footer_links = [
        FooterLink(column=column, page=city.pages[key], sort_order=rank)
        for column, keys in read("pages")["footer"].items()
        for rank, key in enumerate(keys)
    ]
    settings.full_clean()
    settings.save()
    for record in words["alerts"]:
        alert = Alert(
            kind=record["kind"],
            title=record["title"],
            text=record["text"],
            link=city.pages[record["page"]],
            begins_at=moment(record["from"], city.today),
            ends_at=moment(record["until"], city.today),
            locale=city.locale,
        )
        alert.full_clean()
        alert.save()
    city.say("the city’s settings and an alert")
