"""The directory in Wagtail's admin: one menu, simple forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.slug import SlugInput
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from directory.models import Department, DepartmentMember, District, Division, Organisation, Place

NAME = [TitleFieldPanel("name", targets=["slug"]), FieldPanel("slug", widget=SlugInput)]
ADDRESS = MultiFieldPanel(
    [FieldPanel("street"), FieldRowPanel([FieldPanel("postcode"), FieldPanel("town")])], heading=_("Address")
)
CONTACT = MultiFieldPanel(
    [FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]), FieldPanel("website")], heading=_("Contact")
)
HOURS = [
    MultiFieldPanel(
        [FieldPanel("weekly_hours"), FieldPanel("on_public_holidays"), FieldPanel("hours_note")],
        heading=_("Opening hours"),
    ),
    InlinePanel(
        "closures",
        heading=_("Exceptional closures"),
        label=_("Closure"),
        panels=[FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]), FieldPanel("reason")],
    ),
]


class EntryViewSet(SnippetViewSet):
    """Lists the source rows; translations are reached from them, or by the filter of languages."""

    # Plain LIKE: on tens of thousands of imported places it answers sooner than the search index.
    search_backend_name = None
    search_fields = ["name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any] | None:
        """Leave the translations out unless a language is asked for."""
        return None if request.GET.get("locale") else self.model.objects.source()


class DivisionViewSet(EntryViewSet):
    """Divisions."""

    model = Division
    icon = "folder-open-inverse"
    panels = NAME


class DepartmentViewSet(EntryViewSet):
    """Departments, with their hours."""

    model = Department
    icon = "group"
    list_display = ["name", "division", "phone"]
    list_filter = ["division"]
    panels = [*NAME, FieldPanel("division"), FieldPanel("summary"), CONTACT, ADDRESS, FieldPanel("desk")]
    panels += [FieldPanel("accessibility"), *HOURS]


class DepartmentMemberViewSet(SnippetViewSet):
    """Who works where: it opens residents' requests, hence a right of its own."""

    model = DepartmentMember
    icon = "user"
    menu_label = _("Who works where")
    list_display = ["user", "department", "role"]
    list_filter = ["department", "role"]
    panels = [
        FieldPanel("user", widget=forms.Select),
        FieldPanel("department", widget=forms.Select),
        FieldPanel("role"),
    ]


class PlaceViewSet(EntryViewSet):
    """Places, with their hours."""

    model = Place
    search_fields = ["name", "town"]
    icon = "home"
    list_display = ["name", "kind", "town", BooleanColumn("on_home", label=_("on the home page"), sort_key="on_home")]
    list_filter = ["kind", "on_home"]
    panels = [*NAME, FieldPanel("kind"), FieldPanel("summary"), CONTACT, ADDRESS]
    panels += [
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        FieldPanel("accessibility"),
        *HOURS,
        FieldPanel("on_home"),
    ]


class OrganisationViewSet(EntryViewSet):
    """Associations and shops."""

    model = Organisation
    icon = "tag"
    list_display = ["name", "kind", "theme"]
    list_filter = ["kind", "theme"]
    panels = [*NAME, FieldRowPanel([FieldPanel("kind"), FieldPanel("theme")]), FieldPanel("summary")]
    panels += [FieldPanel("contact"), CONTACT, ADDRESS]


class DistrictViewSet(SnippetViewSet):
    """Districts: where requests go from the address they are about."""

    model = District
    icon = "globe"
    search_backend_name = None
    search_fields = ["name"]
    panels = [TitleFieldPanel("name", targets=["slug"]), FieldPanel("slug", widget=SlugInput)]
    panels += [FieldPanel("outline", widget=forms.Textarea(attrs={"rows": 6})), FieldPanel("streets")]


class DirectoryGroup(SnippetViewSetGroup):
    """The menu “Directory”."""

    items = (
        DepartmentViewSet,
        DivisionViewSet,
        PlaceViewSet,
        OrganisationViewSet,
        DistrictViewSet,
        DepartmentMemberViewSet,
    )
    menu_label = _("Directory")
    menu_icon = "site"
    menu_order = 250
    add_to_admin_menu = True


register_snippet(DirectoryGroup)
