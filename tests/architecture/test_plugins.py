"""Every plugin that ships has its page in the docs."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from cms.settings import plugins

DOCS = Path(__file__).resolve().parents[2] / "docs"
FAMILIES = [name for name in dir(plugins) if name.isupper()]
PAGES = {"STATISTICS": "figures.md"}


def documented(page: str) -> set[str]:
    """Return the slugs that have a section: headings such as ``### `short_text```."""
    return set(re.findall(r"^#{2,4} `([\w-]+)`", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_plugin_has_a_section_in_the_docs(family):
    page = PAGES.get(family, "plugins.md")
    slugs = {import_string(path).slug for path in getattr(settings, family)}
    assert slugs - documented(page) == set()


def test_no_section_describes_a_plugin_that_is_gone():
    slugs = {import_string(path).slug for family in FAMILIES for path in getattr(settings, family)}
    assert (documented("plugins.md") | documented("figures.md")) - slugs == set()
