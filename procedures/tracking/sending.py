"""What residents send from the page of their request: messages and awaited documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms.origin import checked_by_origin
from cms.private_pages import private
from cms.throttle import Limit
from procedures.inbox.errors import InboxError
from procedures.inbox.handed_in import forget_files, stored_files
from procedures.inbox.models import Message, ServiceRequest
from procedures.inbox.received import ReceivedFile
from procedures.inbox.services.completion import answer_completion
from procedures.inbox.services.conversation import write_as_resident
from procedures.inbox.services.reopening import reopen
from procedures.tracking.forms import CompleteForm, ReopenForm, WriteForm
from procedures.tracking.page import page_of
from procedures.tracking.views import UNREADABLE, known, too_many
from procedures.uploads.keeping import too_large
from procedures.uploads.limits import is_past_reading, watch_uploads

PER_REQUEST = Limit("sending", tries=30, window_seconds=3600)

Service = Callable[..., Message | ServiceRequest]


@checked_by_origin
@private
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, token: str) -> HttpResponse:
    """Receive a message for the department."""
    return receive(request, token, WriteForm, "write_form", write_as_resident)


@checked_by_origin
@private
@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, token: str) -> HttpResponse:
    """Receive what the department asked for."""
    return receive(request, token, CompleteForm, "complete_form", answer_completion)


@checked_by_origin
@private
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_it(request: HttpRequest, token: str) -> HttpResponse:
    """Have a closed request looked at again."""
    return receive(request, token, ReopenForm, "reopen_form", _reopen)


def _reopen(request: ServiceRequest, *, text: str, files: Sequence[ReceivedFile], key: UUID) -> Message:
    """Open it again; what the resident wrote."""
    event = reopen(request, reason=text, files=files, key=key)
    return request.messages.get(pk=event.data["message_id"])


def receive(request: HttpRequest, token: str, form_class: type[WriteForm], name: str, service: Service) -> HttpResponse:
    """Check the form, call the service with what it says, and show what came of it."""
    service_request = known(token)
    if request.method != "POST":  # reloaded after an error, or read in another language
        return redirect("tracking:request", token)
    if PER_REQUEST.is_reached(token):
        return too_many(request, PER_REQUEST)
    PER_REQUEST.count(token)
    if is_past_reading(request):
        return _again(request, service_request, token, {}, status=413)
    refused = watch_uploads(request).refused
    try:
        form = form_class(request.POST, request.FILES, auto_id=f"{name.removesuffix('_form')}_%s")
    except UNREADABLE:
        return _again(request, service_request, token, {}, status=413)
    for upload in refused:
        form.add_error("documents", too_large(upload.name))
    if form.is_valid():
        try:
            made = _hand_in(service_request, form, service)
        except InboxError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            form.add_error("documents", refusal)
        else:
            # A complaint has a page of its own; one whose link is lost leaves its resident where they are.
            new = made.access_token if isinstance(made, ServiceRequest) else None
            return redirect(reverse("tracking:request", args=[new or token]) + "?envoye=1#envoye")
    return _again(request, service_request, token, {name: form, "errors_in": form}, status=400)


def _hand_in(service_request: ServiceRequest, form: WriteForm, service: Service) -> Message | ServiceRequest:
    """Store the files, then call the service; what it refuses is not kept."""
    with stored_files(form.cleaned_data["documents"]) as files:
        made = service(service_request, files=files, **form.said())
    if files and not made.attachments.filter(storage_name=files[0].storage_name).exists():
        forget_files(files)  # the same form, sent twice
    return made


def _again(
    request: HttpRequest, service_request: ServiceRequest, token: str, extra: dict[str, Any], *, status: int
) -> HttpResponse:
    """The page once more, with what was typed and what is wrong."""
    service_request.refresh_from_db()
    context = page_of(service_request, token)
    if status == 413:
        context["too_large"] = _("What you sent is far too large and was not read. Choose smaller files.")
    return render(request, "pages/tracking.html", context | extra, status=status)
