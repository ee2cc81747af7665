"""Check a file and put it into the private storage."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.uploads import media_types
from procedures.uploads.media_types import MediaType
from procedures.uploads.quarantine import Scan, check_at_reception
from procedures.uploads.sniffing import sniff

NAME_LENGTH = 150


@dataclass(frozen=True)
class KeptFile:
    """A file in the private storage: what its keeper needs to find and to show it."""

    storage_name: str
    """Random: says nothing of the resident, cannot be guessed."""
    original_name: str
    media_type: str
    size_bytes: int
    sha256: str
    """Hexadecimal."""
    scan: str = Scan.UNCHECKED
    """What the antivirus says; never INFECTED, such a file is not kept."""


def check(upload: UploadedFile, accepted: tuple[MediaType, ...] = media_types.ACCEPTED) -> MediaType:
    """Tell the kind of ``upload``.

    Raises:
        ValidationError: empty, too large, of a kind not accepted, or named as another kind.
    """
    name, size_bytes = tidy_name(upload.name), upload.size or 0
    if not size_bytes:
        raise ValidationError(_("“%(name)s” is empty: choose the file again.") % {"name": name}, code="empty")
    if size_bytes > settings.UPLOAD_MAX_FILE_BYTES:
        raise ValidationError(too_large(name), code="too_large")
    kind = sniff(upload)
    if kind not in accepted:
        kinds = {"name": name, "kinds": media_types.labels(accepted)}
        raise ValidationError(_("“%(name)s” is not a file we can read. We accept: %(kinds)s.") % kinds, code="kind")
    if PurePosixPath(name).suffix.lower() not in kind.extensions:
        expected = {"name": name, "kind": kind.label, "extension": kind.extensions[0]}
        raise ValidationError(
            _("“%(name)s” holds a %(kind)s: give it a name that ends in %(extension)s, or choose another file.")
            % expected,
            code="mismatch",
        )
    return kind


def too_large(name: str) -> str:
    """What to tell the sender of a file past the limit."""
    limit = filesizeformat(settings.UPLOAD_MAX_FILE_BYTES)
    return _("“%(name)s” is too large: a file may have %(limit)s at most.") % {"name": tidy_name(name), "limit": limit}


def infected(name: str | None) -> str:
    """What to tell the sender of a file that holds a virus."""
    return _("“%(name)s” holds a virus: we did not keep it. Have your device checked, then send a sound copy.") % {
        "name": tidy_name(name)
    }


def keep(upload: UploadedFile, folder: str, accepted: tuple[MediaType, ...] = media_types.ACCEPTED) -> KeptFile:
    """Check ``upload`` and store it, chunk by chunk, under a random name in ``folder``.

    The antivirus is asked for a few seconds at most: call this outside of transactions. The
    file exists before the row that will name it: a crash between the two leaves an orphan,
    which the keeper of ``folder`` sweeps.

    Raises:
        ValidationError: see ``check``; or the file holds a virus.
    """
    kind = check(upload, accepted)
    scan = check_at_reception(upload)
    if scan == Scan.INFECTED:
        raise ValidationError(infected(upload.name), code="infected")
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    wanted = f"{folder}/{timezone.now():%Y/%m}/{secrets.token_hex(20)}"
    stored = storages["private"].save(wanted, upload)
    return KeptFile(stored, tidy_name(upload.name), kind.name, upload.size or 0, digest.hexdigest(), scan)


def forget(storage_name: str) -> None:
    """Delete a file; one that is already gone is no error."""
    storages["private"].delete(storage_name)


def stored_names(folder: str) -> Iterator[str]:
    """Every file under ``folder``, whoever keeps it."""
    storage = storages["private"]
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}"
    for name in folders:
        yield from stored_names(f"{folder}/{name}")


def tidy_name(name: str | None) -> str:
    """A file's name without path, control or direction characters, its ending kept."""
    text = unicodedata.normalize("NFC", name or "").replace("\\", "/").rpartition("/")[2]
    text = "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")
    text = re.sub(r"\s+", " ", text).strip(" .") or "file"
    if len(text) > NAME_LENGTH:
        ending = PurePosixPath(text).suffix[:10]
        text = text[: NAME_LENGTH - len(ending)] + ending
    return text
