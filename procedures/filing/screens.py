"""What the pages of the wizard show: help beside the questions, progress, summary, bad news."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.pages import site
from directory.shared import departments
from procedures.definition.compiled import Definition, Step
from procedures.definition.models import Procedure
from procedures.definition.outcomes import fee_of, shown_fee
from procedures.definition.rows import label_in_row
from procedures.filing import guard, keys, layout, likely, prefilling, sessions, tabs, trying
from procedures.filing.attachments import waiting_files
from procedures.filing.carrying import newer_version, news_for
from procedures.filing.file_lists import shown_files
from procedures.filing.forms import StepForm, SummaryForm
from procedures.filing.layout import foreign
from procedures.filing.limits import TooMany
from procedures.filing.live import Live, live_part
from procedures.filing.models import Draft
from procedures.plugins import Question

if TYPE_CHECKING:
    from procedures.filing.views.wizard import FilingView


def step_url(procedure: Procedure, step: str) -> str:
    """The address of a step in the active language."""
    return reverse("filing:step", kwargs={"slug": procedure.slug, "step": step})


def receipt_url(procedure: Procedure, key: UUID) -> str:
    """The address of the receipt of the draft ``key``; not to be guessed."""
    token = keys.token(key, keys.RECEIPT)
    return reverse("filing:receipt", kwargs={"slug": procedure.slug, "token": token})


def crumbs(procedure: Procedure, title: str) -> list[tuple[str, str | None]]:
    """From the home page through the procedure's own page to here."""
    snapshot, language = site.current(), get_language() or settings.LANGUAGE_CODE
    page = snapshot.in_language(procedure.page_id, language)
    above = [*reversed([*snapshot.ancestors(page)]), page] if page else []
    return [*((ref.title, ref.url) for ref in above), (title, None)]


def beside(definition: Definition, department_id: int | None = None) -> dict[str, Any]:
    """Who helps, how to do without internet, and what becomes of the data.

    ``department_id`` is that of a request on its way elsewhere; None is the procedure's own.
    """
    rules = definition.rules
    department = departments(get_language() or settings.LANGUAGE_CODE).get(department_id or rules.department_id)
    return {
        "department": department,
        "department_state": department.state_shown() if department else None,
        "rules": rules,
        "langs": {name: foreign(lang) for name, lang in rules.langs.items()},
    }


def step_context(
    view: FilingView, form: StepForm, new_questions: Iterable[Question] = (), too_many: TooMany | None = None
) -> dict[str, Any]:
    """Context of ``pages/filing/step.html``."""
    journey, draft = view.journey, view.storage.draft
    step = view.definition.step_by_key[view.kwargs["step"]]
    live = live_part(step, journey.path, view.storage.answers)
    dormant = live and live.dormant and _form_of_hidden(view, step, live)
    forms = [form, dormant] if dormant else [form]
    for one in forms:
        prefilling.dress(one, prefilling.offers_for(view, step))
    files = shown_files(draft, view.procedure.slug, forms)
    shown = layout.Shown(form, dormant or None, journey.path, live, files)
    return {
        **frame(view, step.title),
        **beside(view.definition),
        "form": form,
        "sections": layout.sections(step, shown),
        "live": live and live.config,
        "step": step,
        "step_lang": foreign(step.lang),
        "intro_lang": foreign(step.intro_lang),
        "number": journey.keys.index(step.key) + 1 if step.key in journey.keys else 1,
        "is_first": not view.get_prev_step(step.key),
        "has_files": any(question.field_type.takes_files for one in forms for question in one.questions),
        "uploads_url": reverse("filing:uploads", kwargs={"slug": view.procedure.slug}),
        "is_out_of_order": "avis" in view.request.GET and view.request.method == "GET",
        "is_without_draft": draft is None,
        "is_link_ignored": prefilling.is_link_ignored(view),
        "new_questions": list(new_questions),
        "mark": tabs.new_mark(view.storage.data, step.key),
        "obstacle": too_many,
        "wait_seconds": too_many.wait_seconds if too_many else 0,
    }


def _form_of_hidden(view: FilingView, step: Step, live: Live) -> StepForm:
    """The questions that the browser may bring up, with what was typed in them before they were hidden."""
    offers = prefilling.offers_for(view, step)
    typed = MultiValueDict(prefilling.fill(view.storage.typed(step.key), offers, view.storage.answers))
    return StepForm(live.dormant, typed or None, waiting=waiting_files(view.storage.draft, live.dormant), quiet=True)


