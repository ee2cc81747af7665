"""Agents' screens: HTTP in, services called, HTTP out."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
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
from procedures.inbox.desk import beside, reading, showing, unsent
from procedures.inbox.desk.actions import offered
from procedures.inbox.desk.around import calls, surroundings
from procedures.inbox.desk.forms import ActionForm
from procedures.inbox.desk.holding import asked_with_it, reread, unfold, what_it_holds
from procedures.inbox.desk.neighbours import Neighbours
from procedures.inbox.desk.signed_out import mark_of
from procedures.inbox.desk.unsent import Unsent
from procedures.inbox.downloads import download_receipt, download_request
from procedures.inbox.models import Attachment, Reading, ServiceRequest
from procedures.inbox.services.conversation import see_mentions
from procedures.inbox.services.readings import note_reading
from procedures.uploads.downloads import safe_download

JOINED = ("procedure", "version", "department", "agent", "team", "entered_by", "satisfaction", "attestation")

may_read = method_decorator(permission_required("inbox.view_servicerequest"), name="dispatch")
may_act = method_decorator(permission_required("inbox.change_servicerequest"), name="dispatch")


class AboutOneRequest(WagtailAdminTemplateMixin, View):
    """A screen about one request of the agent's departments; any other does not exist."""

    reads_only = False
    """Whether the mediator may open it too, for what complaints in their hands are about."""
    shows_all = False
    """Whether the whole page is asked for: what it holds is then told with it."""
    is_foreign = False
    """Whether the request is another department's, opened by the mediator."""
    unsent: Unsent
    """What was written on the page before and not sent."""
    done = ""
    """What the page before did: a slug."""

    template_name = "inbox/request.html"
    header_icon = "mail"
    about: Any
    """The request, with what ``readable_by`` and ``asked_with_it`` say of it."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the request among those the agent may see.

        Raises:
            Http404: there is none, or it is another department's: nobody can tell which.
        """
        super().setup(request, *args, **kwargs)
        self.unsent = {}
        requests, user = ServiceRequest.objects.all(), cast("User", request.user)
        found = requests.readable_by(user) if self.reads_only else requests.visible_to(user)
        told = asked_with_it(user) | (what_it_holds(user) if self.shows_all else {})
        self.about = get_object_or_404(found.select_related(*JOINED).annotate(**told), pk=kwargs["pk"])
        self.is_foreign = self.reads_only and not self.about.is_theirs

    def note(self, way: str = Reading.Way.PAGE) -> None:
        """Keep that the request was opened, and by the mediator where it is another department's."""
        is_new = not self.about.was_noted if way == Reading.Way.PAGE and not self.is_foreign else None
        way = Reading.Way.MEDIATOR if self.is_foreign else way
        note_reading(self.about, cast("User", self.request.user), way, is_new=is_new)

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
            {"url": self.address_of_list(), "label": _("Requests")},
            {"url": "", "label": self.about.number},
        ]

    def list_query(self, **more: str) -> str:
        """The filters of the list that the agent came from, for links that keep them."""
        kept = self.request.GET.copy()
        kept.pop("after", None)
        for name, value in more.items():
            kept[name] = value
        return kept.urlencode()

    def address_of_page(self, **more: str) -> str:
        """This request, with the filters of the list."""
        query = self.list_query(**more)
        return reverse("inbox:request", args=[self.about.pk]) + (f"?{query}" if query else "")

    def address_of_list(self) -> str:
        """The list, as the agent left it."""
        query = self.list_query()
        return reverse("inbox:list") + (f"?{query}" if query else "")

    def show(
        self, filled: ActionForm | None = None, problem: str = "", *, meanwhile: Any = None, status: int = 422
    ) -> HttpResponse:
        """The page of the request, with a form as it was filled in if it must be corrected.

        Args:
            meanwhile: what happened since the agent looked (``around.happened_since``).
        """
        user = cast("User", self.request.user)
        if not self.shows_all:  # something was tried, which may have changed all
            reread(self.about, user)
        unfold(self.about)
        neighbours = Neighbours(self.about, user)
        place = self.request.GET.get("after") or showing.place_of(self.about)
        context = self.get_context_data(
            about=self.about,
            actions=[] if self.is_foreign else offered(self.about, user, filled, self.unsent),
            is_foreign=self.is_foreign,
            problem=problem,
            meanwhile=meanwhile,
            list_query=self.list_query(),
            list_address=self.address_of_list(),
            next_address=reverse("inbox:next") + "?" + self.list_query(after=place),
            shown=uuid4().hex,
            writer=mark_of(self.about, user),
            done=self.done,
            **reading.everything_about(self.about),
            **({} if self.is_foreign else surroundings(neighbours, self.unsent)),
            **beside.panels(neighbours),
        )
        return self.render_to_response(context, status=status if filled and filled.is_bound else 200)


@may_read
class RequestView(AboutOneRequest):
    """A request: its answers, files, conversation, log, and what can be done."""

    reads_only = shows_all = True

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it, and keep that it was opened."""
        user = cast("User", request.user)
        self.note()
        self.unsent, self.done = unsent.take_up(about=self.about, user=user)
        response = self.show()
        if any(calls(note, user) for note in self.about.notes.all()):
            see_mentions(self.about, user)  # the page shown still marks them as new
        return response


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
