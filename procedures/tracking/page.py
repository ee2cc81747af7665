"""What the page of a request shows."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.formats.pdf import is_available
from cms.pages.facts import dialled, facts
from procedures.inbox.clock import Lack, SilenceEffect
from procedures.inbox.complaints import is_complaint, is_mediated
from procedures.inbox.models import Attachment, CompletionRequest, ServiceRequest
from procedures.inbox.querysets import city_today
from procedures.inbox.receipt import (
    desk_of,
    fee_of_request,
    first_receipt_of,
    interruption_in_words,
    silence_in_words,
)
from procedures.inbox.transitions import Status
from procedures.inbox.wording import words_of
from procedures.tracking.afterwards import afterwards_of
from procedures.tracking.forms import CompleteForm, WriteForm
from procedures.tracking.papers import papers_context
from procedures.tracking.timeline import timeline_of


def page_of(request: ServiceRequest, token: str) -> dict[str, Any]:
    """The template's context, in the active language."""
    awaited = request.completion_requests.filter(answered_at=None).first() if _waits(request) else None
    desk = desk_of(request.department)
    afterwards = afterwards_of(request)
    return {
        "token": token,
        "filed": request,
        "words": words_of(request, send_by=awaited.by if awaited else None),
        "procedure": request.version.in_language(get_language() or request.language).title,
        "timeline": timeline_of(request),
        "awaited": awaited,
        "due": due_box(request, awaited),
        "desk": desk,
        "fee": fee_of_request(request),
        "phone_href": dialled(desk.phones[0]) if desk.phones else "",
        "answers": [{"question": a["label"], "answer": a["shown"], "lang": ""} for a in request.answers],
        "answers_language": "" if request.language == get_language() else request.language,
        "files": [_file(file, token) for file in request.attachments.of_the_resident().filter(message=None)],
        "has_pdf": is_available(),
        "afterwards": afterwards,
        "rate_form": afterwards.rate_form if afterwards else None,
        "reopen_form": afterwards.reopen_form if afterwards else None,
        "complain_form": afterwards.complain_form if afterwards else None,
        "interruption": interruption_in_words() if is_complaint(request) else "",
        "is_mediated": is_mediated(request),
        "write_form": WriteForm(auto_id="write_%s"),
        "complete_form": CompleteForm(auto_id="complete_%s") if awaited else None,
        "crumbs": crumbs((_("My request"), "")),
        **papers_context(request),
    }


def _file(file: Attachment, token: str) -> dict[str, Any]:
    url = reverse("tracking:file", args=[token, file.key]) if file.may_be_opened else ""
    problem = "" if file.may_be_opened else file.get_scan_display()
    return {"name": file.original_name, "size": file.size_bytes, "url": url, "problem": problem}


def receipt_page_of(request: ServiceRequest, token: str) -> dict[str, Any]:
    """The acknowledgement of receipt, with the dates of the day of filing."""
    return {
        "token": token,
        "receipt": first_receipt_of(request),
        "requester": request.requester_name,
        "has_pdf": is_available(),
        "crumbs": crumbs(
            (_("My request"), reverse("tracking:request", args=[token])), (_("Acknowledgement of receipt"), "")
        ),
    }


def crumbs(*ends: tuple[str, str]) -> list[tuple[str, str]]:
    """The way from the home page: labels and addresses; the last one is the page itself."""
    home = facts(get_language() or "").home_url
    return [(_("Home"), home), (_("Follow a request"), reverse("tracking:form")), *ends]


def due_box(request: ServiceRequest, awaited: CompletionRequest | None) -> dict[str, Any] | None:
    """The announced and the legal date, and why they moved; None once answered."""
    if request.is_decided or not (request.announced_on or request.due_on):
        return None
    announced_note = ""
    legal_note = silence_in_words(request, request.due_on)
    if awaited is not None:
        since = {"date": date_format(timezone.localtime(awaited.asked_at))}
        announced_note = _("Stopped since %(date)s, while we wait for you.") % since
        if request.silence_effect == SilenceEffect.ACCEPTANCE and awaited.reason == Lack.INCOMPLETE:
            legal_note = _("Counted as if you answered today: it begins the day we have everything.") + " " + legal_note
        elif request.due_on:
            legal_note = (_stop_of_refusal(request, awaited) or announced_note) + " " + legal_note
    elif request.completion_requests.exists():
        announced_note = _("It has moved, since we were waiting for you.")
    return {
        "announced": request.announced_on,
        "announced_note": announced_note,
        "legal": request.due_on,
        "legal_note": legal_note,
    }


def _stop_of_refusal(request: ServiceRequest, awaited: CompletionRequest) -> str:
    """How long the delay stands still where silence refuses: for the time that was given (CRPA L114-5)."""
    if request.silence_effect != SilenceEffect.REFUSAL:
        return ""
    day = {"date": date_format(awaited.by)}
    if awaited.by < city_today():
        return _("The time you had ended on %(date)s: the delay runs again.") % day
    return (
        _("The delay stands still until you answer, until %(date)s at the latest: answer sooner, and it ends sooner.")
        % day
    )


def _waits(request: ServiceRequest) -> bool:
    return request.status == Status.WAITING