def summary_context(view: FilingView, form: SummaryForm, obstacle: guard.Obstacle | None = None) -> dict[str, Any]:
    """Context of ``pages/filing/summary.html``."""
    journey = view.journey
    draft = view.storage.draft
    return {
        **frame(view, _("Check your answers")),
        **beside(view.definition),
        "form": form,
        "number": len(journey.keys),
        "sections": [_section(view, step) for step in journey.path.steps],
        "fee": shown_fee(
            (line.label, line.amount_cents, foreign(line.lang))
            for line in fee_of(view.definition, journey.path.answers).lines
        ),
        "draft_token": keys.token(draft.key, keys.COOKIE) if draft else "",
        "previous_url": view.get_step_url(journey.keys[-2]) if len(journey.keys) > 1 else "",
        "likely": likely.likely_of(view),
        "obstacle": obstacle,
        "wait_seconds": obstacle.wait_seconds if obstacle else 0,
        "asked": guard.ask(view.request, view.procedure, draft, obstacle),
    }


def newer_url(procedure: Procedure, draft: Draft | None) -> str:
    """Where a resident reads what a newer version changes for them; empty where nothing does."""
    version = newer_version(procedure, draft)
    if draft is None or version is None or not news_for(draft, version, get_language() or settings.LANGUAGE_CODE):
        return ""
    return reverse("filing:newer", kwargs={"slug": procedure.slug})


def frame(view: FilingView, title: str) -> dict[str, Any]:
    """What all pages of the wizard show around their own content."""
    draft, total = view.storage.draft, len(view.journey.keys)
    is_entered = draft is not None and draft.entered_by_id is not None
    return {
        "procedure": view.procedure,
        "title": title,
        "definition": view.definition,
        "definition_lang": foreign(view.definition.lang),
        "crumbs": crumbs(view.procedure, title),
        "total": total,
        "numbers": range(1, total + 1),
        "saved_at": draft.saved_at if draft else None,
        "kept_until": draft.expires_at if draft else None,
        "newer_url": newer_url(view.procedure, draft),
        "entered": draft if is_entered else None,
        "session_ends": sessions.ends_soon(view.request) if is_entered else None,
        **trying.banner(view.procedure),
    }


def _section(view: FilingView, step: Step) -> dict[str, Any]:
    """The answers of one step, each with the way back to its question."""
    answers, url = view.journey.path.answers, view.get_step_url(step.key, retour="1")
    rows = [
        {
            "question": label_in_row(question),
            "answer": question.field_type.display(answers.get(question.id), question),
            "change_url": f"{url}#id_{question.id}" if question.field_type.asks else "",
            "lang": foreign(question.lang),
        }
        for question in view.journey.questions(step)
        if question.field_type.asks or question.id in answers
    ]
    return {"title": step.title, "lang": foreign(step.lang), "rows": rows, "url": url}


def gone(request: HttpRequest, procedure: Procedure, resume_url: str = "") -> HttpResponse:
    """The draft's time is over; ``resume_url`` leads to what was typed meanwhile."""
    title = _("Your draft is no longer here")
    context = {
        "procedure": procedure,
        "title": title,
        "crumbs": crumbs(procedure, title),
        "draft_days": settings.DRAFT_DAYS,
        "resume_url": resume_url,
        "start_url": f"{reverse('filing:start', kwargs={'slug': procedure.slug})}?nouvelle=1",
    }
    response = render(request, "pages/filing/gone.html", context, status=410)
    patch_cache_control(response, private=True, no_store=True)
    return response


def unreadable(request: HttpRequest, procedure: Procedure, back_url: str, status: int) -> HttpResponse:
    """What was sent is too large to be read (413) or was not understood (400)."""
    title = _("This is too much to send at once") if status == 413 else _("We could not read what was sent")
    context = {
        "procedure": procedure,
        "title": title,
        "crumbs": crumbs(procedure, title),
        "is_too_large": status == 413,
        "file_bytes": settings.UPLOAD_MAX_FILE_BYTES,
        "back_url": back_url,
    }
    response = render(request, "pages/filing/unreadable.html", context, status=status)
    response["Connection"] = "close"
    return response
