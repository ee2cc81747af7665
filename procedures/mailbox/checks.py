"""What would keep e-mails from becoming anything, said when the site starts rather than when a resident waits."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from procedures.mailbox.taking import KINDS

MAILBOXES = ("MAILBOX_URL", "MAILBOX_BOUNCES_URL")


@register()
def check_mailbox(**_: Any) -> list[CheckMessage]:
    """Addresses that are none, passwords that would travel in the clear, letters that nobody said where to put."""
    found: list[CheckMessage] = []
    for name in filter(lambda name: getattr(settings, name), MAILBOXES):
        parts = urlsplit(getattr(settings, name))
        if parts.scheme not in KINDS or not (parts.hostname and parts.username):
            hint = "Write imaps://user:password@host/INBOX, percent-encoded."
            found.append(Error(f"{name} is no address of a mailbox.", hint=hint, id="mailbox.E001"))
        elif parts.scheme == "imap" and parts.hostname not in ("127.0.0.1", "::1", "localhost"):
            hint = "Use imaps:// or imap+starttls://."
            found.append(Warning(f"{name} sends its password in the clear.", hint=hint, id="mailbox.W001"))
    if settings.MAILBOX_URL and not settings.MAILBOX_PROCEDURE:
        hint = "Give the slug of the procedure that letters to no address of their own become requests of."
        found.append(Warning("MAILBOX_PROCEDURE is not set.", hint=hint, id="mailbox.W002"))
    if settings.MAILBOX_URL and not settings.MAILBOX_AUTHSERV_ID:
        hint = "Name your mail server: e-mails that answer none of ours wait for an agent until then."
        found.append(Warning("MAILBOX_AUTHSERV_ID is not set.", hint=hint, id="mailbox.W003"))
    return found
