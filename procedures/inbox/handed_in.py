"""Files that somebody hands in with a form about a request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from procedures.inbox.errors import InboxError
from procedures.inbox.received import ReceivedFile
from procedures.inbox.services.quarantine import FOLDER
from procedures.uploads.keeping import forget, keep


@contextmanager
def stored_files(uploads: Iterable[UploadedFile]) -> Iterator[list[ReceivedFile]]:
    """The files in the private storage; out of it again where they, or what follows, are refused.

    Raises:
        ValidationError: the antivirus, or their content, forbids one of them.
    """
    files: list[ReceivedFile] = []
    try:
        for upload in uploads:
            files.append(ReceivedFile(**asdict(keep(upload, FOLDER))))
        yield files
    except (InboxError, ValidationError):
        forget_files(files)
        raise


def forget_files(files: Iterable[ReceivedFile]) -> None:
    """Take files out of the storage."""
    for file in files:
        forget(file.storage_name)
