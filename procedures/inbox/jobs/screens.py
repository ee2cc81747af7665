"""The page of a piece of long work, its progress, its report; and the register of all of them."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.accounts.models import User
from procedures.inbox import tracking_number
from procedures.inbox.desk.filters import FilterForm
from procedures.inbox.jobs import services
from procedures.inbox.jobs.actions import BULK_ACTIONS
from procedures.inbox.jobs.exports import excel, opendocument
from procedures.inbox.jobs.models import Job, Remark, sees_all
from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import departments_answered_by
from procedures.uploads.downloads import safe_download

may_read = method_decorator(permission_required("inbox.view_servicerequest"), name="dispatch")
may_act = method_decorator(permission_required("inbox.change_servicerequest"), name="dispatch")

LINES = 100
MEDIA_TYPES = {Job.Kind.XLSX: excel.MEDIA_TYPE, Job.Kind.ODS: opendocument.MEDIA_TYPE}


def title_of(job: Job) -> str:
    """What it does, in words."""
    if job.is_export:
        return _("Export: %(format)s") % {"format": job.get_kind_display()}
    return str(BULK_ACTIONS[job.action].label) if job.action in BULK_ACTIONS else job.action


def filters_in_words(query: str, user: User) -> list[tuple[str, str]]:
    """The filters of the list, as label and value, as ``user`` reads them."""
    form, said = FilterForm(QueryDict(query), user=user), []
    for name, value in form.chosen.items():
        choices = {str(key): label for key, label in getattr(form.fields[name], "choices", ())}
        said.append((str(form[name].label), str(choices.get(value, value))))
    return said


def said_in_words(job: Job) -> list[tuple[str, str]]:
    """What was filled in for a bulk action, as label and value; whoever is gone is left out."""
    action = BULK_ACTIONS.get(job.action)
    if action is None:
        return []
    form = action.form(job.parameters, departments=job.department_ids)
    form.is_valid()
    return [
        (str(field.label), str(form.cleaned_data[field.name])) for field in form if form.cleaned_data.get(field.name)
    ]


class Screen(WagtailAdminTemplateMixin, View):
    """A screen about long work."""

    header_icon = "tasks"

    def get_page_title(self) -> str:
        """The name of the screen."""
        return _("Bulk actions and exports")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, the register, here."""
        above = [(reverse("inbox:list"), _("Requests")), (reverse("inbox_jobs:list"), _("Bulk actions and exports"))]
        here = [] if type(self) is JobListView else [{"url": "", "label": self.get_page_title()}]
        return [*self.breadcrumbs_items, *({"url": url, "label": label} for url, label in above), *here]

    @property
    def user(self) -> User:
        """Who looks."""
        return cast("User", self.request.user)


class AboutOneJob(Screen):
    """A screen about one piece of work; that of somebody else does not exist, but for administrators."""

    template_name = "inbox/jobs/job.html"
    about: Job

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the work among those the agent may see. Raises Http404: there is none."""
        super().setup(request, *args, **kwargs)
        self.about = get_object_or_404(Job.objects.visible_to(request.user), key=kwargs["job"])

    def get_page_title(self) -> str:
        """What it does."""
        return title_of(self.about)


@may_read
class JobListView(Screen):
    """The register: who did what to many, who exported what, when."""

    template_name = "inbox/jobs/list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of it."""
        found = Job.objects.visible_to(request.user).asked_for().defer("request_ids", "preview")
        pages = Paginator(found, LINES)
        page = pages.get_page(request.GET.get("page"))
        lines = [(job, title_of(job), filters_in_words(job.query, self.user)) for job in page]
        return self.render_to_response(self.get_context_data(page=page, lines=lines, sees_all=sees_all(request.user)))


@may_read
class JobView(AboutOneJob):
    """How far it is, what it met, where its file is."""

    def get(self, request: HttpRequest, job: Any) -> HttpResponse:
        """Show it; what was not started yet is where it is filled in."""
        about = self.about
        if about.state == Job.State.PREPARED:
            return redirect("inbox_jobs:bulk", about.key)
        remarks = Paginator(about.remarks.all(), LINES).get_page(request.GET.get("page"))
        context = self.get_context_data(
            job=about,
            filters=filters_in_words(about.query, self.user),
            said=said_in_words(about),
            page=remarks,
            lines=self._lines(list(remarks)),
            unreachable=about.remarks.filter(kind=Remark.Kind.UNREACHABLE).count(),
            may_download=bool(about.storage_name) and may_download(about, self.user),
        )
        return self.render_to_response(context)

    def _lines(self, remarks: list[Remark]) -> list[dict[str, Any]]:
        """Remarks with the numbers of their requests; a link where the reader may open it."""
        pks = [remark.request_id for remark in remarks]
        numbers = dict(ServiceRequest.objects.filter(pk__in=pks).values_list("pk", "tracking_number"))
        visible = set(ServiceRequest.objects.visible_to(self.user).filter(pk__in=pks).values_list("pk", flat=True))
        return [
            {
                "number": tracking_number.shown(numbers[remark.request_id]),
                "pk": remark.request_id if remark.request_id in visible else None,
                "reason": remark.reason or _("There is no e-mail address: tell the resident by another means."),
                "is_done": remark.kind == Remark.Kind.UNREACHABLE,
            }
            for remark in remarks
        ]


@may_read
class JobStateView(AboutOneJob):
    """How far it is, for the script of the page."""

    def get(self, request: HttpRequest, job: Any) -> JsonResponse:
        """State and numbers."""
        about = self.about
        state = {
            "label": about.get_state_display(),
            "position": about.position,
            "total": about.total,
            "under_way": about.is_under_way,
        }
        return JsonResponse(state, headers={"Cache-Control": "no-store"})


@may_read
class CancelView(AboutOneJob):
    """Stops it."""

    def post(self, request: HttpRequest, job: Any) -> HttpResponse:
        """Ask for the end; what is done stays done."""
        services.cancel(self.about)
        messages.success(request, _("It stops as soon as it can. What is done stays done."))
        return redirect("inbox_jobs:job", self.about.key)


@may_read
class FileView(AboutOneJob):
    """Hands out the file."""

    def get(self, request: HttpRequest, job: Any) -> FileResponse:
        """Send it, to whoever still answers for all that is in it.

        Raises:
            Http404: there is none, or not any more, or not for this person.
        """
        about = self.about
        if not about.storage_name or not may_download(about, self.user):
            raise Http404
        name = _("requests") + f"-{about.created_at:%Y-%m-%d}.{about.kind}"
        return safe_download(about.storage_name, name, MEDIA_TYPES[Job.Kind(about.kind)])


def may_download(job: Job, user: User) -> bool:
    """Whether ``user`` answers today for every department whose requests may be in the file."""
    return set(job.department_ids) <= set(departments_answered_by(user))
