"""Files that come piece by piece: begun, continued where they stopped, finished once.

Each piece is a file of its own until the last has come; a row counts the bytes. A piece counts
when the row says so, in one conditional UPDATE: of two that claim the same place one wins, and
a crash between file and row leaves the place where it was. The last piece makes the file of
the draft and ends the row in one transaction.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from secrets import token_hex
from tempfile import SpooledTemporaryFile
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.filing.attachments import FOLDER, Limits, add_file, check_room, remove_file, unsettle
from procedures.filing.models import Draft, DraftUpload, PartialUpload
from procedures.filing.storage import DraftGone
from procedures.plugins import Question
from procedures.uploads.keeping import KeptFile, forget, keep, tidy_name, too_large
from procedures.uploads.media_types import labels

PIECES = f"{FOLDER}/pieces"
IN_MEMORY = 1024 * 1024


class WrongPlace(Exception):
    """The piece does not begin where the file stops: another tab, or a repeated message, was faster."""


@dataclass(frozen=True)
class Announced:
    """What the browser tells of a file before it sends it."""

    name: str
    size_bytes: int
    fingerprint: str
    """Anything else that the same file has again, such as its date."""


def begin(draft: Draft, question: Question, announced: Announced) -> PartialUpload:
    """Make room for a file that ``check`` let through; one that was begun before goes on.

    Raises:
        ValidationError: too many files.
        DraftGone: the draft was sent or deleted meanwhile.
    """
    told = f"{announced.name}/{announced.size_bytes}/{announced.fingerprint}"
    digest = hashlib.sha256(told.encode()).hexdigest()
    with transaction.atomic():
        locked = _locked(draft)
        begun = locked.partial_uploads.filter(question_id=question.id, fingerprint=digest).first()
        if begun is not None:
            return begun
        limits = Limits.of(question)
        of_questions = Counter(locked.uploads.values_list("question_id", flat=True))
        on_the_way = Counter(locked.partial_uploads.values_list("question_id", flat=True))
        check_room(announced.name, (of_questions + on_the_way).total(), of_questions[question.id], limits)
        return PartialUpload.objects.create(
            draft=draft,
            question_id=question.id,
            fingerprint=digest,
            original_name=tidy_name(announced.name),
            size_bytes=announced.size_bytes,
        )


def check(announced: Announced, question: Question) -> None:
    """Refuse a file by what is known before any of it has come.

    Raises:
        ValidationError: empty, too large, named as a kind that is not accepted.
    """
    name, limits = tidy_name(announced.name), Limits.of(question)
    if not announced.size_bytes:
        raise ValidationError(_("“%(name)s” is empty: choose the file again.") % {"name": name})
    if announced.size_bytes > settings.UPLOAD_MAX_FILE_BYTES:
        raise ValidationError(too_large(name))
    limits.check_size(name, announced.size_bytes)
    if not any(PurePosixPath(name).suffix.lower() in kind.extensions for kind in limits.kinds):
        kinds = {"name": name, "kinds": labels(limits.kinds)}
        raise ValidationError(_("“%(name)s” is not a file we can read. We accept: %(kinds)s.") % kinds)


def add_piece(upload: PartialUpload, place: int, data: bytes, question: Question) -> int:
    """Keep a piece that begins at byte ``place``; the last one makes the file of the draft.

    Returns:
        How many bytes have come.

    Raises:
        WrongPlace: the file does not stop there.
        ValidationError: it was the last piece, and the file is refused; nothing is left of it.
        DraftGone: the draft was sent or deleted meanwhile.
    """
    came = place + len(data)
    if place != upload.received_bytes or came > upload.size_bytes:
        raise WrongPlace
    if came == upload.size_bytes:
        _finish(upload, data, question)
    elif data:
        _keep_piece(upload, data, came)
    return came


def _keep_piece(upload: PartialUpload, data: bytes, came: int) -> None:
    name = storages["private"].save(f"{PIECES}/{upload.key.hex}-{came:012d}-{token_hex(6)}", ContentFile(data))
    won = PartialUpload.objects.filter(pk=upload.pk, received_bytes=upload.received_bytes).update(
        received_bytes=came, pieces=[*upload.pieces, name], touched_at=timezone.now()
    )
    if not won:
        forget(name)
        raise WrongPlace


def _finish(upload: PartialUpload, last: bytes, question: Question) -> None:
    limits = Limits.of(question)
    with SpooledTemporaryFile(IN_MEMORY) as whole:
        _gather(upload.pieces, last, whole)
        file = UploadedFile(file=whole, name=upload.original_name, size=upload.size_bytes)
        try:
            kept = keep(file, FOLDER, limits.kinds)
        except ValidationError:
            drop(upload)
            raise
    try:
        _settle(upload, kept, question, limits)
    except (WrongPlace, DraftGone):
        forget(kept.storage_name)
        raise
    except ValidationError:
        forget(kept.storage_name)
        drop(upload)
        raise
    _forget_all(upload.pieces)


@transaction.atomic
def _settle(upload: PartialUpload, kept: KeptFile, question: Question, limits: Limits) -> DraftUpload:
    """In place of the row of pieces, the row of the file: both or neither."""
    draft = _locked(upload.draft)
    if not PartialUpload.objects.filter(pk=upload.pk, received_bytes=upload.received_bytes).delete()[0]:
        raise WrongPlace
    there = Counter(draft.uploads.values_list("question_id", flat=True))
    check_room(upload.original_name, there.total(), there[question.id], limits)
    unsettle(draft, question.id)
    return add_file(draft, question.id, kept, key=upload.key)


def drop(upload: PartialUpload) -> None:
    """Forget a file on its way: refused, or given up."""
    PartialUpload.objects.filter(pk=upload.pk).delete()
    _forget_all(upload.pieces)


@transaction.atomic
def remove(draft: Draft, key: UUID) -> None:
    """Take a file out of the draft, whole or on its way; one that is gone already is no error."""
    locked = _locked(draft)
    file = locked.uploads.filter(key=key).first()
    remove_file(locked, str(key))
    if file is not None:
        unsettle(locked, file.question_id)


def _locked(draft: Draft) -> Draft:
    found = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if found is None:
        raise DraftGone
    return found


def _gather(pieces: Iterable[str], last: bytes, whole: IO[bytes]) -> None:
    """Write the pieces one after the other.

    Raises:
        WrongPlace: a piece is gone, for another tab has finished the file meanwhile.
    """
    try:
        for name in pieces:
            with storages["private"].open(name) as piece:
                for chunk in piece.chunks():
                    whole.write(chunk)
    except FileNotFoundError as error:
        raise WrongPlace from error
    whole.write(last)
    whole.seek(0)


def _forget_all(names: Iterable[str]) -> None:
    for name in names:
        forget(name)
