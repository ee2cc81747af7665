"""Saving while the resident types: the script posts the step with a header of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from procedures.definition.compiled import Step
from procedures.filing import limits, tabs
from procedures.filing.attachments import waiting_files
from procedures.filing.holding import Held
from procedures.filing.reading import Before, read_step
from procedures.filing.storage import DraftGone
from procedures.filing.typed import asked_in
from procedures.filing.views.keeping import begin, typed_in

if TYPE_CHECKING:
    from procedures.filing.views.wizard import FilingView

HEADER = "X-Autosave"


def is_autosave(request: HttpRequest) -> bool:
    """Tell whether the script posts, while the resident goes on typing."""
    return HEADER in request.headers


def autosave(view: FilingView, step: Step, held: Held) -> JsonResponse:
    """Keep what is typed, right or wrong, and say nothing of errors.

    An answer given before and typed anew is given anew, or taken back where it is wrong.
    One that the resident has not sent yet is kept as typed alone: the step still has to be gone through.
    """
    if held.is_gone:
        return stopped(410, _("Not saved: this draft was deleted. Press “Continue” to keep what you have typed."))
    if held.draft is None and (too_many := limits.reached("drafts", view.request, view.procedure)):
        return said(429, _("Not saved yet: press “Continue” to keep what you have typed."), too_many.wait_seconds)
    begin(view)
    storage, post = view.storage, view.request.POST
    waiting = waiting_files(view.own_draft(), asked_in(post, step.questions))
    before = Before(storage.answers, storage.typed(step.key), waiting)
    mark = tabs.Mark.read(post.get(tabs.SEEN, ""))
    change = read_step(view.definition, step, typed_in(view, step), before, {}, mark).change
    given = change.asked & storage.answers.keys()
    answers = {key: kept for key, kept in change.answers.items() if key in given}
    try:
        storage.save(replace(change, asked=given, answers=answers), view.language)
    except tabs.OvertakenError:
        return overtaken()
    except DraftGone:
        return stopped(410, _("Not saved: this request was sent or deleted meanwhile."))
    return saved()


def saved() -> JsonResponse:
    """Say when, in the resident's language."""
    time = time_format(timezone.localtime(), "TIME_FORMAT")
    return said(200, _("Draft saved at %(time)s. You can close this page and come back.") % {"time": time})


def overtaken() -> JsonResponse:
    """Another page saved otherwise: the next press of a button shows both."""
    return stopped(
        409,
        _(
            "No longer saved while you type: this step was changed on another page. "
            "Press “Continue” to see both versions and choose."
        ),
    )


def stopped(status: int, text: str, **more: Any) -> JsonResponse:
    """The script has to stop: trying again would not help."""
    return _answer(status, {"text": text, "stop": True, **more})


def said(status: int, text: str, wait_seconds: int = 0) -> JsonResponse:
    """What to show beside the button."""
    response = _answer(status, {"text": text})
    if wait_seconds:
        response.headers["Retry-After"] = str(wait_seconds)
    return response


def _answer(status: int, content: dict[str, Any]) -> JsonResponse:
    response = JsonResponse(content, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
