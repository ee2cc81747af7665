"""E-mails as residents, machines and mail servers send them."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any
from uuid import uuid4

from procedures.inbox.models import OutboxMessage
from procedures.mailbox.models import IncomingMail
from procedures.mailbox.taking import keep_row
from procedures.mailbox.treating import treat

MAILBOX = "demandes@valmarie.example"


def letter(text: str = "Bonjour, la lampe est cassée.", **headers: Any) -> EmailMessage:
    """A plain letter; ``from_`` stands for From, underscores for dashes."""
    message = EmailMessage()
    defaults = {
        "From": "Camille Lefèvre <camille@exemple.fr>",
        "To": MAILBOX,
        "Subject": "Lampadaire",
        "Message-ID": f"<{uuid4().hex}@exemple.fr>",
        "Date": "Sat, 14 Nov 2026 18:22:00 +0100",
    }
    given = {name.rstrip("_").replace("_", "-").title(): value for name, value in headers.items()}
    given = {{"Message-Id": "Message-ID"}.get(name, name): value for name, value in given.items()}
    for name, value in (defaults | given).items():
        if value is not None:
            message[name] = value
    message.set_content(text)
    return message


def received(message: EmailMessage | bytes) -> IncomingMail:
    """The letter taken in and treated."""
    data = message if isinstance(message, bytes) else message.as_bytes()
    pk = keep_row(data, len(data))
    assert pk is not None
    treat(pk)
    return IncomingMail.objects.get(pk=pk)


def bounce_of(row: OutboxMessage, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """What a mail server reports of a message of ours (RFC 3464)."""
    return f"""From: Mail Delivery System <MAILER-DAEMON@mx.valmarie.example>
To: ne-pas-repondre@valmarie.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b0"
Message-Id: <{uuid4().hex}@mx.valmarie.example>
Return-Path: <>

--b0
Content-Type: text/plain; charset=us-ascii

This is the mail system. I'm sorry.

--b0
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.valmarie.example

Final-Recipient: rfc822; {row.recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <{row.recipient}>: Recipient address
    rejected: User unknown

--b0
Content-Type: text/rfc822-headers

From: Ville de Valmarie <ne-pas-repondre@valmarie.example>
Message-ID: <{row.key}@valmarie.example>
Subject: Votre demande

--b0--
""".replace("\n", "\r\n").encode()
