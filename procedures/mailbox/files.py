"""What is joined to an e-mail, checked like any file that a resident sends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.translation import gettext as _

from cms.outages import is_outage
from procedures.inbox.received import ReceivedFile
from procedures.inbox.services.quarantine import FOLDER
from procedures.mailbox.parsing import Mail
from procedures.uploads.keeping import forget, keep, tidy_name


@dataclass
class Kept:
    """Files in the private storage, and what to tell the sender of the others."""

    files: list[ReceivedFile] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@contextmanager
def kept_files(mail: Mail, language: str) -> Iterator[Kept]:
    """Keep the files of an e-mail while it is treated; if that fails, they go, and come again with the next try.

    The antivirus is asked: enter it outside of transactions.
    """
    kept, total = Kept(), 0
    try:
        with translation.override(language):
            for piece in mail.pieces:
                total += len(piece.content)
                try:
                    if total > settings.UPLOAD_MAX_POST_BYTES:
                        raise ValidationError(_("“%(name)s”: the files are too large together.") % {"name": piece.name})
                    upload = SimpleUploadedFile(tidy_name(piece.name), piece.content)
                    kept.files.append(ReceivedFile(**asdict(keep(upload, FOLDER))))
                except ValidationError as refusal:
                    kept.refused += refusal.messages
            unreadable = _("“%(name)s” cannot be opened: send the document itself, as PDF for instance.")
            kept.refused += [unreadable % {"name": tidy_name(name)} for name in mail.left_out]
        yield kept
    except BaseException as error:
        # A database that hangs up may have written the rows all the same; the nightly sweep knows.
        if not is_outage(error):
            for file in kept.files:
                forget(file.storage_name)
        raise
