"""The list below a question that takes files: those that are here, those cut on their way, those refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from procedures.filing.attachments import REMOVE, VIRUS, infected_files, interrupted_files
from procedures.filing.forms import StepForm
from procedures.filing.models import Draft, DraftUpload, PartialUpload
from procedures.plugins import Question
from procedures.uploads.keeping import infected


def shown_files(draft: Draft | None, slug: str, forms: Sequence[StepForm]) -> dict[str, list[dict[str, Any]]]:
    """What ``components/file_list.html`` shows below each question of a step of the procedure ``slug``."""
    if draft is None:
        return {}
    interrupted = interrupted_files(draft, [question for form in forms for question in form.questions])
    return {
        question.id: [
            *(_file(slug, upload, question) for upload in form.waiting.get(question.id, ())),
            *(_file(slug, upload, question) | {"problem": _cut(upload)} for upload in interrupted.get(question.id, ())),
            *(_infected(question, name) for name in infected_files(draft, question.id)),
        ]
        for form in forms
        for question in form.questions
        if question.field_type.takes_files
    }


def _infected(question: Question, name: str) -> dict[str, Any]:
    remove = f"{REMOVE}{VIRUS}{question.id}"
    return {"name": name, "size": None, "problem": infected(name), "remove_name": remove, "question_id": question.id}


def _file(slug: str, upload: DraftUpload | PartialUpload, question: Question) -> dict[str, Any]:
    return {
        "name": upload.original_name,
        "size": upload.size_bytes,
        "remove_name": f"{REMOVE}{upload.key}",
        "question_id": question.id,
        "upload_url": reverse("filing:upload", kwargs={"slug": slug, "key": upload.key}),
    }


def _cut(upload: PartialUpload) -> str:
    percent = upload.received_bytes * 100 // upload.size_bytes
    return _("Cut on its way, at %(percent)s %%: choose the same file again, it goes on from there.") % {
        "percent": percent
    }
