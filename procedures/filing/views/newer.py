"""The page on which a resident chooses between the version they began on and a newer one."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.origin import checked_by_origin
from procedures.definition.models import Procedure, ProcedureVersion
from procedures.filing import screens
from procedures.filing.carrying import carried, carry_over, newer_version, news_for, stay
from procedures.filing.holding import find_held, find_procedure
from procedures.filing.journey import Journey
from procedures.filing.models import Draft
from procedures.filing.posts import UnreadableError, read_post
from procedures.filing.storage import DraftGone
from procedures.filing.views.signed_out import login_if_signed_out
from procedures.filing.views.start import language


@checked_by_origin
@require_http_methods(["GET", "HEAD", "POST"])
@login_if_signed_out
def newer(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what changed; on POST carry the answers over (``carry``) or stay (anything else)."""
    procedure = find_procedure(slug)
    held = find_held(request, procedure)
    version = newer_version(procedure, held.draft)
    if held.draft is None or version is None:
        return redirect(reverse("filing:start", kwargs={"slug": slug}))
    if request.method == "POST":
        return _chosen(request, procedure, held.draft, version)
    response = TemplateResponse(request, "pages/filing/newer.html", _context(procedure, held.draft, version))
    patch_cache_control(response, private=True, no_store=True)
    return response


def _chosen(request: HttpRequest, procedure: Procedure, draft: Draft, version: ProcedureVersion) -> HttpResponse:
    try:
        read_post(request)
        if "carry" in request.POST:
            carry_over(draft, version, language())
        else:
            stay(draft, version)
    except UnreadableError as problem:
        return screens.unreadable(request, procedure, request.path, problem.status)
    except DraftGone:  # saved from another tab, or sent: look again
        return redirect(request.path)
    return redirect(_continue_url(procedure, draft))


def _continue_url(procedure: Procedure, draft: Draft) -> str:
    journey = Journey(draft.version.in_language(language()), draft.data.get("answers", {}))
    return screens.step_url(procedure, journey.first_unsettled)


def _context(procedure: Procedure, draft: Draft, version: ProcedureVersion) -> dict[str, object]:
    definition = version.in_language(language())
    news = sorted(news_for(draft, version, language()), key=lambda one: one.place != "")
    title, result = _("This procedure has changed"), carried(draft, version, language())
    return {
        "procedure": procedure,
        "definition": definition,
        "title": title,
        "crumbs": screens.crumbs(procedure, title),
        "begun_at": draft.created_at,
        "places": [(place, list(group)) for place, group in groupby(news, key=lambda one: one.place)],
        "again": result.again,
        "dropped": result.dropped,
        **screens.beside(definition),
    }
