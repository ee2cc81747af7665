"""Tell, as JSON, what the rows ask for: ``python -m tests.bench.addresses``."""

from __future__ import annotations

import json
import os
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
django.setup()

from agenda.models import EventIndexPage
from cms.pages.models import GuidePage
from cms.pages.site import current
from procedures.definition.compiled import Step
from procedures.definition.models import Procedure


def address(model: type, language: str = "fr") -> str:
    """Find the longest page of a type: rows should not flatter."""
    pages = [
        ref for ref in current().pages.values() if ref.model == model._meta.label_lower and ref.language == language
    ]
    bodies = {page.pk: len(page.body.raw_data) for page in model.objects.live()} if hasattr(model, "body") else {}
    return max(pages, key=lambda ref: bodies.get(ref.id, 0)).url


def typed(step: Step) -> dict[str, str]:
    """Answer each question of a step with the first example of its type, or its first choice."""
    answers = {}
    for question in step.questions:
        answers[question.id] = question.choices[0].id if question.choices else question.field_type.examples[0][0]
    return answers


def textual_step() -> tuple[str, Step]:
    """Find the longest first step that asks for no file and is always shown."""
    steps = []
    for procedure in Procedure.objects.exclude(current=None).select_related("current"):
        step = procedure.current.in_language("fr").steps[0]
        if not any(question.field_type.takes_files for question in step.questions):
            steps.append((len(step.questions), procedure.slug, step))
    _, slug, step = max(steps, key=lambda found: found[:2])
    return slug, step


def main() -> None:
    """Print the addresses, and the body of the form's POST."""
    slug, step = textual_step()
    found = {
        "guide": address(GuidePage),
        "agenda": address(EventIndexPage),
        "search": "/recherche/?q=naissance",
        "step": f"/remplir/{slug}/{step.key}/",
        "step_body": urlencode(typed(step)),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
