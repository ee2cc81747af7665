"""Long work of the inbox, in Wagtail's admin."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from procedures.inbox.jobs import urls


@hooks.register("register_admin_urls")
def job_addresses() -> list[URLPattern | URLResolver]:
    """Put it at ``/admin/demandes/travaux/``."""
    return [path("demandes/travaux/", include(urls))]


@hooks.register("insert_global_admin_css")
def job_style() -> SafeString:
    """The bar below the filters, progress, and the report."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/jobs.css"))
