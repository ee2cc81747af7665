"""The list: HTTP in, a page of requests out, in ten queries at most, the frame around it included."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_date
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.accounts.models import User
from procedures.inbox import finding
from procedures.inbox.desk import listing, showing
from procedures.inbox.desk.filters import FilterForm
from procedures.inbox.desk.listing import ListPage
from procedures.inbox.desk.tabs import tabs_and_matches


@method_decorator(permission_required("inbox.view_servicerequest"), name="dispatch")
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
        request.answered_departments = form.department_ids  # type: ignore[attr-defined] # for what the menu asks too
        page = self._page(form)
        wanted = form.narrowed() if page.count is None else None
        # A search took a query more: the tabs, none of which is the current one, do without their counts then.
        tabs, matches = tabs_and_matches(form, wanted, counted=not form.is_search)
        return self.render_to_response(
            self.get_context_data(
                form=form,
                page=page,
                several_departments=len(form.department_ids) > 1,
                selectable=request.user.has_perm("inbox.change_servicerequest"),
                tabs=tabs,
                matches=matches if page.count is None else page.count,
                cap=finding.MOST if form.is_search else listing.COUNT_CAP,
                filters_query=urlencode(form.chosen),
            )
        )

    def _page(self, form: FilterForm) -> ListPage:
        keys = {name: self.request.GET.get(name, "") for name in ("after", "before")}
        if form.is_search:
            found = showing.found_by(form)
            return listing.page_of_ids(found.ids, comes_close=found.comes_close, **keys)
        if day := self._day():
            keys = {"after": form.order.key_at(day)}
        return listing.page_of(form.narrowed(), form.order, **keys)

    def _day(self) -> date | None:
        """The day to go to, if one was given that exists."""
        try:
            return parse_date(self.request.GET.get("at", ""))
        except ValueError:
            return None
