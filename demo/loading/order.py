"""The whole city, in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import translation

from demo.loading import (
    channels,
    content,
    directory,
    organising,
    pictures,
    procedures,
    requests,
    settings,
    staff,
    translations,
    tree,
)
from demo.loading.city import City
from directory.models import Department
from procedures.statistics.services import count_changes


def is_loaded() -> bool:
    """Tell whether there is a city already, this one or another."""
    return Department.objects.exists()


@transaction.atomic
def load_city(say: Callable[[str], None]) -> City:
    """Load everything or nothing; ``say`` is told each part that is done."""
    with translation.override("fr"):
        city = City(say)
        pictures.load(city)
        directory.load(city)
        organising.load_districts(city)
        staff.load(city)
        tree.load_tree(city)
        procedures.load(city)
        content.load_guides(city)
        content.load_news(city)
        content.load_events(city)
        tree.load_texts(city)
        settings.load(city)
        translations.load(city)
        procedures.find_versions(city)
        organising.load_desks(city)
        channels.load(city)
        requests.load(city)
        organising.load_report(city)
        count_changes()
    return city
