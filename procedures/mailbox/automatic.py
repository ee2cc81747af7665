"""E-mails that nobody wrote to the town: what machines answer, lists, spam, our own; and reports of failure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.message import Message
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from procedures.inbox.email import sender_domain
from procedures.mailbox.parsing import Mail, header

ROBOTS = re.compile(r"^(mailer-daemon|postmaster|bounces?|no-?reply|ne-?pas-?repondre|do-?not-?reply)([+._-].*)?@")
OWN_ID = re.compile(r"<?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@([^<>\s]+)>?", re.IGNORECASE)


class Failure(NamedTuple):
    """A message of ours that did not arrive."""

    key: UUID
    problem: str


def why_automatic(mail: Mail) -> str:
    """What shows that no resident wrote it, for the log; empty for a letter of somebody's (RFC 3834)."""
    submitted = mail.header("Auto-Submitted").strip().lower()
    if submitted and not submitted.startswith("no"):
        return "Auto-Submitted"
    if mail.header("Precedence").strip().lower() in ("bulk", "junk", "list", "auto_reply", "auto-reply"):
        return "Precedence"
    for name in ("List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Auto-Response", "X-Loop"):
        if mail.header(name):
            return name
    if mail.header("X-Spam-Flag").strip().lower() == "yes":
        return "X-Spam-Flag"
    if mail.header("Return-Path").strip() == "<>":
        return "Return-Path"
    if not mail.sender:
        return "From"
    own = {settings.MAILBOX_ADDRESS.lower(), settings.MAILBOX_BOUNCES_ADDRESS.lower()}
    if mail.sender in own or ROBOTS.match(mail.sender) or own_key(mail.message_id):
        return "robot"
    if mail.raw.get_content_type() == "multipart/report":
        return "multipart/report"
    return ""


def own_key(message_id: str) -> UUID | None:
    """The key of the outbox that a Message-ID of ours bears; None for any other."""
    found = OWN_ID.fullmatch(message_id)
    return UUID(found[1]) if found and found[2].lower() == sender_domain().lower() else None


def failures_in(mail: Mail) -> list[Failure]:
    """Messages of ours that a mail server reports as not delivered (RFC 3464, and those who do not keep to it)."""
    if mail.raw.get_content_type() == "multipart/report":
        return list(_reported(mail.raw))
    if mail.sender and not ROBOTS.match(mail.sender):
        return []
    # Old servers quote the letter under words of their own.
    keys = dict.fromkeys(_own_keys(_everything(mail.raw)))
    return [Failure(key, mail.subject[:200]) for key in keys]


def _own_keys(text: str) -> list[UUID]:
    return [key for found in OWN_ID.finditer(text) if (key := own_key(found[0].strip("<>")))]


def _reported(message: Message) -> Iterator[Failure]:
    problems: list[str] = []
    keys: list[UUID] = []
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            problems += _failed(blocks if isinstance(blocks, list) else [])
        elif own := own_key(header(part, "Message-ID").strip(" <>")):
            keys.append(own)
        elif part.get_content_type() in ("text/rfc822-headers", "message/rfc822-headers"):
            keys += [
                key for found in OWN_ID.finditer(str(part.get_payload())) if (key := own_key(found[0].strip("<>")))
            ]
    if problems:  # else it is late, or it did arrive
        yield from (Failure(key, "; ".join(problems)[:500]) for key in dict.fromkeys(keys))


def _failed(blocks: Iterable[object]) -> list[str]:
    """What is said of each recipient who did not get it."""
    told = []
    for block in blocks:
        if isinstance(block, Message) and header(block, "Action").strip().lower() == "failed":
            status, diagnostic = header(block, "Status"), header(block, "Diagnostic-Code")
            told.append(re.sub(r"\s+", " ", f"{status} {diagnostic}").strip() or "failed")
    return told


def _everything(message: Message) -> str:
    return "\n".join(str(part.get_payload())[:50_000] for part in message.walk() if not part.is_multipart())
