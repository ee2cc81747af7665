"""The wizard: one address per step, the draft saved by each post."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from formtools.wizard.views import NamedUrlWizardView

from procedures.definition.compiled import Definition, Step
from procedures.filing import keys, limits, prefilling, screens
from procedures.filing.attachments import waiting_files
from procedures.filing.forms import StepForm
from procedures.filing.holding import SignedOutError, current_version, find_held, find_procedure
from procedures.filing.journey import SUMMARY, Journey
from procedures.filing.limits import TooMany
from procedures.filing.models import Draft
from procedures.filing.posts import UnreadableError, read_post
from procedures.filing.reading import Before, Reading, read_step
from procedures.filing.storage import DraftGone, DraftStorage
from procedures.filing.tabs import OvertakenError
from procedures.filing.typed import take
from procedures.filing.views.autosaving import autosave, is_autosave, stopped
from procedures.filing.views.keeping import keep, place_changed, show_both, stays
from procedures.filing.views.sending import OUT_OF_ORDER, lost_race, send, show_summary
from procedures.filing.views.signed_out import ask_login, keep_and_ask_login
from procedures.uploads.limits import QuotaUploadHandler


class FilingView(NamedUrlWizardView):
    """The steps of a procedure, then its summary; sends the request at the end."""

    storage_name = "procedures.filing.storage.DraftStorage"
    form_list = [("1", StepForm)]  # formtools wants one; get_form_list() says which there are
    template_name = "pages/filing/step.html"
    storage: DraftStorage
    too_many: TooMany | None = None
    """The limit of files that this post has met."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the procedure before anything else: an unknown one is not found."""
        super().setup(request, *args, **kwargs)
        self.procedure = find_procedure(kwargs["slug"])

    def get_prefix(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """A name for formtools; the fields themselves bear their question's id alone."""
        return "filing"

    # --- Reading -----------------------------------------------------------------------

    @cached_property
    def definition(self) -> Definition:
        """The draft's version, be there a newer one, in the language of the page."""
        draft = self.storage.draft
        version = draft.version if draft else current_version(self.procedure)
        return version.in_language(self.language)

    @cached_property
    def journey(self) -> Journey:
        """Where the resident stands; forgotten when an answer is saved."""
        return Journey(self.definition, self.storage.answers)

    def get_form_list(self) -> dict[str, type[StepForm]]:
        """The steps that are shown: what formtools asks for the next and the previous."""
        return dict.fromkeys((step.key for step in self.journey.path.steps), StepForm)

    def get_form(self, step: str | None = None, data: Any = None, files: Any = None) -> StepForm:
        """The form of a step, with what was typed, and silent about it."""
        step = step or self.steps.current
        questions = self.journey.questions(self.definition.step_by_key[step])
        offers = prefilling.offers_for(self, self.definition.step_by_key[step])
        typed = MultiValueDict(prefilling.fill(self.storage.typed(step), offers, self.storage.answers))
        waiting = waiting_files(self.storage.draft, questions)
        return StepForm(questions, typed or None, waiting=waiting, quiet=True)

    def get_step_url(self, step: str, **query: str) -> str:
        """The address of a step in the language of the page."""
        url = reverse(self.url_name, kwargs={"slug": self.procedure.slug, "step": step})
        return f"{url}?{urlencode(query)}" if query else url

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show a step or the summary; lead back whoever runs ahead."""
        try:
            held = find_held(request, self.procedure)
        except SignedOutError:
            return ask_login(request.get_full_path())
        if held.filed_key:
            return redirect(screens.receipt_url(self.procedure, held.filed_key))
        if held.is_gone:
            return screens.gone(request, self.procedure)
        self._open(held.draft)
        step = self._known(kwargs["step"])
        if not self.journey.may_open(step):
            return redirect(self.get_step_url(self.journey.first_unsettled, avis=OUT_OF_ORDER))
        self.storage.current_step = step
        if step == SUMMARY:
            return show_summary(self)
        return self.render(self.get_form(step))

    def _open(self, draft: Draft | None) -> None:
        if draft is None:
            current_version(self.procedure)  # a closed procedure is not found
        else:
            self.storage.open(draft)

    def _known(self, step: str) -> str:
        if step != SUMMARY and step not in self.definition.step_by_key:
            raise Http404
        return step

    # --- Writing -----------------------------------------------------------------------

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what was typed, then go where the resident asked to."""
        try:
            quota = read_post(request)
        except UnreadableError as problem:
            return screens.unreadable(request, self.procedure, self.get_step_url(kwargs["step"]), problem.status)
        try:
            held = find_held(request, self.procedure, keys.key_of(request.POST.get("draft", ""), keys.COOKIE))
        except SignedOutError as error:
            return keep_and_ask_login(self, error.draft, quota)
        if held.filed_key and is_autosave(request):
            return stopped(410, _("This request is sent: nothing more is saved."))
        if held.filed_key:
            return redirect(screens.receipt_url(self.procedure, held.filed_key))
        self._open(held.draft)
        key = self._known(kwargs["step"])
        if key == SUMMARY:
            return screens.gone(request, self.procedure) if held.draft is None else send(self)
        step = self.definition.step_by_key[key]
        if is_autosave(request):
            return autosave(self, step, held)
        if held.draft is None and (too_many := limits.reached("drafts", request, self.procedure)):
            reading = read_step(self.definition, step, take(request.POST, step.questions), Before({}, {}, {}), {})
            return self.render(reading.form, too_many=too_many, status=429)
        try:
            reading = keep(self, step, quota)
        except DraftGone:
            return lost_race(self, self.own_draft().key)
        except OvertakenError:
            return show_both(self, step)
        if held.is_gone:
            response = screens.gone(request, self.procedure, self.get_step_url(self.journey.first_unsettled))
            keys.set_cookie(response, self.procedure.pk, self.own_draft().key, request.is_secure())
            return response
        return self._go_on(step, reading, quota)

    def _go_on(self, step: Step, reading: Reading, quota: QuotaUploadHandler) -> HttpResponse:
        """Where the button that was pressed leads."""
        post, journey = self.request.POST, self.journey
        if "back" in post:
            return redirect(self.get_step_url(self.get_prev_step(step.key) or journey.keys[0]))
        if "later" in post:
            return redirect(reverse("filing:later", kwargs={"slug": self.procedure.slug}))
        if stays(self):
            query = {"retour": "1"} if "retour" in self.request.GET else {}
            return redirect(self.get_step_url(step.key, **query) + place_changed(self, step))
        if not journey.may_open(step.key):
            url = self.get_step_url(journey.first_unsettled, avis=OUT_OF_ORDER)
            return screens.unreadable(self.request, self.procedure, url, 413) if quota.refused else redirect(url)
        if not reading.is_valid:
            status = 413 if quota.refused else 200 if not reading.form.errors else 422
            status = 429 if self.too_many else status
            return self.render(reading.form, new_questions=reading.new_questions, status=status)
        if "retour" in self.request.GET and journey.is_complete:
            return redirect(self.get_step_url(SUMMARY))
        return redirect(self.get_step_url(journey.after(step.key)))

    @property
    def language(self) -> str:
        """Code of the active language."""
        return get_language() or settings.LANGUAGE_CODE

    def own_draft(self) -> Draft:
        """The draft that this view has open. Raises DraftGone: none."""
        if self.storage.draft is None:
            raise DraftGone
        return self.storage.draft

    # --- Showing -----------------------------------------------------------------------

    def render(self, form: StepForm | None = None, *, status: int = 200, **kwargs: Any) -> HttpResponse:
        """Show a step."""
        form = form or self.get_form()
        self.storage.current_step = self.kwargs["step"]
        context = screens.step_context(self, form, **kwargs)
        return self.shown(self.template_name, context, status)

    def shown(self, template: str, context: dict[str, Any], status: int) -> HttpResponse:
        """The page, for this browser alone."""
        response = TemplateResponse(self.request, template, context, status=status)
        if wait := context.get("wait_seconds"):
            response.headers["Retry-After"] = str(wait)
        patch_cache_control(response, private=True, no_cache=True)
        return response
