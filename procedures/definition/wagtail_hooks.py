"""Procedures in Wagtail's admin: the editor of conditions, and whose pages one sees."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page, PageQuerySet

from procedures.definition.models import ProcedurePage
from procedures.definition.permissions import is_bound, writable_departments
from procedures.fields.yes_no import ANSWERS
from procedures.plugins import field_types, operators


@hooks.register("insert_editor_js")
def condition_editor() -> SafeString:
    """The script that shows ids as lists, and what it needs to know of the plugins."""
    config = {
        "operators": {kind.slug: list(kind.operators) for kind in field_types},
        "needsValue": [operator.slug for operator in operators if operator.needs_value],
        "words": {
            "choose": _("Choose…"),
            "unnamed": _("Question without words"),
            "gone": _("No longer there: choose another"),
            "yesNo": [{"id": answer, "label": str(label)} for answer, label in ANSWERS],
        },
    }
    return format_html(
        '{}<script type="module" src="{}"></script>',
        json_script(config, "condition-editor"),
        static("admin/condition-editor.js"),
    )


@hooks.register("construct_explorer_page_queryset")
def only_their_own(parent_page: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """A department's editor sees no other department's procedures in the tree."""
    user = request.user
    if not user.is_authenticated or not is_bound(user):
        return pages
    theirs = writable_departments(user)
    others = ProcedurePage.objects.exclude(department__in=theirs).values("pk")
    return pages.exclude(pk__in=others)
