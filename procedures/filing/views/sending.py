"""The last step of the wizard: everything read once more, then sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from procedures.filing import guard, keys, limits, screens, trying
from procedures.filing.entering import received_at
from procedures.filing.forms import SummaryForm
from procedures.filing.holding import find_held
from procedures.filing.journey import SUMMARY
from procedures.filing.layout import foreign
from procedures.filing.sending import NotCompleteError, file_draft
from procedures.filing.storage import DraftGone

if TYPE_CHECKING:
    from procedures.filing.views.wizard import FilingView

OUT_OF_ORDER = "ordre"


def send(view: FilingView) -> HttpResponse:
    """Send the request if the resident certifies it, nothing is missing and no robot did it."""
    if view.procedure.trial is not None:
        return trying.keep(view, view.procedure.trial)
    form = _form(view, view.request.POST)
    if not form.is_valid():
        return show_summary(view, form, status=422)
    draft = view.own_draft()
    obstacle = guard.judge(view.request, view.procedure, draft)
    if obstacle:
        return show_summary(view, form, obstacle=obstacle, status=obstacle.status)
    try:
        file_draft(draft.key, view.language, received_at=received_at(draft))
    except NotCompleteError:
        return redirect(view.get_step_url(view.journey.first_unsettled, avis=OUT_OF_ORDER))
    except DraftGone:
        return screens.gone(view.request, view.procedure)
    limits.count("requests", view.request, view.procedure)
    response = redirect(screens.receipt_url(view.procedure, draft.key))
    keys.set_cookie(response, view.procedure.pk, draft.key, view.request.is_secure(), keys.AFTER_FILING_SECONDS)
    return response


def show_summary(
    view: FilingView, form: SummaryForm | None = None, *, obstacle: guard.Obstacle | None = None, status: int = 200
) -> HttpResponse:
    """Show everything once more before it is sent."""
    view.storage.current_step = SUMMARY
    context = screens.summary_context(view, form or _form(view), obstacle)
    if view.procedure.trial is not None:
        return view.shown("pages/filing/trial_summary.html", context | trying.verdict(view), status)
    return view.shown("pages/filing/summary.html", context, status)


def lost_race(view: FilingView, key: UUID) -> HttpResponse:
    """The draft went away during this post: sent from elsewhere, or deleted."""
    if find_held(view.request, view.procedure, key).filed_key:
        return redirect(screens.receipt_url(view.procedure, key))
    return screens.gone(view.request, view.procedure)


def _form(view: FilingView, data: Any = None) -> SummaryForm:
    rules = view.definition.rules
    lang = rules.langs.get("declaration", settings.LANGUAGE_CODE)
    return SummaryForm(data, declaration=rules.declaration, lang=foreign(lang))
