"""The home page, the sections of the menu, and pages that stand alone."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale, Page, Site

from agenda.models import EventIndexPage
from cms.pages.models import AccessibilityPage, HomePage, NewsIndexPage, SectionPage
from demo.loading.bodies import Body, stream
from demo.loading.city import City
from demo.loading.data import Record, read
from demo.loading.days import day
from directory.models.pages import DirectoryPage
from procedures.definition.models import ProcedureIndexPage

TYPES: dict[str, type[Page]] = {
    "procedures": ProcedureIndexPage,
    "section": SectionPage,
    "events": EventIndexPage,
    "directory": DirectoryPage,
    "news": NewsIndexPage,
}
RICH_TEXTS = ("non_conformities", "derogations", "exemptions", "test_environment", "sample", "contact", "plan")


def load_tree(city: City) -> None:
    """Make the home page in place of Wagtail's, and publish the sections without their texts."""
    for code in ("en", "ar"):
        Locale.objects.get_or_create(language_code=code)
    root = Page.objects.get(depth=1)
    words = read("city")
    home = HomePage(
        title=words["name"],
        slug="accueil",
        question=words["home"]["question"],
        search_description=words["description"],
        locale=city.locale,
    )
    root.add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
    welcome, site.root_page, site.site_name = site.root_page_id, home, words["name"]
    site.save()
    Page.objects.filter(pk=welcome, depth=2).exclude(pk=home.pk).delete()
    city.pages["accueil"] = home
    for record in read("pages")["sections"]:
        add(city, "accueil", TYPES[record["type"]], record, introduction=record["introduction"])
    for record in read("pages")["children"]:
        add(city, record["parent"], TYPES[record["type"]], record, introduction=record["introduction"])
    _accessibility(city)


def load_texts(city: City) -> None:
    """Write and publish the texts of the sections, now that what they link to is there."""
    records = read("pages")
    for record in [*records["sections"], *records["children"]]:
        if "body" in record:
            page: Any = city.pages[record["key"]]
            page.body = Body(city, "pages", record["key"]).stream(record["body"])
            publish(page)
    home: Any = city.pages["accueil"]
    links = [
        {"text": link["label"], "page": city.pages[link.get("page") or link["procedure"]].pk, "address": ""}
        for link in read("city")["home"]["often_asked"]
    ]
    home.popular = stream((("link", link) for link in links), "home", "popular")
    publish(home)
    city.say(f"{len(records['sections']) + len(records['children']) + 2} pages of the site's frame")


def add(city: City, parent: str, kind: type[Page], record: Record, **fields: Any) -> Any:
    """Make a live page below ``parent`` and remember it."""
    page = kind(
        title=record["title"],
        slug=record["key"],
        search_description=record.get("summary", record.get("introduction", "")),
        show_in_menus=record.get("in_menus", False),
        locale=city.locale,
        **fields,
    )
    city.pages[parent].add_child(instance=page)
    publish(page)
    city.pages[record["key"]] = page
    return page


def publish(page: Page) -> None:
    """Publish as an editor would: a revision, then the page from it."""
    page.save_revision(clean=True).publish()
    page.refresh_from_db()


def _accessibility(city: City) -> None:
    record = read("pages")["accessibility"]
    texts = {name: city.rich_text(record[name]) for name in RICH_TEXTS}
    add(
        city,
        "accueil",
        AccessibilityPage,
        record | {"key": "accessibilite"},
        audited_on=day(record["audited_on"], city.today),
        established_on=day(record["established_on"], city.today),
        auditor=record["auditor"],
        passed_percent=record["passed_percent"],
        **texts,
    )
