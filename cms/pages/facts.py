"""The header and the footer as values: read once per change, per language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import iri_to_uri
from django.utils.functional import cached_property

from cms.pages import site
from cms.pages.models import AccessibilityPage, Alert, CitySettings, FooterLink
from cms.pages.tree import PageRef, language_prefix


@dataclass(frozen=True)
class Link:
    """A link of the header or the footer; ``language`` only where it is not the page's."""

    title: str
    url: str
    language: str = ""
    current: bool = False


@dataclass(frozen=True)
class LanguageLink:
    """The same page in a language, or that language's home page."""

    code: str
    name: str
    url: str
    current: bool
    dir: str


@dataclass(frozen=True)
class Facts:
    """What the header and the footer say in one language."""

    name: str
    hall: str
    phone: str
    phone_href: str
    phone_note: str
    email: str
    street: str
    town: str
    logo_url: str
    home_url: str
    search_url: str
    tracking_url: str
    colours_url: str
    accessibility: str
    accessibility_url: str
    menu: tuple[Link, ...]
    footer: tuple[dict[str, Any], ...]


def dialled(phone: str) -> str:
    """``02 00 00 00 00`` as a ``tel:`` address, in the international form."""
    digits = re.sub(r"[^\d+]", "", phone)
    return f"tel:+33{digits[1:]}" if digits.startswith("0") and len(digits) == 10 else f"tel:{digits}"


def facts(language: str) -> Facts:
    """The facts of a language; no query until something changes."""
    return site.shared(f"facts-{language}", lambda: _read_facts(language))


def _link(ref: PageRef | None, language: str) -> Link | None:
    if ref is None:
        return None
    return Link(ref.title, ref.url, "" if ref.language == language else ref.language)


def _read_facts(language: str) -> Facts:
    snapshot = site.current()
    city = CitySettings.objects.select_related("logo").prefetch_related("words__language").first() or CitySettings()
    words = {row.language.language_code: row for row in city.words.all()} if city.pk else {}
    said = words.get(language) or words.get(settings.LANGUAGE_CODE)
    home = snapshot.home(language) or snapshot.home(settings.LANGUAGE_CODE)
    statement = snapshot.first_of(AccessibilityPage._meta.label_lower, language) or snapshot.first_of(
        AccessibilityPage._meta.label_lower, settings.LANGUAGE_CODE
    )
    menu = (_link(ref, language) for ref in (snapshot.children(home.id) if home else []) if ref.in_menus)
    with translation.override(language):
        return Facts(
            name=said.name if said else settings.WAGTAIL_SITE_NAME,
            hall=(said.hall or said.name) if said else settings.WAGTAIL_SITE_NAME,
            phone=city.phone,
            phone_href=dialled(city.phone) if city.phone else "",
            phone_note=said.phone_note if said else "",
            email=city.email,
            street=city.street,
            town=f"{city.postcode} {city.town}".strip(),
            logo_url=city.logo.get_rendition("max-160x104").url if city.logo else "",
            home_url=home.url if home else language_prefix(language),
            search_url=reverse("search"),
            tracking_url=reverse(settings.FOLLOW_URL_NAME) if settings.FOLLOW_URL_NAME else "",
            colours_url=reverse("city_colours") if city.pk else "",
            accessibility=str(city.get_accessibility_display()),
            accessibility_url=statement.url if statement else "",
            menu=tuple(link for link in menu if link),
            footer=tuple(_footer(city, language, snapshot)) if city.pk else (),
        )


def _footer(city: CitySettings, language: str, snapshot: site.Snapshot) -> list[dict[str, Any]]:
    columns = []
    links = list(city.footer_links.all())
    for column in FooterLink.Column:
        found = (_link(snapshot.in_language(row.page_id, language), language) for row in links if row.column == column)
        columns.append({"slug": column.value, "title": str(column.label), "links": [link for link in found if link]})
    return columns


def alerts(language: str, now: datetime) -> list[Alert]:
    """The alerts shown now, in that language where they are translated."""
    shown = (alert for alert in site.shared("alerts", _read_alerts) if alert.is_shown(now))
    by_key: dict[Any, Alert] = {}
    for alert in shown:
        code = alert.locale.language_code
        if code == language or (code == settings.LANGUAGE_CODE and alert.translation_key not in by_key):
            by_key[alert.translation_key] = alert
    return list(by_key.values())


def _read_alerts() -> list[Alert]:
    return list(Alert.objects.select_related("locale"))


class City:
    """What templates call ``city``: the facts, and what depends on the address asked for."""

    def __init__(self, path: str, page: PageRef | None) -> None:
        self._path, self._page = path, page
        self.language = translation.get_language() or settings.LANGUAGE_CODE
        self.dir = "rtl" if translation.get_language_bidi() else "ltr"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.facts, name)

    @cached_property
    def facts(self) -> Facts:
        """The facts of the page's language."""
        return facts(self.language)

    @cached_property
    def menu(self) -> list[Link]:
        """The main menu, the section one is in marked as current."""
        return [
            Link(link.title, link.url, link.language, current=self._path.startswith(link.url))
            for link in self.facts.menu
        ]

    @cached_property
    def alerts(self) -> list[dict[str, Any]]:
        """The alerts to show over the page."""
        snapshot = site.current()
        found = []
        for alert in alerts(self.language, timezone.now()):
            ref = snapshot.in_language(alert.link_id, self.language)
            code = alert.locale.language_code
            found.append(
                {
                    "kind": alert.kind,
                    "title": alert.title,
                    "text": alert.text,
                    "url": ref.url if ref else "",
                    "language": "" if code == self.language else code,
                }
            )
        return found

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """Each language of the site, in its own name."""
        snapshot = site.current()
        known = snapshot.translations(self._page.id) if self._page else {}
        # Below a page that answers for entries of its own, one stays on the same entry.
        below = iri_to_uri(self._path.removeprefix(self._page.path)) if self._page else ""
        links = []
        for code, _name in settings.LANGUAGES:
            info = translation.get_language_info(code)
            ref = known.get(code) or (snapshot.home(code) if self._page else None)
            url = ref.url if ref else translated_path(self._path, self.language, code)
            if code in known:
                url += below
            links.append(
                LanguageLink(
                    code, info["name_local"].capitalize(), url, code == self.language, "rtl" if info["bidi"] else "ltr"
                )
            )
        return links


def translated_path(path: str, language: str, wanted: str) -> str:
    """The same address of a view in another language: only its prefix changes."""
    bare = path.removeprefix(language_prefix(language).rstrip("/")) or "/"
    return language_prefix(wanted).rstrip("/") + bare
