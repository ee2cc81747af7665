"""Saying in which language a text really is."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def lang_of(context: dict[str, Any], name: str) -> SafeString | str:
    """The ``lang`` and ``dir`` attributes of a field or block that is not translated; else nothing."""
    faithfulness = context.get("faithfulness")
    if faithfulness is None or name not in faithfulness.untranslated:
        return ""
    return format_html(' lang="{}" dir="ltr"', settings.LANGUAGE_CODE)
