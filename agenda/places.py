"""Places of events, read once per change of the site."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from cms.pages import site
from directory.models import Place
from directory.shared import entry_url


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """What an event says of its place. Degrees are WGS 84."""

    name: str
    street: str
    postcode: str
    town: str
    latitude: float | None
    longitude: float | None
    url: str
    language: str
    """In which the name is written."""

    @property
    def address_lines(self) -> str:
        """Street, then postcode and town; only what is known."""
        return "\n".join(line for line in (self.street, f"{self.postcode} {self.town}".strip()) if line)

    @property
    def address(self) -> str:
        """Street, postcode and town in one line."""
        return ", ".join(part for part in (self.street, f"{self.postcode} {self.town}".strip()) if part)


def place_card(place_id: int | None, language: str) -> PlaceCard | None:
    """The place whose source row is ``place_id``, named in ``language`` where it is translated."""
    if place_id is None:
        return None
    cards = site.shared("agenda-places", _read_places)
    return cards.get((place_id, language)) or cards.get((place_id, settings.LANGUAGE_CODE))


def _read_places() -> dict[tuple[int, str], PlaceCard]:
    used = Place.objects.filter(events__isnull=False).distinct().order_by()
    sources = dict(used.values_list("translation_key", "pk"))
    rows = Place.objects.filter(translation_key__in=sources).select_related("locale")
    cards = {}
    for row in rows:
        language = row.locale.language_code
        cards[sources[row.translation_key], language] = PlaceCard(
            name=row.name,
            street=row.street,
            postcode=row.postcode,
            town=row.town,
            latitude=row.latitude,
            longitude=row.longitude,
            url=entry_url(row, language),
            language=language,
        )
    return cards
