"""What silence was worth, on the page of a request; its attestation, and whether one is genuine."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cms.origin import checked_by_origin
from cms.private_pages import private
from cms.throttle import Limit, address_of
from procedures.inbox.attestations import attestation_name, attestation_pdf, genuine
from procedures.inbox.downloads import counted, refuse_without_library
from procedures.inbox.errors import InboxError
from procedures.inbox.models import Attestation
from procedures.inbox.paper_letters import letter_pdf
from procedures.inbox.paper_words import file_name
from procedures.inbox.services.attesting import attest
from procedures.tracking.page import crumbs
from procedures.tracking.views import LONGEST, UNREADABLE, known, too_many
from procedures.uploads.downloads import pdf_download

CHECKS = Limit("attestation", tries=20, window_seconds=900)


class VerifyForm(forms.Form):
    """The code of an attestation."""

    code = forms.CharField(
        label=gettext_lazy("Code of the attestation"),
        max_length=40,
        help_text=gettext_lazy("At the foot of the document, for instance 7F3K-92QD-MXC."),
        error_messages={"required": gettext_lazy("Write the code of the attestation")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


@checked_by_origin
@private
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Tell whether a code is that of an attestation of the town."""
    context: dict[str, Any] = {"crumbs": crumbs((_("Check an attestation"), ""))}
    if request.method != "POST":
        return render(request, "pages/verify.html", context | {"form": VerifyForm()})
    try:
        form = VerifyForm({"code": request.POST.get("code", "")[:LONGEST]})
    except UNREADABLE:
        form = VerifyForm({"code": ""})
    if not form.is_valid():
        return render(request, "pages/verify.html", context | {"form": form}, status=400)
    address = address_of(request)
    if CHECKS.is_reached(address):
        return too_many(request, CHECKS)
    CHECKS.count(address)
    found = genuine(form.cleaned_data["code"])
    return render(request, "pages/verify.html", context | {"form": form, "found": found, "is_unknown": found is None})


@checked_by_origin
@private
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, token: str) -> HttpResponse:
    """Issue the attestation, once; then it is a document of the page."""
    filed = known(token)
    if request.method == "POST":
        try:
            attest(filed)
        except InboxError:  # answered meanwhile: the page says so
            return redirect("tracking:request", token)
    return redirect("tracking:request", token)


@private
@require_safe
def attestation_document(request: HttpRequest, token: str) -> HttpResponseBase:
    """The attestation as a PDF."""
    filed = known(token)
    if not Attestation.objects.filter(request=filed).exists():
        raise Http404
    refuse_without_library()
    return counted(request, filed, lambda about: pdf_download(attestation_pdf(about), attestation_name(about)))


@private
@require_safe
def letter_document(request: HttpRequest, token: str, letter: int) -> HttpResponseBase:
    """A letter that the department signed, as a PDF."""
    filed = known(token)
    found = filed.letters.filter(pk=letter).first()
    if found is None:
        raise Http404
    refuse_without_library()
    found.request = filed
    return counted(request, filed, lambda _about: pdf_download(letter_pdf(found), file_name(found)))
