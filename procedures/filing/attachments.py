"""The files of a draft: received one by one, whatever else is wrong in the post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from procedures.filing.models import Draft, DraftUpload
from procedures.plugins import Question
from procedures.uploads.keeping import forget, keep, too_large
from procedures.uploads.limits import RefusedUpload

FOLDER = "drafts"
FILES_PER_DRAFT = 20


def waiting_files(draft: Draft | None, questions: Iterable[Question]) -> dict[str, list[DraftUpload]]:
    """The files of ``draft`` by question; no query where no question takes files."""
    wanted = [question.id for question in questions if question.field_type.takes_files]
    if draft is None or not wanted:
        return {}
    files: dict[str, list[DraftUpload]] = defaultdict(list)
    for upload in draft.uploads.filter(question_id__in=wanted):
        files[upload.question_id].append(upload)
    return dict(files)


def receive_files(
    draft: Draft,
    questions: Iterable[Question],
    sent: MultiValueDict[str, UploadedFile],
    left_out: Iterable[RefusedUpload] = (),
) -> dict[str, list[str]]:
    """Keep the files sent for ``questions``.

    Returns:
        What is wrong, by question: files too large, empty, of a wrong kind, too many.
    """
    refused: dict[str, list[str]] = defaultdict(list)
    for upload in left_out:
        refused[upload.field].append(too_large(upload.name))
    for question in questions:
        if question.field_type.takes_files:
            for file in sent.getlist(question.id):
                try:
                    _receive(draft, question, file)
                except ValidationError as error:
                    refused[question.id] += error.messages
    return dict(refused)


def _receive(draft: Draft, question: Question, file: UploadedFile) -> None:
    if draft.uploads.count() >= FILES_PER_DRAFT:
        raise ValidationError(
            _("“%(name)s” was not kept: a request may have %(limit)s files at most.")
            % {"name": file.name, "limit": FILES_PER_DRAFT}
        )
    kept = keep(file, FOLDER)
    DraftUpload.objects.create(
        draft=draft,
        question_id=question.id,
        storage_name=kept.storage_name,
        original_name=kept.original_name,
        media_type=kept.media_type,
        size_bytes=kept.size_bytes,
        sha256=kept.sha256,
    )


@transaction.atomic
def remove_file(draft: Draft, upload_id: str) -> None:
    """Take one file out of ``draft``; another draft's file, or none, is left alone."""
    if not upload_id.isdecimal() or len(upload_id) > 18:
        return
    upload = draft.uploads.filter(pk=int(upload_id)).first()
    if upload is not None:
        upload.delete()
        transaction.on_commit(lambda: forget(upload.storage_name))
