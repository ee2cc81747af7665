"""Letters at the desk: writing one, drawing it, and the pile that waits for its envelopes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.accounts.models import User
from cms.formats.pdf import is_available
from procedures.inbox import replies
from procedures.inbox.attestations import attestation_name, attestation_pdf
from procedures.inbox.clock import city_day
from procedures.inbox.closings import working_days_of
from procedures.inbox.desk.around import templates_for
from procedures.inbox.desk.forms import words
from procedures.inbox.desk.views import AboutOneRequest, may_act, may_read
from procedures.inbox.downloads import refuse_without_library
from procedures.inbox.errors import InboxError
from procedures.inbox.models import Attestation, Letter, Reading
from procedures.inbox.paper_letters import MOST_LETTERS, letter_pdf, letters_pdf
from procedures.inbox.paper_words import Words, address_of, file_name
from procedures.inbox.querysets import CITY_ZONE, city_today
from procedures.inbox.services.paper import mark_printed, signed, write_letter
from procedures.inbox.services.readings import note_reading
from procedures.inbox.working_days import ACKNOWLEDGEMENT_DAYS
from procedures.uploads.downloads import pdf_download


@dataclass(frozen=True)
class PileLine:
    """A letter that waits for its envelope."""

    letter: Letter
    address: list[str]
    is_late: bool
    """An acknowledgement that the law wanted sent within ten working days (CRPA R112-11-1)."""


def pile_of(letters: Iterable[Letter]) -> list[PileLine]:
    """The letters with their addresses, and whether they are late."""
    today = city_today()
    return [PileLine(letter, address_of(letter.request), _is_late(letter, today)) for letter in letters]


def _is_late(letter: Letter, today: Any) -> bool:
    if letter.kind != Letter.Kind.ACKNOWLEDGEMENT or letter.request.closed_at is not None:
        return False  # no longer owed once the answer is there (CRPA R112-5)
    received = city_day(letter.request.received_at, CITY_ZONE)
    return working_days_of(letter.request.department_id, today).add(received, ACKNOWLEDGEMENT_DAYS) < today


class WriteLetterForm(forms.Form):
    """A letter in the agent's own words."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    text = words(gettext_lazy("Text"), help_text=gettext_lazy("The greeting and your signature are added."))


class Letters(WagtailAdminTemplateMixin, View):
    """What screens about several letters share."""

    template_name = "inbox/letters.html"
    header_icon = "doc-full"

    def get_page_title(self) -> str:
        """The name of the screen."""
        return _("Letters to print")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the requests, here."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("inbox:list"), "label": _("Requests")},
            {"url": "", "label": self.get_page_title()},
        ]

    def waiting(self, ids: Iterable[str] | None = None) -> list[Letter]:
        """The oldest letters of the agent's departments that wait, or those of these ids."""
        found = Letter.objects.visible_to(self.request.user).to_be_printed()
        if ids is not None:
            found = found.filter(pk__in=[int(one) for one in ids if one.isdecimal() and len(one) < 19])
        related = ("request__version", "request__department", "request__procedure")
        return list(found.select_related(*related)[: MOST_LETTERS + 1])


@may_read
class LettersView(Letters):
    """The pile: what there is to print, and what was."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the pile, the oldest first."""
        letters = self.waiting()
        return self.render_to_response(
            self.get_context_data(
                pile=pile_of(letters[:MOST_LETTERS]),
                most=MOST_LETTERS if len(letters) > MOST_LETTERS else 0,
                has_pdf=is_available(),
                may_mark=request.user.has_perm("inbox.change_servicerequest"),
            )
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Note that the chosen letters are in their envelopes."""
        if not request.user.has_perm("inbox.change_servicerequest"):
            raise Http404
        letters = self.waiting(request.POST.getlist("letter"))
        noted = mark_printed(letters, agent=cast("User", request.user))
        said = ngettext("%(number)d letter is marked as printed.", "%(number)d letters are marked as printed.", noted)
        messages.success(request, said % {"number": noted})
        return redirect("inbox:letters")


@may_read
class LettersDocumentView(Letters):
    """The chosen letters, or the whole pile, as one PDF."""

    def get(self, request: HttpRequest) -> HttpResponse | FileResponse:
        """Draw them; where there is nothing to draw, go back to the pile."""
        refuse_without_library()
        letters = self.waiting(request.GET.getlist("letter") or None)[:MOST_LETTERS]
        if not letters:
            messages.warning(request, _("There is no letter to print."))
            return redirect("inbox:letters")
        for letter in letters:
            note_reading(letter.request, cast("User", request.user), Reading.Way.PDF)
        return pdf_download(letters_pdf(letters), _("letters") + f"-{city_today().isoformat()}.pdf")


@may_read
class LetterDocumentView(AboutOneRequest):
    """One letter as it was signed."""

    reads_only = True

    def get(self, request: HttpRequest, pk: int, letter: int) -> FileResponse:
        """Draw it."""
        refuse_without_library()
        found = get_object_or_404(self.about.letters.all(), pk=letter)
        found.request = self.about
        self.note(Reading.Way.PDF)
        return pdf_download(letter_pdf(found), file_name(found))


@may_read
class AttestationDocumentView(AboutOneRequest):
    """The attestation of an implicit acceptance, in the resident's language."""

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        """Draw it."""
        refuse_without_library()
        get_object_or_404(Attestation, request=self.about)
        self.note(Reading.Way.PDF)
        with translation.override(self.about.language):
            return pdf_download(attestation_pdf(self.about), attestation_name(self.about))


@may_act
class WriteLetterView(AboutOneRequest):
    """Write a letter, look at it, sign it."""

    template_name = "inbox/write_letter.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An empty letter."""
        return self._show(WriteLetterForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
        """Draw it as it would be, or sign it and put it on the pile."""
        agent = cast("User", request.user)
        if "fill" in request.POST:
            return self._show(self._filled(agent))
        form = WriteLetterForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        if "preview" in request.POST:
            refuse_without_library()
            preview = signed(self.about, Letter.Kind.MESSAGE, Words(**form.cleaned_data), agent)
            return pdf_download(letter_pdf(preview), file_name(preview))
        try:
            write_letter(self.about, agent=agent, **form.cleaned_data)
        except InboxError as problem:
            form.add_error(None, str(problem))
            return self._show(form)
        messages.success(request, _("The letter is signed; it waits among the letters to print."))
        return redirect("inbox:request", pk)

    def _filled(self, agent: User) -> WriteLetterForm:
        """The letter with the chosen template at the end of what is written already."""
        number, written = self.request.POST.get("template", ""), self.request.POST.get("text", "").strip()
        chosen = next((one for one in templates_for(self.about) if str(one.pk) == number), None)
        added = replies.fill(chosen, self.about, agent) if chosen else ""
        subject = self.request.POST.get("subject", "") or (chosen.title if chosen else "")
        return WriteLetterForm(initial={"subject": subject, "text": "\n\n".join(filter(None, (written, added)))})

    def _show(self, form: WriteLetterForm) -> HttpResponse:
        context = self.get_context_data(
            form=form,
            about=self.about,
            address=address_of(self.about),
            language=get_language_info(self.about.language)["name_translated"],
            reads_french=self.about.language == settings.LANGUAGE_CODE,
            has_pdf=is_available(),
            templates=templates_for(self.about),
        )
        return self.render_to_response(context, status=422 if form.is_bound else 200)
