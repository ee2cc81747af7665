"""New procedures from what is there: a template, or another procedure."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.accounts.models import User
from directory.models import Department
from procedures.definition.copying import begin_from, blueprints, copy_procedure, may_copy
from procedures.definition.models import ProcedureIndexPage, ProcedurePage
from procedures.definition.permissions import is_bound, writable_departments


class ForDepartment(forms.Form):
    """The department in charge, among those one writes for."""

    department: forms.ModelChoiceField = forms.ModelChoiceField(
        Department.objects.none(), label=gettext_lazy("Department in charge")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments = writable_departments(user) if is_bound(user) else Department.objects.source()
        cast("forms.ModelChoiceField", self.fields["department"]).queryset = departments


class TemplateForm(ForDepartment):
    """Which template."""

    template = forms.ChoiceField(label=gettext_lazy("Template"), widget=forms.RadioSelect)
    field_order = ("template", "department")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["template"]).choices = [
            (one.slug, f"{one.title} – {one.introduction}") for one in blueprints()
        ]


class CopyForm(ForDepartment):
    """What the copy is called."""

    title = forms.CharField(max_length=255, label=gettext_lazy("Title of the copy"))
    field_order = ("title", "department")


class FromSomething(WagtailAdminTemplateMixin, FormView):
    """A form, then the editor of the new draft."""

    template_name = "definition/new_procedure.html"
    header_icon = "copy"

    @property
    def user(self) -> User:
        """Who asks."""
        return cast("User", self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The departments are those of whoever asks."""
        return {**super().get_form_kwargs(), "user": self.user}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def open_draft(self, page: ProcedurePage) -> HttpResponse:
        """Go to the editor."""
        messages.success(self.request, _("“%(title)s” is a draft: read it, then publish it.") % {"title": page.title})
        return redirect("wagtailadmin_pages:edit", page.pk)


class TemplateView(FromSomething):
    """« New procedure from a template »."""

    form_class = TemplateForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises PermissionDenied: no right to add a procedure."""
        index = ProcedureIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        if index is None or not index.permissions_for_user(cast("User", request.user)).can_add_subpage():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The name of the screen."""
        return _("New procedure from a template")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Make the draft."""
        chosen = next(one for one in blueprints() if one.slug == form.cleaned_data["template"])
        return self.open_draft(begin_from(chosen, form.cleaned_data["department"], self.user))


class CopyView(FromSomething):
    """A copy of a procedure, for the same department or another."""

    form_class = CopyForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises PermissionDenied: somebody else's procedure."""
        page = get_object_or_404(ProcedurePage, pk=kwargs["page_id"], locale__language_code=settings.LANGUAGE_CODE)
        if not may_copy(cast("User", request.user), page):
            raise PermissionDenied
        self.source: ProcedurePage = page.get_latest_revision_as_object()
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The name of the screen."""
        return _("Copy a procedure")

    def get_page_subtitle(self) -> str:
        """Which one."""
        return str(self.source.title)

    def get_initial(self) -> dict[str, Any]:
        """The same department, a title that says what it is."""
        title = _("%(title)s (copy)") % {"title": self.source.title}
        return {"title": title, "department": self.source.department_id}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Make the copy."""
        data = form.cleaned_data
        return self.open_draft(copy_procedure(self.source, data["title"], data["department"], self.user))
