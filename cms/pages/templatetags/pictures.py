"""Pictures of the site, without a query once seen."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.images.models import SourceImageIOError

from cms.pages import site

register = template.Library()


@register.simple_tag
def picture(image: Any, spec: str, alt: str = "", loading: str = "lazy") -> SafeString | str:
    """An ``<img>`` of ``image`` at ``spec`` (Wagtail's filter, ``width-800``), with its size.

    The address and the size are kept in the shared snapshot; a changed picture drops them.
    A file that can't be read shows nothing rather than break the page.
    """
    if not image:
        return ""

    def render() -> tuple[str, int, int] | None:
        try:
            rendition = image.get_rendition(f"{spec}|format-webp")
        except (SourceImageIOError, OSError):
            return None
        return rendition.url, rendition.width, rendition.height

    found = site.shared(f"picture-{image.pk}-{spec}", render)
    if found is None:
        return ""
    url, width, height = found
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" loading="{}" decoding="async">', url, alt, width, height, loading
    )
