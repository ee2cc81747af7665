"""Enter a request for somebody at the counter or on the phone, through the resident's own steps."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.accounts.models import User
from procedures.definition.models import Procedure
from procedures.filing import choosing, keys, screens
from procedures.filing.entering import begin_entry, join_to
from procedures.filing.journey import Journey
from procedures.inbox.acquaintances import find_people
from procedures.inbox.folding import MINIMUM_LENGTH, fold
from procedures.inbox.models import ServiceRequest
from procedures.inbox.querysets import city_today, departments_answered_by
from procedures.inbox.transitions import Channel
from procedures.uploads.several import SeveralFilesField

CHANNELS = (Channel.PHONE, Channel.COUNTER, Channel.POST, Channel.EMAIL)
WRITTEN = (Channel.POST, Channel.EMAIL)
"""Channels by which something may have come before it is entered."""
LONGEST_WAY_DAYS = 366
PERMISSION = "inbox.change_servicerequest"


class EntryForm(forms.Form):
    """Which procedure, how it came in, and the language of the questions."""

    procedure = forms.ModelChoiceField(Procedure.objects.none(), label=_("Procedure"))
    channel = forms.ChoiceField(
        label=_("How did the request come in?"),
        choices=[(channel.value, channel.label) for channel in CHANNELS],
        widget=forms.RadioSelect,
        initial=Channel.PHONE,
    )
    language = forms.ChoiceField(
        label=_("Language of the resident"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
        help_text=_("The questions are shown, and the receipt written, in this language."),
    )
    received_on = forms.DateField(
        label=_("Day it came, for a letter or an e-mail"),
        required=False,
        help_text=_("The delays count from that day. Left empty: today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    scans = SeveralFilesField(
        label=_("The letter, scanned"), required=False, help_text=_("Kept with the request, as it came.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.offered = Procedure.objects.open().filter(department__in=departments_answered_by(user))
        self.fields["procedure"].queryset = self.offered  # type: ignore[attr-defined]  # its own

    def clean_received_on(self) -> date | None:
        """A day that is over, and not for years."""
        day, today = self.cleaned_data.get("received_on"), city_today()
        if day and day > today:
            raise ValidationError(_("This day is still to come."), code="future")
        if day and (today - day).days > LONGEST_WAY_DAYS:
            raise ValidationError(_("That was more than a year ago: check the year."), code="past")
        return cast("date | None", day)

    def clean(self) -> dict[str, Any]:
        """Refuse a day in the past for what is said now."""
        data = super().clean() or self.cleaned_data
        is_spoken = data.get("channel") and data["channel"] not in WRITTEN
        if is_spoken and data.get("received_on") not in (None, city_today()):
            self.add_error("received_on", _("What is said on the phone or at the counter comes today."))
        return data


@method_decorator(permission_required(PERMISSION), name="dispatch")
class EntryView(WagtailAdminTemplateMixin, FormView):
    """Find the person among those who asked before, choose procedure and channel, then go to the first step."""

    template_name = "filing/entry.html"
    form_class = EntryForm
    header_icon = "edit"

    def get_page_title(self) -> str:
        """The name of the screen."""
        return gettext("Enter a request")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, then here."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whose departments to offer."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """The language that the person chosen reads."""
        person = self._person(self.request.GET.get("person", ""))
        return {"language": person.language} if person else {}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go on; or, without a script, narrow the procedures and keep what was filled in."""
        if "find" not in request.POST:
            return super().post(request, *args, **kwargs)
        filled = {name: request.POST[name] for name in EntryForm.base_fields if name in request.POST}
        form = EntryForm(initial=filled, user=cast("User", request.user))
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who may be meant by what was typed, and who was chosen."""
        typed = self.request.GET.get("q", "")[:200]
        people = find_people(typed, ServiceRequest.objects.visible_to(self.request.user)) if typed else []
        is_short = bool(typed) and len(fold(typed)) < MINIMUM_LENGTH
        chosen = self.request.POST.get("person") or self.request.GET.get("person", "")
        context = super().get_context_data(**kwargs)
        return (
            context
            | self._procedures(context["form"])
            | {
                "typed": typed,
                "is_short": is_short,
                "people": people,
                "person": self._person(chosen),
            }
        )

    def _procedures(self, form: EntryForm) -> dict[str, Any]:
        """The procedures to choose from; the only one there is, or that is found, is chosen."""
        narrow = self.request.POST.get("narrow", "")[:100]
        every = choosing.choices_among(form.offered)
        found = [choice for choice in every if choice.answers_to(narrow)]
        only = str(found[0].pk) if len(found) == 1 else ""
        chosen = str(form["procedure"].value() or only)
        shown = choosing.narrowed(every, narrow, kept=chosen) if found else every
        return {
            "groups": choosing.grouped(shown, choosing.usual(form.user)),
            "narrow": narrow,
            "found": len(found) if narrow else None,
            "chosen": chosen,
        }

    def _person(self, typed: str) -> ServiceRequest | None:
        """The earlier request that says who somebody is; None for a new person, or one the agent may not see."""
        if not (typed.isascii() and typed.isdecimal() and len(typed) <= 18):
            return None
        visible = ServiceRequest.objects.visible_to(self.request.user).select_related("version", "procedure")
        return visible.filter(pk=int(typed), purged_at=None).first()

    def form_valid(self, form: EntryForm) -> HttpResponse:
        """Make the draft, let the agent's browser hold it, and open the first step."""
        data = form.cleaned_data
        procedure, language = data["procedure"], data["language"]
        person = self._person(self.request.POST.get("person", ""))
        try:
            draft = begin_entry(
                form.user,
                procedure,
                data["channel"],
                language,
                person=person,
                received_on=data["received_on"],
                scans=data["scans"],
            )
        except ValidationError as refusal:
            form.add_error("scans", refusal)
            return self.form_invalid(form)
        with override(language):
            first = Journey(draft.version.in_language(language), {}).first_unsettled
            response = redirect(screens.step_url(procedure, first))
        keys.set_cookie(response, procedure.pk, draft.key, self.request.is_secure())
        return response


@method_decorator(permission_required(PERMISSION), name="dispatch")
class JoinView(View):
    """File nothing new: what was typed becomes a note of a request that is there already."""

    def post(self, request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
        """Write the note, end the draft, open the request."""
        about = get_object_or_404(ServiceRequest.objects.visible_to(request.user), pk=pk)
        if join_to(key, about, agent=cast("User", request.user)):
            messages.success(request, gettext("The note is kept; nothing new was filed."))
        return redirect("inbox:request", pk)
