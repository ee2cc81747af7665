"""Every plugin that ships has its page in the docs."""

import re
from pathlib import Path

import pytest
from django.utils.module_loading import import_string

from cms.settings import plugins

DOCS = Path(__file__).resolve().parents[2] / "docs"
FAMILIES = [name for name in dir(plugins) if name.isupper()]
PAGES = {"STATISTICS": "figures.md"}


def documented(family: str) -> set[str]:
    """Return the slugs that have a heading (### `slug`) below the family's own (## … `FAMILY`)."""
    text = (DOCS / PAGES.get(family, "plugins.md")).read_text(encoding="utf-8")
    chapters = re.split(r"^## ", text, flags=re.MULTILINE)
    own = [chapter for chapter in chapters if f"`{family}`" in chapter.partition("\n")[0]]
    assert len(own) == 1, f"{family}: {len(own)} chapters"
    return set(re.findall(r"^### `([\w-]+)`", own[0], re.MULTILINE))


@pytest.mark.parametrize("family", FAMILIES)
def test_plugins_and_sections_of_the_docs_are_the_same(family):
    found = [import_string(path) for path in getattr(plugins, family)]
    slugs = {each.slug for one in found for each in (one if isinstance(one, tuple) else (one,))}
    assert documented(family) == slugs
