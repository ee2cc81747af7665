"""The wizard on a trial: the same steps, clearly marked; at the end what would happen, and nothing happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from procedures.definition.landing import silence_words
from procedures.definition.models import Procedure, ProcedurePage, Trial
from procedures.definition.replaying import agent_words, department_words, outcome_of
from procedures.definition.scenario_services import keep_scenario
from procedures.inbox import clock
from procedures.inbox.closings import working_days_of
from procedures.inbox.models import AnnouncedUnit
from procedures.inbox.querysets import city_today
from procedures.plugins import Kept

if TYPE_CHECKING:
    from procedures.filing.views.wizard import FilingView

NAME = "scenario"
"""The field of a scenario's name."""
LONGEST = 120


def banner(procedure: Procedure) -> dict[str, Any]:
    """What the mark on each page of a trial leads to; nothing for what is real."""
    trial = procedure.trial
    if trial is None:
        return {}
    links = []
    for code in trial.content["languages"]:
        with translation.override(code):
            url = reverse("filing:start", kwargs={"slug": procedure.slug})
            links.append({"code": code, "name": get_language_info(code)["name_local"], "url": url})
    return {
        "trial_links": links,
        "trial_editor_url": reverse("wagtailadmin_pages:edit", args=[trial.page_id]),
        "trial_phone_url": reverse("trial_phone", args=[trial.key]),
    }


def verdict(view: FilingView) -> dict[str, Any]:
    """What filing would lead to: who answers, what is to be paid, by when."""
    rules, outcome = view.definition.rules, outcome_of(view.definition, view.journey.path.answers)
    today, convention = city_today(), clock.Convention(settings.DELAY_CONVENTION)
    is_worked = outcome.announced_delay_unit == AnnouncedUnit.WORKING_DAYS
    working = working_days_of(outcome.department_id, today) if is_worked else None
    rule = clock.Rule(clock.SilenceEffect(rules.silence_effect), rules.delay, clock.Unit(rules.delay_unit), convention)
    return {
        "verdict": {
            "department": department_words(outcome.department_id),
            "agent": agent_words(outcome.agent_id) if outcome.agent_id else "",
            "announced_on": clock.announced_on(today, outcome.announced_delay_days, today=today, working=working),
            "due_on": clock.due_on(rule, today, today=today),
            "silence": silence_words(rules.silence_effect, rules.delay, rules.delay_unit),
        },
        "name_field": NAME,
        "longest": LONGEST,
        "is_complete": view.journey.is_complete,
    }


def keep(view: FilingView, trial: Trial) -> HttpResponse:
    """Keep the answers as a scenario, under the name that was typed; without one, show the end again.

    Raises:
        PermissionDenied: the author no longer writes this procedure.
    """
    page: ProcedurePage = trial.page
    if not page.permissions_for_user(trial.author).can_edit():
        raise PermissionDenied
    name = " ".join(view.request.POST.get(NAME, "").replace("\0", "").split())[:LONGEST]
    if not view.journey.is_complete or not name:
        return redirect(view.get_step_url(view.journey.first_unsettled))
    definition = view.own_draft().version.in_language(settings.LANGUAGE_CODE)
    keep_scenario(page.translation_key, name, answers_of(view), definition, trial.author)
    return redirect("procedure_scenarios", page.pk)


def answers_of(view: FilingView) -> dict[str, Kept]:
    """What somebody answered to the questions that are shown; nothing that was computed from it."""
    path = view.journey.path
    return {
        question.id: path.answers[question.id]
        for step in path.steps
        for question in view.journey.asked(step)
        if question.id in path.answers
    }


def title_of(trial: Trial) -> str:
    """The words for a page about a trial."""
    return _("Trial: %(title)s") % {"title": trial.stand_in().title}
