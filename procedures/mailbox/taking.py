"""Take e-mails out of the mailbox: the row first, then the mailbox is told, so that a crash loses and doubles none.

In between, the same e-mail is found again and known by its fingerprint.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from procedures.mailbox.models import IncomingMail
from procedures.mailbox.parsing import Mail, fingerprint, parse

logger = logging.getLogger(__name__)
KINDS = {"imaps": (MailBox, 993), "imap+starttls": (MailBoxStartTls, 143), "imap": (MailBoxUnencrypted, 143)}
SECONDS = 20
"""What the server may take for one answer."""
AT_ONCE = 100
"""E-mails of one visit; the next one takes the rest."""
FOLDER = "mailbox"
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@contextmanager
def open_mailbox(url: str) -> Iterator[BaseMailBox]:
    """Sign in at ``imaps://user:password@host:port/folder``; also ``imap+starttls``, and ``imap`` for this machine.

    Raises:
        ImproperlyConfigured: it is no such address.
        OSError, imaplib.IMAP4.error, imap_tools.MailboxLoginError: the server does not let us in.
    """
    parts = urlsplit(url)
    if parts.scheme not in KINDS or not (parts.hostname and parts.username):
        raise ImproperlyConfigured("MAILBOX_URL: write imaps://user:password@host/INBOX")
    kind, port = KINDS[parts.scheme]
    box = kind(parts.hostname, parts.port or port, timeout=SECONDS)
    with box.login(unquote(parts.username), unquote(parts.password or ""), unquote(parts.path.strip("/")) or "INBOX"):
        yield box


def take_all() -> list[int]:
    """Take what the mailboxes hold; return the ids of the rows that are new.

    One that does not answer does not keep the other from being read.
    """
    taken: list[int] = []
    for url in filter(None, dict.fromkeys((settings.MAILBOX_URL, settings.MAILBOX_BOUNCES_URL))):
        try:
            with open_mailbox(url) as box:
                taken += take(box)
        except ImproperlyConfigured:
            raise
        except Exception as problem:
            # What a server says may hold the password; its kind is enough for the log.
            logger.warning("The mailbox at %s could not be read: %s", urlsplit(url).hostname, type(problem).__name__)
    return taken


def take(box: BaseMailBox) -> list[int]:
    """Take the e-mails of the open folder, oldest first, and move each to the folder of those done."""
    if not box.folder.exists(settings.MAILBOX_DONE_FOLDER):
        box.folder.create(settings.MAILBOX_DONE_FOLDER)
    taken = []
    for uid in box.uids("ALL")[:AT_ONCE]:
        fetched = _fetch(box, uid)
        if fetched is None:
            continue  # somebody took it away meanwhile
        pk = keep_row(*fetched)
        box.move([uid], settings.MAILBOX_DONE_FOLDER)
        if pk is not None:
            taken.append(pk)
    return taken


def _fetch(box: BaseMailBox, uid: str) -> tuple[bytes, int, bool] | None:
    """The e-mail, its size, and whether only its head was fetched; unread it stays."""
    found = SIZE.search(b" ".join(_pieces(box.client.uid("fetch", uid, "(RFC822.SIZE)"))))
    if found is None:
        return None
    size = int(found[1])
    is_cut = size > settings.MAILBOX_MAX_BYTES
    answer = box.client.uid("fetch", uid, "(BODY.PEEK[HEADER])" if is_cut else "(BODY.PEEK[])")
    whole = [part[1] for part in answer[1] or [] if isinstance(part, tuple)]
    return (whole[0], size, is_cut) if whole else None


def _pieces(answer: tuple[str, Any]) -> list[bytes]:
    return [piece for part in answer[1] or [] for piece in (part if isinstance(part, tuple) else (part,)) if piece]


def _sense_of(data: bytes) -> Mail:
    """What it says; of what cannot be read, nothing: it is kept, those behind it are taken, and its treatment fails."""
    try:
        return parse(data)
    except Exception:
        logger.exception("An e-mail of %s bytes cannot be read", len(data))
        return Mail("", "", "", "")


def keep_row(data: bytes, size: int, is_cut: bool = False) -> int | None:
    """Write an e-mail down, its content in the private storage; None where it is there already."""
    name = fingerprint(data)
    if IncomingMail.objects.filter(fingerprint=name).exists():
        return None
    mail = _sense_of(data)
    # The file before the row: a crash in between leaves a file that the nightly sweep takes.
    stored = storages["private"].save(f"{FOLDER}/{name[:2]}/{name}", ContentFile(data))
    try:
        with transaction.atomic():
            row = IncomingMail.objects.create(
                fingerprint=name,
                message_id=mail.message_id,
                sender=mail.sender,
                storage_name=stored,
                size_bytes=size,
                is_cut=is_cut,
            )
    except IntegrityError:  # another process was quicker
        storages["private"].delete(stored)
        return None
    return int(row.pk)
