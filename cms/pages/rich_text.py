"""Links in running text."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.rich_text.pages import PageLinkHandler

from cms.pages import site


class SnapshotLinkHandler(PageLinkHandler):
    """Links to pages, in the language of the visit, from memory."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Opening tags; a page that is not live any more leaves its words without a link."""
        snapshot = site.current()
        tags = []
        for attrs in attrs_list:
            page_id = attrs.get("id", "")
            ref = snapshot.in_language(int(page_id), get_language() or "fr") if page_id.isdigit() else None
            tags.append(f'<a href="{escape(ref.url)}">' if ref else "<a>")
        return tags
