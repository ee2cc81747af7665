"""« Try » in the admin: from the editor of a procedure to its steps, as a resident would see them."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.accounts.models import User
from procedures.definition.about import AboutOnePage
from procedures.definition.drafts import begin_trial, compile_draft, source_of
from procedures.definition.models import Trial
from procedures.filing.journey import Journey
from procedures.filing.models import Draft
from procedures.filing.screens import step_url
from procedures.filing.trying import title_of


class TryView(AboutOnePage):
    """What a trial is, or why there can be none yet; begins one."""

    template_name = "filing/try.html"

    def get_page_title(self) -> str:
        """The name of the screen."""
        return _("Try")

    def get_page_subtitle(self) -> str:
        """Which procedure."""
        return str(self.page.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``problems``: what stops anybody from filling it in."""
        problems: list[str] = []
        try:
            compile_draft(source_of(self.page))
        except ValidationError as error:
            problems = error.messages
        language = self.page.locale.language_code
        return super().get_context_data(problems=problems, page=self.page, language=language, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin a trial, in the language of the page; as wide as a phone where asked."""
        try:
            trial = begin_trial(self.page, cast("User", request.user))
        except ValidationError:
            return self.get(request, *args, **kwargs)
        language = self.page.locale.language_code
        Draft.objects.create(trial=trial, language=language)
        if "phone" in request.POST:
            return redirect("trial_phone", trial.key)
        return redirect(first_url(trial, language))


class PhoneView(WagtailAdminTemplateMixin, TemplateView):
    """The trial in a frame as wide as a phone."""

    template_name = "filing/phone.html"
    header_icon = "mobile-alt"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises Http404: no trial of this user's."""
        self.trial = get_object_or_404(Trial.objects.select_related("page"), key=kwargs["key"], author=request.user.pk)
        if self.trial.is_over:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """The name of the screen."""
        return title_of(self.trial)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the editor, then here."""
        editor = {"url": reverse("wagtailadmin_pages:edit", args=[self.trial.page_id]), "label": self.trial.page.title}
        return [*self.breadcrumbs_items, editor, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``frame_url``: the first step, in each language."""
        frames = [(code, first_url(self.trial, code)) for code in self.trial.content["languages"]]
        language = self.request.GET.get("langue", settings.LANGUAGE_CODE)
        chosen = dict(frames).get(language) or frames[0][1]
        return super().get_context_data(frames=frames, frame_url=chosen, page_id=self.trial.page_id, **kwargs)


def first_url(trial: Trial, language: str) -> str:
    """The first step of a trial."""
    procedure = trial.stand_in()
    if procedure.current is None:
        raise Http404
    with override(language):
        return step_url(procedure, Journey(procedure.current.in_language(language), {}).first_unsettled)
