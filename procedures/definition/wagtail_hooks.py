"""Procedures in Wagtail's admin: the editor of conditions, and whose pages one sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, PageQuerySet

from directory.territory.districts import districts
from procedures.definition.copying_screens import CopyView, TemplateView
from procedures.definition.history import VersionsView
from procedures.definition.importing.screens import ImportView, export_view
from procedures.definition.map_screens import MapView
from procedures.definition.models import ProcedureIndexPage, ProcedurePage
from procedures.definition.permissions import is_bound, writable_departments
from procedures.definition.refusals import REFUSED
from procedures.definition.scenario_screens import ScenariosView, stop_if_scenarios_fail
from procedures.fields.yes_no import ANSWERS
from procedures.plugins import FieldType, field_types, operators


@hooks.register("insert_editor_js")
def condition_editor() -> SafeString:
    """The script that shows ids as lists, and what it needs to know of the plugins."""
    config = {
        "operators": {kind.slug: list(kind.operators) for kind in field_types if _has_answers(kind)},
        "nests": [kind.slug for kind in field_types if kind.nests],
        "silent": [kind.slug for kind in field_types if not _has_answers(kind)],
        "answers": _listed_answers(),
        "needsValue": [operator.slug for operator in operators if operator.needs_value],
        "words": {
            "choose": _("Choose…"),
            "unnamed": _("Question without words"),
            "gone": _("No longer there: choose another"),
        },
    }
    return format_html(
        '{}<script type="module" src="{}"></script><script type="module" src="{}"></script>',
        json_script(config, "condition-editor"),
        static("admin/condition-editor.js"),
        static("admin/checks.js"),
    )


def _has_answers(kind: FieldType) -> bool:
    """Whether there is something to compare: texts that are only read have none."""
    return kind.asks or type(kind).compute is not FieldType.compute


def _listed_answers() -> dict[str, list[dict[str, str]]]:
    """The answers one chooses from to compare, by type of question, where no department wrote them."""
    places = [{"id": district.slug, "label": district.name} for district in districts()]
    listed = {kind.slug: places for kind in field_types if "in_district" in kind.operators}
    return listed | {kind.slug: _yes_or_no(kind) for kind in field_types if kind.reading == "boolean"}


def _yes_or_no(kind: FieldType) -> list[dict[str, str]]:
    """The answers of a type that knows yes, no or both."""
    found = []
    for answer, label in ANSWERS:
        try:
            is_possible = kind.compared(answer, kind.sample()) is not None
        except ValidationError:
            is_possible = False
        if is_possible:
            found.append({"id": answer, "label": str(label)})
    return found


@hooks.register("construct_explorer_page_queryset")
def only_their_own(parent_page: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """A department's editor sees no other department's procedures in the tree."""
    user = request.user
    if not user.is_authenticated or not is_bound(user):
        return pages
    theirs = writable_departments(user)
    others = ProcedurePage.objects.exclude(department__in=theirs).values("pk")
    return pages.exclude(pk__in=others)


@hooks.register("register_admin_urls")
def version_addresses() -> list[URLPattern]:
    """Put the versions of a procedure at ``/admin/demarches/<page>/versions/``."""
    return [
        path("demarches/<int:page_id>/versions/", VersionsView.as_view(), name="procedure_versions"),
        path("demarches/<int:page_id>/scenarios/", ScenariosView.as_view(), name="procedure_scenarios"),
    ]


@hooks.register("before_publish_page")
def replay_scenarios(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Stop a publication that a scenario speaks against, with what differs."""
    return stop_if_scenarios_fail(request, page)


@hooks.register("register_page_header_buttons")
def scenarios_button(page: Page, user: Any, **_kwargs: Any) -> Iterator[Button]:
    """Lead from a procedure's editor to its scenarios."""
    if issubclass(page.specific_class, ProcedurePage) and page.pk:
        yield Button(_("Scenarios"), reverse("procedure_scenarios", args=[page.pk]), icon_name="check", priority=62)


@hooks.register("register_page_header_buttons")
def versions_button(page: Page, user: Any, **_kwargs: Any) -> Iterator[Button]:
    """Lead from a procedure's editor to its published versions."""
    if issubclass(page.specific_class, ProcedurePage) and page.first_published_at:
        url = reverse("procedure_versions", args=[page.pk])
        yield Button(_("Published versions"), url, icon_name="history", priority=65)


@hooks.register("register_admin_urls")
def import_addresses() -> list[URLPattern]:
    """Put the import below the procedures, and the export beside each of them."""
    return [
        path("demarches/importer/", ImportView.as_view(), name="procedure_import"),
        path("demarches/modeles/", TemplateView.as_view(), name="procedure_template"),
        path("demarches/<int:page_id>/copier/", CopyView.as_view(), name="procedure_copy"),
        path("demarches/<int:page_id>/exporter/", export_view, name="procedure_export"),
    ]


@hooks.register("register_page_header_buttons")
def import_and_export_buttons(page: Page, user: Any, **_kwargs: Any) -> Iterator[Button]:
    """Lead from the list of procedures to the import, and from a procedure to its export."""
    kind = page.specific_class
    if issubclass(kind, ProcedureIndexPage) and page.permissions_for_user(user).can_add_subpage():
        yield Button(_("New procedure from a template"), reverse("procedure_template"), icon_name="copy", priority=55)
        yield Button(_("Import a procedure"), reverse("procedure_import"), icon_name="download", priority=60)
    if issubclass(kind, ProcedurePage) and page.permissions_for_user(user).can_edit():
        yield Button(_("Export (JSON)"), reverse("procedure_export", args=[page.pk]), icon_name="upload", priority=70)


@hooks.register("register_admin_urls")
def map_addresses() -> list[URLPattern]:
    """Put the map of a procedure at ``/admin/demarches/<page>/map/``."""
    return [path("demarches/<int:page_id>/map/", MapView.as_view(), name="procedure_map")]


@hooks.register("register_page_header_buttons")
def map_button(page: Page, user: Any, **_kwargs: Any) -> Iterator[Button]:
    """Lead from a procedure's editor to the map of its ways."""
    if issubclass(page.specific_class, ProcedurePage) and page.pk:
        yield Button(_("Map of the form"), reverse("procedure_map", args=[page.pk]), icon_name="site", priority=61)


@hooks.register("before_copy_page")
def copy_with_department(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail's own copy knows neither the department nor scenarios: lead to ours."""
    specific = page.specific
    if isinstance(specific, ProcedurePage) and specific.is_source:
        return redirect("procedure_copy", page.pk)
    return None


@hooks.register("register_log_actions")
def refused_publications(actions: LogActionRegistry) -> None:
    """Name what the clock could not publish in the history of its page."""
    actions.register_action(REFUSED, _("Refuse a scheduled publication"), _("Scheduled publication refused"))
