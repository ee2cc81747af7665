"""Who opened a request: for heads of its department and administrators."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from procedures.inbox.desk.views import AboutOneRequest, may_read

SHOWN = 500


@may_read
class ReadingsView(AboutOneRequest):
    """The list, latest first."""

    template_name = "inbox/readings.html"
    header_icon = "view"

    def get_page_title(self) -> str:
        """The name of the screen."""
        return _("Who opened this request")

    def get_page_subtitle(self) -> str:
        """The tracking number."""
        return self.about.number

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it. Raises PermissionDenied: an agent of the department who does not head it."""
        if not self.about.is_headed:
            raise PermissionDenied
        context: dict[str, Any] = {
            "about": self.about,
            "readings": self.about.readings.all()[:SHOWN],
            "days": settings.READING_DAYS,
        }
        return self.render_to_response(self.get_context_data(**context))
