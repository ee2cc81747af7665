"""The page behind an expert's link: one request, what was chosen of it, one answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms.origin import checked_by_origin
from cms.private_pages import private
from cms.throttle import Limit, address_of
from procedures.inbox import opinion_link
from procedures.inbox.errors import InboxError
from procedures.inbox.experts.forms import OpinionForm
from procedures.inbox.handed_in import stored_files
from procedures.inbox.models import Attachment, ExpertOpinion, OpinionState
from procedures.inbox.services import opinions
from procedures.uploads.downloads import safe_download
from procedures.uploads.keeping import too_large
from procedures.uploads.limits import is_past_reading, watch_uploads

GUESSES = Limit("opinion-address", tries=20, window_seconds=900)
SENDING = Limit("opinion", tries=20, window_seconds=3600)
UNREADABLE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@checked_by_origin
@private
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked and take the answer; a page that says so where nothing is asked any more."""
    limit, key = (SENDING, token) if request.method == "POST" else (GUESSES, address_of(request))
    if limit.is_reached(key):
        return _too_many(request, limit)
    opinion = _known(request, token)
    if opinion.state() not in opinions.ANSWERABLE:
        return _over(request, opinion)
    if request.method != "POST":
        opinions.open_opinion(opinion)
        return _show(request, opinion, token, OpinionForm())
    SENDING.count(token)
    return _receive(request, opinion, token)


@private
@require_safe
def download(request: HttpRequest, token: str, key: UUID) -> HttpResponseBase:
    """A file that the expert may read, always as a download."""
    opinion = _known(request, token)
    file = _files(opinion).filter(key=key).first()
    if opinion.state() not in opinions.ANSWERABLE or file is None or not file.may_be_opened:
        raise Http404
    opinions.open_opinion(opinion)
    return safe_download(file.storage_name, file.original_name, file.media_type)


def _known(request: HttpRequest, token: str) -> ExpertOpinion:
    """The opinion of a link; guessing is counted. Raises Http404: none."""
    opinion = opinion_link.find(token)
    if opinion is None:
        GUESSES.count(address_of(request))
        raise Http404
    return opinion


def _receive(request: HttpRequest, opinion: ExpertOpinion, token: str) -> HttpResponse:
    if is_past_reading(request):
        return _show(request, opinion, token, OpinionForm(), status=413)
    refused = watch_uploads(request).refused
    try:
        form = OpinionForm(request.POST, request.FILES)
    except UNREADABLE:
        return _show(request, opinion, token, OpinionForm(), status=413)
    for upload in refused:
        form.add_error("documents", too_large(upload.name))
    if form.is_valid():
        try:
            with stored_files(form.cleaned_data["documents"]) as files:
                opinions.answer_opinion(opinion, text=form.cleaned_data["text"], files=files)
        except InboxError as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            form.add_error("documents", refusal)
        else:
            return redirect(reverse("opinion:page", args=[token]))
    return _show(request, opinion, token, form, status=422)


def _show(
    request: HttpRequest, opinion: ExpertOpinion, token: str, form: OpinionForm, *, status: int = 200
) -> HttpResponse:
    about, chosen = opinion.request, set(opinion.shown.get("answers", ()))
    files = [
        {
            "name": file.original_name,
            "size": file.size_bytes,
            "url": reverse("opinion:file", args=[token, file.key]) if file.may_be_opened else "",
            "problem": "" if file.may_be_opened else file.get_scan_display(),
        }
        for file in _files(opinion)
    ]
    context = {
        "opinion": opinion,
        "about": about,
        "answers": [
            {
                "question": answer["agent_label"],
                "answer": answer["agent_shown"],
                "answer_lang": about.language if answer["shown"] == answer["agent_shown"] else "",
            }
            for answer in about.answers
            if answer["question_id"] in chosen
        ],
        "files": files,
        "form": form,
        "is_too_large": status == 413,
        "crumbs": [(_("Your opinion"), None)],
    }
    return render(request, "pages/opinion/page.html", context, status=status)


def _over(request: HttpRequest, opinion: ExpertOpinion) -> HttpResponse:
    """Thanks, or the reason why nothing is asked any more; nothing of the request is shown."""
    state = opinion.state()
    context = {
        "state": state.value,
        "opinion": opinion,
        "department": opinion.request.department,
        "crumbs": [(_("Your opinion"), None)],
    }
    return render(request, "pages/opinion/over.html", context, status=200 if state == OpinionState.ANSWERED else 410)


def _files(opinion: ExpertOpinion) -> Any:
    keys = opinion.shown.get("files", ())
    return Attachment.objects.filter(request=opinion.request_id, key__in=list(keys))


def _too_many(request: HttpRequest, limit: Limit) -> HttpResponse:
    wait = limit.wait_seconds()
    response = render(request, "pages/too_many.html", {"minutes": -(-wait // 60)}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response
