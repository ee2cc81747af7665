"""The way in, the way back in from another device, and the way out for today."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.origin import checked_by_origin
from procedures.definition.models import Procedure
from procedures.filing import keys, links, screens, trying
from procedures.filing.asking import ask_for_link
from procedures.filing.forms import LinkForm
from procedures.filing.holding import current_version, find_held, find_procedure
from procedures.filing.journey import Journey
from procedures.filing.models import Draft
from procedures.filing.posts import UnreadableError, read_post
from procedures.filing.signed_links import link_query
from procedures.filing.views.signed_out import login_if_signed_out


@require_safe
@login_if_signed_out
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the first step, or offer to go on with the draft that this browser holds.

    ``?nouvelle`` lets the browser forget what it holds: a draft stays resumable by its link.
    """
    procedure = find_procedure(slug)
    held = find_held(request, procedure)
    if held.draft and "nouvelle" not in request.GET:
        return _private(
            TemplateResponse(request, "pages/filing/start.html", _draft_context(request, procedure, held.draft))
        )
    definition = current_version(procedure).in_language(language())
    response = redirect(screens.step_url(procedure, Journey(definition, {}).first_unsettled) + link_query(request))
    if keys.cookie_name(procedure.pk) in request.COOKIES:
        keys.drop_cookie(response, procedure.pk)
    return response


def _draft_context(request: HttpRequest, procedure: Procedure, draft: Draft) -> dict[str, object]:
    definition = draft.version.in_language(language())
    journey = Journey(definition, draft.data.get("answers", {}))
    title = _("You have begun already")
    return {
        "procedure": procedure,
        "definition": definition,
        "title": title,
        "crumbs": screens.crumbs(procedure, title),
        "draft": draft,
        "continue_url": screens.step_url(procedure, journey.first_unsettled),
        "new_url": f"{request_url(procedure)}?nouvelle=1{link_query(request).replace('?', '&')}",
        "newer_url": screens.newer_url(procedure, draft),
        **trying.banner(procedure),
        **screens.beside(definition),
    }


def language() -> str:
    """Code of the active language."""
    return get_language() or settings.LANGUAGE_CODE


def request_url(procedure: Procedure) -> str:
    """Where a request of this procedure begins."""
    return reverse("filing:start", kwargs={"slug": procedure.slug})


@require_safe
@login_if_signed_out
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Open the draft of a secret link on this device."""
    key = keys.key_of(token, keys.RESUME)
    draft = Draft.objects.select_related("procedure").filter(key=key, trial=None).first() if key else None
    if draft is None:
        return _lost(request)
    procedure = find_procedure(draft.procedure.slug)
    held = find_held(request, procedure, draft.key)
    if held.draft is None:
        return screens.gone(request, procedure)
    journey = Journey(held.draft.version.in_language(language()), held.draft.data.get("answers", {}))
    response = redirect(screens.step_url(procedure, journey.first_unsettled))
    keys.set_cookie(response, procedure.pk, draft.key, request.is_secure())
    return _private(response)


def _lost(request: HttpRequest) -> HttpResponse:
    """A link that leads nowhere: sent already, deleted, or never made by us."""
    title = _("This link no longer leads to a draft")
    return TemplateResponse(
        request, "pages/filing/lost_link.html", {"title": title, "crumbs": [(title, None)]}, status=410
    )


@checked_by_origin
@require_http_methods(["GET", "HEAD", "POST"])
@login_if_signed_out
def later(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the secret link to resume, and send it by e-mail if asked."""
    procedure = find_procedure(slug)
    held = find_held(request, procedure)
    if held.draft is None:
        return screens.gone(request, procedure) if held.is_gone else redirect(request_url(procedure))
    if procedure.trial is not None:
        return redirect(request_url(procedure))  # a trial is not passed on
    draft, status = held.draft, 200
    form = LinkForm(initial={"email": links.known_address(draft)})
    if request.method == "POST":
        try:
            read_post(request)
        except UnreadableError as problem:
            return screens.unreadable(request, procedure, request.path, problem.status)
        form, status = LinkForm(request.POST), 422
        if form.is_valid() and ask_for_link(draft, form.cleaned_data["email"], language()):
            return redirect(f"{request.path}?envoye=1")
        if form.is_valid():
            form.add_error(None, _("This link was sent often enough already: look in your mail, or copy it from here."))
    context = _later_context(request, procedure, draft, form)
    return _private(TemplateResponse(request, "pages/filing/later.html", context, status=status))


def _later_context(request: HttpRequest, procedure: Procedure, draft: Draft, form: LinkForm) -> dict[str, object]:
    definition = draft.version.in_language(language())
    journey = Journey(definition, draft.data.get("answers", {}))
    title = _("Finish later")
    return {
        "procedure": procedure,
        "definition": definition,
        "title": title,
        "crumbs": screens.crumbs(procedure, title),
        "draft": draft,
        "form": form,
        "is_sent": "envoye" in request.GET and request.method == "GET",
        "link": request.build_absolute_uri(links.resume_path(draft)),
        "continue_url": screens.step_url(procedure, journey.first_unsettled),
        "forget_url": f"{request_url(procedure)}?nouvelle=1",
        **screens.beside(definition),
    }


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response
