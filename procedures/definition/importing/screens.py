"""The importer in the admin: a file and a department, then what became of each field; and the way out as JSON."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.accounts.models import User
from directory.models import Department
from procedures.definition.importing.own import as_text
from procedures.definition.importing.report import KINDS, RESULTS, counts
from procedures.definition.importing.running import Imported, read_procedure, save_draft
from procedures.definition.importing.safety import LARGEST_BYTES, UnusableFileError
from procedures.definition.models import ProcedureIndexPage, ProcedurePage
from procedures.definition.permissions import is_bound, writable_departments

MOST_BESIDE = 60


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Cleans to a list of files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file by itself."""
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(files) > MOST_BESIDE:
            raise forms.ValidationError(_("Choose %(count)d files at most.") % {"count": MOST_BESIDE})
        return [super(FilesField, self).clean(file, initial) for file in files]


class ImportForm(forms.Form):
    """What to import, and for whom."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A form exported from Publik (.wcs), or a procedure exported by Parvis (.json)."),
    )
    department: forms.ModelChoiceField = forms.ModelChoiceField(
        Department.objects.none(), label=gettext_lazy("Department in charge")
    )
    beside = FilesField(
        required=False,
        label=gettext_lazy("Files that go with it"),
        help_text=gettext_lazy("Blocks of fields (.wcs) and lists of choices (NAME.json) that the form refers to."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments = writable_departments(user) if is_bound(user) else Department.objects.source()
        cast("forms.ModelChoiceField", self.fields["department"]).queryset = departments

    def clean(self) -> dict[str, Any]:
        """Read the file: what is wrong with it is said beside it."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("file") and cleaned.get("department"):
            try:
                beside = {file.name: _content(file) for file in cleaned.get("beside") or []}
                file = cleaned["file"]
                cleaned["imported"] = read_procedure(_content(file), file.name, beside, cleaned["department"])
            except UnusableFileError as error:
                self.add_error("file", str(error))
        return cleaned


def _content(file: UploadedFile) -> bytes:
    """The bytes of a file, one more than is allowed at most: too large is said like anything else."""
    return cast("bytes", file.read(LARGEST_BYTES + 1))


class ImportView(WagtailAdminTemplateMixin, FormView):
    """The form; once it is sent, the report with the way to the draft."""

    template_name = "definition/import.html"
    form_class = ImportForm
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only whoever may add a procedure."""
        index = ProcedureIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        if index is None or not index.permissions_for_user(cast("User", request.user)).can_add_subpage():
            raise PermissionDenied
        self.index = index
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The name of the screen."""
        return _("Import a procedure")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the list of procedures, then here."""
        list_of_all = {"url": reverse("wagtailadmin_explore", args=[self.index.pk]), "label": self.index.title}
        return [*self.breadcrumbs_items, list_of_all, {"url": "", "label": self.get_page_title()}]

    def get_form_kwargs(self) -> dict[str, Any]:
        """The departments are those of whoever asks."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Make the draft and show the report."""
        imported: Imported = form.cleaned_data["imported"]
        try:
            with transaction.atomic():
                save_draft(imported, form.cleaned_data["department"], cast("User", self.request.user))
        except UnusableFileError as error:
            form.add_error("file", str(error))
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form, imported=imported, **_report(imported)))


def _report(imported: Imported) -> dict[str, Any]:
    """The counts, and one line for each thing there is something to say of."""
    totals = [(name, counts(imported.outcomes, kind)) for kind, name in KINDS.items()]
    told = [(outcome, KINDS[outcome.kind], RESULTS[outcome.result]) for outcome in imported.outcomes]
    return {
        "totals": [(name, found) for name, found in totals if found["total"]],
        "lines": [line for line in told if line[0].why],
        "silent": sum(not outcome.why for outcome, _kind, _result in told),
    }


def export_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """The procedure as a file; only for whoever may write it."""
    page = get_object_or_404(ProcedurePage, pk=page_id, locale__language_code=settings.LANGUAGE_CODE)
    if not page.permissions_for_user(cast("User", request.user)).can_edit():
        raise PermissionDenied
    headers = {"Content-Disposition": f'attachment; filename="{page.slug}.json"'}
    return HttpResponse(as_text(page), content_type="application/json; charset=utf-8", headers=headers)
