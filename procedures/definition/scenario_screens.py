"""Scenarios in the admin: replayed on the saved draft, accepted or dropped by a button."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.accounts.models import User
from procedures.definition.about import AboutOnePage
from procedures.definition.drafts import compile_draft, source_of
from procedures.definition.models import ProcedurePage, Scenario
from procedures.definition.outcomes import in_euros
from procedures.definition.reading import decode
from procedures.definition.replaying import Result, agent_words, department_words
from procedures.definition.scenario_services import accept_outcome, results_for


class ScenariosView(AboutOnePage):
    """Each scenario with what it expects, and what differs on the draft as it was last saved."""

    template_name = "definition/scenarios.html"
    header_icon = "check"

    def get_page_title(self) -> str:
        """The name of the screen."""
        return _("Scenarios")

    def get_page_subtitle(self) -> str:
        """Of which procedure."""
        return str(self.page.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``results``, or ``problems`` where the draft cannot be filled in at all."""
        problems: list[str] = []
        results: list[Result] = []
        try:
            results = results_for(self.page.translation_key, compile_draft(source_of(self.page)))
        except ValidationError as error:
            problems = error.messages
        return super().get_context_data(
            page=self.page,
            problems=problems,
            scenarios=[_shown(result) for result in results],
            try_url=reverse("try_procedure", args=[self.page.pk]),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Accept what comes out now, or drop the scenario."""
        scenario = get_object_or_404(
            Scenario.objects.of(self.page.translation_key), pk=_number(request.POST.get("scenario", ""))
        )
        if "delete" in request.POST:
            scenario.delete()
            messages.success(request, _("The scenario “%(name)s” is gone.") % {"name": scenario.name})
            return redirect(request.path)
        try:
            content = compile_draft(source_of(self.page))
        except ValidationError:
            return redirect(request.path)
        accept_outcome(scenario, decode(content, settings.LANGUAGE_CODE), cast("User", request.user))
        messages.success(request, _("“%(name)s” expects the new result from now on.") % {"name": scenario.name})
        return redirect(request.path)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _shown(result: Result) -> dict[str, Any]:
    expected = result.scenario.expected
    return {
        "scenario": result.scenario,
        "differences": result.differences,
        "department": department_words(expected["department_id"]),
        "agent": agent_words(expected["agent_id"]) if expected["agent_id"] else "",
        "fee": in_euros(expected["fee_cents"]),
        "questions": list(expected["questions"].values()),
    }


def stop_if_scenarios_fail(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Before a publication in the editor: save what was written, and say what differs.

    The publication itself is held to the scenarios as well, in its own transaction.
    """
    if not isinstance(page, ProcedurePage) or not Scenario.objects.of(page.translation_key).exists():
        return None
    try:
        source = page if page.is_source else source_of(page)
        results = results_for(page.translation_key, compile_draft(source))
    except ValidationError:
        return None  # told beside the fields, or by the publication
    failing = [result.scenario.name for result in results if result.differences]
    if not failing:
        return None
    page.save_revision(user=request.user, log_action=True)
    names = ", ".join(f"“{name}”" for name in failing)
    text = _("Saved, but not published: %(names)s would no longer come out as expected.") % {"names": names}
    messages.error(request, text)
    return redirect("procedure_scenarios", page.pk)
