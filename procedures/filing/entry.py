"""Enter a request for somebody at the counter or on the phone, through the resident's own steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.auth import permission_required
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.accounts.models import User
from procedures.definition.models import Procedure
from procedures.filing import keys, screens
from procedures.filing.holding import current_version
from procedures.filing.journey import Journey
from procedures.filing.models import Draft
from procedures.inbox.querysets import departments_answered_by
from procedures.inbox.transitions import Channel

CHANNELS = (Channel.COUNTER, Channel.PHONE, Channel.POST, Channel.EMAIL)
PERMISSION = "inbox.change_servicerequest"


class EntryForm(forms.Form):
    """Which procedure, how it came in, and the language of the questions."""

    procedure = forms.ModelChoiceField(Procedure.objects.none(), label=_("Procedure"))
    channel = forms.ChoiceField(
        label=_("How did the request come in?"),
        choices=[(channel.value, channel.label) for channel in CHANNELS],
        widget=forms.RadioSelect,
        initial=Channel.COUNTER,
    )
    language = forms.ChoiceField(
        label=_("Language of the resident"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
        help_text=_("The questions are shown, and the receipt written, in this language."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["procedure"].queryset = Procedure.objects.open().filter(  # type: ignore[attr-defined]  # its own
            department__in=departments_answered_by(user)
        )


def begin_entry(agent: User, procedure: Procedure, channel: str, language: str) -> Draft:
    """Make the draft that ``agent`` fills in for somebody."""
    version = current_version(procedure)
    return Draft.objects.create(
        procedure=procedure, version=version, language=language, channel=channel, entered_by=agent
    )


@method_decorator(permission_required(PERMISSION), name="dispatch")
class EntryView(WagtailAdminTemplateMixin, FormView):
    """Choose procedure and channel, then go to the first step."""

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

    def form_valid(self, form: EntryForm) -> HttpResponse:
        """Make the draft, let the agent's browser hold it, and open the first step."""
        procedure, language = form.cleaned_data["procedure"], form.cleaned_data["language"]
        draft = begin_entry(form.user, procedure, form.cleaned_data["channel"], language)
        with override(language):
            first = Journey(draft.version.in_language(language), {}).first_unsettled
            response = redirect(screens.step_url(procedure, first))
        keys.set_cookie(response, procedure.pk, draft.key, self.request.is_secure())
        return response
