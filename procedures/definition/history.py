"""The versions of a procedure in the admin, and what changed from one to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import PageLogEntry

from cms.accounts.models import User
from procedures.definition.differences import Difference, find_differences
from procedures.definition.models import Procedure, ProcedurePage, ProcedureVersion

LOGGED_WITHIN = timedelta(minutes=5)
"""The page's log is written right after the version, at the end of the same publication."""


@dataclass(frozen=True)
class Published:
    """A version as the list shows it."""

    version: ProcedureVersion
    author: str
    """Empty where the log does not tell: brought in by a command, or forgotten since."""


def published_versions(procedure: Procedure) -> list[Published]:
    """The versions of a procedure, newest first, with who published them."""
    pages = ProcedurePage.objects.filter(translation_key=procedure.key).values("pk")
    entries = PageLogEntry.objects.filter(page__in=pages, action="wagtail.publish").select_related("user")
    log = [(entry.timestamp, str(entry.user or "")) for entry in entries.order_by("timestamp")]
    return [Published(version, _author(version, log)) for version in procedure.versions.order_by("-number")]


def _author(version: ProcedureVersion, log: list[tuple[Any, str]]) -> str:
    latest = version.published_at + LOGGED_WITHIN
    return next((author for at, author in log if version.published_at <= at <= latest), "")


class VersionsView(WagtailAdminTemplateMixin, TemplateView):
    """All versions; the difference between the two that are chosen, the last two at first."""

    template_name = "definition/versions.html"
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only whoever may write this page."""
        self.page = get_object_or_404(ProcedurePage, pk=kwargs["page_id"])
        if not self.page.permissions_for_user(cast("User", request.user)).can_edit():
            raise PermissionDenied
        self.procedure = get_object_or_404(Procedure, key=self.page.translation_key)
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The name of the screen."""
        return _("Versions")

    def get_page_subtitle(self) -> str:
        """Of which procedure."""
        return self.procedure.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the editor, then here."""
        editor = {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": self.procedure.title}
        return [*self.breadcrumbs_items, editor, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list, and the difference in words."""
        published = published_versions(self.procedure)
        by_number = {one.version.number: one.version for one in published}
        newest = max(by_number, default=0)
        before, after = sorted((self._chosen("de", by_number, newest - 1), self._chosen("a", by_number, newest)))
        return super().get_context_data(**kwargs) | {
            "published": published,
            "current": self.procedure.current_id,
            "before": before,
            "after": after,
            "places": list(_by_place(by_number[before], by_number[after])) if before != after else [],
        }

    def _chosen(self, name: str, numbers: dict[int, ProcedureVersion], default: int) -> int:
        """The number that the address asks for.

        Raises:
            Http404: this procedure has no such version.
        """
        asked = self.request.GET.get(name, "")
        if not asked:
            return max(default, min(numbers))
        if not asked.isdecimal() or len(asked) > 9 or int(asked) not in numbers:
            raise Http404
        return int(asked)


def _by_place(before: ProcedureVersion, after: ProcedureVersion) -> Iterator[tuple[str, list[Difference]]]:
    """The differences under the step they are about, those of the whole procedure first."""
    language = settings.LANGUAGE_CODE
    found = find_differences(before.in_language(language), after.in_language(language), for_authors=True)
    found.extend(_translations(before, after))
    for place, group in groupby(sorted(found, key=lambda one: one.place != ""), key=lambda one: one.place):
        yield place, list(group)


def _translations(before: ProcedureVersion, after: ProcedureVersion) -> Iterator[Difference]:
    """What changed in other languages alone: said as a whole, their words are in the translation's own history."""
    names = dict(settings.LANGUAGES)
    for code in names:
        if code != settings.LANGUAGE_CODE:
            old, new = (version.content["texts"].get(code) for version in (before, after))
            if old != new:
                words = {"language": names[code]}
                yield Difference("changed", "", _("Words in this language have changed: %(language)s.") % words)
