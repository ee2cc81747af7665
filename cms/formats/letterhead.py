"""What the town puts at the head and the foot of what it signs."""

from __future__ import annotations

from dataclasses import dataclass

from cms.formats.pdf import FILES
from cms.pages import site
from cms.pages.facts import facts
from cms.pages.models import CitySettings

LOGO_SIZE = "max-480x240"


@dataclass(frozen=True)
class Letterhead:
    """The town in one language; ``logo`` is a picture's bytes, empty where it has none."""

    name: str
    hall: str
    street: str
    town: str
    """Postcode and town."""
    place: str
    """The town alone, for the line of the date."""
    phone: str
    colour: str
    logo: bytes

    @property
    def style(self) -> str:
        """The city's colour and logo, as CSS for ``tagged_pdf``."""
        logo = f".town__logo {{ background-image: url({FILES}logo) }}" if self.logo else ""
        return f":root {{ --city: {self.colour} }} {logo}"

    @property
    def files(self) -> dict[str, bytes]:
        """The pictures that ``style`` names."""
        return {"logo": self.logo} if self.logo else {}


def letterhead(language: str) -> Letterhead:
    """The letterhead in that language; no query until something changes."""
    return site.shared(f"letterhead-{language}", lambda: _read(language))


def _read(language: str) -> Letterhead:
    city, said = CitySettings.objects.select_related("logo").first() or CitySettings(), facts(language)
    return Letterhead(
        name=said.name,
        hall=said.hall,
        street=said.street,
        town=said.town,
        place=city.town,
        phone=said.phone,
        colour=city.city_colour,
        logo=_logo(city),
    )


def _logo(city: CitySettings) -> bytes:
    if city.logo is None:
        return b""
    try:
        with city.logo.get_rendition(LOGO_SIZE).file.open("rb") as file:
            return bytes(file.read())
    except OSError:  # its file is gone: the name alone
        return b""
