"""The files of a draft: received one by one, whatever else is wrong in the post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.filing.models import Draft, DraftUpload, PartialUpload
from procedures.plugins import Question
from procedures.uploads.keeping import KeptFile, forget, infected, keep, tidy_name, too_large
from procedures.uploads.limits import RefusedUpload
from procedures.uploads.media_types import ACCEPTED, MediaType

U = TypeVar("U", DraftUpload, PartialUpload)
FOLDER = "drafts"
FILES_PER_DRAFT = 20
INFECTED = "infected"
"""In a draft's data: {question id: [names of files deleted for their virus]}, until one is sent instead."""
REMOVE, VIRUS = "remove-", "virus-"
"""What the name of a button begins with that removes a file, and one that takes note of a virus."""


@dataclass(frozen=True)
class Limits:
    """What one question takes."""

    kinds: tuple[MediaType, ...] = ACCEPTED
    most: int = FILES_PER_DRAFT
    file_bytes: int | None = None

    @classmethod
    def of(cls, question: Question) -> Limits:
        """Read the limits off the question's form field, where it sets any (see ``fields.file``)."""
        field = question.field_type.form_field(question)
        megabytes = getattr(field, "megabytes", None)
        return cls(
            kinds=tuple(getattr(field, "kinds", ACCEPTED)),
            most=getattr(field, "most", FILES_PER_DRAFT),
            file_bytes=megabytes * 1024 * 1024 if megabytes else None,
        )

    def check_size(self, name: str, size_bytes: int) -> None:
        """Refuse a file past the question's own limit.

        Raises:
            ValidationError: with its message.
        """
        if self.file_bytes is not None and size_bytes > self.file_bytes:
            limit = {"name": tidy_name(name), "limit": filesizeformat(self.file_bytes)}
            raise ValidationError(_("“%(name)s” is too large: a file may have %(limit)s at most.") % limit)


def check_room(name: str, in_draft: int, in_question: int = 0, limits: Limits | None = None) -> None:
    """Refuse one more file beside those there are.

    Raises:
        ValidationError: with its message.
    """
    if in_draft >= FILES_PER_DRAFT:
        raise ValidationError(
            _("“%(name)s” was not kept: a request may have %(limit)s files at most.")
            % {"name": tidy_name(name), "limit": FILES_PER_DRAFT}
        )
    if limits is not None and in_question >= limits.most:
        raise ValidationError(
            ngettext(
                "“%(name)s” was not kept: this question takes %(limit)s file. Remove the other one first.",
                "“%(name)s” was not kept: this question takes %(limit)s files at most. Remove one first.",
                limits.most,
            )
            % {"name": tidy_name(name), "limit": limits.most}
        )


def waiting_files(draft: Draft | None, questions: Iterable[Question]) -> dict[str, list[DraftUpload]]:
    """The files of ``draft`` by question; no query where no question takes files."""
    return _by_question(draft.uploads.all(), questions) if draft else {}


def interrupted_files(draft: Draft | None, questions: Iterable[Question]) -> dict[str, list[PartialUpload]]:
    """The files of which only a part has come, by question; no query where no question takes files."""
    return _by_question(draft.partial_uploads.all(), questions) if draft else {}


def _by_question(files: QuerySet[U], questions: Iterable[Question]) -> dict[str, list[U]]:
    wanted = [question.id for question in questions if question.field_type.takes_files]
    found: dict[str, list[U]] = defaultdict(list)
    for upload in files.filter(question_id__in=wanted) if wanted else ():
        found[upload.question_id].append(upload)
    return dict(found)


def infected_files(draft: Draft | None, question_id: str) -> list[str]:
    """Names of the files of a question that were deleted for their virus, as long as this must be told."""
    return draft.data.get(INFECTED, {}).get(question_id, []) if draft else []


def _note_virus(draft: Draft, question_id: str) -> bool:
    """Tell it no more; whoever called saves the draft's data."""
    return draft.data.get(INFECTED, {}).pop(question_id, None) is not None


def receive_files(
    draft: Draft,
    questions: Iterable[Question],
    sent: MultiValueDict[str, UploadedFile],
    left_out: Iterable[RefusedUpload] = (),
) -> dict[str, list[str]]:
    """Keep the files sent for ``questions``.

    Returns:
        What is wrong, by question: files too large, empty, of a wrong kind, infected, too many.
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
            refused[question.id] += [infected(name) for name in infected_files(draft, question.id)]
    return {question_id: messages for question_id, messages in refused.items() if messages}


def _receive(draft: Draft, question: Question, file: UploadedFile) -> None:
    check_room(file.name or "", draft.uploads.count())
    limits = Limits.of(question)
    limits.check_size(file.name or "", file.size or 0)
    add_file(draft, question.id, keep(file, FOLDER, limits.kinds))
    _note_virus(draft, question.id)


def add_file(draft: Draft, question_id: str, kept: KeptFile, **more: UUID) -> DraftUpload:
    """Write down a file that is in the private storage; ``more`` may give its key."""
    return DraftUpload.objects.create(
        draft=draft,
        question_id=question_id,
        storage_name=kept.storage_name,
        original_name=kept.original_name,
        media_type=kept.media_type,
        size_bytes=kept.size_bytes,
        sha256=kept.sha256,
        scan=kept.scan,
        **more,
    )


@transaction.atomic
def remove_file(draft: Draft, upload_id: str) -> None:
    """Take one file out of ``draft``; another draft's file, or none, is left alone.

    Args:
        upload_id: primary key of a file, or key of a file whole or partial, or VIRUS and a question's id.
    """
    if upload_id.startswith(VIRUS):
        _note_virus(draft, upload_id.removeprefix(VIRUS))
        return
    found: DraftUpload | PartialUpload | None = None
    if upload_id.isdecimal() and len(upload_id) <= 18:
        found = draft.uploads.filter(pk=int(upload_id)).first()
    elif (key := _uuid(upload_id)) is not None:
        found = draft.uploads.filter(key=key).first() or draft.partial_uploads.filter(key=key).first()
    if found is None:
        return
    found.delete()
    names = [found.storage_name] if isinstance(found, DraftUpload) else found.pieces
    for name in names:
        transaction.on_commit(partial(forget, name))


def unsettle(draft: Draft, question_id: str) -> None:
    """Have the step of a question gone through again, for its files are no longer those it was answered with.

    ``draft`` was read under its lock, in the transaction that runs.
    """
    was_answered = draft.data.get("answers", {}).pop(question_id, None) is not None
    if _note_virus(draft, question_id) or was_answered:
        Draft.objects.filter(pk=draft.pk).update(data=draft.data, revision=F("revision") + 1)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
