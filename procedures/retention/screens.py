"""Keeping and rights, in Wagtail's admin: what the nights deleted, what is held, and what a person may ask."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.accounts.models import User
from procedures.inbox.models import ServiceRequest
from procedures.retention.applying import apply_retention
from procedures.retention.holding import lift_hold
from procedures.retention.models import Hold, RetentionRun
from procedures.retention.rights import erase, export_for, people_of, refusal_of

VIEW, ANSWER = "retention.view_retentionrun", "retention.answer_rights"
SHOWN_RUNS, SHOWN_HOLDS, MOST_AT_ONCE = 30, 100, 200
TRIAL_CAP = 2000


class RetentionScreen(WagtailAdminTemplateMixin, View):
    """The frame of the screens of this room."""

    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


@method_decorator(permission_required(VIEW), name="dispatch")
class RunsView(RetentionScreen):
    """What was announced and deleted each night, what is held; a trial at the press of a button."""

    template_name = "retention/runs.html"

    def get_page_title(self) -> str:
        """The name of the screen."""
        return _("Keeping of data")

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the last runs and the holds in force."""
        holds = Hold.objects.in_force().select_related("request__procedure", "placed_by")
        visible = ServiceRequest.objects.visible_to(request.user)
        return self.render_to_response(
            self.get_context_data(
                runs=RetentionRun.objects.select_related("started_by")[:SHOWN_RUNS],
                holds=holds.filter(request__in=visible)[:SHOWN_HOLDS],
            )
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try out what tonight would do: nothing is announced or deleted."""
        apply_retention(dry_run=True, limit=TRIAL_CAP, by=cast("User", request.user))
        messages.success(request, _("The trial is below: nothing was deleted."))
        return redirect("retention:runs")


@method_decorator(permission_required(VIEW), name="dispatch")
class LiftView(View):
    """Lift a hold."""

    def post(self, request: HttpRequest, hold: int) -> HttpResponse:
        """Let the rules of time apply again."""
        visible = ServiceRequest.objects.visible_to(request.user)
        found = get_object_or_404(Hold.objects.select_related("request"), pk=hold, request__in=visible)
        if lift_hold(found, agent=cast("User", request.user)):
            messages.success(request, _("The hold is lifted: the rules of time apply again."))
        return redirect("retention:runs")


@method_decorator(permission_required(ANSWER), name="dispatch")
class RightsView(RetentionScreen):
    """A person asks what the city keeps of them, or wants it erased."""

    template_name = "retention/rights.html"
    header_icon = "user"

    def get_page_title(self) -> str:
        """The name of the screen."""
        return _("Rights of residents")

    def get(self, request: HttpRequest) -> HttpResponse:
        """Find the person in all departments."""
        return self.show(request.GET.get("q", "")[:200])

    def show(self, typed: str, **more: Any) -> HttpResponse:
        """The people found, each request with what stands against erasing it."""
        people = [
            {"person": person, "lines": [{"request": one, "refusal": refusal_of(one)} for one in person.requests]}
            for person in (people_of(typed) if typed else [])
        ]
        return self.render_to_response(self.get_context_data(typed=typed, people=people, **more))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Hand out, or erase, the requests that were ticked."""
        user, typed = cast("User", request.user), request.POST.get("q", "")[:200]
        chosen = list(self._chosen(request))
        if not chosen:
            messages.warning(request, _("Tick the requests first."))
            return self.show(typed)
        if "erase" in request.POST and "sure" not in request.POST:
            return self.show(typed, to_confirm=chosen)
        if "erase" in request.POST:
            return self.show(typed, erased=erase(chosen, user))
        response = FileResponse(export_for(chosen, user), as_attachment=True, filename=_("data") + ".zip")
        response["Cache-Control"] = "private, no-store"
        return response

    def _chosen(self, request: HttpRequest) -> QuerySet[ServiceRequest]:
        ids = [int(pk) for pk in request.POST.getlist("request") if pk.isascii() and pk.isdecimal() and len(pk) < 19]
        found = ServiceRequest.objects.filter(pk__in=ids[:MOST_AT_ONCE], purged_at=None)
        return found.select_related("version", "department", "procedure").order_by("received_at", "pk")
