"""From ticked lines to a bulk action: what to say, what would come of it, and only then the start."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from cms.accounts.models import User
from procedures.inbox import tracking_number
from procedures.inbox.desk.filters import FilterForm
from procedures.inbox.desk.showing import shown_by
from procedures.inbox.jobs import services, tasks
from procedures.inbox.jobs.actions import BULK_ACTIONS, BulkAction, BulkForm, WordsForm
from procedures.inbox.jobs.models import Job
from procedures.inbox.jobs.screens import AboutOneJob, filters_in_words, may_act
from procedures.inbox.models import ServiceRequest
from procedures.inbox.services.bulk import MOST_REQUESTS


@may_act
class PrepareView(View):
    """Freezes which requests it is about: those ticked, or all that match the filters."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Somebody came back to the address of a form."""
        return redirect("inbox:list")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the choice, and go on to what is to be said."""
        action, user = BULK_ACTIONS.get(request.POST.get("action", "")), cast("User", request.user)
        if action is None:
            raise Http404
        takes_all = request.POST.get("which") == "all"
        query = request.POST.get("filters", "") if takes_all else ""
        pks = self._matching(query, user) if takes_all else self._ticked()
        nothing = (
            _("No request is spelled as the filters say.") if takes_all else _("Tick at least one line of the list.")
        )
        problem = (
            nothing
            if not pks
            else _("More than %(most)s requests match: narrow the filters.") % {"most": MOST_REQUESTS}
            if len(pks) > MOST_REQUESTS
            else ""
        )
        if problem:
            messages.error(request, problem)
            form = FilterForm(QueryDict(request.POST.get("filters", "")), user=user)
            return redirect(f"{reverse('inbox:list')}?{urlencode(form.chosen)}")
        job = services.prepare(user, action.slug, pks, query=query)
        return redirect("inbox_jobs:bulk", job.key)

    def _ticked(self) -> list[int]:
        ticked = [int(pk) for pk in self.request.POST.getlist("pk") if pk.isascii() and pk.isdigit() and len(pk) < 18]
        visible = ServiceRequest.objects.visible_to(self.request.user).filter(pk__in=ticked[: MOST_REQUESTS + 1])
        return list(visible.order_by().values_list("pk", flat=True))

    def _matching(self, query: str, user: User) -> list[int]:
        found, _comes_close = shown_by(FilterForm(QueryDict(query), user=user))
        return list(found.order_by("pk").values_list("pk", flat=True)[: MOST_REQUESTS + 1])


class Prepared(AboutOneJob):
    """A bulk action that its owner has not started."""

    template_name = "inbox/jobs/bulk.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it. Raises Http404: it is somebody else's, or no bulk action."""
        super().setup(request, *args, **kwargs)
        if self.about.owner_id != request.user.pk or self.about.action not in BULK_ACTIONS:
            raise Http404

    @property
    def action(self) -> BulkAction:
        """What is to be done."""
        return BULK_ACTIONS[self.about.action]

    @property
    def is_started(self) -> bool:
        """Whether nothing can be changed any more."""
        return self.about.state != Job.State.PREPARED

    def show(self, form: BulkForm) -> HttpResponse:
        """The form, and below it what would come of it."""
        context = self.get_context_data(
            job=self.about,
            action=self.action,
            form=form,
            filters=filters_in_words(self.about.query, self.user),
            preview=self._preview() if (form.is_bound and not form.errors) or not form.fields else None,
        )
        return self.render_to_response(context, status=422 if form.errors else 200)

    def _preview(self) -> dict[str, Any]:
        preview = dict(self.about.preview)
        preview["is_partial"] = preview.get("tried", 0) < self.about.total
        pks = [pk for refusal in preview.get("refusals", ()) for pk in refusal["pks"]]
        rows = ServiceRequest.objects.visible_to(self.user).filter(pk__in=pks)
        numbers = {pk: tracking_number.shown(number) for pk, number in rows.values_list("pk", "tracking_number")}
        preview["refusals"] = [
            refusal | {"requests": [(pk, numbers[pk]) for pk in refusal["pks"] if pk in numbers]}
            for refusal in preview.get("refusals", ())
        ]
        return preview


@may_act
class BulkView(Prepared):
    """What to say to all of them, and what would come of it."""

    def get(self, request: HttpRequest, job: Any) -> HttpResponse:
        """Show the form; an action that asks nothing shows at once what would come of it."""
        if self.is_started:
            return redirect("inbox_jobs:job", self.about.key)
        form = self.action.form(self.about.parameters or None, departments=self.about.department_ids)
        if not form.fields and not self.about.preview:
            services.foretell(self.about, self.user, {}, {})
        return self.show(form)

    def post(self, request: HttpRequest, job: Any) -> HttpResponse:
        """Try it on every request, in memory, and show what would come of it."""
        if self.is_started:
            return redirect("inbox_jobs:job", self.about.key)
        if "use" in request.POST:
            return self._start_from(request)
        form = self.action.form(request.POST, departments=self.about.department_ids)
        if not form.is_valid():
            return self.show(form)
        typed = {name: request.POST.get(name, "") for name in form.fields}
        services.foretell(self.about, self.user, typed, form.cleaned_data)
        return redirect(f"{reverse('inbox_jobs:bulk', args=[self.about.key])}#preview")

    def _start_from(self, request: HttpRequest) -> HttpResponse:
        """Put the words of a reply template into the form, and keep what else was typed."""
        form = self.action.form(departments=self.about.department_ids)
        form.initial = {name: request.POST.get(name, "") for name in form.fields}
        chosen = request.POST.get("reply", "")
        if isinstance(form, WordsForm) and chosen.isascii() and chosen.isdigit():
            template = form.templates.filter(pk=int(chosen[:18])).first()
            if template is not None:
                form.initial[form.words_name] = template.text
        return self.show(form)


@may_act
class StartView(Prepared):
    """Starts what was foretold."""

    def get(self, request: HttpRequest, job: Any) -> HttpResponse:
        """Somebody came back to the address of a form."""
        return redirect("inbox_jobs:job", self.about.key)

    def post(self, request: HttpRequest, job: Any) -> HttpResponse:
        """Put it in the queue, once."""
        if services.start(self.about, seen=request.POST.get("seen", "")):
            tasks.hurry(self.about.pk)
        elif Job.objects.filter(pk=self.about.pk, state=Job.State.PREPARED).exists():
            messages.warning(request, _("Something else was filled in meanwhile, in another window. Look at it again."))
            return redirect(f"{reverse('inbox_jobs:bulk', args=[self.about.key])}#preview")
        return redirect("inbox_jobs:job", self.about.key)
