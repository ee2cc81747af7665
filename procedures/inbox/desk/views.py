"""Agents' screens: HTTP in, services called, HTTP out."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.accounts.models import User
from procedures.inbox.desk import beside, listing, reading
from procedures.inbox.desk.actions import desk_actions, offered
from procedures.inbox.desk.filters import Due, FilterForm, Whose
from procedures.inbox.desk.forms import ActionForm
from procedures.inbox.downloads import download_receipt, download_request
from procedures.inbox.errors import InboxError
from procedures.inbox.models import Attachment, Reading, ServiceRequest
from procedures.inbox.querysets import ServiceRequestQuerySet
from procedures.inbox.services.readings import note_reading
from procedures.uploads.downloads import safe_download

may_read = method_decorator(permission_required("inbox.view_servicerequest"), name="dispatch")
may_act = method_decorator(permission_required("inbox.change_servicerequest"), name="dispatch")


@may_read
class RequestListView(WagtailAdminTemplateMixin, View):
    """The inbox: what is due first, first."""

    template_name = "inbox/list.html"
    header_icon = "mail"

    def get_page_title(self) -> str:
        """The name of the screen."""
        return _("Requests")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of the list."""
        form = FilterForm(request.GET, user=cast("User", request.user))
        page = listing.page_of(
            form.queryset(), after=request.GET.get("after", ""), before=request.GET.get("before", "")
        )
        return self.render_to_response(
            self.get_context_data(
                form=form,
                page=page,
                several_departments=len(form.department_ids) > 1,
                selectable=request.user.has_perm("inbox.change_servicerequest"),
                tabs=self._tabs(form),
                filters_query=urlencode(form.chosen),
                cap=listing.COUNT_CAP,
            )
        )

    def _tabs(self, form: FilterForm) -> list[dict[str, Any]]:
        open_requests = form.visible().open()
        chosen = {name: form.cleaned_data.get(name) or "" for name in ("whose", "due")}
        tabs: tuple[tuple[str, dict[str, str], ServiceRequestQuerySet], ...] = (
            (_("All open"), {}, open_requests),
            (_("Overdue"), {"due": Due.OVERDUE}, form.visible().overdue()),
            (_("Mine"), {"whose": Whose.MINE}, form.visible().assigned_to(form.user)),
            (_("Nobody's yet"), {"whose": Whose.NOBODY}, form.visible().unassigned()),
        )
        return [
            {
                "label": label,
                "query": urlencode(query),
                "count": listing.capped_count(found),
                "is_current": chosen == {"whose": "", "due": ""} | query,
            }
            for label, query, found in tabs
        ]


class AboutOneRequest(WagtailAdminTemplateMixin, View):
    """A screen about one request of the agent's departments; any other does not exist."""

    reads_only = False
    """Whether the mediator may open it too, for what complaints in their hands are about."""
    is_foreign = False
    """Whether the request is another department's, opened by the mediator."""

    template_name = "inbox/request.html"
    header_icon = "mail"
    about: ServiceRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the request among those the agent may see.

        Raises:
            Http404: there is none, or it is another department's: nobody can tell which.
        """
        super().setup(request, *args, **kwargs)
        requests, user = ServiceRequest.objects.all(), request.user
        found = requests.readable_by(user) if self.reads_only else requests.visible_to(user)
        self.about = get_object_or_404(
            found.select_related("procedure", "version", "department", "agent", "entered_by").prefetch_related(
                "attachments"
            ),
            pk=kwargs["pk"],
        )
        self.is_foreign = self.reads_only and not requests.visible_to(user).filter(pk=self.about.pk).exists()

    def note(self, way: str = Reading.Way.PAGE) -> None:
        """Keep that the request was opened, and by the mediator where it is another department's."""
        note_reading(self.about, cast("User", self.request.user), Reading.Way.MEDIATOR if self.is_foreign else way)

    def get_page_title(self) -> str:
        """The tracking number."""
        return self.about.number

    def get_page_subtitle(self) -> str:
        """The procedure."""
        return self.about.procedure.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, here."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("inbox:list"), "label": _("Requests")},
            {"url": "", "label": self.about.number},
        ]

    def show(self, filled: ActionForm | None = None, problem: str = "") -> HttpResponse:
        """The page of the request, with a form as it was filled in if it must be corrected."""
        context = self.get_context_data(
            about=self.about,
            actions=[] if self.is_foreign else offered(self.about, filled),
            is_foreign=self.is_foreign,
            problem=problem,
            **reading.everything_about(self.about),
            **beside.panels(self.about, cast("User", self.request.user)),
        )
        return self.render_to_response(context, status=422 if filled else 200)


@may_read
class RequestView(AboutOneRequest):
    """A request: its answers, files, conversation, log, and what can be done."""

    reads_only = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it, and keep that it was opened."""
        self.note()
        return self.show()


@may_act
class ActionView(AboutOneRequest):
    """Does one action, then goes back to the request."""

    def get(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        """Somebody came back to the address of a form."""
        return redirect("inbox:request", pk)

    def post(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        """Call the service; a refusal is said, and nothing typed is lost."""
        entry = desk_actions().get(slug)
        if entry is None:
            raise Http404
        form = entry.form(request.POST, about=self.about)
        if not form.is_valid():
            return self.show(form)
        try:
            entry.service(self.about, agent=request.user, **form.cleaned_data)
        except InboxError as problem:
            self.about.refresh_from_db()
            return self.show(form, str(problem))
        messages.success(request, entry.done)
        if entry.tells_resident and not self.about.requester_email:
            messages.warning(request, _("There is no e-mail address: tell the resident by another means."))
        stays = ServiceRequest.objects.visible_to(request.user).filter(pk=pk).exists()
        return redirect("inbox:request", pk) if stays else redirect("inbox:list")


@may_read
class RequestDocumentView(AboutOneRequest):
    """The request as a PDF, in the city's own language."""

    reads_only = True

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        """Draw it."""
        self.note(Reading.Way.PDF)
        with translation.override(settings.LANGUAGE_CODE):
            return download_request(self.about, for_agent=True)


@may_read
class ReceiptDocumentView(AboutOneRequest):
    """The receipt as a PDF in the resident's language, to hand over at a counter."""

    reads_only = True

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        """Draw it."""
        self.note(Reading.Way.PDF)
        with translation.override(self.about.language):
            return download_receipt(self.about)


@may_read
class DownloadView(View):
    """A file of a request, as a download: it never opens inside the site."""

    def get(self, request: HttpRequest, pk: int, key: str) -> FileResponse | HttpResponse:
        """Send the file if its request is visible to the agent and the antivirus has let it through."""
        requests, user = ServiceRequest.objects.all(), cast("User", request.user)
        found = Attachment.objects.select_related("request")
        file = get_object_or_404(found, key=key, request__in=requests.readable_by(user).filter(pk=pk))
        if not file.may_be_opened:
            messages.warning(request, f"{file.original_name}: {file.get_scan_display()}")
            return redirect("inbox:request", pk)
        is_theirs = requests.visible_to(user).filter(pk=pk).exists()
        note_reading(file.request, user, Reading.Way.FILE if is_theirs else Reading.Way.MEDIATOR)
        return safe_download(file.storage_name, file.original_name, file.media_type)
