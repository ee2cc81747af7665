"""The tree of live pages as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils.encoding import iri_to_uri
from wagtail.models import Locale, Page, PageViewRestriction, Site


@dataclass(frozen=True, slots=True)
class PageRef:
    """A live page, as much of it as links and menus need."""

    id: int
    title: str
    path: str
    """Path of the address, decoded: ``/en/guides/families/``."""
    url: str
    """The same, ready for an ``href``."""
    language: str
    translation_key: UUID
    model: str
    """Label of the page type, lower case: ``pages.guidepage``."""
    parent_id: int | None
    in_menus: bool
    restricted: bool
    """Somebody must log in or give a password: served by Wagtail's own way."""


def language_prefix(language: str) -> str:
    """``/`` for the default language, ``/en/`` for English."""
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"


COLUMNS = ("id", "title", "url_path", "locale_id", "translation_key", "content_type_id", "path", "show_in_menus")


def read_pages() -> Iterator[PageRef]:
    """Read every live page of the default site whose ancestors are live too.

    Four queries whatever the size of the site.
    """
    languages = dict(Locale.objects.values_list("id", "language_code"))
    home = Site.objects.filter(is_default_site=True).values_list("root_page__translation_key", flat=True).first()
    closed = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    refs: dict[str, PageRef] = {}
    home_paths: dict[str, str] = {}
    for row in Page.objects.filter(live=True, depth__gt=1).order_by("path").values(*COLUMNS):
        place = row["path"]
        parent = refs.get(place[: -Page.steplen])
        if parent is None and row["translation_key"] != home:
            continue
        home_path = home_paths.setdefault(place[: Page.steplen * 2], row["url_path"])
        language = languages[row["locale_id"]]
        path = language_prefix(language) + row["url_path"][len(home_path) :]
        refs[place] = PageRef(
            id=row["id"],
            title=row["title"],
            path=path,
            url=iri_to_uri(path),
            language=language,
            translation_key=row["translation_key"],
            model=_label(row["content_type_id"]),
            parent_id=parent.id if parent else None,
            in_menus=row["show_in_menus"],
            restricted=bool(closed) and place.startswith(closed),
        )
        yield refs[place]


def _label(type_id: int) -> str:
    kind = ContentType.objects.get_for_id(type_id)
    return f"{kind.app_label}.{kind.model}"
